"""A plain loop over videos, as MediaPipe's documentation shows it: decode, detect, write a line per frame.

    python mediapipe_loop.py MODEL.task OUT.jsonl VIDEO...

Imports nothing of mien: it runs in the benchmark's environment, which holds MediaPipe only. Prints JSON.
"""

from __future__ import annotations

import json
import sys
import time

import cv2
import mediapipe as mp
from mediapipe.tasks import python as tasks
from mediapipe.tasks.python import vision


def main() -> None:
    model, out, *videos = sys.argv[1:]
    start, frames = time.perf_counter(), 0
    with open(out, "w", encoding="utf-8") as file:
        for video in videos:
            options = vision.FaceLandmarkerOptions(
                base_options=tasks.BaseOptions(model_asset_path=model),
                running_mode=vision.RunningMode.VIDEO,
                num_faces=1,
                output_face_blendshapes=True,
                output_facial_transformation_matrixes=True,
            )
            capture = cv2.VideoCapture(video)
            rate = capture.get(cv2.CAP_PROP_FPS) or 30.0
            with vision.FaceLandmarker.create_from_options(options) as landmarker:
                index = 0
                while True:
                    ok, bgr = capture.read()
                    if not ok:
                        break
                    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB))
                    result = landmarker.detect_for_video(image, round(index * 1000 / rate))
                    for shapes in result.face_blendshapes:
                        file.write(json.dumps({"frame": index, **{s.category_name: s.score for s in shapes}}) + "\n")
                    index += 1
            frames += index
    print(json.dumps({"version": mp.__version__, "frames": frames, "seconds": time.perf_counter() - start}))


if __name__ == "__main__":
    main()
