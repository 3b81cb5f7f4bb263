"""MediaPipe's FaceLandmarker in an interpreter of its own, driven frame by frame.

Speaks lines of JSON on standard input and output; frames come through a file that both map.
Imports nothing of mien: it runs in the benchmark's environment, which holds MediaPipe only.
"""

from __future__ import annotations

import json
import mmap
import sys
import time
from pathlib import Path

import mediapipe as mp
import numpy as np
from mediapipe.tasks import python as tasks
from mediapipe.tasks.python import vision


def landmarker(model: str, mode: str) -> vision.FaceLandmarker:
    return vision.FaceLandmarker.create_from_options(
        vision.FaceLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=model),
            running_mode=vision.RunningMode[mode],
            num_faces=1 if mode == "VIDEO" else 8,
            output_face_blendshapes=True,
            output_facial_transformation_matrixes=True,
        )
    )


def main() -> None:
    model, buffer = sys.argv[1:]
    with Path(buffer).open("rb") as f:
        memory = mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ)
    open_ = {}
    print(json.dumps({"version": mp.__version__}), flush=True)
    for line in sys.stdin:
        ask = json.loads(line)
        key = ask["mode"], ask["session"]
        if key not in open_:
            open_[key] = landmarker(model, ask["mode"])
        h, w = ask["height"], ask["width"]
        pixels = np.frombuffer(memory, np.uint8, h * w * 3).reshape(h, w, 3).copy()
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=pixels)
        start = time.perf_counter()
        if ask["mode"] == "VIDEO":
            result = open_[key].detect_for_video(image, ask["stamp_ms"])
        else:
            result = open_[key].detect(image)
        ms = (time.perf_counter() - start) * 1e3
        faces = [[[p.x * w, p.y * h, p.z * w] for p in face] for face in result.face_landmarks]
        shapes = [{c.category_name: c.score for c in face} for face in result.face_blendshapes]
        poses = [np.asarray(m).tolist() for m in result.facial_transformation_matrixes]
        print(json.dumps({"ms": ms, "landmarks": faces, "blendshapes": shapes, "poses": poses}), flush=True)
    for each in open_.values():
        each.close()


if __name__ == "__main__":
    main()
