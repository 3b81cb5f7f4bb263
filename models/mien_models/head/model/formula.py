"""The formula of the head, for numpy and torch.

`xp` is the module numpy or torch; arrays are of its kind. `...` are any batch dimensions, which
broadcast. Everything is differentiable. Arguments are not checked here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

# An array of numpy or torch.
Array = Any

# Eyeballs of the data have a radius of 17 mm where human ones have 12: they turn less, so that
# the iris moves about as far as a human iris.
_EYEBALL = 0.8
# Closed lids overlap by this much [m].
_OVERLAP = 3e-4


class Basis(NamedTuple):
    """The arrays of the model, flattened to (terms, 3 V) where they are displacements."""

    base: Array
    ethnic: Array
    universal: Array
    local: Array
    expression: Array
    follow: Array  # (V, 1)
    eyes: tuple[int, int]
    gaze_of_angles: Array  # (4, 8): signed shares of 8 eyeLook weights in yaw and pitch of both eyes
    angles_of_gaze: Array  # (52, 4)
    expression_of_gaze: Array  # (8, 52)
    no_gaze: Array  # (52,): 0 at eyeLook weights, else 1
    lids: tuple[list[int], list[int]]  # upper and lower margins at the middle, left eye first
    blinks: Array  # (2, 52): the eyeBlink weights, over how far they close the lids [m]
    no_blinks: Array  # (52,): 0 at eyeBlink weights, else 1
    inner_brows: Array  # (2, 3 V): the left and the right part of browInnerUp
    no_inner_brows: Array  # (52,): 0 at browInnerUp, else 1
    brows_raised: Array  # (52, 2): 1 at browInnerUp, for both sides
    brows_lowered: Array  # (52, 2): 1 at the browDown of each side
    brows_lifted: Array  # (2, 3 V): how a raised inner brow reduces browDown
    more: Array  # (52,): how much farther a weight moves the skin of the most mobile faces


def neutral(xp: Any, basis: Basis, code: Array) -> Array:
    """(..., V, 3) faces at rest of identity codes (..., D)."""
    masculinity = code[..., 1]
    gender = xp.stack([1 - masculinity, masculinity], -1)
    gender_age = _products(gender, _thirds(xp, code[..., 0]))
    flat = (
        basis.base
        + _products(code[..., 2:5], gender_age) @ basis.ethnic
        + _products(gender_age, _thirds(xp, code[..., 5])) @ basis.universal
        + code[..., 6:] @ basis.local
    )
    return flat.reshape(*flat.shape[:-1], -1, 3)


def animate(
    xp: Any,
    basis: Basis,
    face: Array,
    weights: Array,
    eyes: Array | None,
    pose: Array | None,
    torso: Array | None,
    inner_brows: Array | None,
    mobility: Array | None,
) -> Array:
    """(..., V, 3) of faces at rest (..., V, 3), weights (..., 52), eyes and inner brows (..., 2, 2) and (..., 2).

    pose and torso are (..., 4, 4), mobility is (...).
    """
    if eyes is None:
        eyes = angles(basis, weights)
    else:
        weights = with_gaze(basis, weights, eyes)
    raised = weights @ basis.brows_raised if inner_brows is None else inner_brows
    if inner_brows is not None:
        weights = weights * basis.no_inner_brows
    if mobility is not None:
        reach = 1 + mobility[..., None] * basis.more
        weights = weights * reach
        if inner_brows is not None:
            inner_brows = inner_brows * reach[..., basis.no_inner_brows == 0]
    moved = (weights * _blink_gain(basis, face)) @ basis.expression
    if inner_brows is not None:
        moved = moved + inner_brows @ basis.inner_brows
    moved = moved + (raised * (weights @ basis.brows_lowered)) @ basis.brows_lifted
    points = turn_eyes(xp, basis, face + moved.reshape(*moved.shape[:-1], -1, 3), eyes)
    if pose is None:
        return points
    if torso is None:
        return place(xp, points, pose)
    return basis.follow * place(xp, points, pose) + (1 - basis.follow) * place(xp, points, torso)


def _blink_gain(basis: Basis, face: Array) -> Array:
    """(..., 52) factors of the weights, so that a blink closes the lids of every face."""
    upper, lower = basis.lids
    apart = face[..., upper, 2] - face[..., lower, 2]
    gaps = apart.reshape(*apart.shape[:-1], 2, -1).mean(-1) + _OVERLAP
    return basis.no_blinks + gaps @ basis.blinks


def angles(basis: Basis, weights: Array) -> Array:
    """(..., 2, 2) yaw and pitch of the left and the right eye [rad] that eyeLook weights stand for."""
    flat = weights @ basis.angles_of_gaze
    return flat.reshape(*flat.shape[:-1], 2, 2)


def with_gaze(basis: Basis, weights: Array, eyes: Array) -> Array:
    """Weights (..., 52) whose eyeLook weights are those of `eyes` (..., 2, 2): the lids follow."""
    signed = eyes.reshape(*eyes.shape[:-2], 4) @ basis.gaze_of_angles
    return weights * basis.no_gaze + _positive(signed) @ basis.expression_of_gaze


def turn_eyes(xp: Any, basis: Basis, points: Array, eyes: Array) -> Array:
    """Turn each eyeball about its centre by gaze: yaw (to the person's left) and pitch (up)."""
    eyes = xp.arcsin(_EYEBALL * xp.sin(eyes))
    left, right = basis.eyes
    balls = []
    for ball, side in ((points[..., left:right, :], 0), (points[..., right:, :], 1)):
        centre = ball.mean(-2)[..., None, :]
        rotation = eye_rotation(xp, eyes[..., side, 0], eyes[..., side, 1])
        balls.append(centre + (ball - centre) @ xp.swapaxes(rotation, -1, -2))
    rest = points[..., :left, :]
    # All parts get the broadcast batch shape.
    shape = balls[0].shape[:-2]
    return xp.concatenate([xp.broadcast_to(rest, (*shape, *rest.shape[-2:])), *balls], -2)


def eye_rotation(xp: Any, yaw: Array, pitch: Array) -> Array:
    """(..., 3, 3) rotation of an eye; its first column is the direction of gaze in face axes."""
    cy, sy, cp, sp = xp.cos(yaw), xp.sin(yaw), xp.cos(pitch), xp.sin(pitch)
    rows = (
        xp.stack([cy * cp, -sy, -cy * sp], -1),
        xp.stack([sy * cp, cy, -sy * sp], -1),
        xp.stack([sp, 0 * cy, cp], -1),
    )
    return xp.stack(rows, -2)


def place(xp: Any, points: Array, pose: Array) -> Array:
    """Points (..., V, 3) moved by poses (..., 4, 4)."""
    return points @ xp.swapaxes(pose[..., :3, :3], -1, -2) + pose[..., None, :3, 3]


def _thirds(xp: Any, x: Array) -> Array:
    """(..., 3) shares of three stops at -1, 0 and 1."""
    return xp.stack([_positive(-x), 1 - abs(x), _positive(x)], -1)


def _positive(x: Array) -> Array:
    return (abs(x) + x) / 2


def _products(a: Array, b: Array) -> Array:
    """(..., A B): all products; the index of `b` changes fastest."""
    both = a[..., :, None] * b[..., None, :]
    return both.reshape(*both.shape[:-2], -1)
