"""Faces whose truth is known, as arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.datasets.dataset import Dataset
from mien_models.head.model.pose import FRONTAL
from mien_models.head.motion.draw import Kind

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# Arrays of a dataset by which groups of faces are compared.
ATTRIBUTES = ("age_years", "masculinity", "melanin", "glasses", "beard", "small", "presence")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Faces:
    """N synthetic faces; shapes by BLENDSHAPES, units by AUS."""

    crop: U8  # (N, 112, 112, 3) RGB, aligned as in `alignment`
    landmarks: F32  # (N, 478, 3) px, as the landmark network reads them
    shapes: F32  # (N, 52) true ARKit weights
    units: F32  # (N, A) true FACS intensity
    pose: F32  # (N, 4, 4) face axes to camera
    identity: NDArray[np.int64]  # (N,)
    kind: U8  # (N,) sampler.Kind
    name: NDArray[np.str_]  # (N,) "happiness", "units", "aa", …
    visible: F32  # (N,) mean share of the regions of the face that is seen
    attributes: Mapping[str, F32] = field(default_factory=dict)  # (N,) each

    def __len__(self) -> int:
        return len(self.kind)

    def take(self, rows: ArrayLike) -> Faces:
        """The same faces, of these rows only."""
        at = np.asarray(rows)
        kept: dict[str, Any] = {f.name: getattr(self, f.name)[at] for f in fields(self) if f.name != "attributes"}
        return replace(self, **kept, attributes={name: values[at] for name, values in self.attributes.items()})

    @property
    def category(self) -> NDArray[np.str_]:
        """(N,) the emotion that was meant, else "neutral", "units" or "speech"."""
        kinds = np.array([kind.name.lower() for kind in Kind])[self.kind]
        return np.asarray(np.where(self.kind == Kind.EMOTION, self.name, kinds), str)

    @property
    def turn_deg(self) -> F64:
        """(N, 2) yaw to the person's left and pitch up."""
        forwards = self.pose[:, :3, 0].astype(np.float64) @ FRONTAL
        yaw, pitch = np.arctan2(forwards[:, 1], forwards[:, 0]), np.arcsin(np.clip(forwards[:, 2], -1, 1))
        return np.asarray(np.degrees(np.stack([yaw, pitch], axis=1)))


def of_dataset(data: Dataset) -> Faces:
    """All faces of a dataset, in memory. Raises DatasetError where it lacks an array."""
    return Faces(
        **{f.name: data[f.name] for f in fields(Faces) if f.name not in ("visible", "identity", "attributes")},
        identity=data["identity"].astype(np.int64),
        visible=data["visible"].mean(axis=1),
        attributes={name: data[name] for name in ATTRIBUTES},
    )
