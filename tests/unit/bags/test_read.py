"""A bag gives back what was put in, joined by image; a broken one says what is wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rosbags.rosbag2 import StoragePlugin, Writer

from mien.bags.joined import Waiting
from mien.bags.read import Names, Session, read
from mien.bags.record import BagWriter, typestore
from mien.bags.write import MomentWriter
from mien.cli.__main__ import main
from mien.core.errors import BagError
from mien.core.moment import Moment
from mien.core.types import Expression, Expressions, Header, Intrinsics, Reading
from mien_models.spaces import facs

from .sessions import HEIGHT, PERIOD_NS, START_NS, WIDTH, easing, face, image, moment, shapes, stages, stamp, write_bag


def same(a: Any, b: Any) -> None:
    """Dataclasses and arrays alike, NaN included."""
    if isinstance(a, Moment):
        assert isinstance(b, Moment)
        assert a.parts.keys() == b.parts.keys()
        for name in a.parts:
            same(a.parts[name], b.parts[name])
        a, b = ((m.stamp_ns, m.image, m.intrinsics, m.received_ns) for m in (a, b))
    if isinstance(a, dict):
        assert a == b
        return
    if dataclasses.is_dataclass(a) and not isinstance(a, type):
        assert type(a) is type(b)
        for f in dataclasses.fields(a):
            same(getattr(a, f.name), getattr(b, f.name))
    elif isinstance(a, tuple):
        assert len(a) == len(b)
        for x, y in zip(a, b, strict=True):
            same(x, y)
    elif isinstance(a, np.ndarray):
        np.testing.assert_allclose(a, b, atol=1e-12)
        assert a.dtype == b.dtype
    elif isinstance(a, float):
        assert b == pytest.approx(a, rel=1e-6, nan_ok=True)
    else:
        assert a == b


def test_every_value_comes_back(tmp_path: Path) -> None:
    original = moment(0, ids=(1, 4), weights=shapes(jawOpen=0.25, eyeBlinkLeft=0.5), picture=image())
    (back,) = read(write_bag(tmp_path / "bag", [original], jpeg_quality=0))
    same(original, back)


def test_a_crop_an_embedding_and_a_reading_come_back_and_an_unknown_pose_stays_unknown(tmp_path: Path) -> None:
    original = moment(0)
    assert original.faces
    crop = image(1, 112, 112)
    faces = dataclasses.replace(original.faces, faces=(dataclasses.replace(face(), crop=crop, pose=None),))
    n = len(facs.AUS)
    au = np.linspace(0, 1, n).astype(np.float32)
    reading = Reading(5 * au, au, au, np.full(8, 0.125, np.float32), -0.5, 0.25)
    direction = np.array([0.6, 0.0, -0.8], np.float32)
    embedding = Expression(1, shapes(), shapes(), direction, reading)
    original.faces, original.expressions = faces, Expressions(Header(original.stamp_ns), (embedding,))
    (back,) = read(write_bag(tmp_path / "bag", [original]))
    same(faces, back.faces)
    same(original.expressions, back.expressions)


def test_jpeg_images_come_back_as_they_look(tmp_path: Path) -> None:
    pictures = [image(i) for i in range(3)]
    bag = write_bag(tmp_path / "bag", [moment(i, picture=p) for i, p in enumerate(pictures)])
    for picture, back in zip(pictures, read(bag), strict=True):
        assert back.image is not None
        assert np.abs(picture.astype(int) - back.image).mean() < 2
    assert all(m.image is None for m in read(bag, images=False))


def test_parts_are_joined_by_stamp_however_they_arrive(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(3)]
    for i, m in enumerate(moments):  # the image comes last, expressions before faces
        m.image = image(i)
        m.received_ns = {
            "expressions": m.stamp_ns + 1, "rigs": m.stamp_ns + 2, "faces": m.stamp_ns + 5,
            "affects": m.stamp_ns + 9, "image": m.stamp_ns + 90_000_000,
        }  # fmt: skip
    back = list(read(write_bag(tmp_path / "bag", moments)))
    assert [m.stamp_ns for m in back] == [stamp(0), stamp(1), stamp(2)]
    for m, original in zip(back, moments, strict=True):
        assert all(p is not None for p in (m.image, m.faces, m.expressions, m.affects, m.rigs))
        assert m.received_ns == original.received_ns


def test_a_long_session_is_read_with_little_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [moment(i, ids=()) for i in range(400)]
    for i in range(0, 400, 3):  # the chain was too slow for these
        moments[i].faces = moments[i].rigs = None
    bag = write_bag(tmp_path / "bag", moments)
    waiting: list[int] = []
    real = Waiting.ready

    def ready(self: Waiting, *args: Any) -> Any:
        waiting.append(len(self._moments))
        return real(self, *args)

    monkeypatch.setattr(Waiting, "ready", ready)
    assert [m.stamp_ns for m in read(bag)] == [stamp(i) for i in range(400)]
    assert max(waiting) < 12  # a quarter of a second


def test_a_part_that_falls_silent_holds_nothing_up(tmp_path: Path) -> None:
    moments = [moment(i, ids=()) for i in range(400)]
    for m in moments[20:]:  # its node died
        m.affects = None
    stream = Session(write_bag(tmp_path / "bag", moments)).moments()
    back = list(stream)
    assert [m.stamp_ns for m in back] == [stamp(i) for i in range(400)]
    assert all(m.rigs for m in back)


def test_an_easing_rig_that_is_ahead_of_its_image_keeps_it_whole(tmp_path: Path) -> None:
    """A rig eases at 100 ms; the image of 90 ms takes until 110 ms."""
    ahead = easing(0)
    ahead.stamp_ns = START_NS + 100_000_000
    assert ahead.rigs
    ahead.rigs = dataclasses.replace(ahead.rigs, header=Header(ahead.stamp_ns))
    ahead.received_ns = {"rigs": ahead.stamp_ns}
    late = moment(0)
    late.stamp_ns = START_NS + 90_000_000
    for part in ("faces", "expressions", "affects", "rigs"):
        setattr(late, part, dataclasses.replace(getattr(late, part), header=Header(late.stamp_ns)))
        late.received_ns[part] = START_NS + 110_000_000
    session = Session(write_bag(tmp_path / "bag", [ahead, late]))
    first, second = session.moments()
    assert (first.stamp_ns, second.stamp_ns) == (late.stamp_ns, ahead.stamp_ns)
    assert first.rigs is not None
    assert session.late == 0


def test_what_comes_far_too_late_is_counted_and_makes_no_second_moment(tmp_path: Path) -> None:
    moments = [moment(i) for i in range(300)]
    moments[3].received_ns["rigs"] += 8_000_000_000
    session = Session(write_bag(tmp_path / "bag", moments))
    back = list(session.moments())
    assert len(back) == 300
    assert back[3].rigs is None
    assert session.late == 1


def test_rigs_that_ease_are_moments_but_not_frames(tmp_path: Path) -> None:
    back = list(read(write_bag(tmp_path / "bag", [moment(0), easing(0), moment(1, ids=())])))
    assert [m.is_frame for m in back] == [True, False, True]
    assert [m.track_ids for m in back] == [(1,), (), ()]


def test_stages_are_those_of_the_whole_chain(tmp_path: Path) -> None:
    (back,) = read(write_bag(tmp_path / "bag", [moment(0)]))
    assert back.stages == stages(stamp(0), "rigs")


def test_names_calibration_health_and_origin_come_with_the_session(tmp_path: Path) -> None:
    names = Names(action_units=("AU12", "AU4"), emotions=("calm",))
    k = Intrinsics(300.0, 301.0, 160.0, 120.0)
    with BagWriter(tmp_path / "bag", {"mien": '{"versions": {"mien": "9"}}'}) as bag:
        writer = MomentWriter(bag)
        writer.describe(START_NS, names)
        writer.camera(k, WIDTH, HEIGHT, Header(START_NS))
        writer.status("/camera", {"source": "film.mp4", "dropped": "1"}, START_NS)
        writer.status("/camera", {"source": "film.mp4", "dropped": "7"}, START_NS + 1)
        writer.write(moment(0))
    session = Session(tmp_path / "bag")
    assert session.names == names
    known = session.intrinsics
    assert known is not None
    assert (known.fx, known.fy, known.cx, known.cy) == (k.fx, k.fy, k.cx, k.cy)
    assert session.source == "film.mp4"
    assert session.diagnostics["/camera"].values["dropped"] == "7"
    assert session.about == {"versions": {"mien": "9"}}
    assert next(session.moments()).intrinsics == known


def test_a_broken_image_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as bag:
        MomentWriter(bag).write(moment(0))
        types = typestore().types
        time = types["builtin_interfaces/msg/Time"](sec=START_NS // 10**9, nanosec=START_NS % 10**9)
        header = types["std_msgs/msg/Header"](stamp=time, frame_id="")
        msg = types["sensor_msgs/msg/CompressedImage"](header=header, format="jpeg", data=np.zeros(50, np.uint8))
        bag.add("/image_raw/compressed", "sensor_msgs/msg/CompressedImage")
        data = typestore().serialize_cdr(msg, "sensor_msgs/msg/CompressedImage")
        bag.write("/image_raw/compressed", data, START_NS)
    session = Session(tmp_path / "bag")
    (back,) = session.moments()
    assert back.image is None
    assert back.faces is not None
    assert session.broken_images == 1


def test_sqlite3_bags_are_read_too(tmp_path: Path) -> None:
    source = write_bag(tmp_path / "mcap", [moment(i) for i in range(5)])
    copy(source, tmp_path / "db3")
    assert [m.stamp_ns for m in read(tmp_path / "db3")] == [stamp(i) for i in range(5)]


def copy(source: Path, target: Path) -> None:
    """To sqlite3, by rosbags alone."""
    from rosbags.rosbag2 import Reader

    with Reader(source) as reader, Writer(target, version=9, storage_plugin=StoragePlugin.SQLITE3) as writer:
        out = {
            c.id: writer.add_connection(c.topic, c.msgtype, msgdef=c.msgdef.data, rihs01=c.digest)
            for c in reader.connections
        }
        for connection, t, data in reader.messages():
            writer.write(out[connection.id], t, data)


def test_a_bare_file_and_a_folder_without_metadata_are_read(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", [moment(0)])
    assert len(list(read(bag / "bag.mcap"))) == 1
    (bag / "metadata.yaml").unlink()
    assert len(list(read(bag))) == 1


def test_images_of_a_camera_with_another_name_are_found(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as bag:
        MomentWriter(bag, "/webcam").write(Moment(stamp(0), image()))
        MomentWriter(bag).write(moment(0))
    session = Session(tmp_path / "bag")
    assert session.image_topic == "/webcam/image_raw/compressed"
    (back,) = session.moments()
    assert back.image is not None
    assert back.faces is not None


def test_one_of_several_graphs_is_chosen_by_its_namespace(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as bag:
        for name, i in (("/left", 0), ("/right", 1)):
            MomentWriter(bag, name).write(moment(i, picture=image(i)))
    with pytest.raises(BagError, match=r"several graphs; choose one of the namespaces /left, /right"):
        Session(tmp_path / "bag")
    (back,) = read(tmp_path / "bag", namespace="/right")
    assert back.stamp_ns == stamp(1)
    assert back.image is not None
    with pytest.raises(BagError, match=r"no faces, expressions, affects or rigs under /up; it has /left/"):
        Session(tmp_path / "bag", "/up")


def missing(path: Path) -> None: ...


def not_a_bag(path: Path) -> None:
    path.mkdir()
    (path / "notes.txt").write_text("hello")


def a_text_file(path: Path) -> None:
    path.write_text("hello")


def no_bytes(path: Path) -> None:
    write_bag(path, [moment(0)])
    (path / "bag.mcap").write_bytes(b"")


def cut_off(path: Path) -> None:
    write_bag(path, [moment(i) for i in range(20)])
    whole = (path / "bag.mcap").read_bytes()
    (path / "bag.mcap").write_bytes(whole[: len(whole) // 2])


def killed(path: Path) -> None:
    """A recorder that was killed leaves no metadata and no index."""
    cut_off(path)
    (path / "metadata.yaml").unlink()


def begun(path: Path) -> None:
    """Killed before its first message was on disk."""
    write_bag(path, [moment(0)])
    whole = (path / "bag.mcap").read_bytes()
    (path / "bag.mcap").write_bytes(whole[:400])
    (path / "metadata.yaml").unlink()


def no_messages(path: Path) -> None:
    BagWriter(path).close()


def something_else(path: Path) -> None:
    with BagWriter(path) as bag:
        bag.add("/chatter", "std_msgs/msg/String")
        bag.write("/chatter", b"\x00\x01\x00\x00\x01\x00\x00\x00\x00", 1)


def scrambled(path: Path) -> None:
    write_bag(path, [moment(i) for i in range(20)])
    whole = bytearray((path / "bag.mcap").read_bytes())
    whole[2_000:9_000] = b"\xff" * 7_000
    (path / "bag.mcap").write_bytes(whole)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (missing, r"/bag: no such bag"),
        (not_a_bag, r"/bag is not a bag: it has no metadata\.yaml; name the folder"),
        (a_text_file, r"/bag cannot be read as a bag: Unrecognized storage format"),
        (no_bytes, r"/bag/bag\.mcap is empty: it has no bytes"),
        (begun, r"/bag/bag\.mcap has no end, and not one whole message; record again"),
        (no_messages, r"/bag holds no faces, expressions, affects or rigs; it has no message at all"),
        (something_else, r"/bag holds no faces.*; it has /chatter"),
        (scrambled, r"/bag cannot be read as a bag: "),
    ],
)
def test_a_bag_that_cannot_be_read_says_why(tmp_path: Path, spoil: Any, says: str) -> None:
    spoil(tmp_path / "bag")
    with pytest.raises(BagError, match=says):
        list(read(tmp_path / "bag"))


def test_a_command_says_that_it_reads_a_part(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    killed(tmp_path / "bag")
    assert main(["bag", "anonymise", str(tmp_path / "bag"), "--out", str(tmp_path / "new")]) == 0
    assert "bag.mcap has no end: its recorder was killed" in caplog.text
    caplog.clear()
    write_bag(tmp_path / "whole", [moment(0)])
    assert main(["bag", "anonymise", str(tmp_path / "whole"), "--out", str(tmp_path / "newer")]) == 0
    assert not caplog.text


@pytest.mark.parametrize("spoil", [cut_off, killed])
def test_a_bag_that_was_cut_off_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path, spoil: Any) -> None:
    spoil(tmp_path / "bag")
    file = tmp_path / "bag/bag.mcap"
    before = file.read_bytes()
    session = Session(tmp_path / "bag")
    read_back = list(session.moments())
    assert 5 < len(read_back) < 20
    for i, one in enumerate(read_back[:-1]):  # the last one may lack a part
        assert one.stamp_ns == stamp(i)
        for part in ("faces", "expressions", "affects", "rigs"):
            same(one.parts[part], moment(i).parts[part])
    assert session.cut is not None
    assert session.cut.messages == sum(session.topics.values())
    assert "bag.mcap has no end: its recorder was killed, or is at work, its last " in str(session.cut)
    assert file.read_bytes() == before
    assert Session(file).cut is not None


def test_a_whole_bag_says_nothing_of_an_end(tmp_path: Path) -> None:
    assert Session(write_bag(tmp_path / "bag", [moment(i) for i in range(3)])).cut is None


def test_a_moment_finds_the_parts_of_a_face() -> None:
    m = moment(0, ids=(2, 5))
    assert m.track_ids == (2, 5)
    for part in (m.face(5), m.expression(5), m.affect(5), m.rig(5)):
        assert part is not None
        assert part.track_id == 5
    assert m.face(3) is None
    assert Moment(0).face(1) is None
    assert Moment(0).stages == ()


def test_a_loop_of_stamps_is_read_whole_and_told(tmp_path: Path) -> None:
    """Three passes over the same 40 stamps: every image comes, in order, and is joined with what belongs to it."""
    with BagWriter(tmp_path / "bag") as bag:
        writer = MomentWriter(bag)
        for lap in range(3):
            for i in range(40):
                one = moment(i, ids=(lap + 1,))
                one.received_ns = {p: t + lap * 40 * PERIOD_NS for p, t in one.received_ns.items()}
                writer.write(one)
    session = Session(tmp_path / "bag")
    back = list(session.moments())
    assert [m.track_ids for m in back] == [(1,)] * 40 + [(2,)] * 40 + [(3,)] * 40
    assert all(len(m.said) == 4 for m in back)
    stamps = [m.stamp_ns for m in back]
    assert stamps == sorted(set(stamps))
    assert (session.restarts, session.late) == (2, 0)


@pytest.mark.parametrize(
    ("folder", "file", "name"),
    [("anna/bag", "", "anna"), ("anna/bag", "bag.mcap", "anna"), ("take", "", "take"), ("take", "take.mcap", "take")],
)
def test_a_recording_is_not_called_bag(folder: str, file: str, name: str, tmp_path: Path) -> None:
    """Else those of a study would all have one name in tables and projects of other programs."""
    (tmp_path / folder).parent.mkdir(exist_ok=True)
    path = write_bag(tmp_path / folder, [moment(0)])
    assert Session(path / file).name == name
