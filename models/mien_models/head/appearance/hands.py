"""A hand before the face: over the mouth, beside the cheek, held up, or around a cup."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.solids import F64, MOUTH, Heights, Piece, follow_lip, frame, mirrored, sweep, unit
from mien_models.head.appearance.surface import FINGER, HAND, PALM, SLEEVE, Surface

# Per finger, from index to little: lengths of the bones from the knuckle on [MM], radius at the knuckle, and its
# position along and across the hand, from the middle of the knuckles.
_BONES = ((44.0, 25.0, 21.0), (48.0, 29.0, 22.0), (45.0, 27.0, 22.0), (36.0, 20.0, 19.0))
FINGER_RADIUS = (8.6, 8.8, 8.2, 7.2)
_KNUCKLE = ((-2.0, 29.0), (3.0, 10.0), (0.0, -9.0), (-8.0, -27.0))
_PALM_LENGTH = 92.0


def hand(surface: Surface, rng: np.random.Generator) -> tuple[Accessory, ...]:
    """Over the mouth, beside the cheek, or held up anywhere before the face."""
    kind = rng.random()
    if kind < 0.4:
        middle = MOUTH + np.array([0.0, rng.uniform(-6, 10), rng.uniform(-8, 12)])
        along = np.array([rng.uniform(-0.1, 0.1), 1.0, rng.uniform(0.2, 0.9)])
        back = np.array([1.0, -0.1, 0.0])
        curl, spread, gap = rng.uniform(0.05, 0.22), rng.uniform(0.0, 0.08), 0.0
        at_finger = 0.45
    elif kind < 0.7:
        middle = np.array([-18.0, -52.0, rng.uniform(-48, -20)])
        along = np.array([rng.uniform(-0.3, 0.0), rng.uniform(-0.05, 0.2), 1.0])
        back = np.array([0.55, -1.0, 0.0])
        curl, spread, gap = rng.uniform(0.1, 0.3), rng.uniform(0.0, 0.1), 0.0
        at_finger = 0.2
    else:
        middle = np.array([rng.uniform(40, 110), rng.uniform(-50, 30), rng.uniform(-80, 30)])
        along = np.array([rng.uniform(-0.3, 0.3), rng.uniform(-0.6, 0.9), 1.0])
        back = np.array([1.0 if rng.random() < 0.6 else -1.0, rng.uniform(-0.4, 0.4), 0.0])
        curl, spread, gap = rng.uniform(0.0, 0.35), rng.uniform(0.02, 0.2), 6.0
        at_finger = rng.uniform(-0.2, 0.5)
    along, back, across = frame(along, back)
    knuckles = middle - along * at_finger * 90
    pieces = _open_hand(knuckles, along, back, across, curl, spread, rng)
    points = np.concatenate([p for p, _, _ in pieces[:-1]])
    # Keep the hand out of the face: it may touch it but not enter it. The sleeve is not near the face.
    heights = Heights(surface)
    normal = np.array([1.0, 0.0, 0.0])
    deepest = (heights(points[:, 1], points[:, 2]) - points[:, 0]).max()
    out = normal * max(0.0, deepest + gap) if kind < 0.4 or kind >= 0.7 else _beside(points, heights)
    side, size = rng.choice([-1, 1]), rng.uniform(0.84, 1.0)
    moved = [mirrored((middle + size * (p - middle) + out, t, uv), side) for p, t, uv in pieces]
    return (follow_lip(surface, HAND, moved),)


def _beside(points: F64, heights: Heights) -> F64:
    """How far to move a hand at the cheek outwards so that it just touches."""
    outwards = np.array([0.5, -0.85, 0.0])
    near, far = 0.0, 60.0
    while far - near > 2.0:
        middle = (near + far) / 2
        moved = points + middle * outwards
        if (heights(moved[:, 1], moved[:, 2]) - moved[:, 0]).max() < 4.0:
            far = middle
        else:
            near = middle
    return np.asarray(far * outwards)


def _open_hand(
    knuckles: F64, along: F64, back: F64, across: F64, curl: float, spread: float, rng: np.random.Generator
) -> list[Piece]:
    """A right hand with nearly straight fingers: fingers, thumb, palm, and last the sleeve."""
    pieces = []
    for i, (bones, radius, (forth, aside)) in enumerate(zip(_BONES, FINGER_RADIUS, _KNUCKLE, strict=True)):
        angle = spread * (1.5 - i) + rng.normal(0, 0.015)
        direction = np.cos(angle) * along + np.sin(angle) * across
        bends = curl * (1 + rng.normal(0, 0.15)) * np.array([1.0, 1.4, 0.9])
        start = knuckles + forth * along + aside * across
        pieces.append(_finger(start, direction, back, bones, radius, bends))
    thumb = unit(0.75 * along + (0.5 + spread) * across - 0.25 * back)
    start = knuckles - 62 * along + 26 * across - 6 * back
    pieces.append(
        _finger(start, thumb, unit(back + 0.8 * across), (44.0, 32.0, 27.0), 11.0, np.array([0.0, 0.1, 0.15]))
    )
    return [*pieces, *arm(knuckles, along, back, across)]


def arm(knuckles: F64, along: F64, back: F64, across: F64) -> list[Piece]:
    """Palm and wrist of a right hand, and the sleeve."""
    wrist = knuckles - _PALM_LENGTH * along
    elbow = wrist + 230 * unit(unit(np.array([60.0, -210.0, -330.0]) - wrist) - 0.6 * along)
    stations = np.array([8.0, 4.0, -4.0, -30.0, -60.0, -80.0, -_PALM_LENGTH])
    wide = np.array([1.0, 34.0, 39.0, 41.0, 38.0, 31.0, 28.0])
    thick = np.array([1.0, 8.0, 11.0, 13.0, 15.0, 16.0, 17.0])
    down = unit(elbow - wrist)
    forearm = wrist + np.array([25.0, 60.0, 100.0])[:, None] * down
    path = np.concatenate([knuckles + stations[:, None] * along, forearm])
    wide, thick = np.append(wide, (28, 30, 31)), np.append(thick, (19, 22, 23))
    # The palm is slightly hollow, and thicker on the side of the thumb.
    path[2:6] -= 2.0 * back
    palm = sweep(path, wide[:, None] * across, thick[:, None] * back, PALM)
    sleeve_path = wrist + np.array([34.0, 35.0, 60.0, 130.0, 230.0, 231.0])[:, None] * down
    sleeve = np.array([30.0, 37.0, 38.0, 42.0, 50.0, 1.0])[:, None]
    a, b, _ = frame(across, down)
    return [palm, sweep(sleeve_path, sleeve * a, 0.85 * sleeve * np.cross(a, b), SLEEVE)]


def _finger(start: F64, direction: F64, back: F64, bones: ArrayLike, radius: float, bends: F64) -> Piece:
    """A finger that bends towards the palm, from inside the hand to a round tip."""
    direction, back, across = frame(direction, back)
    joints, place, angle = [start - 14 * direction], start, 0.0
    ways = []
    for bone, bend in zip(np.asarray(bones, np.float64), bends, strict=True):
        angle += bend
        way = np.cos(angle) * direction - np.sin(angle) * back
        joints.append(place)
        ways.append(way)
        place = place + bone * way
    joints.append(place)
    return finger_along(np.array(joints), across, radius)


def finger_along(joints: F64, across: F64, radius: float) -> Piece:
    """A finger along joints (J, 3), with rounded bends, knuckles and a tapering, round tip."""
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(joints, axis=0), axis=1))])
    tip = length[-1]
    where = np.concatenate([np.linspace(0, tip - radius, 18), tip - radius * (1 - np.sin(np.linspace(0.3, 1.55, 6)))])
    dense = np.linspace(0, tip, 200)
    path = np.stack([np.interp(dense, length, joints[:, k]) for k in range(3)], axis=1)
    window = np.hanning(25)[1:-1]
    padded = np.pad(path, ((11, 11), (0, 0)), mode="reflect", reflect_type="odd")
    path = np.stack([np.convolve(padded[:, k], window / window.sum(), "valid") for k in range(3)], axis=1)
    path = np.stack([np.interp(where, dense, path[:, k]) for k in range(3)], axis=1)
    bulge = sum(np.exp(-(((where - joint) / 7) ** 2)) for joint in length[2:-1])
    half = radius * (1 - 0.24 * where / tip + 0.07 * np.asarray(bulge))
    last = where > tip - radius
    half[last] *= np.sqrt(np.clip(1 - ((where[last] - tip + radius) / radius) ** 2, 0.0004, 1))
    along = np.gradient(path, axis=0)
    up = np.cross(along, across)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    wide = across - (across * along).sum(1, keepdims=True) * along / (along**2).sum(1, keepdims=True)
    wide /= np.linalg.norm(wide, axis=1, keepdims=True)
    return sweep(path, half[:, None] * wide, 0.92 * half[:, None] * up, FINGER, where / tip)
