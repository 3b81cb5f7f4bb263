"""Faces as a node that speaks ROS4HRI hears them."""

from __future__ import annotations

import importlib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from rclpy.qos import QoSProfile

from mien.graph import AFFECTS, FACES
from mien.ros.convert import from_time
from mien_models.spaces import facs

if TYPE_CHECKING:
    from conftest import Graph

pytestmark = pytest.mark.ros
hri = pytest.importorskip("hri_msgs.msg", reason="no hri_msgs: make interop builds them")
tf = pytest.importorskip("tf2_msgs.msg", reason="no tf2_msgs: make interop builds them")


def test_a_face_is_told_with_units_expression_and_frames(graph: Graph, short_clip: Path) -> None:
    heard: dict[str, list[Any]] = defaultdict(list)

    def listen(kind: Any, topic: str) -> None:
        graph.node.create_subscription(kind, topic, heard[topic.rsplit("/", 1)[-1]].append, QoSProfile(depth=50))

    listen(hri.IdsList, "/humans/faces/tracked")
    listen(tf.TFMessage, "/tf")
    graph.listen(FACES, AFFECTS)
    graph.start("bridges", bridges__to="ros4hri")
    graph.until(lambda: "bridges" in graph.status)
    for name, kind in {"roi": "NormalizedRegionOfInterest2D", "landmarks": "FacialLandmarks",
                       "facs": "FacialActionUnits", "expression": "Expression"}.items():  # fmt: skip
        listen(getattr(hri, kind), f"/humans/faces/f0001/{name}")
    graph.start("perception", camera__source=short_clip, faces__first_id=1)
    graph.until(lambda: any(m.faces for m in graph.messages[FACES.name]))
    graph.until(lambda: len(heard["facs"]) > 5 and len(heard["landmarks"]) > 5 and len(heard["tf"]) > 5)
    graph.until_quiet(1.0)

    assert heard["tracked"][-1].ids == ["f0001"]
    affects = {from_time(m.header.stamp): m.affects[0] for m in graph.messages[AFFECTS.name] if m.affects}
    told = [m for m in heard["facs"] if from_time(m.header.stamp) in affects]
    assert len(told) > 5
    left, right = facs.INDEX["AU12L"], facs.INDEX["AU12R"]
    for units in told:
        seen = np.nan_to_num(affects[from_time(units.header.stamp)].au_intensity)
        assert units.intensity[12] == pytest.approx(max(seen[left], seen[right]), abs=1e-5)
    faces = {from_time(m.header.stamp): m for m in graph.messages[FACES.name] if m.faces}
    points = next(m for m in heard["landmarks"] if from_time(m.header.stamp) in faces)
    mesh = np.asarray(faces[from_time(points.header.stamp)].faces[0].landmarks).reshape(478, 3)
    assert points.landmarks[36].x * points.width == pytest.approx(mesh[33, 0], abs=0.01)
    assert points.landmarks[45].y * points.height == pytest.approx(mesh[263, 1], abs=0.01)
    frames = {t.child_frame_id: t for m in heard["tf"] for t in m.transforms}
    assert set(frames) >= {"face_f0001"}
    pose = graph.messages[FACES.name][-1].faces[0].pose
    last = [t for m in heard["tf"] for t in m.transforms if t.child_frame_id == "face_f0001"][-1]
    assert last.transform.translation.z == pytest.approx(pose.position.z, abs=0.05)
    assert last.header.frame_id == graph.messages[FACES.name][-1].header.frame_id
    # Whoever published is gone: nobody is tracked any more.
    graph.until(lambda: heard["tracked"][-1].ids == [], 10)


def test_without_the_messages_the_mend_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from mien.bridges.base import Home
    from mien.bridges.ros4hri.config import Ros4hriConfig
    from mien.bridges.ros4hri.node import open_bridge
    from mien.core.errors import BridgeError

    def absent(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(BridgeError, match=r"hri_msgs is not installed: apt-get install .*make interop"):
        open_bridge(Ros4hriConfig(), Home())


def test_pictures_are_refused_where_images_are_private() -> None:
    from mien.bridges.base import Home
    from mien.bridges.ros4hri.config import Ros4hriConfig
    from mien.bridges.ros4hri.node import open_bridge
    from mien.core.errors import BridgeError
    from mien.graph import PRIVATE

    with pytest.raises(BridgeError, match=r"ros4hri\.pictures: graph\.privacy keeps images in their process"):
        open_bridge(Ros4hriConfig(pictures=True), Home(withheld=PRIVATE))


def test_an_image_that_cannot_be_read_ends_nothing(graph: Graph) -> None:
    from sensor_msgs.msg import Image

    from mien.bridges.base import Home
    from mien.bridges.ros4hri.config import Ros4hriConfig
    from mien.bridges.ros4hri.node import open_bridge
    from mien.core.types import Face, Faces, Header
    from mien.ros.convert import to_header

    home = Home(node=graph.node)
    bridge = open_bridge(Ros4hriConfig(pictures=True), home)
    graph.node.create_subscription(Image, "/humans/faces/f0001/cropped", lambda _: None, 1)
    face = Face(1, 0.9, 0.9, np.array([1, 1, 4, 4], np.float32), np.zeros((478, 3), np.float32))
    bridge.hear(FACES.name, Faces(Header(7), 8, 8, (face,)))
    graph.until(lambda: graph.node.count_subscribers("/humans/faces/f0001/cropped"))
    image = Image(header=to_header(Header(7)), height=8, width=8, encoding="nonsense", step=24, data=bytes(192))
    graph.until(lambda: bridge._on_image(image) or home.counters.error)  # type: ignore[attr-defined]
    assert "nonsense" in home.counters.error
    bridge.close()
