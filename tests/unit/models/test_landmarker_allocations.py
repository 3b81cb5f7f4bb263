"""The path of the pixels allocates nothing per image."""

from __future__ import annotations

import tracemalloc

import numpy as np

from mien_models import FakeSession
from mien_models.landmarker import Landmarker, Roi


def test_squares_are_cut_without_allocating_pixels() -> None:
    out = {"landmarks": np.zeros((2, 478, 3), np.float32), "presence": np.ones(2, np.float32)}
    fake = FakeSession(lambda _: out)
    landmarker = Landmarker(fake)
    image = np.zeros((480, 640, 3), np.uint8)

    def look(i: int) -> None:
        landmarker(image, [Roi(200 + i, 240, 180 + i, 0.02 * i), Roi(480, 200 - i, 200, -0.1)])
        fake.calls.clear()

    for i in range(10, 15):
        look(i)
    tracemalloc.start()
    try:
        look(0)
        tracemalloc.clear_traces()
        tracemalloc.reset_peak()
        for i in range(10):
            look(i)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    answer = out["landmarks"].nbytes  # the landmarks in the image, which are handed out
    assert peak < 3 * answer + 20_000 < Landmarker.SIZE**2 * 3
