"""A lock, so that only one `mien run` at a time uses the same node names."""

from __future__ import annotations

import fcntl
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mien.core.errors import RunError

MEND = "end it, or choose another --namespace or ROS_DOMAIN_ID"


@contextmanager
def only_run(domain: int, namespace: str) -> Iterator[None]:
    """Lock a namespace of a domain. Raises RunError, with the number of the process that holds it.

    The lock ends with the process, however that ends.
    """
    folder = Path(tempfile.gettempdir(), f"mien-{os.getuid()}")
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
        raise RunError(f"{folder} belongs to another user: remove it, or set TMPDIR to a folder of your own")
    name = "-".join(["run", str(domain), *filter(None, namespace.strip("/").split("/"))])
    number = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "r+", encoding="utf8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            where = f"namespace /{namespace.strip('/')} of domain {domain}"
            raise RunError(f"another `mien run` (process {file.read().strip()}) uses the {where}; {MEND}") from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
