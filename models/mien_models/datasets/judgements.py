"""What one person saw on photographs: expressions, and the groups by which reading is compared.

`portraits.csv` holds judgements of official portraits in the public domain, by the digest of each file. It
holds no pictures and no names. Age, gender and skin tone are how a picture looks to one viewer, no fact about anybody.
"""

from __future__ import annotations

import csv
import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SHIPPED = Path(__file__).with_name("portraits.csv")
SIGNS = ("smile", "teeth", "brows_up", "frown")
GROUPS: Mapping[str, tuple[str, ...]] = {
    "age": ("young", "middle", "old"),  # below some 45, up to some 65, above
    "gender": ("female", "male"),
    "skin": ("light", "medium", "dark"),
    "glasses": ("without", "with"),
}
_Z = 1.959964  # of a two-sided interval of 95 %


@dataclass(frozen=True, slots=True)
class Judged:
    """Of one picture: signs that are shown (1) or not (0), and its groups; what was not judged is missing."""

    signs: Mapping[str, int] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)


def read(path: Path, key: str = "file") -> dict[str, Judged]:
    """Judgements by the column `key`. Raises ValueError, naming file and line, where one is damaged."""
    found: dict[str, Judged] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), 2):
                signs = {sign: row.get(sign) or "" for sign in SIGNS}
                groups = {group: row.get(group) or "" for group in GROUPS}
                if not row.get(key) or any(value not in ("", "0", "1") for value in signs.values()):
                    raise ValueError(f"{path}, line {number}: a {key}, then 0, 1 or nothing for {', '.join(SIGNS)}")
                for group, value in groups.items():
                    if value not in ("", *GROUPS[group]):
                        raise ValueError(f"{path}, line {number}: {group} is {' or '.join(GROUPS[group])}, or nothing")
                found[row[key]] = Judged(
                    {sign: int(value) for sign, value in signs.items() if value},
                    {group: value for group, value in groups.items() if value},
                )
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: {error}") from error
    return found


def digest(data: bytes) -> str:
    """Of a picture file, as in the column `sha256`."""
    return hashlib.sha256(data).hexdigest()[:16]


def shipped(paths: Sequence[Path]) -> dict[str, Judged]:
    """Shipped judgements of those pictures that are in `portraits.csv`, by file name."""
    known = read(SHIPPED, "sha256")
    return {path.name: known[name] for path in paths if (name := digest(path.read_bytes())) in known}


def interval(shown: int, count: int) -> tuple[float, float]:
    """95 % interval of a share (Wilson, J. American Statistical Association 22, 1927). Raises ValueError for none."""
    if count < 1:
        raise ValueError("a share of nothing has no interval")
    share, scale = shown / count, 1 + _Z**2 / count
    middle = (share + _Z**2 / (2 * count)) / scale
    half = _Z / scale * math.sqrt(share * (1 - share) / count + _Z**2 / (4 * count**2))
    return max(0.0, middle - half), min(1.0, middle + half)
