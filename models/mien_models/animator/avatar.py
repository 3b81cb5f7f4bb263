"""An avatar as data: its rig, how its targets start from ARKit's shapes, and the code that the animator learned for it.

A folder holds `avatar.json`, the figure it is drawn from (`model.glb`), `pairs/` (rigs with their pictures) and, once
trained, `renderer.onnx`; the code is a part of `avatar.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES, INDEX, Region
from mien_models.spaces.mirror import other_side

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

FORMAT = 1
ABOUT = "avatar.json"
STYLE, QUERY = 16, 32  # numbers of the code that shape the network's blocks, and of the query of each target
# Sources beside the shapes, of targets that the network leaves alone: head and gaze [rad].
POSE = ("headYaw", "headPitch", "headRoll", "gazeYaw", "gazePitch")
_NAME = re.compile(r"[a-z][a-z0-9_]*")  # it becomes a part of a topic
_DIGITS = 5


@dataclass(frozen=True, slots=True, eq=False)
class Code:
    """What the animator knows of one avatar with T targets: style (16,), queries (T, 32), start (T, 52)."""

    style: F32
    queries: F32
    start: F32


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Avatar:
    """A rig of T targets.

    schema: of its rig messages. units: "1", "rad", "deg" or "m". regions (T,): Region. lower, upper, neutral (T,) in
    those units. start: by target, weights of ARKit's shapes and of POSE, in units of the target; what it tells of a
    target of head or gaze is final. figure: how it is drawn, a file of its folder or what `figures` knows.
    single: one body, such as a robot, which follows one of several faces.
    Raises ModelError for a rig that does not fit together.
    """

    name: str
    schema: str
    names: tuple[str, ...]
    units: tuple[str, ...]
    regions: NDArray[np.uint8]
    lower: F32
    upper: F32
    neutral: F32
    start: Mapping[str, Mapping[str, float]]
    figure: str
    single: bool = False
    code: Code | None = None

    def __post_init__(self) -> None:
        count = len(self.names)
        for word in (self.name, self.schema):
            if not _NAME.fullmatch(word):
                raise ModelError(f"an avatar cannot be called {word!r}, which becomes a topic; use a-z, 0-9 and _")
        if not count or len(set(self.names)) < count:
            raise ModelError(f"avatar {self.name}: its targets need names, each once")
        for field in ("units", "regions", "lower", "upper", "neutral"):
            if len(getattr(self, field)) != count:
                raise ModelError(f"avatar {self.name}: {field} has {len(getattr(self, field))} values, names {count}")
        for i, name in enumerate(self.names):
            if not self.lower[i] <= self.neutral[i] <= self.upper[i] or not self.lower[i] < self.upper[i]:
                raise ModelError(f"avatar {self.name}: {name} must have lower ≤ neutral ≤ upper, and a range")
        known = {*INDEX, *POSE}
        for target, weights in self.start.items():
            if target not in self.names or not known >= weights.keys():
                raise ModelError(f"avatar {self.name}: its start from {', '.join(weights)} to {target} is unknown")
        if self.code is not None:
            shapes = {"style": (STYLE,), "queries": (count, QUERY), "start": (count, len(BLENDSHAPES))}
            for field, shape in shapes.items():
                values = getattr(self.code, field)
                if values.shape != shape:
                    raise ModelError(
                        f"avatar {self.name}: its {field} must be {shape} numbers, not {values.shape}; "
                        "train its code again"
                    )
                if bad := np.count_nonzero(~np.isfinite(values)):
                    raise ModelError(
                        f"avatar {self.name}: its {field} has {bad} values that are not finite; train its code again"
                    )

    @property
    def count(self) -> int:
        """Number of targets."""
        return len(self.names)

    @property
    def rest(self) -> F32:
        """(T,) the neutral as shares of the range of each target."""
        return (self.neutral - self.lower) / (self.upper - self.lower)

    @property
    def learned(self) -> NDArray[np.bool_]:
        """(T,) targets of the face, which the network drives; head and gaze follow the person's."""
        return ~np.isin(self.regions, (Region.HEAD, Region.GAZE))

    @property
    def mirror(self) -> NDArray[np.intp]:
        """(T,) the target of the other side, or itself."""
        places = {name: i for i, name in enumerate(self.names)}
        return np.array([places.get(_other_side(name), i) for i, name in enumerate(self.names)], np.intp)

    def from_shares(self, shares: ArrayLike) -> F32:
        """(..., T) values in the units of the targets, of shares of their ranges."""
        return np.asarray(self.lower + np.asarray(shares, np.float32) * (self.upper - self.lower), np.float32)

    def to_shares(self, values: ArrayLike) -> F32:
        """(..., T) shares of the ranges. Raises ModelError for another number of targets."""
        array = np.asarray(values, np.float32)
        if array.shape[-1:] != (self.count,):
            raise ModelError(f"avatar {self.name} has {self.count} targets, not {array.shape[-1:]}")
        return np.asarray((array - self.lower) / (self.upper - self.lower), np.float32)

    def start_matrix(self) -> F32:
        """(T, 52 + 5) the start: change of the share of each target by each shape and each of POSE."""
        out = np.zeros((self.count, len(BLENDSHAPES) + len(POSE)), np.float32)
        columns = {**INDEX, **{name: len(BLENDSHAPES) + i for i, name in enumerate(POSE)}}
        for target, weights in self.start.items():
            i = self.names.index(target)
            for source, weight in weights.items():
                out[i, columns[source]] = weight / (self.upper[i] - self.lower[i])
        return out

    def with_code(self, code: Code | None) -> Avatar:
        """The avatar with another code."""
        return replace(self, code=code)

    def write(self, folder: Path) -> Path:
        """Write `avatar.json`, and return its path."""
        about: dict[str, Any] = {
            "format": FORMAT,
            "name": self.name,
            "schema": self.schema,
            "figure": self.figure,
            **({"single": True} if self.single else {}),
            "targets": [
                {
                    "name": self.names[i],
                    "unit": self.units[i],
                    "region": Region(int(self.regions[i])).name.lower(),
                    "range": [_number(self.lower[i]), _number(self.upper[i])],
                    "neutral": _number(self.neutral[i]),
                    "start": {k: _number(v) for k, v in self.start.get(self.names[i], {}).items()},
                }
                for i in range(self.count)
            ],
        }
        text = json.dumps(about, indent=1)
        if self.code is not None:
            code = {
                "style": _rounded(self.code.style),
                "queries": _rounded(self.code.queries),
                "start": _rounded(self.code.start),
            }
            text = text[:-2] + ',\n "code": ' + json.dumps(code, separators=(",", ":")) + "\n}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ABOUT).write_text(text + "\n", "utf-8")
        return folder / ABOUT

    @classmethod
    def read(cls, path: Path) -> Avatar:
        """An avatar from its file or its folder. Raises ModelError where there is none, or it is damaged."""
        file = path / ABOUT if path.is_dir() else path
        try:
            about = json.loads(file.read_text("utf-8"))
        except OSError:
            raise ModelError(f"there is no avatar {file}; make one with `mien avatar add`") from None
        except ValueError as error:
            raise ModelError(f"{file} is damaged: {error}; make it again with `mien avatar add`") from None
        try:
            if about["format"] != FORMAT:
                raise ModelError(f"{file} has format {about['format']}, this version reads {FORMAT}; make it again")
            targets = about["targets"]
            code = about.get("code")
            return cls(
                name=about["name"],
                schema=about["schema"],
                names=tuple(t["name"] for t in targets),
                units=tuple(t["unit"] for t in targets),
                regions=np.array([Region[t["region"].upper()] for t in targets], np.uint8),
                lower=np.array([t["range"][0] for t in targets], np.float32),
                upper=np.array([t["range"][1] for t in targets], np.float32),
                neutral=np.array([t["neutral"] for t in targets], np.float32),
                start={t["name"]: t["start"] for t in targets if t["start"]},
                figure=about["figure"],
                single=about.get("single", False) is True,
                code=None if code is None else Code(*(np.array(code[k], np.float32) for k in Code.__slots__)),
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise ModelError(f"{file} is no avatar: {error!r}; make it again with `mien avatar add`") from None


def _other_side(name: str) -> str:
    """As other_side, also of names such as lid_left."""
    words = name.split("_")
    swapped = [{"left": "right", "right": "left"}.get(word, word) for word in words]
    return other_side(name) if swapped == words else "_".join(swapped)


def _number(value: float) -> float:
    return round(float(value), _DIGITS)


def _rounded(values: F32) -> Any:
    return np.round(values.astype(np.float64), _DIGITS).tolist()
