"""Writes tests/data/mediapipe.npz: what MediaPipe's FaceLandmarker says of the package photographs.

Run as MIEN_BENCH_PYTHON=… python tests/bench/record_mediapipe.py after `make bench` made that interpreter.
Arrays, per photograph: landmarks F×478×3 [px], blendshapes F×51 by ARKit name without tongueOut, pose F×4×4
(MediaPipe's axes, cm).
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from peer import Peer
from run import mediapipe_task

from mien.camera.files.pictures import read_image
from mien_models import Registry
from mien_models.spaces import arkit

PHOTOGRAPHS = ("single_face", "multi_face")


def main() -> None:
    out = {}
    with Peer(Path(os.environ["MIEN_BENCH_PYTHON"]), mediapipe_task()) as peer:
        for name in PHOTOGRAPHS:
            said = peer(read_image(Registry.load().path(name)), mode="IMAGE")
            shapes = [[face[n] for n in arkit.BLENDSHAPES if n in face] for face in said.blendshapes]
            out[f"{name}_landmarks"] = np.array(said.landmarks, np.float32)
            out[f"{name}_blendshapes"] = np.array(shapes, np.float32)
            out[f"{name}_pose"] = np.array(said.poses)
        out["version"] = np.array(peer.version)
    path = Path(__file__).parents[1] / "data/mediapipe.npz"
    np.savez_compressed(path, **out)
    print(path, {k: v.shape for k, v in out.items()})


if __name__ == "__main__":
    main()
