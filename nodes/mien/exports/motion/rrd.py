"""A recording of Rerun (.rrd): images, boxes, landmarks and heads in space, and all numbers as series over time.

Under `graph.privacy` it holds the series alone. Writing a file sends nothing; Rerun's viewer sends
statistics of its use to its makers, unless told not to (`rerun analytics disable`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from mien.core.types import U8, Face
from mien.exports.files import Part, refused
from mien.exports.step import About, Step, Tally, Writer

_JPEG_QUALITY = 90
_CAMERA = "camera/image"


class Rrd(Writer):
    """Time is the stamp of the recording, on the timeline `stamp`; `frame` counts the images."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        import rerun

        self._rr = rerun
        self._part = Part(target)
        self._stream = rerun.RecordingStream("mien", recording_id=about.name)
        try:
            self._stream.save(self._part.path)
        except OSError as error:
            raise refused(target, error) from error
        self._named: set[str] = set()
        self._shown: set[int] = set()  # faces of the frame before

    def add(self, step: Step) -> None:
        moment, names = step.moment, self.about.names
        self._stream.set_time("stamp", timestamp=np.datetime64(moment.stamp_ns, "ns"))
        if step.frame is not None:
            self._stream.set_time("frame", sequence=step.frame)
        if moment.image is not None:
            self._log(_CAMERA, self._image(moment.image))
        for face in moment.faces.faces if moment.faces else ():
            self._face(face)
        for expression in moment.expressions.expressions if moment.expressions else ():
            self._series(expression.track_id, "blendshapes", names.blendshapes, expression.blendshapes)
        for affect in moment.affects.affects if moment.affects else ():
            self._series(affect.track_id, "action_units", names.action_units, affect.au_intensity)
            self._series(affect.track_id, "expression", names.emotions, affect.emotion)
            pair = (affect.valence, affect.arousal)
            self._series(affect.track_id, "valence_arousal", ("valence", "arousal"), pair)
        for rig in moment.rigs.rigs if moment.rigs else ():
            self._series(rig.track_id, "rig", names.rig, rig.weights)
        if step.frame is not None:
            self._clear({face.track_id for face in (moment.faces.faces if moment.faces else ())})

    def finish(self, tally: Tally) -> list[Path]:
        known = {"source": self.about.source, **tally.as_dict()}
        about = "  \n".join(f"{name}: {value}" for name, value in known.items())
        self._stream.log("about", self._rr.TextDocument(about, media_type="text/markdown"), static=True)
        self._close()
        return [self._part.keep()]

    def abandon(self) -> None:
        self._close()
        self._part.discard()

    def _close(self) -> None:
        self._stream.flush()
        self._stream.disconnect()

    def _log(self, path: str, value: Any) -> None:
        self._stream.log(path, value)

    def _image(self, image: U8) -> Any:
        bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        _, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
        return self._rr.EncodedImage(contents=data.tobytes(), media_type="image/jpeg")

    def _face(self, face: Face) -> None:
        rr, name = self._rr, f"{_CAMERA}/face_{face.track_id}"
        box = rr.Boxes2D(array=[face.box], array_format=rr.Box2DFormat.XYWH, labels=[str(face.track_id)])
        self._log(f"{name}/box", box)
        self._log(f"{name}/landmarks", rr.Points2D(face.landmarks[np.isfinite(face.landmarks).all(1), :2], radii=1.0))
        if face.pose is not None:
            space = f"camera/head_{face.track_id}"
            self._log(space, rr.Transform3D(translation=face.pose[:3, 3], mat3x3=face.pose[:3, :3]))
            seen = np.isfinite(face.gaze).all(axis=1)
            origins = np.repeat(face.pose[None, :3, 3], int(seen.sum()), axis=0)
            self._log(f"camera/gaze_{face.track_id}", rr.Arrows3D(origins=origins, vectors=0.2 * face.gaze[seen]))

    def _series(self, track_id: int, kind: str, names: tuple[str, ...], values: Any) -> None:
        if len(values) != len(names):
            return  # of another schema
        path = f"face_{track_id}/{kind}"
        if path not in self._named:
            self._named.add(path)
            self._stream.log(path, self._rr.SeriesLines(names=list(names)), static=True)
        self._log(path, self._rr.Scalars(np.asarray(values, np.float64)))

    def _clear(self, there: set[int]) -> None:
        """What is gone is no longer shown."""
        for track_id in self._shown - there:
            for path in (f"{_CAMERA}/face_{track_id}", f"camera/head_{track_id}", f"camera/gaze_{track_id}"):
                self._log(path, self._rr.Clear(recursive=True))
        self._shown = there
