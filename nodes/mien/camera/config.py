from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraConfig:
    """Where images come from."""

    source: str = param(
        "/dev/video0",
        "A camera (/dev/video0, rtsp://…, http://…, argus:0 of a Jetson, gstreamer:PIPELINE), a video, an image, "
        "a folder of images, `clip`, `actor`, or `topic`: subscribe image_raw.",
    )
    frame_id: str = param("camera_optical_frame", "Coordinate frame of the images (z forward, x right).")
    image_width: int = param(640, "Asked of a camera; it may give another.", unit="px", lo=16, hi=8192)
    image_height: int = param(480, "Asked of a camera; it may give another.", unit="px", lo=16, hi=8192)
    framerate: float = param(30.0, "Asked of a camera, and the pace of a folder of images.", unit="Hz", lo=0.1, hi=1000)
    pixel_format: str = param("MJPG", "FourCC asked of a camera, for example MJPG or YUYV.")
    camera_info_url: str = param(
        "", "Calibration: a camera_info YAML file, by path, file:// or package:// URL. Empty: none is published."
    )
    paced: bool = param(True, "Play files at the speed of their time stamps; false: as fast as they are read.")
    max_megapixels: float = param(
        200.0, "Larger pictures and videos are refused; they would take all memory.", unit="Mpx", lo=0.1, hi=700
    )
    loop: bool = param(False, "Start a file again when it ends.")
    reconnect_s: float = param(1.0, "Wait between two tries to open a lost camera.", unit="s", lo=0.1, hi=60)
    actor: int = param(0, "Which person the synthetic camera shows.", lo=0, hi=1000)
    actor_s: float = param(20.0, "How long the synthetic camera plays.", unit="s", lo=0.1, hi=86400)
    autostart: bool = param(True, "Open and play at once; false: wait for the lifecycle transitions.")
