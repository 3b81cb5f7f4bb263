"""Who is who from one image to the next: place, motion, size and appearance."""

from __future__ import annotations

import numpy as np
import pytest

from mien.core.types import F32, IdMethod
from mien.faces.track import Sighting, Track, appearance_of

S = 1_000_000_000
FRAME = S // 30


def unit(angle_deg: float) -> F32:
    """Two appearances that are `angle` apart have its cosine for likeness."""
    a = np.radians(angle_deg)
    return np.array([np.cos(a), np.sin(a)], np.float32)


def sighting(
    x: float = 0, y: float = 0, size: float = 100, appearance: F32 | None = None, height: float = 0
) -> Sighting:
    """A face whose middle is at x, y."""
    height = height or size
    box = np.array([x - size / 2, y - height / 2, size, height], np.float32)
    return Sighting(np.zeros((478, 3), np.float32), box, 0.99, 0.9, appearance)


def moving(px_s: float, frames: int = 60) -> Track:
    """A face that has moved to the right at this speed, and is now at x = 0."""
    track = Track(1, sighting(-px_s * frames / 30), 0)
    for i in range(1, frames + 1):
        track.update(sighting(-px_s * (frames - i) / 30), round(i * S / 30))
    return track


def test_in_its_place_and_alike_it_fits_perfectly() -> None:
    track = Track(1, sighting(appearance=unit(0)), 0)
    assert track.unlikeness(sighting(appearance=unit(0)), 0) == pytest.approx(0, abs=1e-6)


def test_a_face_that_moved_is_expected_where_it_was_going() -> None:
    track = moving(300)
    seen_ns = track.seen_ns
    ahead, stood, back = (track.unlikeness(sighting(x), seen_ns + S // 10) for x in (30, 0, -30))
    assert ahead < 0.02
    # A third of its size beside, after a tenth of a second.
    assert stood == pytest.approx(0.35 * 0.3 / 1.4, rel=0.05)
    assert back == pytest.approx(2 * stood, rel=0.05)


def test_motion_is_learned_slowly_and_also_downwards() -> None:
    track = Track(1, sighting(), 0)
    track.update(sighting(0, 10), S // 10)  # 100 px/s, of which three tenths are believed
    assert track.unlikeness(sighting(0, 13), S // 10 + S // 10) == pytest.approx(0, abs=1e-6)


def test_a_stamp_twice_teaches_no_motion() -> None:
    track = Track(1, sighting(), 0)
    track.update(sighting(50), 0)
    assert track.unlikeness(sighting(50), S) == pytest.approx(0, abs=1e-6)


def test_place_counts_by_the_size_of_the_face_and_less_the_longer_it_was_unseen() -> None:
    """A face's size aside counts .35; after a second unseen, a fifth of that."""
    assert Track(1, sighting(), 0).unlikeness(sighting(100), 0) == pytest.approx(0.35)
    assert Track(1, sighting(size=200), 0).unlikeness(sighting(200, size=200), 0) == pytest.approx(0.35)
    assert Track(1, sighting(), 0).unlikeness(sighting(100), S) == pytest.approx(0.35 / 5)
    assert Track(1, sighting(size=50, height=200), 0).unlikeness(sighting(200, size=200), 0) == pytest.approx(0.35)


def test_size_counts_by_its_ratio_either_way() -> None:
    for size in (50, 200):
        assert Track(1, sighting(), 0).unlikeness(sighting(size=size), 0) == pytest.approx(0.5 * np.log(2))


def test_another_appearance_in_the_same_place_is_somebody_else() -> None:
    """From a likeness of two thirds down."""
    track = Track(1, sighting(appearance=unit(0)), 0)
    assert track.unlikeness(sighting(appearance=unit(60)), 0) == pytest.approx(3 * (1 - 0.5), abs=1e-5)
    assert track.unlikeness(sighting(appearance=unit(45)), 0) < 1 < track.unlikeness(sighting(appearance=unit(50)), 0)


def test_where_an_appearance_is_not_known_it_does_not_count() -> None:
    assert Track(1, sighting(), 0).unlikeness(sighting(appearance=unit(90)), 0) == 0
    assert Track(1, sighting(appearance=unit(90)), 0).unlikeness(sighting(), 0) == 0


def test_appearance_is_renewed_by_three_tenths_and_learned_when_it_is_first_known() -> None:
    track = Track(1, sighting(appearance=unit(0)), 0)
    track.update(sighting(appearance=unit(90)), FRAME)
    assert track.unlikeness(sighting(appearance=unit(0)), FRAME) == pytest.approx(3 * 0.3, abs=1e-5)
    late = Track(1, sighting(), 0)
    late.update(sighting(appearance=unit(90)), FRAME)
    late.update(sighting(), 2 * FRAME)
    assert late.unlikeness(sighting(appearance=unit(90)), 2 * FRAME) == pytest.approx(0, abs=1e-5)


def test_how_an_id_was_come_by_is_told_of_the_last_sighting() -> None:
    track = Track(4, sighting(), 0)
    assert (track.id, track.id_method, track.id_confidence) == (4, IdMethod.TRACKED, 1)
    track.update(sighting(), S, IdMethod.REIDENTIFIED, 0.7)
    assert (track.id_method, track.id_confidence, track.seen_ns) == (IdMethod.REIDENTIFIED, 0.7, S)
    track.update(sighting(), S + FRAME)
    assert (track.id_method, track.id_confidence) == (IdMethod.TRACKED, 1)


def test_smoothing_is_the_same_at_any_distance() -> None:
    """A face twice as large, and its jitter with it, is smoothed to twice the same landmarks."""
    rng = np.random.default_rng(0)
    steps = rng.normal(0, 0.02, (20, 478, 3)).astype(np.float32)
    smoothed = []
    for scale in (1, 2):
        track = Track(1, sighting(), 0)
        for i, step in enumerate(steps):
            box = np.array([0, 0, 100 * scale, 100 * scale], np.float32)
            track.update(Sighting(scale * step, box, 0.99, 0.9), i * FRAME)
            last = track.smooth(i * FRAME)
        smoothed.append(last / scale)
    np.testing.assert_allclose(*smoothed, atol=1e-4)
    assert np.abs(smoothed[0]).mean() < 0.6 * np.abs(steps[-1]).mean()


def test_an_appearance_is_of_the_middle_and_of_no_brightness_or_contrast() -> None:
    rng = np.random.default_rng(0)
    crop = rng.integers(40, 160, (256, 256, 3)).astype(np.uint8)
    crop[60:120, 60:120] = 200
    first = appearance_of(crop)
    assert first.shape == (12 * 12 * 3,)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert first.mean() == pytest.approx(0, abs=1e-5)
    edge = crop.copy()
    edge[:51] = 0
    edge[:, -51:] = 255
    np.testing.assert_allclose(appearance_of(edge), first, atol=1e-6)
    assert appearance_of((crop // 2 + 60).astype(np.uint8)) @ first > 0.99
    assert np.isfinite(appearance_of(np.full_like(crop, 9))).all()
