"""What the detectors make of the numbers of their networks."""

from __future__ import annotations

import itertools
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
    square, to_image = letterbox(image, 50, 50)
    np.testing.assert_allclose(to_image, [[4, 0, 0], [0, 4, -50]])
    assert square[25, 25, 0] == 255
    assert square[5, 25, 0] == square[-5, 25, 0] == 0


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_quarter_turn_is_that_of_numpy_and_maps_back(turn: int) -> None:
    image = np.random.default_rng(0).integers(0, 255, (40, 60, 3)).astype(np.uint8)
    turned = np.rot90(image, turn)
    rows, columns = turned.shape[:2]
    small, to_image = letterbox(image, columns, rows, turn)
    np.testing.assert_array_equal(small, turned)
    x, y = np.rint(to_image @ (7, 5, 1)).astype(int)
    assert (image[y, x] == turned[5, 7]).all()


def test_half_a_quarter_shows_the_whole_image_on_its_corner() -> None:
    image = np.full((100, 100, 3), 255, np.uint8)
    image[:10, 45:55] = 0  # a mark at the middle of the upper edge
    small, to_image = letterbox(image, 141, 141, 0.5)
    assert small[70, 3, 0] == small[3, 70, 0] == 255
    assert small[3, 3, 0] == 0
    # Counter-clockwise: up is now to the upper left.
    np.testing.assert_allclose(to_image @ (38, 38, 1), [50, 4], atol=1.5)
    assert small[38, 38, 0] == 0


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


def empty(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """YuNet of an image without a face."""
    _, rows, columns, _ = inputs["image"].shape
    n = sum((rows // s) * (columns // s) for s in (8, 16, 32))
    return {"scores": np.zeros((1, n)), "boxes": np.zeros((1, n, 4)), "points": np.zeros((1, n, 10))}


@pytest.mark.parametrize(("height", "width"), [(360, 640), (1080, 1920), (1, 1), (7, 3000), (700, 600)])
def test_yunet_sees_the_whole_image_and_little_black(height: int, width: int) -> None:
    session = FakeSession(empty)
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


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_face_in_a_turned_image_comes_back_to_the_image(turn: int) -> None:
    """Cell (x 10, y 5) of stride 16 fires in the turned image, 640×320 px; see the upright test above."""
    rows, columns = (320, 640) if turn == 2 else (640, 320)
    n = sum((320 // s) * (640 // s) for s in (8, 16, 32))
    hit = 40 * 80 + 5 * 40 + 10
    scores, boxes, points = np.zeros((1, n)), np.zeros((1, n, 4)), np.zeros((1, n, 10))
    scores[0, hit] = 0.8
    boxes[0, hit] = [0.5, 0.5, np.log(4), np.log(6)]
    points[0, hit, :4] = [-1, 0, 1, 0]
    session = FakeSession([{"scores": scores, "boxes": boxes, "points": points}])
    (face,) = YuNet(session)(np.zeros((rows, columns, 3), np.uint8), 0.5, turn)
    marks = np.zeros((320, 640), np.uint8)  # the turned image; back with numpy
    for mark, (x, y) in enumerate([(144, 80), (176, 80), (136, 49), (199, 49), (136, 134)], 1):
        marks[y, x] = mark
    back = np.rot90(marks, -turn)
    places = np.array([np.argwhere(back == mark)[0][::-1] for mark in (1, 2, 3, 4, 5)])
    np.testing.assert_array_equal(face.eyes, places[:2])
    corners = np.array([places[2:].min(axis=0), places[2:].max(axis=0)])
    np.testing.assert_allclose(face.box, [*corners[0], *(corners[1] - corners[0])], atol=2)
    assert face.turn == turn


@pytest.mark.parametrize(("height", "width"), [(512, 8000), (8000, 512), (400, 1300), (30, 9000), (560, 1500)])
def test_yunet_looks_at_a_panorama_as_a_whole_and_in_tiles_that_overlap(height: int, width: int) -> None:
    """Each pixel is shown whole, and in a tile; a face of half the height is whole in one of them."""
    session = FakeSession(empty)
    image = np.zeros((height, width, 3), np.uint8)
    long = np.linspace(0, 255, max(height, width))
    image[..., 0] = long[None] if width > height else long[:, None]
    YuNet(session)(image, 0.5)
    whole, *tiles = [call["image"][0, ..., 0] for call in session.calls]
    assert whole.max() > 250
    spans = []
    for tile in tiles:
        shown = tile[tile.shape[0] // 2] if width > height else tile[:, tile.shape[1] // 2]
        shown = shown[(shown > 0) | (np.arange(len(shown)) == 0)]
        spans.append((int(shown.min()), int(shown.max())))
        assert max(tile.shape) == 640
        assert min(height, width) / min(tile.shape) <= 1.8  # scaled down no more than a photograph of 1080p
    assert spans[0][0] <= 1
    assert spans[-1][1] >= 253
    overlap_px = 254 * min(height, width) / 2 / max(height, width)
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert end - start >= overlap_px - 2


@pytest.mark.parametrize(
    ("height", "width"), [(1080, 1920), (2160, 3840), (640, 640), (200, 640), (1080, 2560), (250, 790)]
)
def test_yunet_looks_at_a_photograph_once(height: int, width: int) -> None:
    session = FakeSession(empty)
    YuNet(session)(np.zeros((height, width, 3), np.uint8), 0.5)
    assert len(session.calls) == 1


def test_a_face_in_a_tile_comes_back_to_the_panorama_once() -> None:
    """It is seen in the second tile, surely, and at the edge of the first, less surely."""

    def answer(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        out = empty(inputs)
        call = len(session.calls)
        if call in (2, 3):
            # Tiles of 1024×512 px at x = 0 and at x = 744, scaled to 640×320: 1.6 px a pixel.
            x = {2: 612, 3: 147}[call]
            hit = (320 // 8) * (640 // 8) + 10 * 40 + x // 16
            out["scores"][0, hit] = {2: 0.6, 3: 0.9}[call]
            out["boxes"][0, hit] = [x % 16 / 16, 0, np.log(4), np.log(4)]
        return out

    session = FakeSession(answer)
    (face,) = YuNet(session)(np.zeros((512, 2512, 3), np.uint8), 0.5)
    assert face.score == pytest.approx(0.9)
    assert face.box[0] + face.box[2] / 2 == pytest.approx(744 + 147 * 1.6, abs=1.6)


@pytest.mark.parametrize("kind", [BlazeFace, YuNet])
def test_a_threshold_of_zero_takes_everything_without_a_fault(kind: type[BlazeFace] | type[YuNet]) -> None:
    rng = np.random.default_rng(0)

    def answer(inputs: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        out = {k: v.astype(np.float32) for k, v in empty(inputs).items()}
        out["boxes"][:] = rng.normal(0, 50, out["boxes"].shape)  # sizes are exponents
        return out | {
            "scores": out["scores"] if kind is YuNet else np.zeros((1, 896), np.float32),
            "regressors": np.zeros((1, 896, 16), np.float32),
        }

    faces = kind(FakeSession(answer))(np.zeros((64, 64, 3), np.uint8), 0.0)
    assert faces
    assert all(np.isfinite(f.box).all() and np.isfinite(f.eyes).all() for f in faces)
