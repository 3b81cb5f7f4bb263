"""Recorded results follow from the recorded images, or it is said where they do not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

pytest.importorskip("rosbags", reason="pip install 'mien[bags]'")

from mien.bags import about
from mien.bags.exact.recompute import recompute
from mien.bags.exact.rerun import configurations
from mien.bags.exact.verify import against, verify
from mien.bags.read import RECORDED, Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter, through_message
from mien.cli.__main__ import main
from mien.core.errors import BagError
from mien.core.moment import Moment
from mien.core.sound import Voice
from mien.core.stage import STAGES
from mien.core.types import BaselineMethod, Frame, Header, Source
from mien.perception.pipeline import Pipeline
from mien.rigs.config import RigsConfig
from mien_models.backends import select
from mien_models.spaces import arkit

pytestmark = pytest.mark.real
PERIOD_NS = 41_000_000
START_NS = 1_700_000_000_000_000_000
JAW = arkit.INDEX["jawOpen"]
CHANGED = {"rigs.gain": 0.5, "faces.smooth": False}


@pytest.fixture(scope="module")
def frames(sample: Callable[[str], Path]) -> list[Frame]:
    film = cv2.VideoCapture(str(sample("clip")))
    images = [cv2.cvtColor(film.read()[1], cv2.COLOR_BGR2RGB) for _ in range(10)]
    return [Frame(image, START_NS + i * PERIOD_NS, "camera") for i, image in enumerate(images)]


def voice(k: int) -> Voice:
    """Of every 20 ms, from 200 ms before the first image on; each opens the jaw by another amount."""
    shapes, sure = np.full(52, np.nan, np.float32), np.zeros(52, np.float32)
    shapes[JAW], sure[JAW] = 0.2 + 0.1 * (k % 5), 1.0
    return Voice(Header(START_NS - 200_000_000 + k * 20_000_000), 1.0, shapes, sure)


def had_come(i: int) -> int:
    """How many voices rigs have heard before image `i`: some come early, those of images 2 to 5 and 8 come late."""
    in_time = (i * PERIOD_NS + 100_000_000) // 20_000_000 + 1  # told of 0.1 s before it
    return in_time - 3 if i in (2, 3, 4, 5, 8) else in_time + 4


def run(frames: list[Frame], *, split: bool, speaks: bool = False) -> Iterator[Moment]:
    """What a graph says: it leaves out an image, eases for a while, and is told other parameters after image 6."""
    pipeline = Pipeline(rigs=RigsConfig(voice=speaks))
    configs = configurations([], {"rigs.voice": speaks})
    heard = 0
    for i, frame in enumerate(frames):
        if i == 3 and not split:
            continue  # it fell behind
        while speaks and heard < had_come(i):
            pipeline.hear(voice(heard))
            heard += 1
        values: dict[str, Any] = {"frame": frame}
        said = {}
        for spec in STAGES:
            if split and i == 3 and spec.name in ("affects", "rigs"):
                continue  # only these did
            said[spec.name] = pipeline.stages[spec.name].step(*[values[name] for name in spec.inputs])
            values[spec.name] = through_message(spec.name, said[spec.name]) if split else said[spec.name]
        yield Moment(frame.stamp_ns, frame.image, **said)
        if i == 5:
            for k in (1, 2, 3):  # the last of them is later than the next image, as happens
                header = Header(frame.stamp_ns + k * 15_000_000, "camera")
                yield Moment(header.stamp_ns, rigs=pipeline.stages["rigs"].idle(header))
        if i == 6:
            for spec in STAGES:
                own = {k.partition(".")[2]: v for k, v in CHANGED.items() if k.startswith(spec.name)}
                pipeline.stages[spec.name].reconfigure(replace(configs[spec.name], **own))


def record(
    path: Path, moments: list[Moment], frames: list[Frame], *, split: bool, quality: int = 0, speaks: bool = False
) -> Path:
    """speaks: with the voice, all of which the recorder has received before the first image."""
    with BagWriter(path, about.about()) as bag:
        writer = MomentWriter(bag, jpeg_quality=quality)
        for spec in STAGES:
            values = {"rigs.voice": speaks} if spec.name == "rigs" else {}
            writer.parameters(f"/{spec.name}" if split else "/perception", values, START_NS)
        for k in range(had_come(len(frames)) if speaks else 0):
            writer.voice(voice(k), START_NS)
        for i, moment in enumerate(moments):
            moment = copy.copy(moment)
            moment.received_ns = dict.fromkeys(("image", *moment.parts), START_NS + i * PERIOD_NS)
            writer.write(moment)
            if moment.stamp_ns == frames[6].stamp_ns:
                writer.parameters("/rigs" if split else "/perception", CHANGED, START_NS + i, moment.stamp_ns)
    return path


@pytest.mark.parametrize("split", [False, True], ids=["fused", "split"])
def test_what_a_graph_said_is_said_again(tmp_path: Path, frames: list[Frame], split: bool) -> None:
    moments = list(run(frames, split=split))
    path = record(tmp_path / "bag", moments, frames, split=split)
    verdict = verify(Session(path))
    assert verdict.holds, str(verdict)
    n = len(frames) - 1
    assert verdict.results == {"faces": n + split, "expressions": n + split, "affects": n, "rigs": n + 3}
    assert verdict.largest.size < 1e-6
    assert "all agree within 1e-05" in str(verdict)


@pytest.mark.parametrize("split", [False, True], ids=["fused", "split"])
def test_a_voice_is_heard_when_it_was_however_late_it_came(tmp_path: Path, frames: list[Frame], split: bool) -> None:
    moments = list(run(frames, split=split, speaks=True))
    told = [m.rigs for m in moments if m.rigs]
    newest = [(r.heard_ns or 0) > r.header.stamp_ns - 120_000_000 for r in told]
    moved = [new for new, r in zip(newest, told, strict=True) if Source.AUDIO in r.rigs[0].source]
    assert {True, False} == set(moved)  # some had come in time, and some had not
    verdict = verify(Session(record(tmp_path / "bag", moments, frames, split=split, speaks=True)))
    assert verdict.holds, str(verdict)
    assert verdict.largest.size < 1e-6


def test_without_vnni_auto_was_fp32(tmp_path: Path, frames: list[Frame], monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded on an older processor, verified on whatever this one is."""
    for module in (select, about):
        monkeypatch.setattr(module, "has_vnni", lambda: False)
    path = record(tmp_path / "bag", list(run(frames[:4], split=False)), frames, split=False)
    monkeypatch.setattr(select, "has_vnni", lambda: True)
    verdict = verify(Session(path))
    assert verdict.holds, str(verdict)


def test_a_resting_face_that_was_captured_on_request_is_captured_again(
    tmp_path: Path, sample: Callable[[str], Path]
) -> None:
    calm = cv2.cvtColor(cv2.VideoCapture(str(sample("single_face_video"))).read()[1], cv2.COLOR_BGR2RGB)
    frames = [Frame(calm, START_NS + i * PERIOD_NS, "camera") for i in range(12)]
    pipeline = Pipeline()
    moments = []
    for i, frame in enumerate(frames):
        if i == 2:
            capture = pipeline.expressions.capture_neutral(0, 0.2)
        moments.append(Moment(frame.stamp_ns, frame.image, **pipeline.step(frame)))
    assert capture.success, capture.message
    last = moments[-1].expressions
    assert last is not None
    assert last.expressions[0].baseline.method is BaselineMethod.CAPTURED
    with BagWriter(tmp_path / "bag") as bag:
        writer = MomentWriter(bag, jpeg_quality=0)
        writer.parameters("/perception", {}, START_NS)
        for moment in moments:
            moment.received_ns = dict.fromkeys(("image", *moment.parts), moment.stamp_ns)
            writer.write(moment)
    verdict = verify(Session(tmp_path / "bag"))
    assert verdict.holds, str(verdict)
    assert verdict.results["rigs"] == 12


def test_a_result_that_does_not_follow_is_named(tmp_path: Path, frames: list[Frame]) -> None:
    moments = list(run(frames, split=False))
    rigs = moments[4].rigs
    assert rigs is not None
    weights = rigs.rigs[0].weights.copy()
    weights[25] += 0.001
    moments[4] = moments[4].but(rigs=replace(rigs, rigs=(replace(rigs.rigs[0], weights=weights),)))
    verdict = verify(Session(record(tmp_path / "bag", moments, frames, split=False)))
    assert not verdict.holds
    at = (moments[4].stamp_ns - START_NS) * 1e-9
    assert f"first differs at rigs at {at:.3f} s" in str(verdict)
    assert "rigs[0].weights[25]" in str(verdict)
    assert verdict.largest.size == pytest.approx(0.001, rel=1e-3)


def test_an_image_that_is_missing_is_named(tmp_path: Path, frames: list[Frame]) -> None:
    moments = list(run(frames, split=False))
    moments[4].image = None
    verdict = verify(Session(record(tmp_path / "bag", moments, frames, split=False)))
    assert not verdict.holds
    assert verdict.results["rigs"] == 4
    assert "is not in the bag" in str(verdict)


def test_compressed_images_do_not_give_the_same(tmp_path: Path, frames: list[Frame]) -> None:
    verdict = verify(Session(record(tmp_path / "bag", list(run(frames, split=False)), frames, split=False, quality=90)))
    assert not verdict.holds
    assert "its images are compressed" in str(verdict)


def test_a_bag_without_images_says_so(tmp_path: Path, frames: list[Frame]) -> None:
    moments = list(run(frames[:2], split=False))
    for moment in moments:
        moment.image = None
    path = record(tmp_path / "bag", moments, frames, split=False)
    with pytest.raises(BagError, match="holds no images"):
        verify(Session(path))


def test_new_results_stand_beside_the_old_ones_and_follow_from_the_images_too(
    tmp_path: Path, frames: list[Frame]
) -> None:
    moments = list(run(frames[:5], split=False))
    path = record(tmp_path / "bag", moments, frames, split=False)
    done = recompute(Session(path), tmp_path / "new", {"rigs.gain": 0.5})
    assert (done.results, done.missing) == (16, "")
    verdict = against(Session(path), Session(tmp_path / "new", RECORDED))
    assert verdict.holds, str(verdict)
    verdict = verify(Session(tmp_path / "new"))
    assert verdict.holds, str(verdict)
    written = json.loads((tmp_path / "new/differences.json").read_text())
    assert written == done.report
    assert written["fields"]["rigs.weights"]["largest"] > 0.01
    assert not any(f["largest"] for name, f in written["fields"].items() if not name.startswith("rigs."))
    assert written["only_in_one"] == {}


def test_new_results_end_where_an_image_is_missing(
    tmp_path: Path, frames: list[Frame], capsys: pytest.CaptureFixture[str]
) -> None:
    moments = list(run(frames[:5], split=False))
    moments[2].image = None
    path = record(tmp_path / "bag", moments, frames, split=False)
    assert main(["bag", "recompute", str(path), "--out", str(tmp_path / "new")]) == 1
    assert "new results end early: the image of" in capsys.readouterr().out
    assert len(list(Session(tmp_path / "new").messages({"rigs"}))) == 2
    assert against(Session(path), Session(tmp_path / "new", RECORDED)).holds  # the old ones are all there
