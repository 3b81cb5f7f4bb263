"""What a person's resting face changes of everything that is read of them."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mien.core.baseline.capture import Capture
from mien.core.errors import BaselineError
from mien.core.types import F32, BaselineMethod, Expression, Header, PersonBaseline
from mien.expressions import stage
from mien.expressions.config import ExpressionsConfig
from mien.expressions.personal import DifferenceReading, Levels, relative_readings
from mien.expressions.stage import Stage
from mien_models import FakeSession
from mien_models.spaces import arkit, emotions, facs, mediapipe

from .networks import FRAME_NS, Networks, face, read

FROWN, SMILE = arkit.INDEX["browDownLeft"], arkit.INDEX["mouthSmileLeft"]
AU4, AU12 = [facs.INDEX["AU4L"], facs.INDEX["AU4R"]], [facs.INDEX["AU12L"], facs.INDEX["AU12R"]]
ANGER, HAPPINESS = emotions.INDEX["anger"], emotions.INDEX["happiness"]
POLE: F32 = np.eye(32, dtype=np.float32)[31]


def sullen() -> Networks:
    """Reads lowered brows of everybody, by a third of the scale, and takes them for anger as often as not."""
    nets = Networks()
    nets.sd = 0.05
    shapes, units = np.zeros(52), np.zeros(len(facs.AUS))
    shapes[FROWN], units[AU4] = 0.3, 1.5
    emotion = np.full(8, 0.1 / 6)
    emotion[[0, ANGER]] = 0.45
    embedding = np.zeros(32)
    embedding[[0, 31]] = 0.6, 0.8
    nets.said = {
        "shapes": shapes, "units": units, "presence": units / 3, "emotion": emotion,
        "affect": np.array([-0.2, 0.3]), "embedding": embedding,
    }  # fmt: skip
    return nets


class Desk:
    """A stage, and somebody before it."""

    def __init__(self, nets: Networks, **config: object) -> None:
        self.stage: Stage = nets.stage(**({"smooth": False, "personal": False} | config))
        self.at = 0

    def look(self, *track_ids: int) -> tuple[Expression, ...]:
        self.at += 1
        return read(self.stage, *(face(i) for i in track_ids or (1,)), stamp_ns=self.at * FRAME_NS)

    def capture(self, *track_ids: int) -> Capture:
        self.look(*track_ids)
        capture = self.stage.capture_neutral(0, 0.5)
        while not capture.done:
            self.look(*track_ids)
        assert capture.success, capture.message
        return capture


def test_a_capture_changes_everything_that_is_read() -> None:
    desk = Desk(sullen())
    (before,) = desk.look()
    desk.capture()
    (after,) = desk.look()
    assert before.reading is not None
    assert after.reading is not None
    assert (before.blendshapes[FROWN], after.blendshapes[FROWN]) == (pytest.approx(0.3), 0)
    assert before.reading.au_intensity[AU4] == pytest.approx(1.5)
    assert not after.reading.au_intensity.any()
    assert before.reading.au_probability[AU4] == pytest.approx(0.5)
    assert not after.reading.au_probability.any()
    assert before.reading.emotion[ANGER] == pytest.approx(0.45, abs=0.02)
    # As of most people's resting faces, whatever the network makes of this one.
    assert after.reading.emotion == pytest.approx([0.93, *[0.01] * 7], abs=0.02)
    assert (before.reading.valence, before.reading.arousal) == (
        pytest.approx(-0.2, abs=0.01),
        pytest.approx(0.3, abs=0.01),
    )
    assert (after.reading.valence, after.reading.arousal) == (pytest.approx(0, abs=0.01), pytest.approx(0, abs=0.01))
    np.testing.assert_allclose(after.embedding, POLE, atol=1e-6)
    assert before.baseline.method is BaselineMethod.NONE
    assert (after.baseline.method, after.baseline.confidence) == (BaselineMethod.CAPTURED, 1)
    assert after.rest is not None
    assert after.rest.blendshapes[FROWN] == pytest.approx(0.3)
    assert after.rest.head is not None
    assert after.rest.landmarks is None  # nobody needs them, and they show who it is


def test_expressions_on_top_of_the_rest_are_all_that_is_left() -> None:
    nets = sullen()
    desk = Desk(nets)
    desk.capture()
    nets.said["shapes"][[FROWN, SMILE]] = 0.65, 0.8
    nets.said["units"][[*AU4, *AU12]] = 3.25, 3.25, 4, 4
    nets.said["embedding"][:] = 0
    nets.said["embedding"][[0, 1, 31]] = np.array([0.75, 1, 1]) / np.linalg.norm([0.75, 1, 1])
    (e,) = desk.look()
    assert e.reading is not None
    assert e.blendshapes[[FROWN, SMILE]] == pytest.approx([(0.65 - 0.3) / 0.7, 0.8])
    assert e.reading.au_intensity[[*AU4, *AU12]] == pytest.approx([2.5, 2.5, 4, 4])
    # At rest it lay 0.6 / 0.8 away from the pole in the same direction.
    np.testing.assert_allclose(e.embedding, (POLE + np.eye(32)[1]) / 2**0.5, atol=1e-6)


def test_somebody_else_is_read_as_before() -> None:
    nets = sullen()
    desk, alone = Desk(nets), Desk(nets)
    desk.capture(1)
    known, stranger = desk.look(1, 2)
    (plain,) = alone.look(2)
    assert known.baseline.method is BaselineMethod.CAPTURED
    assert stranger.rest is None
    np.testing.assert_array_equal(stranger.blendshapes, plain.blendshapes)
    np.testing.assert_array_equal(stranger.embedding, plain.embedding)
    assert stranger.reading is not None
    assert plain.reading is not None
    for name in ("au_intensity", "au_probability", "au_sd", "emotion", "valence", "arousal"):
        np.testing.assert_array_equal(getattr(stranger.reading, name), getattr(plain.reading, name))


def test_saved_restarted_and_loaded_it_gives_the_same_numbers(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    nets = sullen()
    first = Desk(nets, personal=True)
    first.capture()
    first.stage.save_baseline(path)
    later = Desk(nets, personal=True)
    later.look(7)
    later.stage.load_baseline(path, 7)
    nets.said["shapes"][[FROWN, SMILE]] = 0.65, 0.8
    nets.said["units"][[*AU4, *AU12]] = 3.25, 3.25, 4, 4
    (a,), (b,) = first.look(1), later.look(7)
    assert (a.baseline.method, b.baseline.method) == (BaselineMethod.CAPTURED, BaselineMethod.LOADED)
    assert a.baseline.since_ns == b.baseline.since_ns > 0
    np.testing.assert_array_equal(a.blendshapes, b.blendshapes)
    np.testing.assert_array_equal(a.embedding, b.embedding)
    assert a.reading is not None
    assert b.reading is not None
    for name in ("au_intensity", "au_probability", "au_sd", "emotion", "valence", "arousal"):
        np.testing.assert_array_equal(getattr(a.reading, name), getattr(b.reading, name))
    assert a.rest is not None
    assert b.rest is not None
    np.testing.assert_array_equal(a.rest.head, b.rest.head)


def test_a_file_that_is_named_in_the_parameters_is_written_by_a_capture_and_read_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    desk = Desk(sullen(), baseline_file=str(path))
    said = desk.stage.keep(desk.capture())
    assert str(path) in said
    later = Desk(sullen(), baseline_file=str(path))
    (e,) = later.look(5)
    assert e.baseline.method is BaselineMethod.LOADED
    assert not e.blendshapes.any()
    two = Desk(sullen(), baseline_file=str(path))
    assert {e.baseline.method for e in two.look(5, 6)} == {BaselineMethod.NONE}


def test_a_file_for_one_face_is_not_written_for_two_nor_for_none(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    desk = Desk(sullen(), baseline_file=str(path))
    assert "is for one face, and not written" in desk.stage.keep(desk.capture(1, 2))
    refused = desk.stage.capture_neutral(9, 1.0)
    assert desk.stage.keep(refused) == ""
    assert not path.exists()
    assert Desk(sullen()).stage.keep(desk.capture(1)) == ""


def test_a_file_that_cannot_be_used_stops_the_start_and_names_it(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    path.write_bytes(b"something")
    with pytest.raises(BaselineError, match=r"ann\.npz: is damaged"):
        Desk(sullen(), baseline_file=str(path))


def test_a_rest_that_other_weights_of_the_network_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ann.npz"
    desk = Desk(sullen(), baseline_file=str(path))
    desk.stage.keep(desk.capture())
    Desk(sullen(), baseline_file=str(path))
    taught_again = {"encoder_small": SimpleNamespace(files={"encoder_small.onnx": "0" * 64})}
    monkeypatch.setattr(stage, "Registry", SimpleNamespace(load=lambda: taught_again))
    with pytest.raises(BaselineError, match="was read by other weights of encoder_small than this mien has; capture"):
        Desk(sullen(), baseline_file=str(path))


def test_a_covered_or_blurred_face_teaches_no_rest() -> None:
    nets = sullen()
    nets.lower_sd = 0.3  # as unsure of the mouth as of what it does not see
    desk = Desk(nets)
    desk.look()
    capture = desk.stage.capture_neutral(1, 0.5)
    while not capture.done:
        desk.look()
    assert not capture.success
    assert "keep it in view" in capture.message


def test_while_no_image_comes_a_capture_ends_all_the_same() -> None:
    desk = Desk(sullen())
    desk.look()
    capture = desk.stage.capture_neutral(1, 5.0)
    for i in range(60):
        assert desk.stage.idle(Header(desk.at * FRAME_NS + i * FRAME_NS)) is None
    assert capture.done
    assert "lost" in capture.message


def test_a_face_of_which_nothing_is_read_still_says_what_it_would_be_told_from() -> None:
    desk = Desk(sullen())
    desk.capture()
    blind = face(1)
    object.__setattr__(blind, "crop", None)
    object.__setattr__(blind, "landmarks", np.full((478, 3), np.nan, np.float32))
    (e,) = read(desk.stage, blind, stamp_ns=(desk.at + 1) * FRAME_NS)
    assert np.isnan(e.blendshapes).all()
    assert e.baseline.method is BaselineMethod.CAPTURED
    assert e.rest is not None


def levels(units: float = 0.0, sd: float = 0.1) -> Levels:
    n = len(facs.AUS)
    level = np.concatenate([np.zeros(52), np.full(n, units)])
    parts = level, np.full(52 + n, sd), np.full(n, 0.8), np.full(8, 1 / 8), np.zeros(2), np.zeros(0, np.float32)
    return Levels(*(part[None] for part in parts))


def relative_reading(image: Levels, rest: PersonBaseline | None, level: float = 0.0, sd: float = 1.0) -> Levels:
    """The reading of one face without its first axis. level, sd: of landmarks that differ from those at rest."""
    more = DifferenceReading(np.full_like(image.level, level), np.full_like(image.sd, sd), np.ones_like(image.presence))
    own = relative_readings(image, [rest], more)
    return Levels(*(getattr(own, f.name)[0] for f in fields(Levels)))


def captured(desk: Desk) -> PersonBaseline:
    desk.capture()
    (e,) = desk.look()
    assert e.rest is not None
    return e.rest


def test_presence_falls_as_its_unit_does_and_no_rest_changes_nothing() -> None:
    nets = sullen()
    nets.said["units"] = np.full(len(facs.AUS), 1.0)
    rest = captured(Desk(nets))
    image = levels(0.4)
    own = relative_reading(image, rest)
    assert own.level[52:] == pytest.approx((0.4 - 0.2) / 0.8)
    assert own.presence == pytest.approx(0.8 * 0.25 / 0.4)
    unknown = replace(rest, about=replace(rest.about, confidence=0.0))
    same = relative_reading(image, unknown)
    for name in ("level", "sd", "presence", "affect", "emotion"):
        np.testing.assert_allclose(getattr(same, name), getattr(image, name)[0], atol=1e-15)


def test_landmarks_that_find_more_are_weighed_by_how_sure_they_are_and_by_half_at_most() -> None:
    nets = sullen()
    nets.said = {"shapes": np.zeros(52), "units": np.zeros(len(facs.AUS)), "embedding": POLE}
    rest = captured(Desk(nets))
    image = levels(0.2, sd=0.1)

    def mixed(level: float, sd: float) -> Levels:
        return relative_reading(image, rest, level, sd)

    assert mixed(0.6, 0.01).level[52:] == pytest.approx(0.4)  # half of each, however sure
    assert mixed(0.6, 0.2).level[52:] == pytest.approx(0.2 + 0.4 / 5)  # known 1, of 1 + (0.2 / 0.1)²
    assert mixed(0.6, 0.2).presence == pytest.approx(0.8 + 0.2 / 5)
    assert mixed(0.6, 0.2).sd == pytest.approx(np.sqrt(0.8 * 0.1**2 + 0.2 * 0.2**2))
    assert mixed(0.1, 0.01).level[52:] == pytest.approx(0.2)  # less is no news


def test_an_expression_is_judged_by_its_units_without_the_rest() -> None:
    """Lowered brows at rest, and raised corners of the mouth now: a smile, and no more anger than of anybody."""
    nets = sullen()
    desk = Desk(nets)
    nets.said["units"][[facs.INDEX["AU7L"], facs.INDEX["AU7R"], facs.INDEX["AU24"]]] = 2.0
    desk.capture()
    nets.said["units"][AU12] = 4
    nets.said["emotion"] = np.array([0.1, 0.45, 0, 0, 0, 0.45, 0, 0])
    (e,) = desk.look()
    assert e.reading is not None
    assert e.reading.emotion[HAPPINESS] > 0.8
    assert e.reading.emotion[ANGER] < 0.1
    assert e.reading.valence > 0.2  # where the network, which takes it for half of an angry face, says -0.2


def test_the_sadness_of_a_sad_looking_face_is_not_taken_off_its_smile() -> None:
    """What is still found in the resting face is taken off as far as the units are at rest."""
    nets = sullen()
    nets.said["units"][:] = 0
    desk = Desk(nets)
    desk.capture()
    (rest,) = desk.look()
    nets.said["units"][[*AU12, facs.INDEX["AU6L"], facs.INDEX["AU6R"]]] = 4
    (smile,) = desk.look()
    assert rest.reading is not None
    assert smile.reading is not None
    assert rest.reading.emotion[ANGER] == pytest.approx(0.01, abs=0.005)
    # The network's own odds of anger to fear, which neither the units nor the rest speak of.
    assert smile.reading.emotion[ANGER] / smile.reading.emotion[4] == pytest.approx(0.45 / (0.1 / 6), rel=0.05)


def mediapipe_stage(score: dict[str, float], **config: object) -> tuple[Stage, dict[str, float]]:
    def said(inputs: object) -> dict[str, F32]:
        scores = np.zeros((1, len(mediapipe.SHAPES)), np.float32)
        for name, value in score.items():
            scores[0, mediapipe.SHAPES.index(name)] = value
        return {"blendshapes": scores}

    return Stage(ExpressionsConfig(model="blendshapes_v2", **config), {"blendshapes_v2": FakeSession(said)}), score


def test_mediapipes_shapes_are_told_from_the_rest_too() -> None:
    stage, score = mediapipe_stage({"browDownLeft": 0.4, "mouthSmileLeft": 0.02})
    first = read(stage, face(), stamp_ns=0)[0]
    assert first.blendshapes[FROWN] == pytest.approx(0.4)
    for i in range(1, 200):
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
    assert e.baseline.method is BaselineMethod.LEARNED
    assert e.baseline.confidence > 0.8
    assert e.blendshapes[FROWN] < 0.1
    assert e.rest is not None
    assert e.rest.landmarks is not None  # action units are read off distances
    score["browDownLeft"] = 1.0
    (e,) = read(stage, face(), stamp_ns=200 * FRAME_NS)
    assert e.blendshapes[FROWN] == pytest.approx(1)


def test_a_smile_from_the_first_frame_on_is_no_rest_of_mediapipes_shapes() -> None:
    stage, _ = mediapipe_stage({"mouthSmileLeft": 0.8, "mouthSmileRight": 0.8})
    for i in range(200):
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
    assert e.blendshapes[SMILE] > 0.75


def test_mediapipes_shapes_are_captured_too() -> None:
    stage, score = mediapipe_stage({"browDownLeft": 0.4}, personal=False)
    read(stage, face(), stamp_ns=0)
    capture = stage.capture_neutral(1, 0.5)
    for i in range(1, 30):
        (e,) = read(stage, face(), stamp_ns=i * FRAME_NS)
    assert capture.success, capture.message
    assert not np.nan_to_num(e.blendshapes).any()
    assert np.isnan(e.blendshapes[arkit.INDEX["tongueOut"]])
    score["browDownLeft"] = 0.7
    (e,) = read(stage, face(), stamp_ns=30 * FRAME_NS)
    assert e.blendshapes[FROWN] == pytest.approx(0.5)


def test_faces_of_an_image_are_read_as_if_each_were_alone() -> None:
    nets = sullen()
    desk = Desk(nets)
    rest = captured(desk)
    other = replace(rest, about=replace(rest.about, confidence=0.4), emotion=np.zeros(0, np.float32))
    rng = np.random.default_rng(0)
    n, count = len(facs.AUS), 3
    embedding = np.abs(rng.normal(size=(count, 32))).astype(np.float32)
    image = Levels(
        rng.uniform(0, 1, (count, 52 + n)), rng.uniform(0.05, 0.3, (count, 52 + n)), rng.uniform(0, 1, (count, n)),
        rng.dirichlet(np.ones(8), count), rng.uniform(-1, 1, (count, 2)), embedding,
    )  # fmt: skip
    more = DifferenceReading(
        rng.uniform(0, 1, image.level.shape), rng.uniform(0.05, 0.3, image.sd.shape), image.presence
    )
    rests = [rest, None, other]
    together = relative_readings(image, rests, more)
    for i, one in enumerate(rests):

        def row(of: object, i: int = i) -> list[np.ndarray]:
            return [getattr(of, f.name)[i : i + 1] for f in fields(of)]  # type: ignore[arg-type]

        alone = relative_readings(Levels(*row(image)), [one], DifferenceReading(*row(more)))
        for name in ("level", "sd", "presence", "emotion", "affect", "embedding"):
            if one is not None or name in ("emotion", "affect", "embedding"):
                np.testing.assert_allclose(getattr(together, name)[i], getattr(alone, name)[0], atol=1e-9)
    np.testing.assert_allclose(together.emotion[1], image.emotion[1])
