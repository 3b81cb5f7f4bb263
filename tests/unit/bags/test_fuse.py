"""Recordings with a face, a voice and words, fused afterwards."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mien import graph
from mien.bags.fuse import fuse
from mien.bags.read import VOICE, WORDS, Session
from mien.bags.record import BagWriter, typestore
from mien.bags.write import MomentWriter
from mien.core.errors import BagError
from mien.core.types import Method
from mien.messages import affects_from_msg

from .sessions import PERIOD_NS, START_NS, moment, shapes, stamp

FRAMES = 40


def time(ns: int) -> SimpleNamespace:
    return SimpleNamespace(sec=ns // 10**9, nanosec=ns % 10**9)


def bag(path: Path, loud_after_s: float = 0.0, faces: tuple[int, ...] = (1,)) -> Path:
    """A face that opens its mouth, a voice from some time on, and a word."""
    with BagWriter(path) as out:
        writer = MomentWriter(out)
        writer.describe(START_NS)
        for i in range(FRAMES):
            writer.write(moment(i, faces, shapes(jawOpen=0.5 + 0.5 * np.sin(i / 4))))
            for k in range(2):
                at = stamp(i) + k * PERIOD_NS // 2
                voice = SimpleNamespace(
                    header=SimpleNamespace(stamp=time(at), frame_id="mic"),
                    activity=0.9 * ((at - START_NS) * 1e-9 >= loud_after_s), pitch_hz=200.0, energy_db=-20.0,
                    syllables_hz=4.0, overlap=0.0,
                    blendshapes=np.full(52, 0.2, np.float32), confidence=np.zeros(52, np.float32), stages=[],
                )  # fmt: skip
                put(out, graph.VOICE, voice, at + 100_000_000)
        words = SimpleNamespace(
            header=SimpleNamespace(stamp=time(stamp(10)), frame_id="mic"), words=["really", "wow"],
            since_s=np.array([0, 0.3], np.float32), confidence=np.ones(2, np.float32),
        )  # fmt: skip
        put(out, graph.WORDS, words, stamp(30))
    return path


def put(out: BagWriter, topic: graph.Topic, msg: SimpleNamespace, received_ns: int) -> None:
    name = f"/{topic.name}"
    if not out.knows(name):
        out.add(name, topic.type, topic.qos)
    out.write(name, typestore().serialize_cdr(msg, topic.type), received_ns)


def told(path: Path) -> list[np.ndarray]:
    """Category, valence and arousal of the first face at each image."""
    session = Session(path)
    found = [
        affects_from_msg(session.parsed(m.data, m.type)) for m in session.raw(lambda topic: topic == "/fusion")
    ]  # fmt: skip
    assert all(a.affects[0].emotion_method is Method.FUSED for a in found)
    assert [a.header.stamp_ns for a in found] == [stamp(i) for i in range(FRAMES)]
    return [np.array([*a.affects[0].emotion, a.affects[0].valence, a.affects[0].arousal]) for a in found]


def test_a_recording_is_fused_with_what_came_after_or_only_before(tmp_path: Path) -> None:
    early, late = bag(tmp_path / "early"), bag(tmp_path / "late", loud_after_s=1.0)
    results = {}
    for causal in (False, True):
        for name, path in (("early", early), ("late", late)):
            done = fuse(Session(path), tmp_path / f"{name}{causal}", causal=causal)
            assert (done.images, done.streams) == (FRAMES, ("face", "prosody", "words"))
            results[name, causal] = told(done.path)
    # The second is silent for a second.
    same = [i for i in range(FRAMES) if i * PERIOD_NS * 1e-9 < 0.05]
    np.testing.assert_array_equal(results["early", True][0], results["late", True][0])
    assert np.abs(results["early", False][0] - results["late", False][0]).max() > 1e-4, "what comes after counts"
    assert np.abs(results["early", True][-1] - results["late", True][-1]).max() > 1e-4
    assert same == [0, 1]


def test_all_else_is_kept_and_a_second_time_replaces_the_first(tmp_path: Path) -> None:
    once = fuse(Session(bag(tmp_path / "a")), tmp_path / "b").path
    twice = fuse(Session(once), tmp_path / "c", causal=True).path
    old, new = Session(tmp_path / "a"), Session(twice)
    kept = {t: n for t, n in new.topics.items() if t != "/fusion"}
    assert kept == dict(old.topics.items())
    assert new.topics["/fusion"] == FRAMES
    (words,) = [new.value(h) for h in new.messages({WORDS})]
    assert words.words == ("really", "wow")
    assert len(list(new.messages({VOICE}))) == 2 * FRAMES
    assert new.about["fused_with"]["versions"]["mien"]
    assert "versions" not in new.about  # nobody said with what it was recorded


def test_a_voice_is_nobodys_with_two_faces(tmp_path: Path) -> None:
    assert fuse(Session(bag(tmp_path / "a", faces=(1, 2))), tmp_path / "b").streams == ("face",)


def test_a_recording_without_faces_is_named(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "a") as out:
        writer = MomentWriter(out)
        writer.describe(START_NS)
        writer.write(moment(0, ()))
    with pytest.raises(BagError, match="no image with both expressions and affects"):
        fuse(Session(tmp_path / "a"), tmp_path / "b")
