"""Who a face is: one vector, always plausible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mien_models.head.model.table import ETHNICITIES, MACROS, code_names

F64 = NDArray[np.float64]

# Standard deviation of the local entries of a sampled code, and the limit of their joint distance from the mean.
_SPREAD = 0.40
_FARTHEST = 1.15
# Years at age -1, 0 and 1.
_YEARS = (11.0, 25.0, 90.0)


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """An identity code (D,), D = len(code_names()).

    | entries | meaning | range |
    |---|---|---|
    | 0 age | 11, 25 and 90 years at the ends and in the middle | [-1, 1] |
    | 1 masculinity | 0 female, 1 male | [0, 1] |
    | 2–4 african, asian, caucasian | shares | [0, 1], sum 1 |
    | 5 weight | lean to heavy | [-1, 1] |
    | 6… | the rows of identity.csv, 1 is the limit of the row | [-1, 1] |
    """

    code: F64

    def __post_init__(self) -> None:
        code = np.array(self.code, np.float64)
        names = code_names()
        if code.shape != (len(names),):
            raise ValueError(f"an identity code has {len(names)} entries, got shape {code.shape}")
        low, high = _bounds()
        wrong = ~((code >= low - 1e-9) & (code <= high + 1e-9))
        if wrong.any():
            i = int(np.argmax(wrong))
            raise ValueError(f"{names[i]} is {code[i]:g}, not within [{low[i]:g}, {high[i]:g}]")
        if abs(code[2:5].sum() - 1) > 1e-6:
            raise ValueError(f"{', '.join(ETHNICITIES)} are shares and sum to 1, got {code[2:5].sum():g}")
        code.setflags(write=False)
        object.__setattr__(self, "code", code)

    @classmethod
    def mean(cls) -> Identity:
        """A young adult: the mean of all groups."""
        return cls.of({})

    @classmethod
    def of(cls, values: Mapping[str, float]) -> Identity:
        """The mean face with some entries changed by name; if one ethnicity is given, those not given are 0.

        Raises ValueError for unknown names and values out of range.
        """
        names = code_names()
        if unknown := sorted(set(values) - set(names)):
            raise ValueError(f"an identity has no {', '.join(unknown)}; it has {', '.join(names)}")
        start = dict.fromkeys(names, 0.0) | {"masculinity": 0.5}
        if not set(values) & set(ETHNICITIES):
            start |= dict.fromkeys(ETHNICITIES, 1 / len(ETHNICITIES))
        return cls(np.array(list((start | dict(values)).values())))

    @classmethod
    def sample(cls, rng: np.random.Generator) -> Identity:
        """A random person of 12 to 85 years; the same state of `rng` gives the same person."""
        years = rng.uniform(12, 45) if rng.random() < 0.6 else rng.uniform(45, 85)
        local = rng.normal(0.0, _SPREAD, len(code_names()) - len(MACROS))
        # A face with many extreme entries at once looks like a caricature.
        size = np.sqrt(np.mean(local**2)) / _SPREAD
        local *= min(1.0, _FARTHEST / size) * rng.uniform(0.7, 1.1)
        code = np.concatenate(
            [
                [np.interp(years, _YEARS, (-1, 0, 1))],
                [rng.beta(0.4, 0.4)],
                rng.dirichlet((0.5, 0.5, 0.5)),
                [np.clip(rng.normal(0.0, 0.4), -1, 1)],
                np.clip(local, -1, 1),
            ]
        )
        return cls(code)

    def __getitem__(self, name: str) -> float:
        return float(self.code[code_names().index(name)])

    @property
    def years(self) -> float:
        """The age in years."""
        return float(np.interp(self.code[0], (-1, 0, 1), _YEARS))


def _bounds() -> tuple[F64, F64]:
    low = np.full(len(code_names()), -1.0)
    low[1:5] = 0.0
    return low, np.ones(len(code_names()))
