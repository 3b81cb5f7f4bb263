"""The identity table: the local targets that make up a face, and the limit of each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("identity.csv")

AGES = ("child", "young", "old")
GENDERS = ("female", "male")
ETHNICITIES = ("african", "asian", "caucasian")
WEIGHTS = ("min", "average", "max")

# The first entries of an identity code; the local targets follow, in the order of the table.
MACROS = ("age", "masculinity", *ETHNICITIES, "weight")


@dataclass(frozen=True, slots=True)
class Local:
    """One row: the name, and the target files of its negative and positive end.

    `stem` with `*` stands for the left and the right side, which move together; an empty end has
    no file. `limit` is the share of the original target that is applied at 1 in an identity code.
    """

    name: str
    stem: str
    negative: str
    positive: str
    limit: float

    def files(self, end: str) -> tuple[str, ...]:
        """Target files of one end (`negative` or `positive`), whose displacements add up."""
        sides = ("l", "r") if "*" in self.stem else ("",)
        return tuple(f"{self.stem.replace('*', side)}{end}.target.gz" for side in sides) if end else ()


@cache
def local_targets() -> tuple[Local, ...]:
    """The rows of identity.csv."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Local(row["name"], row["stem"], row["negative"], row["positive"], float(row["limit"]))
            for row in csv.DictReader(file)
        )


@cache
def code_names() -> tuple[str, ...]:
    """What each entry of an identity code means."""
    return (*MACROS, *(local.name for local in local_targets()))


def ethnic_targets() -> tuple[str, ...]:
    """Macro targets of ethnicity × gender × age, last fastest."""
    return tuple(f"{e}-{g}-{a}" for e in ETHNICITIES for g in GENDERS for a in AGES)


def universal_targets() -> tuple[str, ...]:
    """Macro targets of gender × age × weight, last fastest."""
    return tuple(f"universal-{g}-{a}-averagemuscle-{w}weight" for g in GENDERS for a in AGES for w in WEIGHTS)
