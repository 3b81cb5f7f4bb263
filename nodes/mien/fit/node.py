"""The node `fit`: answers the action `fit`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from geometry_msgs.msg import Point, Pose, Quaternion, Vector3
from mien_msgs.action import Fit
from mien_msgs.msg import FaceFit
from rclpy.action import ActionServer, CancelResponse
from rclpy.callback_groups import ReentrantCallbackGroup
from rclpy.executors import MultiThreadedExecutor
from rclpy.node import Node
from sensor_msgs.msg import Image

from mien.core.errors import MienError, UsageError
from mien.core.geometry import quaternion
from mien.fit.config import FitConfig
from mien.fit.goal import MOST, Goal, Work
from mien.graph import FIT, FIT_NODE, LABELS
from mien.ros import privacy
from mien.ros.convert import from_camera_info, from_image, labels_msg
from mien.ros.diagnostics import Health
from mien.ros.node import offer_enable, run
from mien.ros.params import bind
from mien.ros.qos import advertise, interface
from mien_models.fit.run import Fitted
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS


class _Canceled(Exception):
    """The client canceled the goal, or the node ends."""


class FitNode(Node):
    """One goal at a time, on a thread of its own, so that it can be canceled; another is aborted meanwhile."""

    def __init__(self) -> None:
        super().__init__(FIT_NODE.name)
        privacy.withheld(self, FIT_NODE)
        self.health = Health(self)
        self._config = bind(self, "fit", FitConfig, self._reconfigure)
        self._work, self._busy, self._ending = Work(), threading.Lock(), threading.Event()
        self._labels = advertise(self, LABELS)
        self._labels.publish(labels_msg())
        offer_enable(self, self.health)
        self._server = ActionServer(
            self, interface(FIT.type), FIT.name, self._execute,
            cancel_callback=lambda _: CancelResponse.ACCEPT, callback_group=ReentrantCallbackGroup(),
        )  # fmt: skip

    def close(self) -> None:
        if ending := getattr(self, "_ending", None):
            ending.set()

    def _reconfigure(self, config: FitConfig) -> None:
        self._config = config

    def _execute(self, handle: Any) -> Any:
        try:
            if not self.health.enabled:
                raise UsageError("the node is paused: ~/enable resumes it")
            if not self._busy.acquire(blocking=False):
                raise UsageError("another goal is being fitted: wait for it, or cancel it")
            try:
                fits = self._fit(handle)
            finally:
                self._busy.release()
        except _Canceled:
            (handle.canceled if handle.is_cancel_requested else handle.abort)()
            return Fit.Result(message="canceled")
        except MienError as e:
            self.health.fail(e)
            handle.abort()
            return Fit.Result(message=str(e))
        self.health.done(int(self.get_clock().now().nanoseconds))
        handle.succeed()
        skin = fits[0].skin
        return Fit.Result(
            success=True, message=f"{len(fits)} fitted", fits=[to_msg(one) for one in fits],
            texture=[] if skin is None else [_picture(skin)],
        )  # fmt: skip

    def _fit(self, handle: Any) -> list[Fitted]:
        asked = handle.request
        if len(asked.images) + len(asked.paths) > MOST:
            raise UsageError(f"{len(asked.images) + len(asked.paths)} pictures; a goal has {MOST} at most")
        goal = Goal(
            [(f"image {i}", from_image(image)) for i, image in enumerate(asked.images, 1)],
            [Path(path) for path in asked.paths],
            from_camera_info(asked.camera_info[0]) if asked.camera_info else None,
            bool(asked.quick), bool(asked.texture),
        )  # fmt: skip

        def tell(stage: str, share: float) -> None:
            if handle.is_cancel_requested or self._ending.is_set():
                raise _Canceled
            handle.publish_feedback(Fit.Feedback(stage=stage, progress=share))

        return self._work(goal, self._config, tell)


def to_msg(fitted: Fitted) -> FaceFit:
    """A fit as its message."""
    values = fitted.values
    pose = np.array(values["pose"])
    left = values["residual"] or {}
    levels = [np.nan if values["au"][name] is None else values["au"][name] for name in AUS]
    return FaceFit(
        source=values["source"],
        pose=Pose(position=Point(**_xyz(pose[:3, 3])), orientation=_quaternion(pose[:3, :3])),
        gaze_left=Vector3(**_xyz(values["gaze"]["left"])),
        gaze_right=Vector3(**_xyz(values["gaze"]["right"])),
        au_intensity=levels,
        blendshapes=[values["blendshapes"][name] for name in BLENDSHAPES],
        inner_brows=[values["inner_brows"]["left"], values["inner_brows"]["right"]],
        identity_names=list(values["identity"]),
        identity=list(values["identity"].values()),
        regions=list(left),
        residual_landmarks=[one["landmarks"] for one in left.values()],
        residual_pixels=[np.nan if one["pixels"] is None else one["pixels"] for one in left.values()],
    )


def _quaternion(rotation: Any) -> Quaternion:
    x, y, z, w = map(float, quaternion(rotation))
    return Quaternion(x=x, y=y, z=z, w=w)


def _xyz(values: Any) -> dict[str, float]:
    return dict(zip("xyz", map(float, values), strict=True))


def _picture(rgba: Any) -> Image:
    height, width = rgba.shape[:2]
    return Image(height=height, width=width, encoding="rgba8", step=4 * width, data=rgba.tobytes())


def main(args: Sequence[str] | None = None) -> int:
    # A second thread hears that a goal is canceled.
    return run(FitNode, args, executor=lambda: MultiThreadedExecutor(num_threads=2))
