"""What the detectors make of the numbers of their networks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien.core.types import F32
from mien.faces.detector import BlazeFace, Detection, YuNet, is_known, letterbox, overlap, roi_of_detection
from mien_models import FakeSession


def box(*values: float) -> F32:
    return np.array(values, np.float32)


def test_overlap_of_a_box_with_itself_its_half_and_a_stranger() -> None:
    boxes = np.stack([box(0, 0, 10, 10), box(0, 0, 10, 5), box(20, 20, 5, 5)])
    np.testing.assert_allclose(overlap(box(0, 0, 10, 10), boxes), [1, 0.5, 0])
    assert is_known(box(0, 0, 10, 10), boxes)
    assert not is_known(box(40, 40, 10, 10), boxes)
    assert not is_known(box(0, 0, 1, 1), boxes[:0])


def test_letterbox_keeps_the_aspect_and_centres() -> None:
    image = np.full((100, 200, 3), 255, np.uint8)
    square, scale, pad = letterbox(image, 50, 50)
    assert scale == 4
    assert pad.tolist() == [0, 50]
    assert square[25, 25, 0] == 255
    assert square[5, 25, 0] == square[-5, 25, 0] == 0


def test_blazeface_boxes_come_back_to_the_image() -> None:
    """One anchor fires: cell (x 4, y 8) of the 16×16 grid; the image is 256 wide, so 2 px a pixel."""
    scores = np.zeros((1, 896), np.float32)
    regressors = np.zeros((1, 896, 16), np.float32)
    hit = 2 * (8 * 16 + 4)
    scores[0, hit] = 0.9
    regressors[0, hit] = [0, 0, 32, 32, -8, -4, 8, -4, *[0] * 8]
    detector = BlazeFace(FakeSession([{"scores": scores, "regressors": regressors}]))
    (face,) = detector(np.zeros((256, 256, 3), np.uint8), 0.5)
    centre = np.array([(4 + 0.5) / 16 * 256, (8 + 0.5) / 16 * 256])
    np.testing.assert_allclose(face.box, [*(centre - 32), 64, 64])
    np.testing.assert_allclose(face.eyes, centre + np.array([[-16, -8], [16, -8]]))
    assert face.score == pytest.approx(0.9)


def test_blazeface_merges_overlapping_hits_by_score_and_keeps_others() -> None:
    scores = np.zeros((1, 896), np.float32)
    regressors = np.zeros((1, 896, 16), np.float32)
    for anchor, score, shift in ((0, 0.9, 0.0), (1, 0.6, 2.0), (2 * (15 * 16 + 15), 0.8, 0.0)):
        scores[0, anchor] = score
        regressors[0, anchor, :4] = shift, 0, 20, 20
    detector = BlazeFace(FakeSession([{"scores": scores, "regressors": regressors}]))
    first, second = detector(np.zeros((128, 128, 3), np.uint8), 0.5)
    assert first.score == pytest.approx(0.9)
    assert first.box[0] == pytest.approx(4 - 10 + 2 * 0.6 / 1.5)
    assert second.score == pytest.approx(0.8)


def test_nothing_above_the_threshold_is_nothing() -> None:
    out = {"scores": np.full((1, 896), 0.4, np.float32), "regressors": np.zeros((1, 896, 16), np.float32)}
    assert BlazeFace(FakeSession([out]))(np.zeros((9, 9, 3), np.uint8), 0.5) == []


@pytest.mark.parametrize(("height", "width"), [(320, 640), (640, 320)])
def test_yunet_boxes_come_back_to_the_image_without_the_forehead(height: int, width: int) -> None:
    """Cell (x 10, y 5) of stride 16 fires."""
    n = sum((height // s) * (width // s) for s in (8, 16, 32))
    hit = (height // 8) * (width // 8) + 5 * (width // 16) + 10
    scores, boxes, points = np.zeros((1, n)), np.zeros((1, n, 4)), np.zeros((1, n, 10))
    scores[0, hit] = 0.8
    boxes[0, hit] = [0.5, 0.5, np.log(4), np.log(6)]
    points[0, hit, :4] = [-1, 0, 1, 0]
    out = {"scores": scores, "boxes": boxes, "points": points}
    session = FakeSession([{k: v.astype(np.float32) for k, v in out.items()}])
    (face,) = YuNet(session)(np.zeros((height, width, 3), np.uint8), 0.5)
    assert session.calls[0]["image"].shape == (1, height, width, 3)
    np.testing.assert_allclose(face.box, [(10.5 - 2) * 16, (5.5 - 3) * 16 + 9.6, 64, 96 - 9.6], rtol=1e-5)
    np.testing.assert_allclose(face.eyes, [[144, 80], [176, 80]])


@pytest.mark.parametrize(("height", "width"), [(360, 640), (1080, 1920), (1, 1), (7, 3000), (700, 600)])
def test_yunet_sees_the_whole_image_and_little_black(height: int, width: int) -> None:
    def nothing(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        _, rows, columns, _ = inputs["image"].shape
        n = sum((rows // s) * (columns // s) for s in (8, 16, 32))
        return {"scores": np.zeros((1, n)), "boxes": np.zeros((1, n, 4)), "points": np.zeros((1, n, 10))}

    session = FakeSession(nothing)
    assert YuNet(session)(np.full((height, width, 3), 255, np.uint8), 0.5) == []
    seen = session.calls[0]["image"][0, ..., 0] > 0
    rows, columns = seen.shape
    assert max(rows, columns) == 640
    assert rows % 32 == columns % 32 == 0
    black = np.array([rows - np.count_nonzero(seen.any(1)), columns - np.count_nonzero(seen.any(0))])
    assert black.max() <= 32


def test_the_square_of_a_detection_has_a_margin_and_level_eyes() -> None:
    eyes = np.array([[10, 10], [20, 20]], np.float32)
    roi = roi_of_detection(Detection(0.9, np.array([0, 0, 40, 20], np.float32), eyes))
    assert (roi.x, roi.y, roi.side) == (20, 10, 60)
    assert roi.angle == pytest.approx(np.pi / 4)
