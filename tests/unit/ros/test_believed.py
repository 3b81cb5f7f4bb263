"""No message makes a stage say what cannot be true: it is refused by the name of the field."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from mien.core.errors import MessageError
from mien.core.schemas import ARKIT52
from mien.core.types import (
    Affect,
    Affects,
    Baseline,
    BaselineMethod,
    Expression,
    Expressions,
    Face,
    Faces,
    Header,
    Method,
    PersonBaseline,
    Reading,
    Rig,
    Rigs,
    RigState,
)
from mien.ros import convert
from mien_models.spaces import facs
from mien_models.spaces.arkit import Region

pytestmark = pytest.mark.ros
HEADER, UNITS = Header(5, "camera"), len(facs.AUS)
ABOUT = Baseline(BaselineMethod.CAPTURED, 0.5, 7)


def f32(value: float, n: int) -> Any:
    return np.full(n, value, np.float32)


def examples() -> dict[str, Any]:
    pose = np.eye(4)
    pose[2, 3] = 0.6
    face = Face(1, 0.9, 0.99, f32(10, 4), np.ones((478, 3), np.float32), pose, np.array([[0.0, 0, -1]] * 2), f32(1, 2))
    reading = Reading(f32(1, UNITS), f32(0.5, UNITS), f32(0.5, UNITS), f32(0.125, 8), 0.1, -0.1)
    rest = PersonBaseline(
        about=ABOUT,
        blendshapes=f32(0.2, 52),
        au_intensity=f32(1, UNITS),
        embedding=np.array([0.6, 0.8], np.float32),
        landmarks=np.zeros((478, 2), np.float32),
        head=np.array([0.0, 0, 0, 1]),
    )
    shapes = f32(0.3, 52)
    shapes[51] = np.nan
    expression = Expression(
        1, shapes, f32(0.8, 52), np.array([0.6, 0.8], np.float32), reading, baseline=ABOUT, rest=rest
    )
    learned = Method.LEARNED
    affect = Affect(
        1,
        f32(1, UNITS),
        f32(0.5, UNITS),
        f32(0.5, UNITS),
        learned,
        f32(0.125, 8),
        0.5,
        learned,
        0.1,
        -0.1,
        0.5,
        learned,
    )
    region = np.zeros(len(Region), np.uint8)
    rig = Rig(
        1, RigState.TRACKED, "arkit52", f32(0.5, 52), np.array([0.0, 0, 0, 1]), np.zeros((2, 2), np.float32),
        f32(0.5, len(Region)), region,
    )  # fmt: skip
    return {
        "faces": convert.faces_to_msg(Faces(HEADER, 640, 480, (face,))),
        "expressions": convert.expressions_to_msg(Expressions(HEADER, (expression,))),
        "affects": convert.affects_to_msg(Affects(HEADER, (affect,))),
        "rigs": convert.rigs_to_msg(Rigs(HEADER, (rig,))),
    }


def plain(value: Any) -> Any:
    """A message without the checks of its setters: what may come off a wire or out of a bag."""
    if hasattr(value, "get_fields_and_field_types"):
        return SimpleNamespace(**{name: plain(getattr(value, name)) for name in value.get_fields_and_field_types()})
    if isinstance(value, list):
        return [plain(v) for v in value]
    return copy.copy(value)


MESSAGES = {stage: plain(msg) for stage, msg in examples().items()}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths to all numbers and arrays, but those of headers, times and pixels."""
    for name, child in vars(value).items():
        if name in ("header", "stages", "since", "crop", "width", "height"):
            continue
        if isinstance(child, SimpleNamespace):
            yield from places(child, (*path, name))
        elif isinstance(child, list):
            for i, c in enumerate(child):
                yield from places(c, (*path, name, i))
        elif not isinstance(child, str):
            yield (*path, name)


PLACES = [(stage, path) for stage, msg in MESSAGES.items() for path in places(msg)]
BAD = st.sampled_from([math.nan, math.inf, -math.inf, 7.0, -3.0, 99.0, 1e77, 0.0, 1.0, 0.5, 1.0005, -0.0005])


def changed(stage: str, path: tuple[Any, ...], value: float, index: int, size: int | None) -> Any:
    msg = copy.deepcopy(MESSAGES[stage])
    *way, last = path
    owner = msg
    for step in way:
        owner = owner[step] if isinstance(step, int) else getattr(owner, step)
    before = getattr(owner, last)
    if isinstance(before, bool | int) or (isinstance(before, np.ndarray) and before.dtype == np.uint8):
        whole = int(abs(value)) % 256 if math.isfinite(value) else 255
        if isinstance(before, int):
            setattr(owner, last, whole)
        else:
            before[index % len(before)] = whole
    elif isinstance(before, float):
        setattr(owner, last, value)
    else:
        array = np.array(before, np.float32)  # as on the wire
        if size is not None:
            array = np.resize(array, size)
        if array.size:
            array[index % array.size] = value if not abs(value) > 1e38 else math.copysign(math.inf, value)
        setattr(owner, last, array)
    return msg


def within(values: Any, lo: float, hi: float, nan: bool = False) -> bool:
    values = np.asarray(values, np.float64)
    return bool((((values >= lo) & (values <= hi)) | (np.isnan(values) if nan else False)).all())


def true(stage: str, told: Any) -> bool:
    """Whether what was read may be said, by the comments of the messages."""
    rules = []
    if stage == "faces":
        for f in told.faces:
            rules += [within([f.score, f.presence, f.id_confidence, *f.gaze_confidence], 0, 1)]
            rules += [f.landmarks.shape == (478, 3), f.box.shape == (4,), np.isfinite(f.landmarks).all()]
            lengths = np.linalg.norm(f.gaze, axis=1)
            rules += [within(lengths, 0.99, 1.01, nan=True), within(f.gaze, -1, 1, nan=True)]
            if f.pose is not None:
                rules += [np.allclose(f.pose[:3, :3] @ f.pose[:3, :3].T, np.eye(3)), np.isfinite(f.pose).all()]
    elif stage == "expressions":
        for e in told.expressions:
            rules += [e.blendshapes.shape == e.confidence.shape == (52,)]
            rules += [within(e.blendshapes, 0, 1, nan=True), within(e.confidence, 0, 1)]
            rules += [not e.embedding.size or abs(np.linalg.norm(e.embedding) - 1) < 0.01]
            r, rest = e.reading, e.rest
            rules += [within(r.au_intensity, 0, 5), within(r.au_probability, 0, 1), within(r.au_sd, 0, 5)]
            rules += [abs(float(r.emotion.sum()) - 1) < 0.011, within([r.valence, r.arousal], -1, 1)]
            rules += [{r.au_intensity.size, r.au_sd.size, r.au_probability.size} == {UNITS}]
            rules += [within(rest.blendshapes, 0, 0.5), within(rest.au_intensity, 0, 2.5)]
            rules += [within(e.baseline.confidence, 0, 1)]
            rules += [rest.landmarks is None or np.isfinite(rest.landmarks).all()]
            rules += [rest.head is None or abs(np.linalg.norm(rest.head) - 1) < 1e-6]
    elif stage == "affects":
        for a in told.affects:
            rules += [within(a.au_intensity, 0, 5, nan=True), within(a.au_probability, 0, 1, nan=True)]
            rules += [within(a.au_confidence, 0, 1), within([a.emotion_confidence, a.va_confidence], 0, 1)]
            total = float(a.emotion.sum())
            rules += [
                np.isnan(a.emotion).all() or abs(total - 1) < 0.011,
                within([a.valence, a.arousal], -1, 1, nan=True),
            ]
            rules += [{a.au_intensity.size, a.au_probability.size, a.au_confidence.size} == {UNITS}]
    else:
        for r in told.rigs:
            rules += [r.weights.shape == (52,), within(r.weights, 0, 1), within(r.confidence, 0, 1)]
            rules += [within(r.gaze, -math.pi, math.pi), abs(np.linalg.norm(r.head) - 1) < 1e-6]
            rules += [within(r.consistency, 0, 2, nan=True), within(r.source, 0, 4)]
    return all(bool(rule) for rule in rules)


@settings(max_examples=400)
@given(st.sampled_from(PLACES), BAD, st.integers(0, 2000), st.sampled_from([None, None, None, 0, 1, 51, 2000]))
def test_what_is_read_may_be_said_and_all_else_is_refused_by_its_name(
    place: tuple[str, tuple[Any, ...]], value: float, index: int, size: int | None
) -> None:
    stage, path = place
    told, refused = None, ""
    try:
        told = convert.from_msg(stage, changed(stage, path, value, index, size))
    except MessageError as error:
        refused = str(error)
    names = [step for step in path if isinstance(step, str)]
    assert true(stage, told) if told else any(f".{name}" in refused for name in names), (path, value, refused)


@pytest.mark.parametrize("stage", MESSAGES)
def test_what_stages_say_is_believed(stage: str) -> None:
    assert true(stage, convert.from_msg(stage, MESSAGES[stage]))


@pytest.mark.parametrize(
    ("stage", "path", "value", "says"),
    [
        ("faces", ("faces", 0, "presence"), 7.0, "Face.presence is 7; it must be in [0, 1]"),
        ("faces", ("faces", 0, "presence"), math.nan, "Face.presence is nan; it must be in [0, 1]"),
        ("faces", ("faces", 0, "pose", "orientation", "x"), 1e77, "Face.pose.orientation has the length 1e+77"),
        ("faces", ("faces", 0, "gaze_left", "x"), 0.9, "Face.gaze_left has the length 1.34536"),
        ("faces", ("faces", 0, "id_method"), 9.0, "Face.id_method is 9; it must be one of 0 TRACKED, 1 REIDENTIFIED"),
        ("faces", ("faces", 0, "track_id"), 0.0, "Face.track_id is 0"),
        ("affects", ("affects", 0, "au_intensity"), 99.0, "Affect.au_intensity[0] is 99; it must be in [0, 5], or NaN"),
        ("affects", ("affects", 0, "emotion"), 0.9, "Affect.emotion sums to 1.775; it must be 1"),
        ("rigs", ("rigs", 0, "head", "w"), 0.0, "Rig.head is all zero"),
        ("rigs", ("rigs", 0, "source"), 9.0, "Rig.source is [9, 0, 0, 0, 0, 0, 0]"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_is_right(
    stage: str, path: tuple[Any, ...], value: float, says: str
) -> None:
    with pytest.raises(MessageError) as error:
        convert.from_msg(stage, changed(stage, path, value, 0, None))
    assert says in str(error.value)


def test_a_wrong_length_is_refused_with_the_right_one() -> None:
    with pytest.raises(MessageError, match=r"^Face.landmarks has 1433 values; 1434 are needed$"):
        convert.from_msg("faces", changed("faces", ("faces", 0, "landmarks"), 0.5, 0, 1433))


def test_two_faces_with_one_id_are_refused() -> None:
    msg = copy.deepcopy(MESSAGES["faces"])
    msg.faces.append(copy.deepcopy(msg.faces[0]))
    with pytest.raises(MessageError, match=r"Face.track_id .* 1, 1"):
        convert.from_msg("faces", msg)


def test_what_lies_beyond_a_limit_by_rounding_is_the_limit() -> None:
    assert convert.from_msg("faces", changed("faces", ("faces", 0, "score"), 1.0005, 0, None)).faces[0].score == 1
    shapes = changed("expressions", ("expressions", 0, "blendshapes"), -0.0005, 3, None)
    assert convert.from_msg("expressions", shapes).expressions[0].blendshapes[3] == 0


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("names", ["jawOpen"] * 52, "RigDescription.names has a name twice"),
        ("lower", [0.0] * 51, "RigDescription.lower has 51 values; there are 52 names"),
        ("upper", [math.nan] * 52, "RigDescription.upper[0] is nan"),
        ("neutral", [2.0] * 52, "RigDescription.neutral lies beyond lower or upper"),
        ("regions", [7] * 52, "RigDescription.regions has one that is not below 7"),
    ],
)
def test_a_rig_description_that_contradicts_itself_is_refused(name: str, value: Any, says: str) -> None:
    msg = plain(convert.rig_description_to_msg(ARKIT52))
    setattr(msg, name, value)
    with pytest.raises(MessageError) as error:
        convert.rig_description_from_msg(msg)
    assert says in str(error.value)
