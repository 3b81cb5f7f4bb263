"""Compression of chunks. Both libraries come with rosbags."""

from __future__ import annotations

import sys
from typing import Any

_LEVEL = 1  # of zstd: quick enough for images of a camera
_MOST_BYTES = 1 << 30  # a chunk that says more is damaged


def compressed(name: str, data: bytes) -> bytes:
    """By zstd or lz4. Raises ValueError on another name."""
    if name == "lz4":
        from lz4 import frame

        return bytes(frame.compress(data))
    if name == "zstd":
        return bytes(_zstd().compress(data, _LEVEL))
    raise ValueError(name)


def decompressed(name: str, data: bytes, size: int) -> bytes:
    """`size` bytes, and never more memory than that. Raises ValueError where it is another size or damaged."""
    if not 0 <= size <= _MOST_BYTES:
        raise ValueError(f"a chunk of {size} bytes")
    try:
        if name == "lz4":
            from lz4.frame import LZ4FrameDecompressor

            done = LZ4FrameDecompressor().decompress(data, max_length=size + 1)
        elif name == "zstd":
            done = _zstd().ZstdDecompressor().decompress(data, max_length=size + 1)
        else:
            raise ValueError(f"compression {name} is not known")
    except ValueError:
        raise
    except Exception as error:  # each library has errors of its own
        raise ValueError(str(error)) from error
    if len(done) != size:
        raise ValueError(f"{len(done)} bytes instead of {size}")
    return bytes(done)


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd
