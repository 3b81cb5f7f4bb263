"""Numbers in JSON lines, against Python's own formatting."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from mien.core.moment import Moment
from mien.core.types import F64, Expression, Expressions, Face, Faces, Header
from mien.exports.tables.jsonl import dump, records
from mien_models.spaces import arkit


def told(embedding: F64, face: Face | None = None) -> dict[str, Any]:
    shapes = np.full(len(arkit.BLENDSHAPES), np.nan, np.float32)
    expression = Expression(1, shapes, np.zeros_like(shapes), embedding.astype(np.float32))
    header = Header(0)
    faces = Faces(header, 64, 48, (face,)) if face else None
    (record,) = records("a.mp4", 0, Moment(0, faces=faces, expressions=Expressions(header, (expression,))))
    return record


def test_numbers_have_six_digits_as_python_rounds_them() -> None:
    rng = np.random.default_rng(0)
    tens = 10.0 ** np.arange(-20, 9)
    some = (
        rng.random(20_000),
        rng.choice([-1, 1], 20_000) * 10 ** rng.uniform(-20, 8, 20_000),
        rng.integers(0, 1 << 20, 20_000) / 2 ** rng.integers(0, 24, 20_000),  # many end with a 5 after the sixth digit
        tens, np.nextafter(tens, 0), np.nextafter(tens, 1e9), [0.0, -0.0, 999999.5, np.nan, np.inf],
    )  # fmt: skip
    values = np.concatenate(some).astype(np.float32)
    expected = [float(f"{v:.6g}") if math.isfinite(v) else None for v in values.tolist()]
    assert [*map(repr, told(values)["embedding"])] == [*map(repr, expected)]


def test_every_number_is_at_its_place() -> None:
    face = Face(
        1, 0.75, 0.5, np.arange(4, dtype=np.float32), np.zeros((478, 3), np.float32), np.arange(16.0).reshape(4, 4)
    )
    record = told(np.zeros(0), face)
    assert (record["score"], record["presence"], record["box"]) == (0.75, 0.5, [0, 1, 2, 3])
    assert record["pose"] == np.arange(16.0).reshape(4, 4).tolist()
    assert record["gaze"] == {"left": [None] * 3, "right": [None] * 3}
    assert record["embedding"] == []
    assert set(record["blendshapes"].values()) == {None}
    assert json.loads(dump(record)) == record


def test_a_face_without_a_pose_says_so() -> None:
    face = Face(1, 0.75, 0.5, np.zeros(4, np.float32), np.zeros((478, 3), np.float32))
    assert told(np.zeros(0), face)["pose"] is None
