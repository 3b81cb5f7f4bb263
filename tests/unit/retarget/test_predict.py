"""What is foretold of a face."""

from __future__ import annotations

import math

import numpy as np
import pytest

from mien.core.schemas import ARKIT52
from mien.core.types import Header, Rigs, RigState, Source
from mien.retarget.config import RetargetConfig
from mien.retarget.predict import LAGS_S, Predictor
from mien.retarget.sources import Sources
from mien_models.spaces.arkit import REGIONS, Region

from .faces import FRAME, Show, rig, turn

BROW = ARKIT52.names.index("browInnerUp")


def predictor(horizon_s: float, regions: tuple[Region, ...] = (Region.BROWS,)) -> Predictor:
    return Predictor(regions, horizon_s)


def test_what_rests_is_foretold_to_rest() -> None:
    p = predictor(0.3, tuple(Region(r) for r in range(len(REGIONS))))
    values = np.linspace(0, 1, len(REGIONS))
    for n in range(10):
        np.testing.assert_array_equal(p(values, n * FRAME), values)


def test_no_horizon_foretells_nothing() -> None:
    p = predictor(0.0)
    for n in range(10):
        assert p(np.array([n * 0.1]), n * FRAME)[0] == pytest.approx(n * 0.1)


@pytest.mark.parametrize("horizon_s", [0.05, 0.1, 0.2, 0.3])
@pytest.mark.parametrize("region", [Region.BROWS, Region.NOSE, Region.HEAD])
def test_a_slow_steady_movement_goes_on_about_as_far(region: Region, horizon_s: float) -> None:
    """The regression damps it, as movements end; it never overshoots twice as far."""
    p = predictor(horizon_s, (region,))
    speed = 0.5
    for n in range(12):
        value = p(np.array([speed * n / 30]), n * FRAME)[0]
    assert 0.3 * speed * horizon_s < value - speed * 11 / 30 < 2 * speed * (horizon_s + 0.05)


def test_it_is_the_weighted_sum_of_the_differences() -> None:
    """The table for the brows at 100 ms, by hand."""
    p = predictor(0.1)
    seen = [0.0, 0.1, 0.15, 0.3, 0.35, 0.5]
    for n, x in enumerate(seen):
        value = p(np.array([x]), n * FRAME)[0]
    weights = p._weights[:, 0]
    assert value == pytest.approx(0.5 + sum(w * (0.5 - seen[4 - k]) for k, w in enumerate(weights)), abs=1e-6)


def test_images_at_another_rate_are_read_between() -> None:
    """A straight line seen at 60 Hz and at 20 Hz is foretold alike."""
    ends = []
    for fps in (60, 20):
        p = predictor(0.1)
        for n in range(fps):
            value = p(np.array([0.5 * n / fps]), round(n * 1e9 / fps))[0]
        ends.append(value - 0.5 * (fps - 1) / fps)
    assert ends[0] == pytest.approx(ends[1], abs=1e-6)


def test_nan_stays_nan_and_spoils_nothing_after_it() -> None:
    p = predictor(0.1, (Region.BROWS, Region.BROWS))
    p(np.array([0.0, 0.0]), 0)
    out = p(np.array([math.nan, 0.1]), FRAME)
    assert math.isnan(out[0])
    assert math.isfinite(out[1])
    after = p(np.array([0.2, 0.2]), 2 * FRAME)
    assert after[0] == 0.2  # nothing is known of how it moved
    assert after[1] > 0.2


def test_a_stamp_that_does_not_rise_begins_anew() -> None:
    p = predictor(0.3)
    p(np.array([0.0]), 10 * FRAME)
    assert p(np.array([0.5]), 9 * FRAME)[0] == 0.5
    assert p(np.array([0.7]), 9 * FRAME)[0] == 0.7


def test_memory_does_not_grow() -> None:
    p = predictor(0.3)
    for n in range(5000):
        p(np.array([0.0]), n * 1_000_000)
    assert len(p._times) <= 40
    assert LAGS_S[-1] < 0.2


def test_rigs_that_are_foretold_say_so_and_stay_within_limits() -> None:
    show = Show("arkit52", predict_ms=200.0)
    for n in range(12):
        out = show(rig(browInnerUp=n * 0.09, head=turn(yaw=0.05 * n)))
    (one,) = out.rigs
    np.testing.assert_array_equal(one.source, Source.PREDICTED)
    assert one.weights[BROW] == pytest.approx(1.0)  # and not beyond
    plain = Show("arkit52")
    for n in range(12):
        late = plain(rig(browInnerUp=n * 0.09, head=turn(yaw=0.05 * n)))
    assert one.head[2] > late.rigs[0].head[2]
    np.testing.assert_array_equal(late.rigs[0].source, Source.VISUAL)
    assert {int(s) for r in show().rigs for s in r.source} == {Source.VISUAL}  # nothing is foretold of who is gone
    assert show().rigs[0].state is RigState.EASING


def test_the_horizon_may_change_while_it_runs() -> None:
    show = Show("arkit52")
    for n in range(6):
        show(rig(browInnerUp=n * 0.05))
    show.stage.reconfigure(RetargetConfig(predict_ms=100.0))
    before = show(rig(browInnerUp=0.3), after_ns=1).rigs[0].weights[BROW]
    for n in range(7, 12):
        after = show(rig(browInnerUp=n * 0.05)).rigs[0].weights[BROW]
    assert before == pytest.approx(0.25, abs=0.05)
    assert after > 0.6


def test_another_face_is_not_foretold_from_the_last_one() -> None:
    show = Show("robot10", predict_ms=300.0)
    for n in range(10):
        show(rig(1, head=turn(yaw=0.05 * n)))
    out = show.hold(rig(2), s=2)
    assert show.of(out)["neck_yaw"] == pytest.approx(0.0, abs=1e-6)


def test_the_table_has_every_region_and_looks_ahead_further_the_longer_the_horizon() -> None:
    sources = Sources(ARKIT52)
    assert set(sources.regions) == set(Region)
    reach = [predictor(h)._weights.sum() for h in (0.0, 0.1, 0.2, 0.3)]
    assert reach == sorted(reach)
    assert reach[0] == 0
    assert Rigs(Header(0)).rigs == ()
