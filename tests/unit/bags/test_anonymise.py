"""What can show who somebody is goes, and the bytes prove it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from mien.bags.exact import anonymise as module
from mien.bags.exact.anonymise import anonymise, find
from mien.bags.files.storage import McapFile
from mien.bags.opened import Bag
from mien.bags.read import Session
from mien.bags.record import BagWriter, typestore
from mien.bags.write import MomentWriter
from mien.core.errors import BagError
from mien.core.moment import Moment
from mien.core.types import Baseline, BaselineMethod, PersonBaseline

from .sessions import START_NS, moment, shapes

RNG = np.random.default_rng(1)


def private_moment(i: int) -> Moment:
    """With an image, a crop, and the landmarks of a resting face."""
    one = moment(i, picture=RNG.integers(0, 256, (24, 32, 3), np.uint8))
    assert one.faces is not None
    assert one.expressions is not None
    rest = PersonBaseline(
        about=Baseline(BaselineMethod.LEARNED, 0.5, START_NS), blendshapes=shapes(),
        landmarks=RNG.normal(0, 1, (478, 2)).astype(np.float32),
    )  # fmt: skip
    face = replace(one.faces.faces[0], crop=RNG.integers(0, 256, (16, 16, 3), np.uint8))
    expression = replace(one.expressions.expressions[0], rest=rest)
    return one.but(
        faces=replace(one.faces, faces=(face,)), expressions=replace(one.expressions, expressions=(expression,))
    )


@pytest.fixture
def moments() -> list[Moment]:
    return [private_moment(i) for i in range(4)]


@pytest.fixture
def bag(tmp_path: Path, moments: list[Moment]) -> Path:
    with BagWriter(tmp_path / "bag") as writer:
        one = MomentWriter(writer, "/lab", jpeg_quality=0)
        one.describe(START_NS)
        one.parameters("/lab/perception", {"expressions.baseline_file": "/home/ada/ada.npz"}, START_NS)
        one.status("/lab/camera", {"source": "/home/ada/film.mp4", "rate_hz": "30"}, START_NS)
        for m in moments:
            one.write(m)
    return tmp_path / "bag"


def test_images_crops_landmarks_and_names_go_and_the_rest_stays(
    bag: Path, moments: list[Moment], tmp_path: Path
) -> None:
    done = anonymise(Session(bag), tmp_path / "out")
    assert done.removed == {"/lab/faces": 4, "/lab/image_raw": 4}
    assert done.changed == {"/lab/expressions": 4, "/lab/parameters": 1, "/diagnostics": 1}
    assert done.pieces > 20
    kept = list(Session(tmp_path / "out").moments())
    for before, after in zip(moments, kept, strict=True):
        assert after.image is None
        assert after.faces is None
        assert before.expressions is not None
        assert after.expressions is not None
        rest = after.expressions.expressions[0].rest
        assert rest is not None
        assert rest.landmarks is None
        np.testing.assert_array_equal(
            after.expressions.expressions[0].blendshapes, before.expressions.expressions[0].blendshapes
        )
        assert after.affects is not None
        assert after.rigs is not None
    data = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir())
    assert b"/home/ada" not in data
    for m in moments:
        assert m.image is not None
        assert m.faces is not None
        assert m.expressions is not None
        face, rest = m.faces.faces[0], m.expressions.expressions[0].rest
        assert face.crop is not None
        assert rest is not None
        assert rest.landmarks is not None
        for secret in (m.image, face.crop, face.landmarks, rest.landmarks):
            flat = np.ascontiguousarray(secret).tobytes()
            for at in range(0, len(flat) - 16, 16):
                assert len(set(flat[at : at + 16])) < 8 or flat[at : at + 16] not in data


def test_text_that_may_name_somebody_goes_wherever_a_node_tells_it(tmp_path: Path) -> None:
    told = {
        "expressions.baseline_file": "ada", "expressions.model": "lovelace.onnx", "expressions.device": "cpu",
        "camera.source": "lovelace", "furhat.key": "lovelace", "replay.bag": "lovelace", "rigs.gain": 0.5,
    }  # fmt: skip
    status = {
        "bridge file_in address": "lovelace.csv", "microphone": "lovelace, 48000 Hz", "rate_hz": "30",
        "input image_raw": "1 publishers", "frames": "3",
    }  # fmt: skip
    with BagWriter(tmp_path / "bag") as writer:
        one = MomentWriter(writer)
        one.parameters("/perception", told, START_NS)
        one.status("/bridges", status, START_NS)
        one.write(moment(0))
        for topic, data in (("/parameters", changed("camera.source", "lovelace")), ("/diagnostics", b"\0\1\0\0\7")):
            writer.write(topic, data, START_NS + 1)
    anonymise(Session(tmp_path / "bag"), tmp_path / "out")
    assert b"lovelace" not in b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir())
    session = Session(tmp_path / "out")
    words = {name: value for name, value in session.settings[0].values.items() if value}
    assert words == {"expressions.device": "cpu", "rigs.gain": 0.5}
    assert session.diagnostics["/bridges"].values == {k: status[k] for k in ("rate_hz", "input image_raw", "frames")}
    assert session.settings[1].values == {"camera.source": ""}


def changed(name: str, value: str) -> bytes:
    """A ParameterEvent of a change, as rclpy publishes it."""
    nothing = {f"{of}_array_value": np.zeros(0, np.uint8) for of in ("byte", "bool", "integer", "double")}
    told = SimpleNamespace(
        type=4,
        bool_value=False,
        integer_value=0,
        double_value=0.0,
        string_value=value,
        string_array_value=[],
        **nothing,
    )
    event = SimpleNamespace(
        stamp=SimpleNamespace(sec=0, nanosec=0), node="/camera", new_parameters=[], deleted_parameters=[],
        changed_parameters=[SimpleNamespace(name=name, value=told)],
    )  # fmt: skip
    return bytes(typestore().serialize_cdr(event, "rcl_interfaces/msg/ParameterEvent"))


def test_what_would_slip_through_is_found(bag: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = module._kept
    monkeypatch.setattr(module, "_KEPT", {**module._KEPT, "faces": "mien_msgs/msg/Faces"})
    with pytest.raises(BagError, match="can show who somebody is; the new bag is removed"):
        anonymise(Session(bag), tmp_path / "faces")
    assert not (tmp_path / "faces").exists()
    monkeypatch.undo()
    n = 0

    def leaky(session: Session, message: object) -> bytes | None:
        """Puts a part of an image that it was to remove into a message that stays."""
        nonlocal n
        n += 1
        data = real(session, message)  # type: ignore[arg-type]
        return data if data is None or n < 20 or message.type != "mien_msgs/msg/Rigs" else image + data  # type: ignore[attr-defined]

    image = next(m.data for m in Bag(bag).raw(lambda t: t == "/lab/image_raw"))
    monkeypatch.setattr(module, "_kept", leaky)
    with pytest.raises(BagError, match=r"a piece of a private message was at byte \d+"):
        anonymise(Session(bag), tmp_path / "leak")
    assert not (tmp_path / "leak").exists()


@pytest.mark.parametrize(
    ("error", "raised", "why"),
    [
        (KeyboardInterrupt(), KeyboardInterrupt, None),
        (OSError(28, "No space"), BagError, "No space; the new bag is removed"),
    ],
)
def test_a_copy_that_is_stopped_leaves_nothing(
    error: BaseException,
    raised: type[BaseException],
    why: str | None,
    bag: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write, n = McapFile.write, 0

    def stopped(*args: object) -> None:
        nonlocal n
        n += 1
        if n == 5:
            raise error
        write(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(McapFile, "write", stopped)
    with pytest.raises(raised, match=why):
        anonymise(Session(bag), tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(BagError, match="exists"):
        anonymise(Session(bag), bag)
    assert (bag / "metadata.yaml").exists()


def test_a_piece_is_found_wherever_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_BLOCK", 1000)
    piece = RNG.integers(0, 256, 24, np.uint8).tobytes()
    file = tmp_path / "data"
    for at in (0, 1, 7, 500, 976, 977, 985, 999, 1000, 2500, 2976):
        data = bytearray(RNG.integers(0, 256, 3000, np.uint8).tobytes())
        data[at : at + 24] = piece
        file.write_bytes(data)
        assert find(file, {piece, bytes(range(24))}) == at
    file.write_bytes(RNG.integers(0, 256, 3000, np.uint8).tobytes())
    assert find(file, {piece}) is None
