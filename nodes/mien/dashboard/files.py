"""The built page, as it is shipped beside this file: `make page` builds it from `page/`."""

from __future__ import annotations

import hashlib
from pathlib import Path

HOME = Path(__file__).with_name("static")
SOURCES = Path(__file__).with_name("page")
DIGEST = HOME / "sources.sha256"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


def load(*suffixes: str) -> dict[str, tuple[bytes, str]]:
    """Content and type of every file by its path in the address. Only these are served: no path is ever looked up."""
    return {
        p.relative_to(HOME).as_posix(): (p.read_bytes(), TYPES[p.suffix])
        for p in sorted(HOME.rglob("*"))
        if p.is_file() and p.suffix in (suffixes or TYPES)
    }


def digest() -> str:
    """Of all that the page is built from."""
    total = hashlib.sha256()
    found = {p.relative_to(SOURCES).as_posix(): p for p in SOURCES.rglob("*") if p.is_file()}
    for name in sorted(n for n in found if "node_modules" not in n.split("/")):
        total.update(name.encode() + b"\0" + found[name].read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return total.hexdigest()
