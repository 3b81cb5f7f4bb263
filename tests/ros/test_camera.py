"""The node `camera`: what it publishes of a calibration, and cameras on the network that come back."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from tests.ros.conftest import Graph
from tests.unit.camera.servers import Mjpeg, listening

from mien.graph import CAMERA_INFO, IMAGE

pytestmark = pytest.mark.ros
MEDIA = Path(__file__).resolve().parents[1] / "data" / "media"


@pytest.mark.parametrize("name", ["calib_ok_with_distortion.yaml", "calib_opencv_header.yaml"])
def test_a_calibration_is_published_as_it_was_read(graph: Graph, tmp_path: Path, name: str) -> None:
    """Of images twice as large, it is scaled."""
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((720, 1280, 3), np.uint8))
    graph.listen(CAMERA_INFO)
    graph.start(
        "camera", camera__source=tmp_path / "a.png", camera__camera_info_url=MEDIA / name, camera__loop=True,
        camera__framerate=10.0,
    )  # fmt: skip
    graph.until(lambda: graph.messages[CAMERA_INFO.name])
    info = graph.messages[CAMERA_INFO.name][0]
    assert (info.width, info.height, info.distortion_model) == (1280, 720, "plumb_bob")
    assert list(info.d) == [-0.4, 0.2, 0.0, 0.0, 0.0]
    assert list(info.k) == [1200, 0, 640, 0, 1200, 360, 0, 0, 1]
    assert list(info.p) == [1200, 0, 640, 0, 0, 1200, 360, 0, 0, 0, 1, 0]


def test_a_calibration_of_another_shape_ends_the_node_with_the_reason(graph: Graph, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((480, 640, 3), np.uint8))
    url = MEDIA / "calib_opencv_header.yaml"
    process = graph.start("camera", camera__source=tmp_path / "a.png", camera__camera_info_url=url)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "calibrated with images of 640×360, which 640×480 are not a scaled copy of" in out
    assert "Traceback" not in out


def test_a_camera_on_the_network_is_played_again_when_it_was_lost_and_its_password_is_not_told(graph: Graph) -> None:
    image = cv2.imdecode(np.fromfile(MEDIA / "photo.avif", np.uint8), cv2.IMREAD_COLOR)
    server = Mjpeg([cv2.imencode(".jpg", image)[1].tobytes()] * 10)
    graph.listen(IMAGE)
    with listening(server, count=50) as port:
        url = f"http://u:s3cret@127.0.0.1:{port}/v.mjpg"
        graph.start("camera", camera__source=url, camera__reconnect_s=0.2)
        graph.until(lambda: int(graph.status.get("camera", {}).get("reconnects", 0)) >= 2)
        graph.until(lambda: graph.messages[IMAGE.name])
        assert graph.status["camera"]["source"] == f"http://127.0.0.1:{port}/v.mjpg"
        assert "s3cret" not in str(graph.status)
        _, out = graph.end("camera")
    assert "s3cret" not in out
