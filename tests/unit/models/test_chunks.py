"""A batch that is run in chunks says what it says whole."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models import FakeSession, ModelError
from mien_models.backends.chunks import ChunkedSession


def twice(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {"y": 2 * inputs["x"], "sum": inputs["x"].sum(axis=1) + inputs["z"]}


@pytest.mark.parametrize("threads", [1, 2, 3])
@pytest.mark.parametrize("n", [1, 2, 3, 7, 8])
def test_the_chunks_come_back_in_order(n: int, threads: int) -> None:
    x, z = np.arange(3.0 * n).reshape(n, 3), np.arange(float(n))
    session = FakeSession(twice)
    out = ChunkedSession(session, threads)({"x": x, "z": z})
    np.testing.assert_array_equal(out["y"], 2 * x)
    np.testing.assert_array_equal(out["sum"], x.sum(axis=1) + z)
    assert max(len(call["x"]) for call in session.calls) <= 2


def test_two_faces_run_at_once_on_two_threads() -> None:
    """Each waits for the other: alone, neither would come to an end."""
    both = threading.Barrier(2, timeout=10)

    def meet(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        both.wait()
        return {"y": inputs["x"]}

    x = np.zeros((2, 1))
    assert ChunkedSession(FakeSession(meet), 2)({"x": x})["y"].shape == (2, 1)


def test_one_face_stays_on_the_thread_of_the_caller() -> None:
    seen = []

    def note(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        seen.append(threading.get_ident())
        return {"y": inputs["x"]}

    ChunkedSession(FakeSession(note), 2)({"x": np.zeros((1, 1))})
    assert seen == [threading.get_ident()]


def test_what_goes_wrong_in_a_chunk_is_raised() -> None:
    def fail(_: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        raise ModelError("net does not run: out of memory")

    with pytest.raises(ModelError, match="out of memory"):
        ChunkedSession(FakeSession(fail), 2)({"x": np.zeros((4, 1))})
