"""What is exported: a bag, or a video or pictures that go through perception first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from mien.bags import about as bag_about
from mien.camera.calibration import UNCALIBRATED
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of, search
from mien.camera.files.pictures import ImagesSource
from mien.camera.files.videos import VideoSource
from mien.core.errors import SourceError, UsageError
from mien.core.moment import Moment
from mien.exports.step import About
from mien.faces.config import FacesConfig
from mien.graph import FACES
from mien.images.formats import Format, Kind
from mien.perception.pipeline import Pipeline
from mien.rigs.config import RigsConfig

_STORAGES = (".mcap", ".db3")


class Recording(Protocol):
    """One run of faces over time."""

    about: About

    @property
    def length(self) -> int:
        """Moments in all, roughly; 0 where that is not known."""
        ...

    def moments(self, images: bool) -> Iterator[Moment]:
        """In order. Raises BagError, SourceError or ModelError."""
        ...

    def notes(self) -> list[str]:
        """What to tell of the last pass: what was damaged or left out."""
        ...


class Bag:
    """A recorded bag."""

    def __init__(self, path: Path, namespace: str | None = None) -> None:
        from mien.bags.read import Session  # rosbags, which a video does not need

        self._session = session = Session(path, namespace)
        faces = f"{session.namespace}/{FACES.name}"
        self.about = About(
            session.name,
            session.source or str(path),
            session.names,
            no_faces=not session.topics.get(faces),
            no_images=session.image_topic is None,
            facts={"recorded_with": session.about.get("versions", {})},
        )

    @property
    def length(self) -> int:
        return int(max(self._session.topics.values()))

    def moments(self, images: bool) -> Iterator[Moment]:
        return self._session.moments(images)

    def notes(self) -> list[str]:
        s = self._session
        told = [str(s.cut)] if s.cut else []
        if s.broken_images:
            told.append(f"{s.broken_images} images of the bag could not be decoded")
        told += [f"{n} messages were refused: {name} cannot be believed" for name, n in s.refused.items()]
        if s.restarts:
            told.append(f"the stamps jump back {s.restarts} times: time goes on as if they did not")
        return told


@dataclass(slots=True)
class Media:
    """A video; or pictures, each of which is read alone, with times as if they followed at `camera.framerate`."""

    files: list[tuple[Path, Format]]
    about: About
    max_faces: int = 4
    _damaged: int = field(default=0, init=False)

    @property
    def length(self) -> int:
        return 0 if self._is_video else len(self.files)

    @property
    def _is_video(self) -> bool:
        return self.files[0][1].kind is Kind.VIDEO

    def moments(self, images: bool) -> Iterator[Moment]:
        config = CameraConfig(loop=False)
        faces = FacesConfig(max_faces=self.max_faces)
        if self._is_video:
            source: VideoSource | ImagesSource = VideoSource(self.files[0][0], config, UNCALIBRATED, self.files[0][1])
            pipeline = Pipeline(faces=faces)
        else:
            source = ImagesSource(self.files, config, UNCALIBRATED, name=self.about.source)
            # Pictures are unrelated: nobody is followed from one to the next.
            pipeline = Pipeline(faces=replace(faces, smooth=False), rigs=RigsConfig(smooth=False))
        try:
            for frame in iter(source.read, None):
                if not self._is_video:
                    pipeline.reset()
                yield pipeline.moment(frame, image=images)
        finally:
            self._damaged = len(getattr(source, "damaged", ()))
            source.close()

    def notes(self) -> list[str]:
        return [f"{self._damaged} frames of the video were damaged"] if self._damaged else []


def is_bag(path: Path) -> bool:
    """Whether a path is a bag by its name and files."""
    if path.is_dir():
        return (path / "metadata.yaml").exists() or any(p.suffix in _STORAGES for p in path.iterdir())
    return path.suffix in _STORAGES


def find(path: Path, namespace: str | None = None, max_faces: int = 4) -> tuple[list[Recording], list[str]]:
    """The recordings of a path, and what of a folder is left out. Raises UsageError, BagError or SourceError.

    A folder that is no bag gives one recording per video, and one of all its pictures.
    """
    if not path.exists():
        raise UsageError(f"{path}: no such bag, video or folder")
    if is_bag(path):
        return [Bag(path, namespace)], []
    if not path.is_dir():
        return [_media([(path, format_of(path))], path, max_faces, path.resolve().stem)], []
    found = search(path, nested=True)
    videos = [m for m in found.media if m[1].kind is Kind.VIDEO]
    pictures = [m for m in found.media if m[1].kind is not Kind.VIDEO]
    recordings: list[Recording] = [
        _media([video], video[0], max_faces, name)
        for video, name in zip(videos, _names(path, [video for video, _ in videos]), strict=True)
    ]
    if pictures:
        recordings.append(_media(pictures, path, max_faces, path.resolve().name))
    if not recordings:
        raise SourceError("; ".join([f"{path}: no bag, and no images or videos in it", *found.left_out[:3]]))
    return recordings, list(found.sentences())


def _names(folder: Path, videos: list[Path]) -> list[str]:
    """The way to each video from the folder; with its suffix where it would be the name of another recording, too."""
    ways = [video.relative_to(folder) for video in videos]
    short = [way.with_suffix("") for way in ways]
    taken = [*short, Path(folder.resolve().name)]  # the last is that of the pictures
    return [str(way if taken.count(name) > 1 else name) for way, name in zip(ways, short, strict=True)]


def _media(files: list[tuple[Path, Format]], path: Path, max_faces: int, name: str) -> Media:
    is_video = files[0][1].kind is Kind.VIDEO
    facts = {"read_with": bag_about.versions()}
    about = About(name, str(path), media=path if is_video else None, unrelated=not is_video, facts=facts)
    return Media(files, about, max_faces)
