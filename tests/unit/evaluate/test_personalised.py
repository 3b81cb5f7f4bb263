"""The expressions stage with a known resting face, with an encoder that is biased for each person's resting face."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from mien.evaluate import personalised
from mien_models import FakeSession
from mien_models.alignment import canonical
from mien_models.evaluate import report
from mien_models.evaluate.grid import Grid
from mien_models.evaluate.invariance import invariance
from mien_models.evaluate.read import encode
from mien_models.spaces.emotions import EMOTIONS

from . import people

# How much too high each of the three is read, of 5.
TOO_HIGH = (0.0, 0.4, 0.8)


@pytest.fixture(scope="module")
def grid() -> Grid:
    return people.grid()


def misreading(grid: Grid) -> FakeSession:
    truth = people.knowing(grid.faces)
    points = canonical(grid.faces.landmarks)
    people_by_points = {points[i].tobytes(): int(who) for i, who in enumerate(grid.faces.identity)}

    def script(inputs: Mapping[str, Any]) -> dict[str, Any]:
        out = truth(inputs)
        for row, seen in enumerate(inputs["landmarks"]):
            if (who := people_by_points.get(seen.tobytes())) is not None:
                out["units"][row] = np.clip(out["units"][row] + TOO_HIGH[who], 0, 5)
                out["units_sd"][row] = 1.0
        return out

    return FakeSession(script)


def blind() -> FakeSession:
    """A network of differences that sees none."""

    def script(inputs: Mapping[str, Any]) -> dict[str, Any]:
        return people.answers(len(inputs["difference"]))

    return FakeSession(script, "neutral_difference")


def test_what_is_read_of_a_rest_is_taken_off(grid: Grid) -> None:
    encoder = misreading(grid)
    plain = encode(encoder, grid.faces.crop, grid.faces.landmarks)
    known = personalised.read(grid, encoder, blind())
    before, after = invariance(grid, plain), invariance(grid, known)
    assert before["identity"]["median"] == pytest.approx(0.4, abs=1e-5)
    assert after["identity"]["median"] < 0.15
    assert after["response"] > 0.9 * before["response"]
    np.testing.assert_allclose(known.units[:24], plain.units[:24], atol=1e-3)  # of the first, nothing
    np.testing.assert_allclose(known.shapes, plain.shapes, atol=1e-3)


def test_the_report_holds_both(grid: Grid) -> None:
    encoder = misreading(grid)
    known = personalised.read(grid, encoder, blind())
    found = report.measure(people.faces(), grid, people.blendshapes(), encoder, EMOTIONS, personalised=known)
    shift = found["invariance"][report.PERSONALISED]["identity"]["median_active"]
    assert found["summary"]["identity_shift_rest_known"] == {"value": shift, "at_most": 0.5, "met": True}
    assert shift < found["summary"]["identity_shift_active"]["value"]
