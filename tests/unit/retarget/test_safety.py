"""Whatever a face does, what comes out stays within range, rate and acceleration.

The faces here jump, vanish, change their id, carry numbers that are none, and come with stamps that stand still,
leap ahead or go backwards. The laws are those of mechanics, written here anew.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.types import Header, Rig, Rigs, RigState
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import SHIPPED, Profile, load
from mien.retarget.stage import Stage

S = 1_000_000_000
PROFILES = {name: load(name) for name in SHIPPED}
ROBOTS = [name for name, p in PROFILES.items() if p.single]

WILD = np.array([math.nan, math.inf, -math.inf, 1e30, -1e30, -1.0, 2.0, 0.0, 1.0])
stamp_step = st.integers(0, S // 10) | st.sampled_from([S // 30, 0]) | st.integers(-10 * S, 100 * S)


def numbers(rng: np.random.Generator, size: int, wild: float) -> np.ndarray:
    """Shares of a full expression, of which a share are numbers that should not be."""
    plain = rng.random(size) * rng.integers(0, 2, size)
    return np.where(rng.random(size) < wild, rng.choice(WILD, size), plain)


@st.composite
def face(draw: st.DrawFn) -> Rig:
    rng = np.random.default_rng(draw(st.integers(0, 2**16)))
    wild = draw(st.sampled_from([0.0, 0.02, 1.0]))
    return Rig(
        track_id=draw(st.integers(1, 3)),
        state=draw(st.sampled_from(RigState)),
        schema="other" if rng.random() < 0.1 else "arkit52",
        weights=numbers(rng, 51 if rng.random() < 0.1 else 52, wild).astype(np.float32),
        head=rng.normal(size=4) if rng.random() > wild else numbers(rng, 4, 1.0),
        gaze=(2 * numbers(rng, 4, wild) - 1).reshape(2, 2).astype(np.float32),
        confidence=np.ones(7, np.float32),
        source=np.zeros(7, np.uint8),
    )


film = st.lists(st.tuples(stamp_step, st.lists(face(), max_size=2)), min_size=2, max_size=20)


Track = list[tuple[int, np.ndarray]]


def play(profile: Profile, frames: list[tuple[int, list[Rig]]], **config: Any) -> dict[int, Track]:
    """(time, weights) of every body; of a single one, whose rigs bear the ids of several faces, under 0."""
    stage = Stage(RetargetConfig(**config), profile)
    tracks: dict[int, Track] = {}
    now_ns = 5 * S
    for step_ns, faces in frames:
        now_ns = max(now_ns + step_ns, 0)
        out = stage.step(Rigs(Header(now_ns), tuple(faces))) if faces else stage.idle(Header(now_ns))
        for rig in out.rigs if out else ():
            assert np.isfinite(rig.head).all()
            assert np.isfinite(rig.gaze).all()
            tracks.setdefault(0 if profile.single else rig.track_id, []).append((now_ns, rig.weights.copy()))
            if rig.state is RigState.NEUTRAL:
                np.testing.assert_array_equal(rig.weights, profile.description.neutral)
    return tracks


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=25)
@given(frames=film, predict_ms=st.sampled_from([0.0, 250.0]), mirror=st.booleans())
def test_range_and_rate(name: str, frames: list[tuple[int, list[Rig]]], predict_ms: float, mirror: bool) -> None:
    profile = PROFILES[name]
    d = profile.description
    rate = np.array([t.rate for t in profile.targets])
    for track in play(profile, frames, predict_ms=predict_ms, mirror=mirror).values():
        for _, weights in track:
            assert np.isfinite(weights).all()
            assert (weights >= d.lower).all()
            assert (weights <= d.upper).all()
        for (t0, w0), (t1, w1) in pairwise(track):
            # A stamp that does not rise moves nothing.
            most = rate * max(t1 - t0, 0) * 1e-9
            assert (np.abs(w1.astype(float) - w0) <= most + 4e-6 * np.maximum(np.abs(w0), 1)).all()


@pytest.mark.parametrize("name", ROBOTS)
@settings(max_examples=40)
@given(frames=film, predict_ms=st.sampled_from([0.0, 250.0]))
def test_acceleration(name: str, frames: list[tuple[int, list[Rig]]], predict_ms: float) -> None:
    """Mean speeds of two intervals differ by at most acceleration · the time between their middles."""
    profile = PROFILES[name]
    most = np.array([t.acceleration for t in profile.targets])
    for track in play(profile, frames, predict_ms=predict_ms).values():
        times, places = [0.0], [track[0][1].astype(float)]
        for (t0, _), (t1, w1) in pairwise(track):
            if t1 > t0:
                times.append(times[-1] + (t1 - t0) * 1e-9)
                places.append(w1.astype(float))
        t, x = np.array(times), np.array(places)
        if len(t) < 3:
            continue
        dt = np.diff(t)[:, None]
        speed = np.diff(x, axis=0) / dt
        rounding = 2 * 4e-6 * np.maximum(np.abs(x).max(), 1) / np.minimum(dt[:-1], dt[1:])
        assert (np.abs(np.diff(speed, axis=0)) <= most * (dt[:-1] + dt[1:]) / 2 + rounding).all()


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=15)
@given(frames=film, fps=st.sampled_from([5, 30, 100]))
def test_whatever_was_shown_neutral_is_reached_in_the_stated_time_after_it(
    name: str, frames: list[tuple[int, list[Rig]]], fps: int
) -> None:
    profile = PROFILES[name]
    stage = Stage(RetargetConfig(), profile)
    now_ns = 5 * S
    for step_ns, faces in frames:
        now_ns = max(now_ns + step_ns, 0)
        stage.step(Rigs(Header(now_ns), tuple(faces)))
    ended = []
    for n in range(1, int(stage.neutral_within_s * fps) + 2):
        out = stage.idle(Header(now_ns + n * S // fps))
        ended += [r for r in out.rigs if r.state is RigState.NEUTRAL] if out else []
    assert stage.idle(Header(now_ns + 100 * S)) is None
    for rig in ended:
        np.testing.assert_array_equal(rig.weights, profile.description.neutral)
