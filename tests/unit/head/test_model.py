"""The formula on a head of a few vertices."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.head import GAZE_RANGE, Head, Identity, gaze_vectors, head_pose, torso_pose
from mien_models.head.model.head import FARTHEST
from mien_models.spaces.arkit import BLENDSHAPES

from .tiny import tiny_head


@pytest.fixture(scope="module")
def head() -> Head:
    return Head(tiny_head())


def random_eyes(rng: np.random.Generator, *batch: int) -> np.ndarray:
    return rng.uniform(-0.4, 0.4, (*batch, 2, 2))


def test_identity_is_the_sum_of_its_targets(head: Head) -> None:
    data = head.data
    person = Identity.of({"age": -1.0, "masculinity": 1.0, "asian": 1.0, "weight": 1.0, "head_depth": -0.5})
    # asian-male-child, universal-male-child-…-maxweight
    expected = data.base + data.ethnic[1 * 6 + 1 * 3 + 0] + data.universal[1 * 9 + 0 * 3 + 2] - 0.5 * data.local[1]
    np.testing.assert_allclose(head.neutral(person), expected, atol=1e-15)


def test_expression_is_linear_and_by_name(head: Head) -> None:
    face = head.neutral(Identity.mean())
    moved = head.animate(face, {"jawOpen": 0.5, "mouthSmileLeft": 0.25})
    i, j = (BLENDSHAPES.index(n) for n in ("jawOpen", "mouthSmileLeft"))
    np.testing.assert_allclose(moved - face, 0.5 * head.data.expression[i] + 0.25 * head.data.expression[j], atol=1e-15)


def test_a_blink_closes_the_lids(head: Head) -> None:
    upper, lower = [0, 1], [2, 3]
    for seed in range(3):
        face = head.neutral(Identity.sample(np.random.default_rng(seed)))
        closed = head.animate(face, {"eyeBlinkLeft": 1.0})
        gap = closed[upper, 2].mean() - closed[lower, 2].mean()
        assert gap == pytest.approx(-0.0003, abs=1e-9)


def test_skin_goes_farther_on_some_people_and_lids_still_meet(head: Head) -> None:
    face = head.neutral(Identity.mean())
    weights = {"jawOpen": 0.5, "mouthSmileLeft": 0.5, "eyeBlinkLeft": 1.0}

    def moved(mobility: float | None) -> np.ndarray:
        return head.animate(face, weights, inner_brows=(0.4, 0.4), mobility=mobility) - face

    np.testing.assert_array_equal(moved(0.0), moved(None))
    smile, inner = (head.data.expression[BLENDSHAPES.index(n)] for n in ("mouthSmileLeft", "browInnerUp"))
    more = 0.5 * (FARTHEST["mouthSmile"] * 0.5 * smile + FARTHEST["browInnerUp"] * 0.4 * inner)
    np.testing.assert_allclose(moved(0.5) - moved(None), more, atol=1e-15)
    with pytest.raises(ValueError, match="mobility"):
        moved(1.2)


def test_a_raised_brow_is_knit_but_not_lowered_as_far(head: Head) -> None:
    face = head.neutral(Identity.mean())
    frown = {"browDownLeft": 0.5}
    moved = 0.5 * head.data.expression[BLENDSHAPES.index("browDownLeft")]
    raised, on_the_other_side = (
        head.animate(face, frown, inner_brows=sides) - head.animate(face, inner_brows=sides)
        for sides in ((0.8, 0.0), (0.0, 0.8))
    )
    np.testing.assert_allclose(raised, moved * (1, 1, 1 - 0.6 * 0.8), atol=1e-15)
    np.testing.assert_allclose(on_the_other_side, moved, atol=1e-15)
    by_arkit = head.animate(face, {**frown, "browInnerUp": 0.8})
    np.testing.assert_allclose(by_arkit, head.animate(face, frown, inner_brows=(0.8, 0.8)), atol=1e-15)


def test_inner_brows_rise_by_themselves(head: Head) -> None:
    """Beyond a centimetre from the middle each side has its own; together they are browInnerUp."""
    face = head.neutral(Identity.mean())
    moved = head.data.expression[BLENDSHAPES.index("browInnerUp")]
    smile = {"mouthSmileLeft": 0.3}
    left, right, both = (
        head.animate(face, {**smile, "browInnerUp": 0.9}, inner_brows=sides) - head.animate(face, smile)
        for sides in ((0.5, 0), (0, 0.5), (0.5, 0.5))
    )
    np.testing.assert_allclose(both, 0.5 * moved, atol=1e-15)
    np.testing.assert_allclose(left + right, both, atol=1e-15)
    aside = np.abs(head.data.base[:, 1]) > 0.012
    on_left = head.data.base[:, 1] > 0
    assert (aside & on_left)[:4].any()
    assert (aside & ~on_left)[:4].any()
    np.testing.assert_allclose(left[aside & ~on_left], 0, atol=1e-15)
    np.testing.assert_allclose(right[aside & on_left], 0, atol=1e-15)


def test_batches_broadcast(head: Head) -> None:
    rng = np.random.default_rng(0)
    codes = np.stack([Identity.sample(rng).code for _ in range(3)])
    weights = rng.uniform(0, 1, (5, 1, len(BLENDSHAPES)))
    eyes = random_eyes(rng, 3)
    pose = np.stack([head_pose(yaw, 0.1, 0.2) for yaw in (-0.2, 0.0, 0.3)])
    batch = head.vertices(codes, weights, eyes, pose, pose)
    assert batch.shape == (5, 3, 16, 3)
    one = head.vertices(Identity(codes[2]), weights[4, 0], eyes[2], pose[2])
    np.testing.assert_allclose(batch[4, 2], one, atol=1e-14)


def test_eyes_turn_about_their_centres(head: Head) -> None:
    face = head.neutral(Identity.mean())
    still = head.animate(face, eyes=np.zeros((2, 2)))
    moved = head.animate(face, eyes=[[0.3, 0.2], [-0.3, -0.2]])
    for ball, gaze in zip((slice(4, 10), slice(10, 16)), gaze_vectors([[0.3, 0.2], [-0.3, -0.2]]), strict=True):
        a, b = still[ball] - still[ball].mean(0), moved[ball] - moved[ball].mean(0)
        np.testing.assert_allclose(still[ball].mean(0), moved[ball].mean(0), atol=1e-15)
        u, _, vt = np.linalg.svd(a.T @ b)
        turned = (u @ vt).T @ [1, 0, 0]
        # The ball is larger than a human one by 5/4, and turns less.
        yaw, pitch = (np.arcsin(0.8 * np.sin(a)) for a in (np.arctan2(gaze[1], gaze[0]), np.arcsin(gaze[2])))
        np.testing.assert_allclose(turned, gaze_vectors([yaw, pitch]), atol=1e-12)
    # Left eye up and to the person's left (y); right eye down and to the right.
    left, right = gaze_vectors([[0.3, 0.2], [-0.3, -0.2]])
    assert (left[1:] > 0).all()
    assert (right[1:] < 0).all()


def test_lids_follow_and_weights_tell_the_gaze(head: Head) -> None:
    rng = np.random.default_rng(1)
    eyes = random_eyes(rng, 6)
    weights = head.truth({"jawOpen": 0.4}, eyes)
    assert weights.shape == (6, len(BLENDSHAPES))
    assert ((weights >= 0) & (weights <= 1)).all()
    np.testing.assert_allclose(head.angles(weights), eyes, atol=1e-12)
    face = head.neutral(Identity.mean())
    np.testing.assert_allclose(head.animate(face, weights), head.animate(face, {"jawOpen": 0.4}, eyes), atol=1e-14)


def test_sides_of_gaze(head: Head) -> None:
    weights = head.truth(None, [[GAZE_RANGE["Out"], 0], [GAZE_RANGE["In"], 0]])
    shown = {name for name, w in zip(BLENDSHAPES, weights, strict=True) if w > 1e-9}
    assert shown == {"eyeLookOutLeft", "eyeLookInRight"}


def test_pose_is_rigid_and_shoulders_may_stay(head: Head) -> None:
    face = head.neutral(Identity.mean())
    pose = head_pose(0.4, -0.2, 0.1, at=(0.05, -0.02, 0.7))
    posed = head.animate(face, pose=pose)
    np.testing.assert_allclose(posed, face @ pose[:3, :3].T + pose[:3, 3], atol=1e-14)
    torso = torso_pose(pose, follow=0.5)
    both = head.animate(face, pose=pose, torso=torso)
    stay = face @ torso[:3, :3].T + torso[:3, 3]
    np.testing.assert_allclose(both[0], posed[0], atol=1e-14)
    np.testing.assert_allclose(both[1], (posed[1] + stay[1]) / 2, atol=1e-14)
    np.testing.assert_allclose(both[2], stay[2], atol=1e-14)


def test_pose_axes() -> None:
    """A head that turns to its left shows its right cheek: its forward axis goes to image right."""
    forwards = head_pose(yaw=0.5)[:3, 0]
    assert forwards[0] > 0.4
    assert forwards[2] < 0
    assert head_pose(pitch=0.5)[1, 0] < -0.4  # up is -y
    assert head_pose(roll=0.5)[0, 2] < -0.4  # the top of the head goes to its right, image left
    np.testing.assert_allclose(
        head_pose(0.1, 0.2, 0.3)[:3, :3] @ head_pose(0.1, 0.2, 0.3)[:3, :3].T, np.eye(3), atol=1e-12
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"expression": {"jawOpn": 0.5}}, "jawOpn"),
        ({"expression": {"jawOpen": 1.2}}, r"jawOpen is 1\.2"),
        ({"expression": {"jawOpen": float("nan")}}, "jawOpen is nan"),
        ({"expression": np.zeros(7)}, r"\(7,\)"),
        ({"eyes": np.zeros(4)}, r"\(4,\)"),
        ({"eyes": np.full((2, 2), 1.0)}, "too far"),
        ({"pose": np.eye(3)}, r"\(3, 3\)"),
        ({"inner_brows": np.zeros(3)}, r"\(3,\)"),
        ({"inner_brows": (0.5, 1.1)}, "inner brows"),
    ],
)
def test_errors_name_the_argument(head: Head, arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        head.vertices(Identity.mean(), **arguments)  # type: ignore[arg-type]


def test_shoulders_stay_upright_on_the_same_neck_and_turn_by_a_part_of_the_yaw() -> None:
    neck = np.array([-0.088, 0.0, -0.198, 1.0])  # its root in face axes [m]: behind and below the sellion
    pose = head_pose(yaw=0.6, pitch=0.3, roll=-0.2, at=(0.05, -0.02, 0.7))
    for follow in (0.0, 0.3, 1.0):
        torso = torso_pose(pose, follow)
        np.testing.assert_allclose(torso @ neck, pose @ neck, atol=1e-12)
        upright = head_pose(yaw=follow * 0.6)[:3, :3]
        np.testing.assert_allclose(torso[:3, :3], upright, atol=1e-12)
        np.testing.assert_allclose(torso[:3, 2], [0, -1, 0], atol=1e-12)  # up is up in the image
