"""The regression behind the table of gaze, on sources whose weights are known."""

from __future__ import annotations

import numpy as np

from mien.core.gaze import SOURCES
from mien.core.types import F64
from mien.evaluate.make_gaze import Sample, apply, fit

ROWS = {name: i for i, name in enumerate(SOURCES)}
KNOWN = {"sideways": 0.8, "up": 0.5, "down": 0.9, "squint": -4.0, "irises": 0.2, "camera": 0.1}


def drawn(count: int, rng: np.random.Generator) -> F64:
    """Sources of `count` faces: yaw has none of its own for up, down, squint and one."""
    sources = rng.normal(0, 8, (count, 2, len(SOURCES)))
    for name in ("one", "up", "down", "squint"):
        sources[:, 0, ROWS[name]] = 0
    sources[:, 1, ROWS["sideways"]] = 0
    sources[:, 1, ROWS["one"]] = 1
    return sources


def test_it_finds_the_weights_despite_some_who_look_elsewhere() -> None:
    rng = np.random.default_rng(0)
    truth = np.zeros((len(SOURCES), 2))
    for name, weight in KNOWN.items():
        truth[ROWS[name]] = weight
    sources = drawn(3000, rng)
    true = apply(truth, sources)
    true[:, 1] += 3
    true[:100] += 60  # these are faults
    portraits = drawn(0, rng)
    table = fit(Sample(sources, true), Sample(portraits, np.zeros((0, 2))))
    np.testing.assert_array_equal(table[[ROWS[n] for n in ("one", "up", "down", "squint")], 0], 0)
    assert table[ROWS["sideways"], 1] == 0
    for axis, name, other in ((0, "sideways", "irises"), (1, "down", "up")):
        stretch = table[ROWS[name], axis] / KNOWN[name]
        assert 0.99 < stretch < 1.5
        np.testing.assert_allclose(table[ROWS[other], axis], stretch * KNOWN[other], atol=0.03)
    assert 2.9 < table[ROWS["one"], 1] < 4.5


def test_portraits_draw_the_gaze_to_the_camera() -> None:
    rng = np.random.default_rng(1)
    renders, portraits = drawn(2000, rng), drawn(200, rng)
    true = renders[:, :, ROWS["irises"]]
    at_camera = portraits[:, :, ROWS["camera"]]
    alone = fit(Sample(renders, true), Sample(portraits[:0], at_camera[:0]))
    both = fit(Sample(renders, true), Sample(portraits, at_camera))
    assert np.all(both[ROWS["camera"]] > alone[ROWS["camera"]] + 0.05)
    assert np.all(both[ROWS["irises"]] < alone[ROWS["irises"]])
