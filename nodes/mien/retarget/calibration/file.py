"""A person's calibration (rest, range and cross-talk) and its YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mien.core.errors import ProfileError
from mien.core.types import F64
from mien.retarget.reader import Value, read

_TOP = ("schema", "person", "error_before", "error_after", "neutral", "rows")
_SMALL = 0.005  # entries below are left out of the file
_MOST = 8.0  # largest entry that is accepted from a file


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """y = matrix · (x − neutral), within [0, 1].

    neutral (N,): weights at rest. matrix (N, N): its diagonal stretches the person's range to [0, 1]; the other
    entries subtract cross-talk, that is, weights that move along with others. error_before, error_after: mean
    distance from what was asked for, on held-back frames.
    """

    schema: str
    names: tuple[str, ...]
    neutral: F64
    matrix: F64
    person: str = ""
    error_before: float = float("nan")
    error_after: float = float("nan")

    def apply(self, weights: F64) -> F64:
        """(N,) weights in [0, 1]. NaN stays NaN, and does not change other weights."""
        unknown = np.isnan(weights)
        above = np.where(unknown, 0.0, weights - self.neutral)
        out = np.minimum(np.maximum(self.matrix @ above, 0), 1)
        out[unknown] = np.nan
        return np.asarray(out)

    def ordered(self, names: Sequence[str]) -> Calibration:
        """The same calibration in another order of names. Raises ProfileError if one is missing."""
        if missing := sorted(set(names) - set(self.names)):
            raise ProfileError(f"the calibration of {self.person or 'this person'} has no {', '.join(missing)}")
        index = [self.names.index(n) for n in names]
        return Calibration(
            self.schema, tuple(names), self.neutral[index], self.matrix[np.ix_(index, index)], self.person,
            self.error_before, self.error_after,
        )  # fmt: skip

    def save(self, path: Path) -> None:
        """Write it as YAML. Raises ProfileError if the file cannot be written."""
        lines = [
            "# A person's rest, range and cross-talk, written by `mien calibrate`: retarget.calibration reads it.",
            "# weight = sum of row · (weight − neutral), within [0, 1]. Rows that are not listed are 1 on themselves.",
            f"schema: {self.schema}",
            f'person: "{self.person}"',
            f"error_before: {self.error_before:.4f}  # mean distance from what was asked for, on frames held back",
            f"error_after: {self.error_after:.4f}",
            "neutral:",
            *(f"  {n}: {v:.4f}" for n, v in zip(self.names, self.neutral.tolist(), strict=True) if abs(v) >= _SMALL),
            "rows:",
        ]
        for i, name in enumerate(self.names):
            entries = {n: v for n, v in zip(self.names, self.matrix[i].tolist(), strict=True) if abs(v) >= _SMALL}
            if entries != {name: 1.0}:
                lines.append(f"  {name}: {{{', '.join(f'{n}: {v:.4f}' for n, v in entries.items())}}}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise ProfileError(f"{path}: cannot be written: {error.strerror}; name another place") from error


def load(path: Path, schema: str, names: Sequence[str]) -> Calibration:
    """Read a file of `Calibration.save`. Raises ProfileError, which names the line and the reason."""
    file = read(path)
    top = file.table(_TOP)
    if "schema" not in top:
        raise file.fail("has no schema")
    if (told := top["schema"].text()) != schema:
        raise top["schema"].fail(f"is of {told}, the rigs are of {schema}")
    index = {n: i for i, n in enumerate(names)}
    neutral, matrix = np.zeros(len(names)), np.eye(len(names))
    for name, value in _table(top, "neutral", names).items():
        neutral[index[name]] = value.number(0, 1)
    for name, row in _table(top, "rows", names).items():
        matrix[index[name]] = 0.0
        for other, value in row.table(names).items():
            matrix[index[name], index[other]] = value.number(-_MOST, _MOST)
    return Calibration(
        schema,
        tuple(names),
        neutral,
        matrix,
        top["person"].text() if "person" in top else "",
        top["error_before"].number() if "error_before" in top else float("nan"),
        top["error_after"].number() if "error_after" in top else float("nan"),
    )


def _table(top: dict[str, Value], key: str, names: Sequence[str]) -> dict[str, Value]:
    return top[key].table(names) if key in top else {}
