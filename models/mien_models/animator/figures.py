"""What draws an avatar truly: mien's actor, a GLB or VRM model, or the robot face of a URDF."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mien_models.alignment import crop
from mien_models.animator.avatar import Avatar
from mien_models.animator.frame import EYES_PX, MIDDLE_PX, PICTURE, cut
from mien_models.animator.glb import read_glb
from mien_models.animator.mesh_figure import MeshFigure
from mien_models.errors import ModelError
from mien_models.spaces.arkit import GAZE_RANGE, INDEX
from mien_models.spaces.facs import AUS

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

# The brows of the robot are far above its eyes, and its mouth is far below: it is drawn smaller than a person.
_ROBOT_SCALE, _ROBOT_EYES_PX = 0.78, 34
_SIZE, _FOV_DEG, _AWAY_M = 224, 26.0, 0.62  # of a picture of the actor


class Figure(Protocol):
    """What draws an avatar."""

    def render(self, rigs: F32) -> U8:
        """Pictures (N, 96, 96, 3) RGB of rigs (N, T) in the units of the targets; see `frame`."""


class ActorFigure:
    """One person of mien's actor, seen from the front in the light of a studio. Targets are the 52 shapes."""

    def __init__(self, seed: int) -> None:
        """seed: of the identity. Raises ModelError where the head's data or numba is missing."""
        from mien_models.head import head_pose
        from mien_models.head.pictures.studio import Studio, person
        from mien_models.head.render.setting import Camera, Lighting, Setting

        identity, self._appearance = person(seed)
        self._studio = Studio()
        self._painted = self._studio.renderer.paint(self._appearance)
        self._setting = Setting(camera=Camera.from_fov(_SIZE, _SIZE, _FOV_DEG), lighting=Lighting.studio())
        self._identity, self._pose = identity, head_pose(0.0, 0.0, 0.0, (0.0, -0.02, _AWAY_M))
        self._landmarks = self._shot(np.zeros(52))[1]

    def render(self, rigs: F32) -> U8:
        """As Figure."""
        return np.array([cut(crop(self._shot(rig)[0], self._landmarks)) for rig in np.asarray(rigs, np.float64)])

    def _shot(self, shapes: F64) -> tuple[U8, F32]:
        from mien_models.head.model.state import FaceState

        state = FaceState(
            identity=self._identity, units=np.zeros(len(AUS)), shapes=shapes, eyes=_gaze(shapes), pose=self._pose,
            mobility=self._appearance.mobility,
        )  # fmt: skip
        taken = self._studio.shoot(self._painted, state, self._setting)
        return taken.image, taken.landmarks


def _gaze(shapes: F64) -> F64:
    """(2, 2) yaw and pitch of both eyes [rad] that the eyeLook… shapes stand for."""

    def angle(name: str, side: str) -> float:
        return float(shapes[INDEX[f"eyeLook{name}{side}"]] * GAZE_RANGE[name])

    left, right = ([angle(n, s) for n in ("In", "Out", "Up", "Down")] for s in ("Left", "Right"))
    return np.array([[left[1] - left[0], left[2] - left[3]], [right[0] - right[1], right[2] - right[3]]])


class RobotFigure:
    """The robot face; targets are its servos [rad]."""

    def __init__(self, names: tuple[str, ...]) -> None:
        from mien_models.avatars import robot
        from mien_models.avatars.robot_view import RobotView

        self._names = names
        x, y, z = robot_eye()
        away = 12 * 2 * y
        eyes = _ROBOT_SCALE * EYES_PX
        # RobotView looks at its own height; a larger picture, of which the part of `frame` is cut out.
        self._size = 2 * PICTURE
        fov = 2 * math.degrees(math.atan(self._size / 2 / (eyes * away / (2 * y))))
        self._view = RobotView(
            robot.urdf(), width=self._size, height=self._size, distance_m=x + away, height_m=z, fov_deg=fov
        )

    def render(self, rigs: F32) -> U8:
        """As Figure."""
        top, left = (round(self._size / 2 - at) for at in (_ROBOT_EYES_PX, MIDDLE_PX[0]))
        drawn = [self._view.draw(dict(zip(self._names, rig, strict=True))) for rig in np.asarray(rigs, float).tolist()]
        return np.array([picture[top : top + PICTURE, left : left + PICTURE] for picture in drawn])


def robot_eye() -> tuple[float, float, float]:
    """Where the left eye of the robot at rest is [m]: out of the face, to its left, up."""
    from mien_models.avatars import robot

    links = {link.name: link for link in robot.LINKS}
    link = next(link for link in robot.LINKS if "eye" in link.name and link.origin[1] > 0)
    at = np.array(link.origin)
    while link.parent in links:
        link = links[link.parent]
        at = at + np.array(link.origin)
    return float(at[0]), float(at[1]), float(at[2])


def figure_of(avatar: Avatar, folder: Path | None = None) -> Figure:
    """What draws an avatar; folder: its own, where the figure is a file. Raises ModelError."""
    kind, _, rest = avatar.figure.partition(":")
    if kind == "actor":
        return ActorFigure(int(rest))
    if kind == "robot":
        return RobotFigure(avatar.names)
    if kind in ("toon", "person"):
        return _exported(avatar, kind)
    if folder is None:
        raise ModelError(f"avatar {avatar.name} is drawn from the file {avatar.figure}; name its folder")
    return mesh_figure(folder / avatar.figure, avatar.names)


def mesh_figure(path: Path, names: tuple[str, ...]) -> MeshFigure:
    """The figure of a .glb or .vrm file, whose targets are presets of VRM or morph targets. Raises ModelError."""
    try:
        model = read_glb(path.read_bytes(), path.name)
    except OSError as error:
        raise ModelError(
            f"cannot read {path}: {error.strerror}; make the avatar again with `mien avatar add`"
        ) from None
    by_preset = bool(model.presets) and set(names) <= model.presets.keys()
    return MeshFigure(model, names, model.presets if by_preset else None)


def _exported(avatar: Avatar, kind: str) -> MeshFigure:
    """mien's own figures, made anew: the toon by shapes, the person by presets of VRM."""

    from mien_models.avatars import export_glb, export_vrm

    with TemporaryDirectory() as folder:
        path = Path(folder) / "figure.vrm"
        if kind == "toon":
            export_glb(path, "toon")
        else:
            export_vrm(path, "human")
        return mesh_figure(path, avatar.names)
