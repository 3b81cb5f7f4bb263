"""Cameras through GStreamer: any pipeline description, and the CSI cameras of a Jetson through Argus."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import cv2

from mien.camera.config import CameraConfig

ARGUS = "argus"
# Keep only the newest image.
_SINK = "videoconvert ! video/x-raw,format=BGR ! appsink drop=true max-buffers=1 sync=false"


def pipeline(source: str, config: CameraConfig) -> str:
    """The description of the pipeline, with an appsink added where it has none.

    source: `gstreamer:PIPELINE`, `argus` or `argus:SENSOR`.

    `argus` asks the camera's ISP for the configured size and rate, and turns the image into BGR on the
    Jetson's own converter.
    """
    kind, _, rest = source.partition(":")
    if kind == ARGUS:
        rate = Fraction(config.framerate).limit_denominator(1001)
        rest = (
            f"nvarguscamerasrc sensor-id={rest or 0} ! video/x-raw(memory:NVMM),width={config.image_width},"
            f"height={config.image_height},framerate={rate.numerator}/{rate.denominator} ! nvvidconv ! "
            "video/x-raw,format=BGRx"
        )
    return rest.strip() if "appsink" in rest else f"{rest.strip()} ! {_SINK}"


def obstacle() -> str:
    """Why OpenCV cannot use GStreamer here, with the mend, or "" where it can."""
    if cv2.videoio_registry.hasBackend(cv2.CAP_GSTREAMER):
        return ""
    return (
        "this OpenCV was built without GStreamer, as all of PyPI's are; let a ROS driver publish and listen with "
        "topic:/camera/image_raw, or build one: docker/README.md says how"
    )


def open_pipeline(source: str, config: CameraConfig) -> Any:
    """A cv2.VideoCapture, which is not opened where the pipeline cannot start."""
    return cv2.VideoCapture(pipeline(source, config), cv2.CAP_GSTREAMER)
