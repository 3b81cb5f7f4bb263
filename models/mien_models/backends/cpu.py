"""What this processor is good at."""

from __future__ import annotations

import functools
from pathlib import Path

# Products of 8-bit numbers that are summed in 32 bits. Older x86 sums in 16 bits, which overflow.
_VNNI = frozenset({"avx512_vnni", "avx_vnni"})


@functools.cache
def has_vnni(cpuinfo: Path = Path("/proc/cpuinfo")) -> bool:
    """Whether an x86 processor has instructions for 8-bit dot products; False where that is not known."""
    try:
        lines = cpuinfo.read_text("utf-8", "replace").splitlines()
    except OSError:
        return False
    flags = next((line for line in lines if line.startswith("flags")), "")
    return bool(_VNNI.intersection(flags.partition(":")[2].split()))
