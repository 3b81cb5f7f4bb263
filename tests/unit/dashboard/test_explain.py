"""Where units are seen: on request only, bounded, and at the right place."""

from __future__ import annotations

import json
import struct
import threading
from typing import Any

import numpy as np

from mien.core.types import Face, Faces, Header
from mien.dashboard import explain
from mien.dashboard.explain import Explainer
from mien_models import FakeSession, load_face_geometry
from mien_models.alignment import crop
from mien_models.errors import ModelError
from mien_models.spaces import facs

TIP = 4  # of the nose
UNIT = facs.INDEX["AU9"] if "AU9" in facs.INDEX else facs.INDEX["AU9L"]


def face(track_id: int, at: tuple[float, float], image: np.ndarray[Any, Any]) -> Face:
    """A head that is tilted by 0.3 rad, as large as 60 px, whose nose has a bright tip."""
    shape = load_face_geometry().vertices * (1, -1, -1) * 6
    c, s = np.cos(0.3), np.sin(0.3)
    points = np.zeros((478, 3), np.float32)
    points[:468] = shape @ np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]).T + (*at, 0)
    x, y = points[TIP, :2].round().astype(int)
    image[y - 4 : y + 5, x - 4 : x + 5] = 255
    return Face(track_id, 1.0, 1.0, np.array([*at, 60, 80 + track_id], np.float32), points)


def bright(inputs: Any) -> Any:
    """A network that finds one unit where the crop is bright."""
    window = np.asarray(inputs["image"], np.float32)[:, 10 : 10 + 96, 16 : 16 + 80].mean(3) / 255
    maps = np.zeros((len(window), len(facs.AUS), 24, 20), np.float32)
    maps[:, UNIT] = window.reshape(-1, 24, 4, 20, 4).mean((2, 4))
    return {"heatmaps": maps, "intensity": 5 * maps.max((2, 3))}


def read(data: bytes) -> tuple[dict[str, Any], np.ndarray[Any, Any]]:
    head, body = struct.unpack_from("<II", data)
    return json.loads(data[8 : 8 + head]), np.frombuffer(data[8 + head : 8 + head + body], np.uint8)


def test_heat_lies_on_the_image_where_the_network_saw_it() -> None:
    image = np.zeros((360, 640, 3), np.uint8)
    bare = [face(1, (200, 150), image), face(2, (460, 200), image)]
    seen = tuple(
        Face(f.track_id, 1, 1, f.box, f.landmarks, crop=crop(image, f.landmarks)) for f in bare
    )  # fmt: skip
    head, body = read(explain.explained(FakeSession(bright), Faces(Header(5_000_000), 640, 360, seen)))
    assert [i["id"] for i in head["items"]] == [2, 1]  # the larger one first
    maps = body.reshape(-1, 24, 20)
    assert len(maps) == sum(len(i["units"]) for i in head["items"]) == 2
    for item, heat in zip(head["items"], maps, strict=True):
        assert item["units"][0][0] == facs.AUS[UNIT]
        assert item["units"][0][1] > 2
        y, x = (np.argwhere(heat == heat.max()) + 0.5).mean(0)
        landmarks = seen[item["id"] - 1].landmarks
        at = np.array(item["matrix"]).reshape(2, 3) @ (x, y, 1)
        np.testing.assert_allclose(at, landmarks[TIP, :2], atol=8)  # a cell is 4 px wide
        for index, *point in item["anchors"]:
            np.testing.assert_allclose(point, landmarks[index, :2], atol=0.01)


def test_nothing_is_computed_unasked_and_what_comes_meanwhile_is_let_go() -> None:
    told: list[bytes] = []
    busy, go = threading.Event(), threading.Event()

    def slow(inputs: Any) -> Any:
        busy.set()
        assert go.wait(10)
        return bright(inputs)

    image = np.zeros((360, 640, 3), np.uint8)
    one = face(1, (200, 150), image)
    faces = Faces(Header(1), 640, 360, (Face(1, 1, 1, one.box, one.landmarks, crop=crop(image, one.landmarks)),))
    network = FakeSession(slow)
    explainer = Explainer(told.append, lambda: network)
    for _ in range(50):
        explainer.offer(lambda: faces, wanted=False)
    for _ in range(50):
        explainer.offer(lambda: faces, wanted=True)
    assert busy.wait(10)
    for _ in range(50):
        explainer.offer(lambda: faces, wanted=True)
    go.set()
    explainer.close()
    assert len(network.calls) == len(told) == 1


def test_what_keeps_it_from_explaining_is_told_once() -> None:
    told: list[bytes] = []

    def missing() -> FakeSession:
        raise ModelError("scc is not installed")

    for faces, open_network, words in (
        (Faces(Header(1), 64, 48, (Face(1, 1, 1, np.ones(4, np.float32), np.ones((478, 3), np.float32)),)),
         lambda: FakeSession(bright), "faces.crop"),
        (Faces(Header(1), 64, 48), missing, "scc is not installed"),
    ):  # fmt: skip
        explainer = Explainer(told.append, open_network)
        explainer.offer(lambda faces=faces: faces, wanted=True)  # type: ignore[misc]
        explainer.close()
        head, body = read(told.pop())
        assert words in head["problem"]
        assert len(body) == 0
