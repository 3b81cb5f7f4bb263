"""A camera driver of somebody else: a process of its own, with the middleware's own settings.

`python driver.py JSON`: topic, kind (raw, jpeg, depth), reliable, frames, rate_hz, stamps (good, zero,
still, shuffled, looped), picture, info (topic of camera_info) and fx.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rclpy
from rclpy.qos import QoSProfile, ReliabilityPolicy
from sensor_msgs.msg import CameraInfo, CompressedImage, Image


def main(options: dict[str, Any]) -> None:
    rclpy.init()
    node = rclpy.create_node("usb_cam")
    image = cv2.imread(options["picture"])
    reliability = ReliabilityPolicy.RELIABLE if options.get("reliable", True) else ReliabilityPolicy.BEST_EFFORT
    qos = QoSProfile(depth=10, reliability=reliability)
    kind = options.get("kind", "raw")
    images = node.create_publisher(Image if kind == "raw" else CompressedImage, options["topic"], qos)
    infos = node.create_publisher(CameraInfo, options["info"], qos) if options.get("info") else None
    while not images.get_subscription_count():
        rclpy.spin_once(node, timeout_sec=0.05)
    time.sleep(1.0)  # whoever listens may ask anew for what is offered
    start = time.time_ns()
    for i in range(options.get("frames", 30)):
        msg = message(image, kind)
        msg.header.frame_id = "cam"
        t = stamp(options.get("stamps", "good"), i, start)
        msg.header.stamp.sec, msg.header.stamp.nanosec = divmod(t, 1_000_000_000)
        if infos:
            fx = float(options["fx"])
            height, width = image.shape[:2]
            infos.publish(
                CameraInfo(
                    header=msg.header, width=width, height=height, distortion_model="plumb_bob", d=[0.0] * 5,
                    k=[fx, 0.0, width / 2, 0.0, fx, height / 2, 0.0, 0.0, 1.0],
                )
            )  # fmt: skip
        images.publish(msg)
        rclpy.spin_once(node, timeout_sec=0)
        time.sleep(1 / options.get("rate_hz", 15.0))
    Path(options["done"]).touch()
    time.sleep(30)


def message(image: Any, kind: str) -> Any:
    height, width = image.shape[:2]
    if kind == "raw":
        return Image(height=height, width=width, encoding="bgr8", step=3 * width, data=image.tobytes())
    data = np.asarray(cv2.imencode(".jpg", image)[1]).tobytes()
    form = "bgr8; jpeg compressed bgr8" if kind == "jpeg" else "16UC1; compressedDepth"
    return CompressedImage(format=form, data=data)


def stamp(how: str, i: int, start: int) -> int:
    step = 66_000_000
    if how == "zero":
        return 0
    if how == "still":
        return start
    if how == "shuffled" and i % 3 == 2:
        return start + i * step - 200_000_000
    if how == "looped":
        return start + (i % 30) * step
    return start + i * step


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
