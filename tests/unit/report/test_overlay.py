"""What is drawn lies where the numbers say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.core.moment import Moment
from mien.core.types import U8, Faces, Intrinsics
from mien.report import mesh
from mien.report.layout import layout
from mien.report.overlay import Overlay
from mien.report.style import AXES, YELLOW, track_color
from mien_models.spaces.mesh478 import PUPILS

from ..bags.sessions import HEIGHT, WIDTH, face, moment  # noqa: TID252

GREY = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
K = Intrinsics(400.0, 400.0, 160.0, 120.0)


@pytest.fixture(autouse=True)
def no_assets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mesh, "tesselation", lambda: np.array([[0, 1], [1, 2]]))


def near(image: U8, x: float, y: float, color: tuple[int, int, int], reach: int = 3) -> bool:
    x0, y0 = round(x), round(y)
    part = image[max(0, y0 - reach) : y0 + reach + 1, max(0, x0 - reach) : x0 + reach + 1].astype(int)
    return bool((np.abs(part - np.array(color)).max(2) < 40).any())


def only(m: Moment, **changes: object) -> Moment:
    """With one face, changed."""
    m.faces = Faces(m.faces.header, WIDTH, HEIGHT, (replace(face(), **changes),)) if m.faces else None  # type: ignore[arg-type]
    m.intrinsics = K
    return m


def test_the_picture_has_the_promised_size_and_leaves_the_image_alone() -> None:
    overlay, picture = Overlay(WIDTH, HEIGHT), GREY.copy()
    out = overlay.draw(moment(0, picture=picture))
    assert out.shape == (overlay.size[1], overlay.size[0], 3)
    assert out.dtype == np.uint8
    assert (picture == 90).all()
    assert overlay.size[0] == overlay.layout.width + overlay.layout.panel


def test_far_from_the_face_the_image_is_untouched() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    out = overlay.draw(only(moment(0, picture=GREY)))
    assert (out[-40:, :60] == 90).all()


def test_the_box_has_corners_in_the_colour_of_its_track() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    out = overlay.draw(only(moment(0, picture=GREY), pose=None))
    s = overlay.layout.scale
    for x, y in ((100, 60), (190, 60), (100, 180), (190, 180)):
        assert near(out, s * x, s * y, track_color(1))
    assert not near(out, s * 145, s * 180, track_color(1))  # corners, no frame


def test_axes_point_where_the_pose_says() -> None:
    """At half a metre on the optical axis: y to the person's left is right in the image, z is up."""
    overlay = Overlay(WIDTH, HEIGHT)
    out = overlay.draw(only(moment(0, picture=GREY), gaze=np.full((2, 3), np.nan)))
    s, arm = overlay.layout.scale, 400 * 0.05 / 0.5
    assert near(out, s * (160 + arm), s * 120, AXES[1])
    assert near(out, s * 160, s * (120 - arm), AXES[2])
    assert near(out, s * 160, s * 120, AXES[0])  # x comes straight out
    assert not near(out, s * 160, s * (120 + arm), AXES[2])


def test_gaze_is_drawn_from_the_pupils_unless_it_was_not_observed() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    gaze = np.array([[0.6, 0.0, -0.8], [np.nan, np.nan, np.nan]])
    sure = np.array([1.0, 1.0], np.float32)
    points = face().landmarks
    out = overlay.draw(only(moment(0, picture=GREY), gaze=gaze, gaze_confidence=sure))
    s, depth = overlay.layout.scale, 0.5
    x, y = (points[PUPILS[0], :2] - (160, 120)) / 400 * depth
    tip = np.array([x + 0.12 * 0.6, y, depth - 0.12 * 0.8])
    assert near(out, s * (160 + 400 * tip[0] / tip[2]), s * (120 + 400 * tip[1] / tip[2]), YELLOW)


def test_a_shut_eye_has_no_ray() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    shut = np.zeros(2, np.float32)
    out = overlay.draw(only(moment(0, picture=GREY), gaze_confidence=shut))
    assert not (np.abs(out[:, : overlay.layout.width].astype(int) - np.array(YELLOW)).max(2) < 40).any()


@pytest.mark.parametrize("box", [(-50, -40, 90, 120), (290, 200, 90, 120), (-500, -500, 90, 120), (0, 0, 320, 240)])
def test_faces_may_reach_beyond_the_image(box: tuple[float, float, float, float]) -> None:
    m = only(moment(0, picture=GREY), box=np.array(box, np.float32), landmarks=face(1, box).landmarks)
    Overlay(WIDTH, HEIGHT).draw(m)


def test_unknown_landmarks_and_a_face_behind_the_camera_are_not_drawn() -> None:
    pose = face().pose
    assert pose is not None
    behind = pose.copy()
    behind[2, 3] = -0.5
    nowhere = np.full((478, 3), np.nan, np.float32)
    Overlay(WIDTH, HEIGHT).draw(only(moment(0, picture=GREY), landmarks=nowhere, pose=behind))


def test_without_an_image_the_face_is_drawn_on_a_plain_ground() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    out = overlay.draw(only(moment(0)))
    assert near(out, overlay.layout.scale * 100, overlay.layout.scale * 60, track_color(1))
    assert out[5, 5].tolist() == [28, 31, 37]


def test_images_are_scaled_to_the_layout() -> None:
    big = np.full((1440, 2560, 3), 90, np.uint8)
    overlay = Overlay(2560, 1440)
    assert (overlay.layout.width, overlay.layout.height) == (1920, 1080)
    assert overlay.draw(moment(0, ids=(), picture=big))[500, 500].tolist() == [90, 90, 90]


def test_the_largest_face_has_the_panel_and_keeps_it() -> None:
    overlay = Overlay(WIDTH, HEIGHT)

    def draw(*widths: int) -> int | None:
        m = moment(0, ids=(), picture=GREY)
        assert m.faces
        faces = tuple(face(i + 1, (10 + 100 * i, 60, w, 100)) for i, w in enumerate(widths))
        m.faces = Faces(m.faces.header, WIDTH, HEIGHT, faces)
        overlay.draw(m)
        return overlay._main

    assert draw(60, 40) == 1
    assert draw(60, 80) == 1  # larger, but not by much
    assert draw(40, 80) == 2
    assert draw(60, 80) == 2
    assert draw() is None


def test_a_note_stands_in_the_corner() -> None:
    overlay = Overlay(WIDTH, HEIGHT)
    plain, noted = (overlay.draw(moment(0, ids=(), picture=GREY), n) for n in ("", "1.50 s"))
    changed = np.argwhere((plain != noted).any(2))
    assert changed[:, 0].max() < 40
    assert changed[:, 1].min() > overlay.layout.width - 100


def test_pictures_without_a_panel() -> None:
    overlay = Overlay(WIDTH, HEIGHT, sizes=layout(WIDTH, HEIGHT, panel=False))
    assert overlay.draw(moment(0, picture=GREY)).shape == (360, 480, 3)


def test_an_expression_that_is_unsure_is_not_named() -> None:
    sizes = layout(WIDTH, HEIGHT)
    tile = replace(sizes, panel=0)
    m = only(moment(0, picture=GREY), pose=None)
    assert m.affects
    affect = m.affects.affects[0]
    overlay = Overlay(WIDTH, HEIGHT, sizes=tile)
    face_ = m.faces.faces[0] if m.faces else face()

    def label(confidence: float) -> str:
        m.affects = replace(m.affects, affects=(replace(affect, emotion_confidence=confidence),))  # type: ignore[type-var]
        return overlay._label(m, face_)

    assert len(label(0.9)) > len("1")
    assert label(0.02) == "1"
