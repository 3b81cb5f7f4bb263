"""Write avatars to files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mien_models.avatars import robot, vrm
from mien_models.avatars.animation import Movement, animate
from mien_models.avatars.avatar import assemble, skeleton
from mien_models.avatars.bust import Bust, build
from mien_models.avatars.paint import Colours
from mien_models.avatars.robot_glb import robot_glb
from mien_models.errors import ModelError
from mien_models.head import Head, Identity

STYLES = ("human", "toon")


def export_glb(
    path: Path | str,
    style: str = "human",
    identity: Identity | None = None,
    movement: Movement | None = None,
) -> Path:
    """Write a bust that stands on y = 0 as binary glTF, with 52 morph targets by ARKit name; returns the path.

    movement: becomes an animation of morph targets, head and eyes. Morph targets move the lids with the gaze; the
    eyeballs are the nodes leftEye and rightEye, which rotate about x (down) and y (to its left); their extras state
    the range. Raises ValueError for an unknown style, ModelError if the head's data is not available or the file
    cannot be written.
    """
    person, bust = _bust(style, identity)
    lift = np.array([0.0, -float(bust.positions[:, 1].min()), 0.0])
    avatar = assemble(bust, style, Colours.of(person, style), skeleton(bust, lift), lift)
    if movement is not None:
        animate(avatar, movement, "face")
    return _write(Path(path), avatar.glb.write())


def export_vrm(path: Path | str, style: str = "human", identity: Identity | None = None) -> Path:
    """Write a VRM 1.0 avatar: the same bust on a standing skeleton, with 18 presets and 52 custom expressions.

    Errors are those of `export_glb`.
    """
    person, bust = _bust(style, identity)
    lift = np.array([0.0, vrm.EYE_HEIGHT, 0.0])
    bones = vrm.humanoid(skeleton(bust, lift))
    avatar = assemble(bust, style, Colours.of(person, style), bones, lift)
    vrm.complete(avatar, bones, f"mien {style}")
    if style == "toon":
        vrm.shade_flat(avatar)
    return _write(Path(path), avatar.glb.write())


def export_robot(folder: Path | str) -> Path:
    """Write the body of the robot face as URDF; returns the path. Raises ModelError if it cannot be written."""
    return _write(Path(folder) / f"{robot.ROBOT}.urdf", robot.urdf().encode())


def export_robot_glb(path: Path | str) -> Path:
    """Write the robot face as binary glTF, whose nodes name their servos; returns the path. Raises ModelError."""
    return _write(Path(path), robot_glb())


def _bust(style: str, identity: Identity | None) -> tuple[Identity, Bust]:
    if style not in STYLES:
        raise ValueError(f"there is no style {style}; there are {', '.join(STYLES)}")
    person = identity or Identity.mean()
    return person, build(Head.load(), style, person)


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ModelError(f"cannot write {path}: {error.strerror}; name another place") from error
    return path
