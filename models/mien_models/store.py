"""The cache on disk: one folder per user, files with checksums, one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mien_models.errors import ModelError


def cache_folder() -> Path:
    """$MIEN_CACHE, or mien in $XDG_CACHE_HOME, or ~/.cache/mien."""
    if folder := os.environ.get("MIEN_CACHE"):
        return Path(folder)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "mien"


def sha256(data: bytes) -> str:
    """The sha256 of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the lock of the cache, and raise disk errors as ModelErrors."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / ".lock", "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            mend = "free some space, or set MIEN_CACHE to a folder on another disk"
        elif error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
            mend = "set MIEN_CACHE to a folder that can be written"
        else:
            mend = "set MIEN_CACHE to another folder"
        raise ModelError(f"cannot write the model cache {folder}: {error.strerror or error}; {mend}") from error


def write_checked(path: Path, data: bytes, facts: Mapping[str, Any]) -> None:
    """Write a file and its sidecar (`facts` and the file's sha256), each atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sidecar = json.dumps({**facts, "sha256": sha256(data)}, indent=2) + "\n"
    _replace(path, data)
    _replace(_sidecar(path), sidecar.encode())


def check(path: Path, facts: Mapping[str, Any]) -> bool:
    """True if a cached file exists, was made with the same `facts`, and is intact.

    False if it is missing or of another version. Raises ModelError, without a remedy, if it
    was changed after it was written.
    """
    return read_checked(path, facts) is not None


def read_checked(path: Path, facts: Mapping[str, Any]) -> bytes | None:
    """The content of a cached file for which `check` is true, else None; raises the same errors."""
    try:
        recorded = json.loads(_sidecar(path).read_text("utf-8"))
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path} cannot be checked ({error})") from error
    if not isinstance(recorded, dict) or any(recorded.get(key) != value for key, value in facts.items()):
        return None
    if recorded.get("sha256") != sha256(data):
        raise ModelError(f"{path} is not the file that was written: its sha256 differs")
    return data


def _sidecar(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".write-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
