"""What a picture shows of a face, and that the truth beside it says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from mien_models.head import Head, Identity, head_pose
from mien_models.head.appearance.occluders import Occluder, occlude
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.model.state import FaceState
from mien_models.head.pictures.stills import StillConfig, Stills
from mien_models.head.pictures.studio import LabelledImage, Studio
from mien_models.head.render.regions import REGIONS
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

pytest.importorskip("numba", reason="drawing on the CPU needs numba")

CAMERA = Camera.from_fov(240, 240, 26)
PLAIN = Appearance(hair=HairStyle.BALD, freckles=0.0, blotches=0.0, creases=1.0)
SMALL = StillConfig(width=96, height=96, fov_deg=24, per_person=2, occluded=0.5)


@pytest.fixture(scope="module")
def studio(head: Head) -> Studio:
    return Studio(head)


@cache
def painted(studio: Studio, appearance: Appearance) -> PaintedHead:
    return studio.renderer.paint(appearance)


def shoot(
    studio: Studio,
    appearance: Appearance = PLAIN,
    *,
    yaw_deg: float = 0.0,
    at: tuple[float, float, float] = (0.0, -0.03, 0.6),
    occluder: tuple[Occluder, int] = (Occluder.NONE, 0),
    lighting: Lighting | None = None,
    **weights: float,
) -> LabelledImage:
    shapes = np.zeros(len(BLENDSHAPES))
    for name, weight in weights.items():
        shapes[BLENDSHAPES.index(name)] = weight
    state = FaceState(
        identity=Identity.mean(),
        units=np.zeros(len(AUS)),
        shapes=shapes,
        eyes=np.zeros((2, 2)),
        pose=head_pose(np.radians(yaw_deg), 0.0, 0.0, at),
    )
    held = occlude(studio.renderer.surface, *occluder)
    setting = Setting(camera=CAMERA, lighting=lighting or Lighting.studio(), held=held)
    return studio.shoot(painted(studio, appearance), state, setting)


def visible(labelled: LabelledImage) -> dict[str, float]:
    return {name: float(share) for name, share in zip(REGIONS, labelled.visible, strict=True)}


def test_a_bare_face_is_seen(studio: Studio) -> None:
    labelled = shoot(studio)
    assert min(visible(labelled).values()) > 0.9
    assert labelled.landmarks_visible.mean() > 0.95


def test_the_far_side_goes_away(studio: Studio) -> None:
    """Turned to the person's left, the left side is the far one."""
    turns = [visible(shoot(studio, yaw_deg=turn)) for turn in (0, 30, 55, 85)]
    for name in ("cheek_left", "brow_left"):
        shares = [seen[name] for seen in turns]
        assert (np.diff(shares) < 0.01).all()
        assert shares[-1] < 0.15
    assert turns[2]["cheek_right"] > 0.9
    assert visible(shoot(studio, yaw_deg=-55))["cheek_left"] > 0.9
    assert turns[-1]["eye_left"] < 0.2 < turns[-1]["eye_right"]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("what", [Occluder.MASK, Occluder.CUP, Occluder.HAND])
def test_what_is_held_hides_what_it_covers(studio: Studio, what: Occluder, seed: int) -> None:
    bare, hidden = visible(shoot(studio)), visible(shoot(studio, occluder=(what, seed)))
    assert sum(hidden.values()) < sum(bare.values()) - 0.5
    if what == Occluder.MASK:
        assert hidden["mouth"] < 0.05
        assert hidden["jaw"] < 0.2
        assert min(hidden[name] for name in ("eye_left", "eye_right", "forehead")) > 0.95
    if what == Occluder.CUP:
        assert hidden["jaw"] < 0.7
        assert hidden["forehead"] > 0.95


def test_the_same_seed_holds_it_the_same_way(studio: Studio) -> None:
    a, b, other = (shoot(studio, occluder=(Occluder.HAND, seed)).image for seed in (4, 4, 5))
    np.testing.assert_array_equal(a, b)
    assert (a != other).any()


def test_fringe_and_dark_glasses_hide(studio: Studio) -> None:
    fringe = visible(shoot(studio, replace(PLAIN, hair=HairStyle.MEDIUM, fringe=1.0, hairline=1.0)))
    assert fringe["forehead"] < 0.6
    assert fringe["mouth"] > 0.9
    clear, dark = (
        visible(shoot(studio, replace(PLAIN, glasses=True, lens_tint=tint)))["eye_left"] for tint in (0.0, 1.0)
    )
    assert dark < 0.3 < 0.7 < clear


def test_beyond_the_edge_nothing_is_seen(studio: Studio) -> None:
    seen = shoot(studio, at=(0.0, 0.12, 0.6))
    assert visible(seen)["mouth"] == 0
    assert visible(seen)["forehead"] > 0.9
    below = seen.landmarks[:, 1] >= CAMERA.height
    assert below.any()
    assert not seen.landmarks_visible[below].any()


def test_irises_are_behind_shut_lids(studio: Studio) -> None:
    """One wink: landmarks 468–472 are the right iris, 473–477 the left one."""
    wink = shoot(studio, eyeBlinkLeft=1.0).landmarks_visible
    assert wink[468]
    assert not wink[473:478].any()


def test_folds_come_with_the_expression_alone(studio: Studio) -> None:
    """Against a face without creases, only the forehead changes as the brows rise, and nothing at rest."""
    smooth = replace(PLAIN, creases=0.0)

    def change(**weights: float) -> np.ndarray:
        folded, flat = (shoot(studio, appearance, **weights).image.astype(int) for appearance in (PLAIN, smooth))
        return np.abs(folded - flat).max(2)

    assert change().max() == 0
    raised = change(browInnerUp=1.0, browOuterUpLeft=1.0, browOuterUpRight=1.0)
    assert raised.max() > 15
    brows = shoot(studio, browInnerUp=1.0).landmarks[[105, 334], 1].max()
    assert raised[int(brows) + 8 :].max() <= 1


def test_hard_light_throws_the_nose_upon_the_cheek(studio: Studio) -> None:
    """A light from the person's left darkens the right cheek beside the nose, and not the left one."""
    lamp = Lighting.of([((0.85, -0.15, -0.5), (2.0, 2.0, 2.0))], sky=(0.2, 0.2, 0.2), ground=(0.2, 0.2, 0.2))
    soft, hard = (shoot(studio, lighting=replace(lamp, hard=h)) for h in (0.0, 1.0))
    rows, columns = np.mgrid[: CAMERA.height, : CAMERA.width]

    def light(labelled: LabelledImage, landmark: int) -> float:
        x, y = labelled.landmarks[landmark, :2]
        return float(labelled.image[np.hypot(columns - x, rows - y) < 3].mean())

    # 142 and 371 lie beside the right and the left wing of the nose.
    assert light(hard, 142) < 0.75 * light(hard, 371)
    assert abs(light(hard, 371) - light(soft, 371)) < 0.15 * light(soft, 371)
    assert light(hard, 142) < light(soft, 142)


def test_stills_follow_from_their_number_alone(studio: Studio) -> None:
    forwards = Stills(SMALL, studio)
    drawn = [forwards(i) for i in range(4)]
    backwards = Stills(SMALL, studio)
    for i in reversed(range(4)):
        again = backwards(i)
        np.testing.assert_array_equal(again.image, drawn[i].image)
        np.testing.assert_array_equal(again.landmarks, drawn[i].landmarks)
        np.testing.assert_array_equal(again.visible, drawn[i].visible)
    assert not np.array_equal(drawn[0].image, drawn[1].image)


def test_stills_share_a_person_and_may_be_given_one(studio: Studio) -> None:
    stills = Stills(SMALL, studio)
    plans = [stills.plan(i) for i in range(4)]
    assert plans[0].person == plans[1].person != plans[2].person
    np.testing.assert_array_equal(plans[0].state.identity.code, stills(1).identity)
    other = stills.plan(0, person_seed=plans[2].person, expression=3)
    assert other.person == plans[2].person
    np.testing.assert_array_equal(other.state.shapes, plans[3].state.shapes)
    np.testing.assert_array_equal(other.state.pose, plans[0].state.pose)
    with pytest.raises(ValueError, match="counted from 0"):
        stills.plan(-1)


def test_occluders_can_be_switched_off_and_on(studio: Studio) -> None:
    for share, expected in ((0.0, 0), (1.0, 6)):
        stills = Stills(replace(SMALL, occluded=share), studio)
        assert sum(stills.plan(i).occluder != Occluder.NONE for i in range(6)) == expected
