"""Normalised faces are made of expressions alone."""

from __future__ import annotations

import numpy as np

from mien.core.types import Expression, Expressions, Header, Reading
from mien.perception.normalised import Normaliser
from mien_models import FakeSession
from mien_models.spaces.facs import AUS


def expression(track_id: int, level: float, *, read: bool = True) -> Expression:
    units = np.full(len(AUS), level, np.float32)
    reading = Reading(units, units, units / 5, np.full(8, 1 / 8, np.float32), 0.0, 0.0) if read else None
    return Expression(track_id, np.full(52, level / 5, np.float32), np.ones(52, np.float32), reading=reading)


def test_faces_stand_side_by_side_and_show_what_the_message_says_alone() -> None:
    session = FakeSession(
        lambda inputs: {"picture": np.stack([np.full((96, 96, 3), 200 * s[0], np.float32) for s in inputs["shapes"]])}
    )
    told = Expressions(Header(7), (expression(3, 5.0), expression(5, 2.5, read=False)))
    picture = Normaliser(session)(told)
    assert picture.shape == (112, 224, 3)
    assert picture[50, 50].tolist() == [200] * 3
    assert picture[50, 150].tolist() == [100] * 3
    (inputs,) = session.calls
    assert inputs.keys() == {"shapes", "units"}
    np.testing.assert_array_equal(inputs["units"][0], 5)
    assert np.isnan(inputs["units"][1]).all()  # where the network reads none
