"""Minutes of a face: the same whenever asked, human in its rates, smooth, and within its limits."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.head.model.head import GAZE_RANGE, gaze_vectors
from mien_models.head.model.pose import head_pose
from mien_models.head.motion.config import MotionConfig
from mien_models.head.motion.motion import Frames, Motion
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

F64 = NDArray[np.float64]

STILL: dict[str, float] = {
    "expressions_per_min": 0, "blinks_per_min": 0, "speech_share": 0, "gaze_shifts_per_min": 0,
    "head_moves_per_min": 0, "idle": 0, "head_yaw_deg": 0, "head_pitch_deg": 0, "head_roll_deg": 0, "head_shift_m": 0,
}  # fmt: skip


def only(**parts: float) -> MotionConfig:
    """A face that does nothing but what is named."""
    return MotionConfig(**{**STILL, **parts})


def unit(frames: Frames, name: str) -> F64:
    return np.asarray(frames.units[..., AUS.index(name)])


def everything(frames: Frames) -> F64:
    """All numbers of frames at times (N,), as (N, …)."""
    n = len(frames.units)
    parts = (frames.units, frames.shapes, frames.gaze, frames.head, frames.speaking)
    return np.hstack([part.reshape(n, -1) for part in parts])


def runs(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last + 1 of each stretch of True that starts and ends within."""
    edges = np.flatnonzero(np.diff(on.astype(int)))
    edges = edges[1:] if on[0] else edges
    return [(int(a) + 1, int(b) + 1) for a, b in zip(edges[::2], edges[1::2], strict=False)]


# --- A function of time ---


def test_the_order_of_questions_changes_nothing() -> None:
    t = np.random.default_rng(0).uniform(0, 300, 40)
    asked = [everything(Motion(7).at(t[i : i + 1]))[0] for i in range(3)]
    one_by_one = Motion(7)
    shuffled = np.stack([everything(one_by_one.at(t[i : i + 1]))[0] for i in range(len(t))])
    in_order = Motion(7).at(np.sort(t))
    np.testing.assert_allclose(shuffled[:3], asked, atol=1e-12)
    np.testing.assert_allclose(shuffled[np.argsort(t)], everything(in_order), atol=1e-12)


def test_threads_may_ask_at_once() -> None:
    """Each in an order of its own; what one makes the timelines grow by is what the others see."""
    t = np.random.default_rng(1).uniform(0, 600, (8, 40))
    expected = everything(Motion(7).at(t.reshape(-1)))
    switching_s = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(3):
            shared = Motion(7)
            with ThreadPoolExecutor(len(t)) as pool:
                asked = pool.map(lambda times, m=shared: [everything(m.at(x[None]))[0] for x in times], t)
            np.testing.assert_allclose(np.vstack(list(asked)), expected, atol=1e-12)
    finally:
        sys.setswitchinterval(switching_s)


def test_times_may_have_any_shape() -> None:
    motion = Motion(1)
    grid = np.arange(12.0).reshape(3, 4)
    frames = motion.at(grid)
    assert frames.units.shape == (3, 4, len(AUS))
    assert frames.shapes.shape == (3, 4, len(BLENDSHAPES))
    assert frames.gaze.shape == (3, 4, 2, 2)
    assert frames.head.shape == (3, 4, 6)
    assert frames.speaking.shape == (3, 4)
    one = motion.at(grid[1, 2])
    assert one.units.shape == (len(AUS),)
    np.testing.assert_allclose(one.shapes, frames.shapes[1, 2], atol=1e-12)
    assert motion.at(np.empty(0)).units.shape == (0, len(AUS))


def test_seeds_are_different_people() -> None:
    t = np.arange(0, 20, 0.1)
    assert np.abs(Motion(1).at(t).shapes - Motion(2).at(t).shapes).max() > 0.3


def test_it_goes_on_for_hours() -> None:
    late = Motion(3).at(3 * 3600 + np.arange(0, 60, 1 / 30))
    assert late.units.std(axis=0).max() > 0.5
    assert np.isfinite(everything(late)).all()


@pytest.mark.parametrize("t", [-0.1, np.nan, np.inf, [1, -1]])
def test_other_times_are_refused(t: object) -> None:
    with pytest.raises(ValueError, match="from 0 s on"):
        Motion(1).at(t)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"), [("blinks_per_min", -1), ("speech_share", 1), ("head_yaw_deg", 100), ("idle", float("nan"))]
)
def test_a_config_out_of_range_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=name):
        MotionConfig(**{name: value})


def test_a_face_with_everything_off_rests() -> None:
    frames = Motion(1, only(camera_distance_m=10)).at(np.arange(0, 60, 0.5))
    assert frames.units.max() == 0
    assert np.abs(frames.head).max() == 0
    assert np.ptp(frames.gaze, axis=0).max() == 0


# --- Blinks ---

HZ = 200
MINUTES = 8


@pytest.fixture(scope="module")
def blinking() -> Frames:
    return Motion(11, only(blinks_per_min=17)).at(np.arange(0, MINUTES * 60, 1 / HZ))


@pytest.fixture(scope="module")
def lids(blinking: Frames) -> F64:
    """(N,) closure 0–1 of the left eye of a face that does nothing but blink."""
    return unit(blinking, "AU43L") / 5


def test_people_blink_fifteen_to_twenty_times_a_minute(lids: F64) -> None:
    assert 15 <= len(runs(lids > 0.02)) / MINUTES <= 20


def test_a_blink_takes_a_tenth_to_four_tenths_of_a_second(lids: F64) -> None:
    lasts_s = np.array([b - a for a, b in runs(lids > 0.001)]) / HZ
    assert lasts_s.min() > 0.1
    assert lasts_s.max() < 0.4
    assert 0.2 < np.median(lasts_s) < 0.33


def test_lids_close_faster_than_they_open(lids: F64) -> None:
    speed = np.diff(lids) * HZ
    ratios = [speed[a:b].max() / -speed[a:b].min() for a, b in runs(lids > 0.001)]
    assert np.median(ratios) > 1.5


def test_some_blinks_are_partial_and_all_others_complete(lids: F64) -> None:
    deepest = np.array([lids[a:b].max() for a, b in runs(lids > 0.02)])
    partial = deepest < 0.9
    assert 0.05 < partial.mean() < 0.2
    assert deepest[~partial].min() > 0.99


def test_intervals_between_blinks_are_irregular_and_never_none(lids: F64) -> None:
    between_s = np.diff([a for a, _ in runs(lids > 0.02)]) / HZ
    assert between_s.min() > 0.4
    assert 0.4 < between_s.std() / between_s.mean() < 0.9
    assert np.median(between_s) < between_s.mean()  # skewed, as people's are


def test_both_lids_blink_nearly_together(blinking: Frames) -> None:
    left, right = ([a for a, _ in runs(unit(blinking, f"AU43{side}") > 1)] for side in "LR")
    apart_s = np.abs(np.array(left) - right) / HZ
    assert 0 < apart_s.max() <= 0.02


def test_lids_are_not_raised_while_they_are_shut() -> None:
    frames = Motion(2, MotionConfig(expressions_per_min=60)).at(np.arange(0, 300, 0.02))
    assert np.minimum(unit(frames, "AU43L") - 2, unit(frames, "AU5L")).max() < 1e-9


# --- Gaze ---


def saccades(config: MotionConfig, seconds: float, hz: int) -> tuple[F64, F64, F64]:
    """Amplitude [°], peak speed [°/s] and duration [s] of the gaze shifts of a head held still."""
    frames = Motion(5, config).at(np.arange(0, seconds, 1 / hz))
    middle = np.degrees(frames.gaze.mean(axis=1))
    speed = np.hypot(*np.diff(middle, axis=0).T) * hz
    found = [s for s in runs(speed > 1) if np.hypot(*(middle[s[1]] - middle[s[0]])) > 1]
    amplitude = np.array([np.hypot(*(middle[b] - middle[a])) for a, b in found])
    return amplitude, np.array([speed[a:b].max() for a, b in found]), np.array([b - a for a, b in found]) / hz


def test_saccades_keep_to_the_main_sequence() -> None:
    """Bahill, Clark & Stark, "The main sequence", 1975: peak speed saturates near 500 °/s, and
    durations grow by about 2.2 ms per degree from 21 ms (Carpenter, 1988)."""
    amplitude, peak, duration = saccades(only(gaze_shifts_per_min=150, gaze_at_camera=0.3), 60, hz=1000)
    within = amplitude < 25  # beyond, eyes near the end of their range
    assert within.sum() > 60
    np.testing.assert_allclose(duration[within], 0.021 + 0.0022 * amplitude[within], atol=0.004)
    typical = 530 * (1 - np.exp(-amplitude / 10))
    assert (np.abs(peak / typical - 1) < 0.35)[within].all()


def test_gaze_shifts_come_at_their_rate() -> None:
    amplitude, _, _ = saccades(only(gaze_shifts_per_min=60, gaze_at_camera=0), 600, hz=50)
    assert len(amplitude) / 10 == pytest.approx(60, rel=0.15)


def test_gaze_is_on_the_camera_for_its_share() -> None:
    frames = Motion(9, only(gaze_shifts_per_min=60, gaze_at_camera=0.6)).at(np.arange(0, 1200, 0.1))
    middle = np.degrees(frames.gaze.mean(axis=1))
    assert np.mean(np.hypot(*middle.T) < 4) == pytest.approx(0.68, abs=0.1)  # some others pass close by


def test_eyes_stay_on_their_target_while_the_head_moves() -> None:
    """The vestibulo-ocular reflex, with the pose of the head as in `head_pose`."""
    config = only(head_moves_per_min=30, head_yaw_deg=20, head_pitch_deg=10, head_roll_deg=10, camera_distance_m=10)
    frames = Motion(4, config).at(np.arange(0, 120, 0.1))
    in_head = gaze_vectors(frames.gaze).mean(axis=1)
    in_room = np.stack(
        [head_pose(*angles)[:3, :3] @ gaze for angles, gaze in zip(frames.head[:, :3], in_head, strict=True)]
    )
    assert np.degrees(np.abs(frames.head[:, 0])).max() > 8
    into_camera = -in_room[:, 2] / np.linalg.norm(in_room, axis=1)
    assert np.degrees(np.arccos(np.clip(into_camera, -1, 1))).max() < 0.1


def test_eyes_stay_within_their_range() -> None:
    frames = Motion(4, MotionConfig(head_yaw_deg=60, head_pitch_deg=40)).at(np.arange(0, 600, 0.1))
    assert np.abs(frames.gaze[..., 0]).max() <= GAZE_RANGE["In"]
    assert frames.gaze[..., 1].max() <= GAZE_RANGE["Up"]
    assert frames.gaze[..., 1].min() >= -GAZE_RANGE["Down"]


def test_eyes_converge_on_what_is_near() -> None:
    near, far = (Motion(1, only(camera_distance_m=d)).at(0.0).gaze[:, 0] for d in (0.4, 5))
    assert np.degrees(near[1] - near[0]) == pytest.approx(np.degrees(2 * np.arctan(0.0315 / 0.4)))
    assert near[1] - near[0] > far[1] - far[0] > 0


# --- Head ---

LIMITS = {"head_yaw_deg": 30.0, "head_pitch_deg": 12.0, "head_roll_deg": 8.0}


@pytest.fixture(scope="module", params=[20.0, 80.0], ids=["slow", "quick"])
def head(request: pytest.FixtureRequest) -> tuple[float, F64]:
    """Its speed limit [°/s], and (N, 6) ten minutes of it at 50 Hz, in degrees and metres."""
    config = MotionConfig(**LIMITS, head_shift_m=0.02, head_speed_deg_s=request.param)
    places = Motion(6, config).at(np.arange(0, 600, 0.02)).head
    return request.param, np.hstack([np.degrees(places[:, :3]), places[:, 3:]])


def test_the_head_stays_within_its_limits_and_uses_them(head: tuple[float, F64]) -> None:
    _, places = head
    limits = [*LIMITS.values(), 0.02, 0.02, 0.02]
    farthest = np.abs(places).max(axis=0)
    assert (farthest <= limits).all()
    assert (farthest > 0.6 * np.array(limits)).all()


def test_the_head_turns_no_faster_than_its_limit(head: tuple[float, F64]) -> None:
    limit, places = head
    assert np.abs(np.diff(places[:, :3], axis=0)).max() * 50 <= limit


def test_the_head_moves_slowly_as_heads_do(head: tuple[float, F64]) -> None:
    """Next to nothing of its movement is faster than 4 Hz."""
    _, places = head
    window = np.hanning(len(places))[:, None]
    power = np.abs(np.fft.rfft((places - places.mean(axis=0)) * window, axis=0)) ** 2
    hz = np.fft.rfftfreq(len(places), 0.02)
    assert (power[hz > 4].sum(axis=0) / power.sum(axis=0) < 1e-3).all()


def test_the_head_is_never_quite_still() -> None:
    places = Motion(6, MotionConfig(head_moves_per_min=0)).at(np.arange(0, 60, 0.1)).head
    assert (places.std(axis=0) > 1e-5).all()


# --- Expressions and speech ---


def test_slow_parts_have_continuous_slopes() -> None:
    """Steps of slope shrink with the time step; at a corner they would not."""
    motion = Motion(8, MotionConfig(blinks_per_min=0, gaze_shifts_per_min=0))

    def roughest(dt: float) -> F64:
        frames = motion.at(np.arange(0, 30, dt))
        values = np.hstack([frames.units, frames.head, frames.speaking[:, None]])
        return np.asarray(np.abs(np.diff(values, 2, axis=0)).max(axis=0) / dt)

    coarse, fine = roughest(0.002), roughest(0.0005)
    assert (fine <= 0.6 * coarse + 0.05).all()


def test_expressions_rise_no_faster_than_their_limit() -> None:
    """Few overlap here; where one pushes another out, that may go three times as fast."""
    dt = 0.02
    for limit in (8, 20):
        units = Motion(3, only(expressions_per_min=6, max_rise_per_s=limit)).at(np.arange(0, 600, dt)).units
        speed = np.abs(np.diff(units, axis=0)) / dt
        assert np.quantile(speed.max(axis=1), 0.998) <= limit
        assert speed.max() < 3 * limit


def test_expressions_last_as_long_as_peoples() -> None:
    """Most are over within half a second to five (Ekman); onsets take two to eight tenths."""
    units = Motion(3, only(expressions_per_min=6)).at(np.arange(0, 1800, 0.05)).units
    lasts_s = np.array([(b - a) * 0.05 for a, b in runs(units.max(axis=1) > 0.3)])
    assert len(lasts_s) > 80
    assert np.quantile(lasts_s, 0.1) > 0.5
    assert np.quantile(lasts_s, 0.9) < 6
    assert 1.5 < np.median(lasts_s) < 3.5


def test_expressions_come_at_their_rate_and_overlap_at_times() -> None:
    quiet = Motion(3, only(expressions_per_min=6)).at(np.arange(0, 1200, 0.2)).units.max(axis=1)
    busy = Motion(3, only(expressions_per_min=24)).at(np.arange(0, 1200, 0.2)).units.max(axis=1)
    assert 0.1 < np.mean(quiet > 0.5) < 0.35
    assert 0.5 < np.mean(busy > 0.5) < 0.95


@pytest.fixture(scope="module")
def talk() -> Frames:
    return Motion(12, only(speech_share=0.4)).at(np.arange(0, 600, 0.02))


def test_speech_takes_its_share_of_the_time(talk: Frames) -> None:
    assert np.mean(talk.speaking > 0.5) == pytest.approx(0.4, abs=0.08)


def test_the_jaw_moves_in_the_rhythm_of_syllables(talk: Frames) -> None:
    """Three to seven openings a second while talking (Chandrasekaran et al., 2009: 2–7 Hz)."""
    jaw = talk.shapes[:, BLENDSHAPES.index("jawOpen")]
    peaks = (jaw[1:-1] > jaw[:-2]) & (jaw[1:-1] > jaw[2:])
    assert 3 < peaks[talk.speaking[1:-1] > 0.99].sum() / (0.02 * (talk.speaking > 0.99).sum()) < 7


def test_lips_close_now_and_then_in_speech(talk: Frames) -> None:
    talking = talk.speaking > 0.99
    closed = (unit(talk, "AU25") < 0.3) & talking
    assert 0.02 < closed.sum() / talking.sum() < 0.3
    assert unit(talk, "AU25")[talking].max() > 2.5


def test_silence_is_silent(talk: Frames) -> None:
    assert talk.units[talk.speaking == 0].max() == 0


# --- All of it together ---


@pytest.fixture(scope="module")
def life() -> Frames:
    """Ten minutes of a lively face."""
    return Motion(21, MotionConfig(expressions_per_min=30, speech_share=0.5)).at(np.arange(0, 600, 0.05))


@pytest.mark.parametrize(("a", "b"), [("AU24", "AU26"), ("AU12L", "AU18"), ("AU28", "AU27"), ("AU17", "AU16R")])
def test_the_rules_of_the_sampler_hold_at_all_times(life: Frames, a: str, b: str) -> None:
    assert np.minimum(unit(life, a), unit(life, b)).max() < 1e-9


def test_lips_are_held_together_by_no_more_than_the_jaw_opens(life: Frames) -> None:
    close, jaw = (life.shapes[:, BLENDSHAPES.index(name)] for name in ("mouthClose", "jawOpen"))
    assert (close <= jaw).all()


def test_all_is_bounded(life: Frames) -> None:
    assert 0 <= life.units.min() <= life.units.max() <= 5
    assert 0 <= life.shapes.min() <= life.shapes.max() <= 1
    assert 0 <= life.speaking.min() <= life.speaking.max() <= 1


def test_inner_brows_rise_nearly_together_and_their_mean_is_arkits(life: Frames) -> None:
    left, right = unit(life, "AU1L"), unit(life, "AU1R")
    assert np.corrcoef(left, right)[0, 1] > 0.8
    np.testing.assert_allclose(life.shapes[:, BLENDSHAPES.index("browInnerUp")], (left + right) / 10)
