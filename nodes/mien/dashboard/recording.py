"""A recorder that the page starts and stops: a node of its own, so that a bag outlives whatever happens here."""

from __future__ import annotations

import io
import itertools
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO

_START_S = 20.0
_END_S = 10.0


class Recording:
    """One recording at a time, in a new folder of `home` named by the time. `options`: of ROS, for the recorder."""

    def __init__(self, home: Path, options: Sequence[str] = ()) -> None:
        self._home = home.expanduser()
        self._options = list(options)
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] = io.BytesIO()  # what the recorder says
        self._path: Path | None = None
        self._lock = threading.Lock()

    @property
    def path(self) -> str:
        """Of the bag that is being written; empty where none is."""
        running = self._process is not None and self._process.poll() is None
        return str(self._path) if running and self._path else ""

    def start(self) -> str:
        """Raises ValueError where it cannot record."""
        with self._lock:
            if self.path:
                raise ValueError(f"it records already, in {self.path}")
            name = datetime.now().strftime("%Y-%m-%d_%H-%M-%S")
            again = (self._home / f"{name}_{n}" for n in itertools.count(2))  # within the same second
            path = next(p for p in itertools.chain([self._home / name], again) if not p.exists())
            try:
                self._home.mkdir(parents=True, exist_ok=True)
            except OSError as e:
                raise ValueError(f"dashboard.record_to {self._home}: {e.strerror}; choose another folder") from e
            command = [sys.executable, "-m", "mien.cli", "node", "recorder", "--ros-args"]
            command += ["-p", f'bags.path:="{path}"', *self._options]
            self._said.close()
            # A pipe that nobody reads would stop the recorder once it is full.
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
            self._process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=self._said, start_new_session=True
            )
            self._path = path
            until = time.monotonic() + _START_S
            while not path.exists():  # made when it records
                if self._process.poll() is not None:
                    raise ValueError(f"the recorder ended: {self._words() or 'it says no reason'}")
                if time.monotonic() > until:
                    self._process.kill()
                    raise ValueError(f"the recorder did not start within {_START_S:.0f} s")
                time.sleep(0.05)
            return f"records in {path}"

    def stop(self) -> str:
        """Completes the bag. Raises ValueError where nothing is recorded."""
        with self._lock:
            if self._process is None or not self.path:
                raise ValueError("nothing is recorded")
            path = self.path
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(_END_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                raise ValueError(f"the recorder did not end; {path} is read as far as it goes") from None
            finally:
                self._process = None
            return f"recorded in {path}: mien report {path} --out DIR"

    def close(self) -> None:
        if self.path:
            self.stop()
        self._said.close()

    def _words(self) -> str:
        self._said.seek(0)
        said = self._said.read().decode(errors="replace").strip().splitlines()
        return said[-1] if said else ""
