"""Pictures of the head: is everything where it should be, and is it a face to a face tracker?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from mien.core.types import Frame, Intrinsics
from mien.faces.config import FacesConfig
from mien.faces.stage import Stage
from mien_models import ModelError
from mien_models.head import Head, Identity, Part, head_pose, torso_pose
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.render.cpu import CpuRenderer, Picture
from mien_models.head.render.scene import Photograph, sample_background, sample_lighting
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces.arkit import BLENDSHAPES

pytest.importorskip("numba", reason="drawing on the CPU needs numba")

CAMERA = Camera.from_fov(320, 320, 30)
SETTING = Setting(camera=CAMERA, lighting=Lighting.studio())
POSE = head_pose(0.15, 0.05, 0.0, at=(0.0, -0.03, 0.5))
PLAIN = Appearance(hair=HairStyle.BALD, freckles=0.0, blotches=0.0)


@pytest.fixture(scope="module")
def renderer(head: Head) -> CpuRenderer:
    return CpuRenderer(head)


def picture(
    renderer: CpuRenderer, head: Head, expression: Mapping[str, float] | None = None, appearance: Appearance = PLAIN
) -> Picture:
    vertices = head.vertices(Identity.mean(), expression, pose=POSE, torso=torso_pose(POSE))
    return renderer.render(renderer.paint(appearance), vertices, POSE, SETTING)


def seen(renderer: CpuRenderer, drawn: Picture, *parts: Part) -> int:
    """Pixels that show some parts."""
    return int(np.isin(renderer.parts[drawn.triangle[drawn.triangle >= 0]], parts).sum())


def test_same_seed_same_pixels(renderer: CpuRenderer, head: Head) -> None:
    images = [picture(renderer, head, {"jawOpen": 0.4}, Appearance(seed=5)).image for _ in range(2)]
    np.testing.assert_array_equal(*images)


def test_a_small_face_looks_the_same_when_painted_coarsely(renderer: CpuRenderer, head: Head) -> None:
    coarse, fine = (picture(r, head, appearance=Appearance(seed=5)) for r in (CpuRenderer(head, small=True), renderer))
    assert np.abs(coarse.image.astype(int) - fine.image).mean() < 1.0
    np.testing.assert_array_equal(coarse.depth[::8, ::8] > 0, fine.depth[::8, ::8] > 0)


def test_depth_and_places_are_those_of_the_vertices(renderer: CpuRenderer, head: Head) -> None:
    drawn = picture(renderer, head)
    vertices = head.vertices(Identity.mean(), pose=POSE, torso=torso_pose(POSE))
    rows, columns = np.nonzero(np.isin(drawn.triangle, np.flatnonzero(renderer.parts == Part.SKIN)))
    corners = vertices[renderer.triangles[drawn.triangle[rows, columns]]]
    shares = drawn.shares[rows, columns].astype(float)
    points = np.einsum("nk,nkc->nc", np.column_stack([shares, 1 - shares.sum(1)]), corners)
    np.testing.assert_allclose(points[:, 2], drawn.depth[rows, columns], atol=2e-4)
    x = points[:, 0] / points[:, 2] * CAMERA.fx + CAMERA.cx
    y = points[:, 1] / points[:, 2] * CAMERA.fy + CAMERA.cy
    # Slivers at the outline are narrower than what vertices are snapped to.
    for apart in (np.abs(x - columns - 0.5), np.abs(y - rows - 0.5)):
        assert np.quantile(apart, 0.999) < 0.01
        assert apart.max() < 0.5


def test_the_mouth_opens_onto_teeth_and_tongue(renderer: CpuRenderer, head: Head) -> None:
    inside = (Part.TEETH_UPPER, Part.TEETH_LOWER, Part.TONGUE, Part.MOUTH)
    closed, opened = picture(renderer, head), picture(renderer, head, {"jawOpen": 0.7})
    assert seen(renderer, closed, *inside) < 40
    assert seen(renderer, opened, *inside) > 600
    assert seen(renderer, opened, Part.TONGUE) > 100
    assert seen(renderer, opened, Part.TEETH_LOWER) > 20
    smile = {"mouthSmileLeft": 1, "mouthSmileRight": 1, "jawOpen": 0.15}
    smile |= {"mouthUpperUpLeft": 0.6, "mouthUpperUpRight": 0.6}
    assert seen(renderer, picture(renderer, head, smile), Part.TEETH_UPPER) > 100


def test_the_throat_is_dark_and_the_teeth_are_not(renderer: CpuRenderer, head: Head) -> None:
    drawn = picture(renderer, head, {"jawOpen": 0.6, "mouthUpperUpLeft": 0.7, "mouthUpperUpRight": 0.7})
    light = drawn.image.mean(2)
    part = np.where(drawn.triangle >= 0, renderer.parts[drawn.triangle], 255)
    assert np.percentile(light[part == Part.TEETH_UPPER], 75) > 110
    assert np.percentile(light[part == Part.MOUTH], 25) < 40


def test_a_blink_hides_the_eyes(renderer: CpuRenderer, head: Head) -> None:
    eyes = (Part.EYE_LEFT, Part.EYE_RIGHT)
    assert seen(renderer, picture(renderer, head), *eyes) > 200
    assert seen(renderer, picture(renderer, head, {"eyeBlinkLeft": 1, "eyeBlinkRight": 1}), *eyes) < 15


def test_skin_has_the_colours_of_people(renderer: CpuRenderer, head: Head) -> None:
    """Red above green above blue, darker with melanin; lips redder than cheeks."""
    medians = []
    for melanin in (0.05, 0.3, 0.6, 0.9):
        drawn = picture(renderer, head, appearance=Appearance(hair=HairStyle.BALD, melanin=melanin))
        skin = drawn.image[np.isin(drawn.triangle, np.flatnonzero(renderer.parts == Part.SKIN))]
        medians.append(np.median(skin, axis=0))
    assert (np.diff(medians, axis=0) < 0).all()
    assert all(red > green > blue for red, green, blue in medians)
    drawn = picture(renderer, head)
    corners = renderer.triangles[np.maximum(drawn.triangle, 0)]
    rings = head.data.lip_ring[corners].max(2)
    skin = (drawn.triangle >= 0) & (renderer.parts[np.maximum(drawn.triangle, 0)] == Part.SKIN)
    pixels = drawn.image.astype(float) + 1
    redness = pixels[..., 0] / pixels[..., 1]
    assert np.median(redness[skin & (rings < 6)]) > 1.15 * np.median(redness[skin & (rings > 12)])


def test_no_cut_is_seen(renderer: CpuRenderer, head: Head) -> None:
    """Clothes reach the lower edge of the picture at any distance of a desk, and no inside shows."""
    painted = renderer.paint(PLAIN)
    for distance in (0.4, 0.7, 1.2):
        pose = head_pose(0.5, 0.0, 0.0, at=(0, 0, distance))
        vertices = head.vertices(Identity.mean(), pose=pose, torso=torso_pose(pose))
        setting = Setting(camera=Camera.from_fov(320, 240, 50), lighting=Lighting.studio())
        drawn = renderer.render(painted, vertices, pose, setting)
        lowest = drawn.triangle[-1]
        assert (renderer.parts[lowest[lowest >= 0]] == Part.TORSO).all()
        assert (lowest >= 0).sum() > 60


def test_hair_lies_over_the_head(renderer: CpuRenderer, head: Head) -> None:
    bald = picture(renderer, head).image.astype(int)
    for style in HairStyle:
        if style != HairStyle.BALD:
            appearance = Appearance(hair=style, freckles=0.0, blotches=0.0)
            other = picture(renderer, head, appearance=appearance).image
            changed = np.abs(other - bald).max(2) > 25
            assert changed[:140].mean() > 0.03, style.name


def test_glasses_stand_before_the_eyes(renderer: CpuRenderer, head: Head) -> None:
    """The frame is seen; the eyes still are, behind the lenses."""
    bare, glasses = (picture(renderer, head, appearance=replace(PLAIN, glasses=on)) for on in (False, True))
    first_accessory = len(renderer.triangles)
    assert (glasses.triangle >= first_accessory).sum() > 300
    assert (bare.triangle >= first_accessory).sum() == 0
    frame = glasses.triangle >= first_accessory
    assert (glasses.depth[frame] < bare.depth[frame] + 1e-4)[bare.depth[frame] > 0].mean() > 0.99
    known = np.minimum(glasses.triangle, first_accessory - 1)
    eyes = (glasses.triangle >= 0) & ~frame & np.isin(renderer.parts[known], (Part.EYE_LEFT, Part.EYE_RIGHT))
    assert eyes.sum() > 150


def test_without_numba_it_says_so(head: Head, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mien_models.head.kernels.COMPILED", False)
    with pytest.raises(ModelError, match="numba"):
        CpuRenderer(head)


@pytest.mark.parametrize(("low", "high", "needed"), [(0, 30, 0.98), (30, 50, 0.90)])
def test_it_is_a_face_to_a_tracker(renderer: CpuRenderer, head: Head, low: float, high: float, needed: float) -> None:
    """Random people, expressions, light, backgrounds and cameras."""
    camera = Camera.from_fov(640, 480, 50)
    intrinsics = Intrinsics(camera.fx, camera.fy, camera.cx, camera.cy)
    stage = Stage(FacesConfig(max_faces=1))
    rng = np.random.default_rng(0)
    found, count = 0, 50
    for _ in range(count):
        who = Identity.sample(rng)
        painted = renderer.paint(Appearance.sample(rng, who))
        yaw = np.radians(rng.uniform(low, high)) * rng.choice([-1, 1])
        distance = rng.uniform(0.4, 1.0)
        pose = head_pose(yaw, rng.normal(0, 0.1), rng.normal(0, 0.1), at=(0, 0, distance))
        weights = np.zeros(len(BLENDSHAPES))
        weights[rng.choice(len(weights), 4, replace=False)] = rng.uniform(0, 1, 4)
        closed, opened = head.index(["mouthClose", "jawOpen"])
        weights[closed] = min(weights[closed], weights[opened])
        vertices = head.vertices(who, weights, pose=pose, torso=torso_pose(pose))
        lighting = sample_lighting(rng)
        setting = Setting(camera=camera, lighting=lighting, background=sample_background(rng, camera))
        drawn = renderer.render(painted, vertices, pose, setting)
        stage.reset()
        found += bool(stage.step(Frame(Photograph.sample(rng)(drawn.image), 0, "", intrinsics)).faces)
    assert found >= needed * count
