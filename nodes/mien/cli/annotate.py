"""`mien annotate`: images and videos to JSON lines, one per face and frame."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TextIO

import numpy as np
from rich.console import Console
from rich.progress import Progress

from mien.camera.calibration import Calibration, open_calibration
from mien.camera.config import CameraConfig
from mien.camera.sources import IMAGE_SUFFIXES, VideoSource, read_image
from mien.core.config import build
from mien.core.errors import CalibrationError, ConfigError, SourceError, UsageError
from mien.core.types import Affect, Expression, Face, Frame, Rig
from mien.faces.config import FacesConfig
from mien.perception.pipeline import Pipeline, Result
from mien.progress import bar
from mien.rigs.config import RigsConfig
from mien_models.spaces import arkit, emotions, facs

VIDEO_SUFFIXES = frozenset(".avi .m4v .mkv .mov .mp4 .mpeg .mpg .webm".split())


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inputs", nargs="+", type=Path, metavar="IN", help="images, videos or folders of them")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE.jsonl", help="where to write; - = standard output"
    )
    parser.add_argument("--max-faces", type=int, default=4, help="faces per image (default 4)")
    parser.add_argument("--calibration", default="", metavar="FILE", help="of the camera: a camera_info YAML file")
    parser.add_argument("--detector", default="auto", help="auto, short_range or yunet")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")


def run(args: argparse.Namespace) -> int:
    files = list(_files(args.inputs))
    try:
        calibration = open_calibration(args.calibration)
        faces = build(FacesConfig, {"max_faces": args.max_faces, "detector": args.detector, "device": args.device})
        pipelines = _Pipelines(faces)
    except ConfigError as e:
        name, _, reason = str(e).partition(":")
        raise UsageError(f"--{name.replace('_', '-')}:{reason}") from e
    except CalibrationError as e:
        raise UsageError(f"--calibration {e}") from e
    to_stdout = str(args.out) == "-"
    console = Console(stderr=True)
    try:
        out: TextIO = sys.stdout if to_stdout else args.out.open("w", encoding="utf-8")
    except OSError as e:
        raise UsageError(f"--out {args.out}: {e.strerror}; choose a file in a folder that exists") from e
    tally = _Tally()
    try:
        with bar(console) as progress:
            for path in progress.track(files, description="files"):
                try:
                    for index, frame, result in _results(path, pipelines, calibration, progress):
                        tally.frames += 1
                        tally.empty += not result.faces.faces
                        for line in _lines(str(path), index, frame, result):
                            out.write(json.dumps(line, separators=(",", ":"), allow_nan=False) + "\n")
                            tally.faces += 1
                except SourceError as e:
                    tally.skipped.append(str(e))
                    console.print(f"skipped {e}", highlight=False)
    except OSError as e:
        print(f"mien annotate: {args.out}: {e.strerror}; what was written so far is whole lines", file=sys.stderr)
        return 1
    finally:
        if not to_stdout:
            out.close()
    console.print(
        f"{tally.faces} faces in {tally.frames} frames, {tally.empty} without one, {len(tally.skipped)} files skipped"
    )
    return 1 if tally.skipped and not tally.frames else 0


@dataclass(slots=True)
class _Tally:
    frames: int = 0
    faces: int = 0
    empty: int = 0
    skipped: list[str] = field(default_factory=list)


class _Pipelines:
    """Still images share one pipeline, so that ids go on; every video gets one of its own."""

    def __init__(self, faces: FacesConfig) -> None:
        self._faces = faces
        self.still = Pipeline(faces=replace(faces, smooth=False), rigs=RigsConfig(smooth=False))

    def video(self) -> Pipeline:
        return Pipeline(faces=self._faces)


def _files(inputs: Iterable[Path]) -> Iterator[Path]:
    for path in inputs:
        if path.is_dir():
            media = sorted(p for p in path.rglob("*") if p.suffix.lower() in IMAGE_SUFFIXES | VIDEO_SUFFIXES)
            if not media:
                raise UsageError(f"{path}: no images or videos in it")
            yield from media
        elif path.exists():
            yield path
        else:
            raise UsageError(f"{path}: no such file or folder")


def _results(
    path: Path, pipelines: _Pipelines, calibration: Calibration, progress: Progress
) -> Iterator[tuple[int, Frame, Result]]:
    """Index, frame and result of every frame of a file. Raises SourceError."""
    if path.suffix.lower() in IMAGE_SUFFIXES:
        image = read_image(path)
        frame = Frame(image, 0, intrinsics=calibration.of(image))
        pipelines.still.reset()
        yield 0, frame, pipelines.still.step(frame)
        return
    source = VideoSource(path, CameraConfig(), calibration)
    pipeline = pipelines.video()
    task = progress.add_task(path.name, total=source.length or None)
    try:
        index = 0
        while (frame_or_none := source.read()) is not None:
            yield index, frame_or_none, pipeline.step(frame_or_none)
            index += 1
            progress.advance(task)
    finally:
        source.close()
        progress.remove_task(task)


def _lines(source: str, index: int, frame: Frame, result: Result) -> Iterator[dict[str, Any]]:
    expressions = {e.track_id: e for e in result.expressions.expressions}
    affects = {a.track_id: a for a in result.affects.affects}
    rigs = {r.track_id: r for r in result.rigs.rigs}
    for face in result.faces.faces:
        yield {
            "source": source,
            "frame": index,
            "stamp_s": round(frame.stamp_ns * 1e-9, 6),
            "track_id": face.track_id,
            **_face(face),
            **_expression(expressions[face.track_id]),
            **_affect(affects[face.track_id]),
            "rig": _rig(rigs[face.track_id]),
        }


def _face(face: Face) -> dict[str, Any]:
    return {
        "box": _numbers(face.box),
        "score": _number(face.score),
        "presence": _number(face.presence),
        "pose": None if face.pose is None else [_numbers(row) for row in face.pose],
        "gaze": {"left": _numbers(face.gaze[0]), "right": _numbers(face.gaze[1])},
    }


def _expression(e: Expression) -> dict[str, Any]:
    return {"blendshapes": _named(arkit.BLENDSHAPES, e.blendshapes), "embedding": _numbers(e.embedding)}


def _affect(a: Affect) -> dict[str, Any]:
    return {
        "au": _named(facs.AUS, a.au_intensity),
        "au_probability": _named(facs.AUS, a.au_probability),
        "au_confidence": _named(facs.AUS, a.au_confidence),
        "emotion": _named(emotions.EMOTIONS, a.emotion),
        "emotion_confidence": _number(a.emotion_confidence),
        "valence": _number(a.valence),
        "arousal": _number(a.arousal),
    }


def _rig(r: Rig) -> dict[str, Any]:
    return {
        "schema": r.schema,
        "weights": _named(arkit.BLENDSHAPES, r.weights),
        "head": _numbers(r.head),
        "gaze": {"left": _numbers(r.gaze[0]), "right": _numbers(r.gaze[1])},
        "confidence": _named(arkit.REGIONS, r.confidence),
    }


def _number(value: float) -> float | None:
    """Six significant digits; None = not observed."""
    return float(f"{value:.6g}") if np.isfinite(value) else None


def _numbers(values: Any) -> list[float | None]:
    return [_number(v) for v in np.asarray(values).tolist()]


def _named(names: Iterable[str], values: Any) -> dict[str, float | None]:
    return dict(zip(names, _numbers(values), strict=True))
