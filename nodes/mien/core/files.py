"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from mien.core.errors import WriteError


def write_whole(path: Path, data: str | bytes) -> Path:
    """Write a file beside `path` and rename it, so that an earlier file stays until then; text is UTF-8.

    Returns `path`. Raises WriteError; an earlier file is then unchanged.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise WriteError(f"{path}: {error.strerror}; make room, or choose another place") from error
    return path
