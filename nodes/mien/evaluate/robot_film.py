"""A person beside mien's robot face: drawn, read by the whole chain, retargeted, and drawn again as the robot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from mien.core.errors import ReportError
from mien.core.types import F64, U8, Frame, Intrinsics, Rigs
from mien.evaluate.retarget.expressions import EXPRESSIONS, Expression
from mien.perception.pipeline import Pipeline
from mien.report import text
from mien.report.style import INK, MUTED, PANEL
from mien.report.video import Video, open_sink
from mien.retarget.config import RetargetConfig
from mien.retarget.profile import load
from mien.retarget.stage import Stage
from mien_models.avatars import robot
from mien_models.avatars.robot_view import RobotView
from mien_models.head import head_pose
from mien_models.head.model.state import FaceState
from mien_models.head.motion.split import identity_seeds
from mien_models.head.pictures.studio import Studio, person
from mien_models.head.render.setting import Camera, Lighting, Setting
from mien_models.spaces import facs

_RATE_HZ = 15
_MOVE_S, _HOLD_S = 0.4, 0.8
_SIZE = 320  # of each picture [px]
_CAPTION = 30
_COLUMNS = 3
_FOV_DEG = 26.0


@dataclass(frozen=True, slots=True, eq=False)
class _Shot:
    name: str
    image: U8  # person and robot side by side, with a caption
    held: bool  # the last image of an expression


def steps() -> int:
    """Images of the film."""
    return round(len(EXPRESSIONS) * (_MOVE_S + _HOLD_S) * _RATE_HZ)


def film(out: Path, actor: int = 0, advance: Callable[[], None] = lambda: None) -> tuple[Path, Path]:
    """Write robot.mp4 and robot.png, a sheet of every expression, into a folder; their paths.

    actor: which person of the test split. Raises ModelError where the head's data cannot be had, ReportError where a
    file cannot be written.
    """
    path, sheet = out / "robot.mp4", out / "robot.png"
    video = Video(open_sink(path, (2 * _SIZE, _SIZE + _CAPTION), Fraction(_RATE_HZ)), Fraction(_RATE_HZ))
    tiles: list[U8] = []
    for n, shot in enumerate(_shots(actor)):
        video.add(shot.image, round(n * 1e9 / _RATE_HZ))
        if shot.held:
            tiles.append(shot.image)
        advance()
    video.close()
    blank = np.full_like(tiles[0], PANEL)
    tiles += [blank] * (-len(tiles) % _COLUMNS)
    rows = [np.hstack(tiles[i : i + _COLUMNS]) for i in range(0, len(tiles), _COLUMNS)]
    if not cv2.imwrite(str(sheet), cv2.cvtColor(np.vstack(rows), cv2.COLOR_RGB2BGR)):
        raise ReportError(f"cannot write {sheet}; choose a folder with room")
    return path, sheet


def _shots(actor: int) -> Iterator[_Shot]:
    seed = next(identity_seeds("test", first=100 * actor))
    identity, appearance = person(seed)
    studio, camera = Studio(), Camera.from_fov(_SIZE, _SIZE, _FOV_DEG)
    painted, setting = studio.renderer.paint(appearance), Setting(camera=camera, lighting=Lighting.studio())
    pipeline, stage = Pipeline(), Stage(RetargetConfig(), load("robot10"))
    view = RobotView(robot.urdf(), width=_SIZE, height=_SIZE, distance_m=0.72, height_m=0.15)
    intrinsics = Intrinsics(camera.fx, camera.fy, camera.cx, camera.cy)
    before, count = EXPRESSIONS["rest"], round((_MOVE_S + _HOLD_S) * _RATE_HZ)
    n = 0
    for name, expression in EXPRESSIONS.items():
        for i in range(count):
            share = min((i + 1) / (_MOVE_S * _RATE_HZ), 1.0)
            state = _state(before, expression, share * share * (3 - 2 * share))
            shapes, eyes, (yaw, pitch, roll) = state
            drawn = studio.shoot(
                painted,
                FaceState(
                    identity=identity, units=np.zeros(len(facs.AUS)), shapes=shapes, eyes=eyes,
                    pose=head_pose(float(yaw), float(pitch), float(roll), (0.0, -0.02, 0.75)),
                    mobility=appearance.mobility,
                ),
                setting,
            )  # fmt: skip
            stamp_ns = round((1 + n / _RATE_HZ) * 1e9)
            rigs: Rigs = stage.step(pipeline.step(Frame(drawn.image, stamp_ns, "", intrinsics)).rigs)
            joints = rigs.rigs[0].weights.tolist() if rigs.rigs else stage.description.neutral.tolist()
            body = view.draw(dict(zip(stage.description.names, joints, strict=True)))
            yield _Shot(name, _captioned(drawn.image, body, name), i == count - 1)
            n += 1
        before = expression


def _state(a: Expression, b: Expression, share: float) -> tuple[F64, F64, F64]:
    """52 weights, eyes (2, 2) and head (3) on the way from one expression to another."""

    def between(x: F64, y: F64) -> F64:
        return np.asarray(x + share * (y - x), np.float64)

    weights = between(*(e.rig().weights.astype(np.float64) for e in (a, b)))
    eyes = np.tile(between(np.array(a.gaze), np.array(b.gaze)), (2, 1))
    return weights, eyes, between(np.array(a.head), np.array(b.head))


def _captioned(left: U8, right: U8, name: str) -> U8:
    caption = np.full((_CAPTION, left.shape[1] + right.shape[1], 3), PANEL, np.uint8)
    text.put(caption, name, 8, 20, 15, INK, bold=True)
    text.put(caption, "robot10", caption.shape[1] - 8, 20, 13, MUTED, align="right")
    return np.vstack([np.hstack([left, right]), caption])
