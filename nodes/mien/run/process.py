"""A node in a process of its own, and its output."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

from mien.run.lifeline import PARENT

_LOG = re.compile(r"\[(?P<level>[A-Z]+)\] \[(?P<name>[^]]*)\]: (?P<text>.*)", re.DOTALL)
_WARNING = re.compile(r"\S.*\.py:\d+: \w*Warning: .*")  # of Python; its line of code follows, indented
_FORMAT = "[{severity}] [{name}]: {message}"
_BAD = frozenset(("ERROR", "FATAL"))


class Output:
    """Passes on the lines that a node prints, except those that may turn out to be the reason of its end.

    These are the last line that is not a log message and, until `start` is called, errors in the log. The supervisor
    reports them once, as the reason why the run ended. Warnings of Python are no reason; they wait for `start`.
    """

    def __init__(self, name: str, say: Callable[[str], None]) -> None:
        self.started = False
        self._name = name
        self._say = say
        self._errors: list[str] = []
        self._warnings: list[str] = []
        self._warned = False  # by the line before
        self._last = ""

    def hear(self, line: str) -> None:
        """Handle one line."""
        if found := _LOG.fullmatch(line):
            if found["level"] in _BAD and not self.started:
                self._errors.append(found["text"])
            else:
                self._say(f"{self._name}: {found['text']}")
            return
        warned, self._warned = self._warned, _WARNING.fullmatch(line) is not None
        if self._warned or (warned and line.startswith("  ")):
            if self.started:
                self._say(f"{self._name}: {line}")
            else:
                self._warnings.append(line)
            return
        self.flush()
        self._last = line

    def flush(self) -> None:
        """Pass on the line that was kept back."""
        if self._last:
            self._say(f"{self._name}: {self._last}")
        self._last = ""

    def start(self) -> None:
        """The node runs: from now on errors are passed on at once. What it printed before is not why it will end."""
        self.started = True
        self.flush()
        for text in (*self._warnings, *self._errors):
            self._say(f"{self._name}: {text}")
        self._warnings.clear()
        self._errors.clear()

    def silence(self) -> None:
        """Pass on nothing more: the run never began."""
        self._say = lambda line: None

    @property
    def reason(self) -> str:
        """The likely reason why the node ended; "" if it gave none."""
        return self._last or (self._errors[-1] if self._errors else "")


class Process:
    """A node in a session of its own, so that Ctrl-C reaches it only through the supervisor, with which it ends."""

    def __init__(self, name: str, command: Sequence[str], say: Callable[[str], None]) -> None:
        self.name = name
        self.interrupted = False
        self.output = Output(name, say)
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
        """How and why it ended: `rigs was killed by SIGKILL`, or its last message."""
        code = self._popen.wait()
        self._reader.join(1.0)
        if code < 0:
            self.output.flush()
            return f"{self.name} was killed by {signal.Signals(-code).name}"
        reason = self.output.reason
        return f"{self.name}: {reason}" if reason else f"{self.name} ended with code {code}"

    def interrupt(self) -> None:
        """Ask it to end, by SIGINT."""
        self.interrupted = True
        if self.code is None:
            self._popen.send_signal(signal.SIGINT)

    def wait(self, timeout_s: float) -> None:
        """Wait until it has ended; after `timeout_s` kill it."""
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
                    self.output.hear(text)
        if self.interrupted or self._popen.wait() == 0:
            self.output.flush()
