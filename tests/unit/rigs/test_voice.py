"""A voice moves a mouth that is not seen; what follows stays as safe as ever."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.sound import Voice
from mien.core.types import Expressions, Faces, Header, Rig, RigState, Source
from mien.rigs.config import RigsConfig
from mien.rigs.stage import Stage
from mien.rigs.voice import Arbiter, Eyes
from mien_models.spaces import arkit
from mien_models.spaces.arkit import Region

from .actors import FRAME, Person, S, Theatre, only, weight
from .test_safety import check, check_step

JAW = arkit.INDEX["jawOpen"]


def voice(stamp_ns: int, jaw: float = 0.5, activity: float = 1.0, sure: float = 0.6) -> Voice:
    shapes, confidence = np.full(52, np.nan, np.float32), np.zeros(52, np.float32)
    shapes[JAW], confidence[JAW] = jaw, sure
    return Voice(Header(stamp_ns), activity, shapes, confidence)


def speak(t: Theatre, seconds: float, *people: Person, **said: float) -> list[Rig]:
    rigs = []
    for _ in range(round(seconds * 30)):
        t.stage.hear(voice(t.now, **said))
        rigs.append(only(t.show(*people)))
    return rigs


def hidden(**named: float) -> Person:
    person = Person(**named)
    person.sure = 0.8, 0.0
    return person


def test_behind_a_hand_the_mouth_follows_the_voice_and_the_eyes_are_seen() -> None:
    t = Theatre(Stage(RigsConfig(voice=True)))
    t.settle(Person(jawOpen=0.1))
    rigs = speak(t, 1.0, hidden(eyeBlinkLeft=0.7))
    assert weight(rigs[-1], "jawOpen") == pytest.approx(0.5, abs=0.02)
    assert weight(rigs[-1], "eyeBlinkLeft") == pytest.approx(0.7, abs=0.02)
    assert rigs[-1].source[[Region.MOUTH, Region.EYES]].tolist() == [Source.AUDIO, Source.VISUAL]
    assert rigs[-1].confidence[Region.MOUTH] == pytest.approx(0.6)
    back = speak(t, 1.0, Person(jawOpen=0.1))
    assert weight(back[-1], "jawOpen") == pytest.approx(0.1, abs=0.02)
    assert set(back[-1].source) == {Source.VISUAL}
    for a, b in itertools.pairwise([*rigs, *back]):
        check_step(a, b)
    assert np.abs(np.diff([weight(r, "jawOpen") for r in [*rigs, *back]])).max() < 0.15  # a crossfade, no jump


def test_accents_raise_brows_that_are_not_seen_and_no_others() -> None:
    t = Theatre(Stage(RigsConfig(voice=True)))
    person = hidden(browInnerUp=0.05)
    t.settle(person)
    brow = arkit.INDEX["browInnerUp"]

    def accented(stamp_ns: int) -> Voice:
        said = voice(stamp_ns)
        said.blendshapes[brow], said.confidence[brow] = 0.4, 0.3
        return said

    for people, raised in (((person,), 0.05), ((), 0.4)):
        rigs = []
        for _ in range(30):
            t.stage.hear(accented(t.now))
            rigs.append(only(t.show(*people)))
        assert weight(rigs[-1], "browInnerUp") == pytest.approx(raised, abs=0.02)
        assert rigs[-1].source[Region.BROWS] == (Source.VISUAL if people else Source.AUDIO)
        for a, b in itertools.pairwise(rigs):
            check_step(a, b)
    assert rigs[-1].confidence[Region.BROWS] == pytest.approx(0.3)


def test_it_is_off_unless_asked_for_and_sight_that_is_surer_wins() -> None:
    off, on = Theatre(Stage(RigsConfig())), Theatre(Stage(RigsConfig(voice=True)))
    assert weight(speak(off, 1.5, hidden())[-1], "jawOpen") == 0
    assert weight(speak(on, 1.0, Person(jawOpen=0.2))[-1], "jawOpen") == pytest.approx(0.2, abs=0.02)


def test_nobody_is_told_apart_by_voice() -> None:
    t = Theatre(Stage(RigsConfig(voice=True)))
    other = hidden()
    other.track_id = 2
    for _ in range(40):
        t.stage.hear(voice(t.now))
        rigs = t.show(hidden(), other)
    assert [weight(r, "jawOpen") for r in rigs.rigs] == [0, 0]


def test_of_two_new_faces_none_is_moved_by_voice_in_their_first_image() -> None:
    stage = Stage(RigsConfig(voice=True, smooth=False))  # so that a weight would be played at once
    t, other = Theatre(stage), hidden()
    other.track_id = 2
    stage.hear(voice(t.now - S // 10))
    assert [weight(r, "jawOpen") for r in t.show(hidden(), other).rigs] == [0, 0]


def test_a_face_beside_that_is_not_read_counts_as_well() -> None:
    stage = Stage(RigsConfig(voice=True))
    t = Theatre(stage)
    unread = Person(track_id=2, pose=np.full((4, 4), np.nan))
    for _ in range(40):
        stage.hear(voice(t.now))
        t.now += FRAME
        header = Header(t.now, "camera")
        faces = Faces(header, 640, 480, (hidden().face(), unread.face()))
        rig = only(stage.step(faces, Expressions(header, (hidden().expression(),))))
    assert weight(rig, "jawOpen") == 0


def test_lids_that_are_seen_are_not_made_up_where_the_gaze_is_not() -> None:
    t = Theatre(Stage(RigsConfig(voice=True, lively_eyes=True)))
    shut = hidden(eyeBlinkLeft=0.9, eyeBlinkRight=0.9)
    shut.gaze = np.full((2, 3), np.nan)
    rig = speak(t, 1.0, shut)[-1]
    assert rig.source[[Region.MOUTH, Region.EYES, Region.GAZE]].tolist() == [Source.AUDIO, Source.VISUAL, Source.VISUAL]
    assert weight(rig, "eyeBlinkLeft") == pytest.approx(0.9, abs=0.02)
    assert not rig.gaze.any()


def test_a_lost_face_speaks_on_blinks_and_then_comes_to_rest() -> None:
    t = Theatre(Stage(RigsConfig(voice=True, lively_eyes=True)))
    t.settle(Person())
    rigs = speak(t, 8.0)
    assert weight(rigs[-1], "jawOpen") == pytest.approx(0.5, abs=0.02)
    assert rigs[-1].source[[Region.MOUTH, Region.EYES]].tolist() == [Source.AUDIO, Source.PREDICTED]
    assert max(weight(r, "eyeBlinkLeft") for r in rigs) > 0.5
    assert rigs[-1].confidence[Region.BROWS] == 0
    for a, b in itertools.pairwise(rigs):
        check_step(a, b)
    t.wait(3.0)
    assert t.stage.idle(Header(t.now + FRAME)) is None


def test_a_voice_moves_a_face_that_left_for_a_bounded_time() -> None:
    t = Theatre(Stage(RigsConfig(voice=True, voice_hold_s=3.0)))
    t.settle(Person())
    rigs = speak(t, 2.5)
    assert weight(rigs[-1], "jawOpen") == pytest.approx(0.5, abs=0.02)
    for _ in range(90):  # it goes on, but by now anybody may speak
        t.stage.hear(voice(t.now))
        t.show()
    assert t.stage.idle(Header(t.now + FRAME)) is None
    back = speak(t, 1.0, hidden())
    assert weight(back[-1], "jawOpen") == pytest.approx(0.5, abs=0.02)


def test_a_voice_of_long_ago_or_of_later_says_nothing() -> None:
    t = Theatre(Stage(RigsConfig(voice=True)))
    t.settle(Person())
    for when in (t.now - S, t.now + 60 * S):
        t.stage.hear(voice(when))
    assert weight(t.settle(hidden()).rigs[0], "jawOpen") == 0


NUMBERS = st.sampled_from([0.0, 0.4, 1.0, 3.0, -1.0, math.nan, math.inf])


@settings(max_examples=40)
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_whatever_a_voice_says_rigs_are_within_limits_and_no_faster_than_people(
    said: list[tuple[float, float, float, bool, bool]],
) -> None:
    t, before = Theatre(Stage(RigsConfig(voice=True, lively_eyes=True, hold_s=0))), None
    for jaw, activity, sure, shown, open_mouth in said:
        t.stage.hear(voice(t.now, jaw, activity, sure))
        for rig in t.show(*([Person(jawOpen=0.9) if open_mouth else hidden()] if shown else [])).rigs:
            check(rig)
            check_step(before, rig)
            before = None if rig.state is RigState.NEUTRAL else rig


def test_two_sources_that_are_alike_do_not_take_turns() -> None:
    arbiter, rng = Arbiter(), np.random.default_rng(0)
    chosen = [arbiter.choose(0.5 + rng.normal(0, 0.02), 0.5 + rng.normal(0, 0.02)) for _ in range(500)]
    assert len({*chosen}) == 1
    assert arbiter.choose(0.0, 0.1)
    assert not arbiter.choose(0.9, 0.1)
    assert not arbiter.choose(0.0, 0.0)


def test_eyes_blink_as_often_as_in_conversation() -> None:
    eyes = Eyes(3, 0)
    told = np.array([eyes(i * S // 60) for i in range(60 * 300)])
    blinks = np.flatnonzero((told[1:, 0] > 0.5) & (told[:-1, 0] <= 0.5))
    assert 20 < len(blinks) / 5 < 30  # a minute; Bentivoglio: 26
    assert np.abs(np.degrees(told[:, 1:])).max() <= 8
    again = Eyes(3, 0)
    np.testing.assert_array_equal(told[:900], [again(i * S // 60) for i in range(900)])
