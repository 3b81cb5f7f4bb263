"""Texels of a surface of two squares: which ones lie on it, and where."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from mien_models.head.appearance.texels import Texels
from mien_models.head.model.data import Part

SHAPE = (8, 16)
# Corners as shares of width and height: the left half of the texture, and its lower right quarter.
SKIN = np.array([(0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)], np.float32)
TORSO = np.array([(0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)], np.float32)
HALVES = np.array([(0, 1, 2), (0, 2, 3)])


def surface() -> Any:
    triangles = np.concatenate([HALVES, HALVES + 4]).astype(np.int32)
    return SimpleNamespace(
        parts=np.array([Part.SKIN] * 2 + [Part.TORSO] * 2, np.uint8),
        triangles=triangles,
        uv=np.concatenate([SKIN, TORSO])[triangles],
    )


def test_every_texel_of_the_parts_is_found_where_it_lies() -> None:
    found = Texels.of(surface(), (Part.SKIN, Part.TORSO), SHAPE)
    on = np.zeros(SHAPE, bool)
    on[found.rows, found.columns] = True
    expected = np.zeros(SHAPE, bool)
    expected[:, :8] = expected[4:, 8:] = True
    np.testing.assert_array_equal(on, expected)
    np.testing.assert_allclose(found.shares.sum(1), 1)
    assert found.shares.min() >= 0
    # The corners, mixed by their shares, are the middle of the texel.
    middles = np.einsum("tc,tcx->tx", found.shares, np.concatenate([SKIN, TORSO])[found.corners]) * SHAPE[::-1]
    np.testing.assert_allclose(middles, np.stack([found.columns, found.rows], 1) + 0.5, atol=1e-6)


def test_other_parts_are_left_out() -> None:
    found = Texels.of(surface(), (Part.TORSO,), SHAPE)
    assert len(found.rows) == 32
    assert found.rows.min() == 4
    assert found.columns.min() == 8
    assert found.corners.min() == 4
