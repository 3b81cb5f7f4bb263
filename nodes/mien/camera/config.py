from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param
from mien.images import pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraConfig:
    """Parameters of the image source."""

    source: str = param(
        "/dev/video0",
        "A camera (/dev/video0, rtsp://…, http://…, argus:0 of a Jetson, gstreamer:PIPELINE), a video, an image, "
        "a folder of images, `clip`, `actor`, or `topic`: subscribe image_raw.",
    )
    frame_id: str = param("camera_optical_frame", "Coordinate frame of the images (z forward, x right).")
    image_width: int = param(640, "Requested from a camera, which may choose another.", unit="px", lo=16, hi=8192)
    image_height: int = param(480, "Requested from a camera, which may choose another.", unit="px", lo=16, hi=8192)
    framerate: float = param(
        30.0, "Requested from a camera; the frame rate of a folder of images.", unit="Hz", lo=0.1, hi=1000
    )
    pixel_format: str = param("MJPG", "FourCC requested from a camera, for example MJPG or YUYV.")
    camera_info_url: str = param(
        "", "Calibration: a camera_info YAML file, by path, file:// or package:// URL. Empty: none is published."
    )
    paced: bool = param(True, "Play files at the speed of their time stamps; false: as fast as they are read.")
    max_megapixels: float = param(
        pictures.DEFAULT_MEGAPIXELS,
        "Larger pictures, videos and compressed image messages are refused, because they could exhaust the memory.",
        unit="Mpx",
        lo=0.1,
        hi=pictures.MOST_MEGAPIXELS,
    )
    loop: bool = param(False, "Start a file again when it ends.")
    sound: bool = param(
        False, "Publish the sound of a video as audio, on the clock of its images; most videos need mien[media]."
    )
    reconnect_s: float = param(1.0, "Wait between two attempts to open a lost camera.", unit="s", lo=0.1, hi=60)
    actor: int = param(0, "Which person the synthetic camera shows.", lo=0, hi=1000)
    actor_s: float = param(20.0, "How long the synthetic camera plays.", unit="s", lo=0.1, hi=86400)
    autostart: bool = param(True, "Open and play at once; false: wait for the lifecycle transitions.")
