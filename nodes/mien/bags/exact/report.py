"""By how much results differ, field by field."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from typing import Any

import numpy as np

# Ids and enumerations are compared by equality, and times are no results.
_LEFT_OUT = frozenset(("stages", "header"))


class Differences:
    """Collects the differences of two runs over the same images."""

    def __init__(self) -> None:
        self._sums: dict[str, Any] = defaultdict(lambda: np.zeros(4))  # n, sum of |d|, sum of d², largest |d|
        self._missing: Counter[str] = Counter()
        self._outputs: Counter[str] = Counter()
        self._faces: Counter[str] = Counter()

    def add(self, stage: str, before: Any, after: Any) -> None:
        """Two outputs of a stage for one image; None = nothing was said."""
        self._outputs[stage] += 1
        if before is None or after is None:
            self._missing[stage] += 1
            return
        for name in (f.name for f in dataclasses.fields(before) if f.name not in _LEFT_OUT):
            ours, theirs = getattr(before, name), getattr(after, name)
            if not isinstance(ours, tuple):
                continue
            found = {item.track_id: item for item in theirs}
            for item in ours:
                if (other := found.pop(item.track_id, None)) is None:
                    self._faces[f"{stage}: only before"] += 1
                else:
                    self._compare(stage, item, other)
            self._faces[f"{stage}: only after"] += len(found)

    def _compare(self, prefix: str, before: Any, after: Any) -> None:
        for f in dataclasses.fields(before):
            a, b, name = getattr(before, f.name), getattr(after, f.name), f"{prefix}.{f.name}"
            if f.name == "crop" or f.name in _LEFT_OUT:
                continue
            if dataclasses.is_dataclass(a) and dataclasses.is_dataclass(b):
                self._compare(name, a, b)
            elif isinstance(a, (float, np.ndarray)) and isinstance(b, (float, np.ndarray)):
                self._note(name, np.asarray(a, np.float64), np.asarray(b, np.float64))
            elif (a is None) != (b is None):
                self._missing[name] += 1

    def _note(self, name: str, a: Any, b: Any) -> None:
        if a.shape != b.shape:
            self._missing[name] += 1
            return
        apart = np.abs(a - b).ravel()
        self._missing[name] += int((np.isnan(a) != np.isnan(b)).sum())
        apart = apart[np.isfinite(apart)]
        if len(apart):
            s = self._sums[name]
            s[:3] += len(apart), apart.sum(), (apart**2).sum()
            s[3] = max(s[3], apart.max())

    def as_json(self) -> dict[str, Any]:
        """Outputs by stage; of each field how many numbers, mean and largest absolute difference, and RMS."""
        return {
            "outputs": dict(self._outputs),
            "faces": {k: n for k, n in self._faces.items() if n},
            "only_in_one": {k: n for k, n in self._missing.items() if n},
            "fields": {
                name: {
                    "numbers": int(n),
                    "mean_absolute": total / n,
                    "rms": float(np.sqrt(squares / n)),
                    "largest": largest,
                }
                for name, (n, total, squares, largest) in sorted(self._sums.items())
            },
        }
