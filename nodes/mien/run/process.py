"""A node in a process of its own, and what it says."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from mien.run.lifeline import PARENT

_LOG = re.compile(r"\[(?P<level>[A-Z]+)\] \[(?P<name>[^]]*)\]: (?P<text>.*)", re.DOTALL)
_FORMAT = "[{severity}] [{name}]: {message}"
_BAD = frozenset(("ERROR", "FATAL"))


class Voice:
    """Passes on what a node prints, and keeps back what may turn out to be why it ended.

    That is the last plain line, and until the node has `started` its errors: whoever tells why a run ended
    tells them, once.
    """

    def __init__(self, name: str, say: Callable[[str], None]) -> None:
        self.started = False
        self._name = name
        self._say = say
        self._errors: list[str] = []
        self._last = ""

    def hear(self, line: str) -> None:
        """A line of its output."""
        if found := _LOG.fullmatch(line):
            if found["level"] in _BAD and not self.started:
                self._errors.append(found["text"])
            else:
                self._say(f"{self._name}: {found['text']}")
            return
        self.flush()
        self._last = line

    def flush(self) -> None:
        """Say what was kept back of plain lines."""
        if self._last:
            self._say(f"{self._name}: {self._last}")
        self._last = ""

    def start(self) -> None:
        """It runs: errors are told as they come."""
        self.started = True
        for text in self._errors:
            self._say(f"{self._name}: {text}")
        self._errors.clear()

    def hush(self) -> None:
        """Nothing more is worth telling: the run never began."""
        self._say = lambda line: None

    @property
    def last_words(self) -> str:
        """The likely reason of its end; empty where it gave none."""
        return self._last or (self._errors[-1] if self._errors else "")


class Process:
    """A node of its own session: Ctrl-C reaches it through us, in order. It ends when we are gone."""

    def __init__(self, name: str, command: Sequence[str], say: Callable[[str], None]) -> None:
        self.name = name
        self.interrupted = False
        self.voice = Voice(name, say)
        environ = {
            "RCUTILS_CONSOLE_OUTPUT_FORMAT": _FORMAT,
            "RCUTILS_COLORIZED_OUTPUT": "0",
            **os.environ,
            PARENT: str(os.getpid()),
        }
        self._popen = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            env=environ,
        )
        self._reader = threading.Thread(target=self._read, name=f"output of {name}", daemon=True)
        self._reader.start()

    @property
    def code(self) -> int | None:
        return self._popen.poll()

    @property
    def end(self) -> str:
        """How and why it ended: `rigs was killed by SIGKILL`, or its last words."""
        code = self._popen.wait()
        self._reader.join(1.0)
        if code < 0:
            self.voice.flush()
            return f"{self.name} was killed by {signal.Signals(-code).name}"
        words = self.voice.last_words
        return f"{self.name}: {words}" if words else f"{self.name} ended with code {code}"

    def interrupt(self) -> None:
        """Ask it to end."""
        self.interrupted = True
        if self.code is None:
            self._popen.send_signal(signal.SIGINT)

    def wait(self, timeout_s: float) -> None:
        """Until it has ended; one that takes longer is killed."""
        try:
            self._popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._popen.kill()
            self._popen.wait()
        self._reader.join(1.0)

    def _read(self) -> None:
        assert self._popen.stdout is not None
        with self._popen.stdout as lines:
            for line in lines:
                if text := line.rstrip():
                    self.voice.hear(text)
        if self.interrupted or self._popen.wait() == 0:
            self.voice.flush()
