"""A step of the chain keeps no memory, and allocates little while it runs."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice

import pytest

from mien.core.types import Frame
from mien.faces.config import FacesConfig
from mien.perception.pipeline import Pipeline

pytestmark = pytest.mark.real
_STEPS = 40


def test_memory_stays_where_it_is(frames_of: Callable[[str], Iterator[Frame]]) -> None:
    images = cycle([frame.image for frame in islice(frames_of("clip"), 10)])
    stamps = count(0, 33_333_333)
    pipeline = Pipeline(faces=FacesConfig(max_faces=1))

    def step() -> None:
        pipeline.step(Frame(next(images), next(stamps)))

    for _ in range(20):
        step()
    tracemalloc.start()
    try:
        kept, most = [], 0
        for _ in range(3):
            for _ in range(_STEPS):
                before = tracemalloc.get_traced_memory()[0]
                tracemalloc.reset_peak()
                step()
                most = max(most, tracemalloc.get_traced_memory()[1] - before)
            gc.collect()
            kept.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    # What grows a little at first are the interpreter's lists of objects to use again.
    assert kept[2] - kept[1] < 500 * _STEPS
    # The crop that goes out is 38 kB and the landmarks are 6 kB, beside what the encoder's stage computes in, together
    # 260 kB at most; the square that landmarks are read from would be 197 kB more.
    assert most < 350_000
