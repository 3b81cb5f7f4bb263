"""The resting faces of tracked people: learned, captured on request, or loaded from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from mien.core.baseline import files as baseline_files
from mien.core.baseline.capture import Capture
from mien.core.baseline.learning import Learner, Observation
from mien.core.errors import BaselineError
from mien.core.temporal.clock import ForwardClock
from mien.core.types import UNKNOWN_BASELINE, Baseline, BaselineMethod, PersonBaseline

_FORGET_NS = 10_000_000_000  # a learned resting face is forgotten when its track was not seen for this long
_LOST_NS = 1_000_000_000  # a capture fails when its face was not seen for this long
_MOST_KEPT = 64  # captured or loaded resting faces that are kept, the last seen first


class _Person:
    """The state of one track."""

    def __init__(self) -> None:
        self.seen_ns = 0
        self.learner = Learner()
        self.given: PersonBaseline | None = None  # captured or loaded; then nothing is learned


class People:
    """The resting faces of all tracked people, by track. Times are those of the frames.

    For each image call `meet`, then `see` for every face, then `leave`.
    """

    def __init__(self, model: str, *, weights: str = "", learns: bool = True) -> None:
        """model, weights: the network that reads the faces, and its digest; files keep both.

        learns: also without a capture.
        """
        self._model, self._weights = model, weights
        self._learns = learns
        self._people: dict[int, _Person] = {}
        self._present: tuple[int, ...] = ()
        self._captures: list[Capture] = []
        self._expected: PersonBaseline | None = None
        self._clock = ForwardClock()
        self._now_ns = 0  # of the clock; only `Baseline.since_ns` keeps the stamps of the images

    def __contains__(self, track_id: int) -> bool:
        return track_id in self._people

    def reset(self) -> None:
        """Forget all tracks, but not the resting face of `expect`."""
        self._people, self._present = {}, ()
        for capture in self._captures:
            capture.refuse("the faces were forgotten; try again")
        self._captures = []

    def meet(self, track_ids: Iterable[int], stamp_ns: int) -> None:
        """Begin an image: these tracks and no others are in the image of `stamp_ns`."""
        self._now_ns = self._clock(stamp_ns)
        self._forget()
        self._present = tuple(track_ids)
        for track_id in self._present:
            self._people.setdefault(track_id, _Person()).seen_ns = self._now_ns
        if self._expected is not None and len(self._present) == 1:
            person = self._people[self._present[0]]
            person.given = person.given or self._expected

    def baseline(self, track_id: int) -> PersonBaseline | None:
        """The resting face of a track that was passed to `meet`; None if nothing is known."""
        person = self._people[track_id]
        return person.given or person.learner.baseline

    def see(self, track_id: int, observation: Observation, stamp_ns: int) -> None:
        """Learn from what the image of `stamp_ns` shows of a track that was passed to `meet`."""
        person = self._people[track_id]
        if self._learns and person.given is None:
            person.learner.learn(observation, stamp_ns)
        for capture in self._captures:
            capture.see(track_id, observation, stamp_ns)

    def wait(self, stamp_ns: int) -> None:
        """Time goes on, and no image comes: captures may end. Without one it leaves no trace in later messages."""
        if self._captures:
            self._now_ns = self._clock(stamp_ns)
            self.leave()

    def leave(self) -> None:
        """End an image: finish captures, and forget tracks that were not seen for long."""
        for capture in self._captures:
            for track_id in capture.track_ids:
                person = self._people.get(track_id)
                if person is None or self._now_ns - person.seen_ns > _LOST_NS:
                    capture.refuse(f"face {track_id} was lost; bring it back and try again")
            capture.tick(self._now_ns)
            for track_id, baseline in capture.baselines.items():
                self._people[track_id].given = baseline
        self._captures = [c for c in self._captures if not c.done]
        self._forget()

    def _forget(self) -> None:
        """Who left long ago."""
        kept = sorted((i for i, p in self._people.items() if p.given), key=lambda i: self._people[i].seen_ns)
        forgotten = {*kept[:-_MOST_KEPT]}
        forgotten |= {i for i, p in self._people.items() if not p.given and self._now_ns - p.seen_ns >= _FORGET_NS}
        for track_id in forgotten.difference(self._present):
            del self._people[track_id]

    def capture(self, track_id: int, duration_s: float) -> Capture:
        """Start to capture the resting face of a track (0 = of every present one) from the images that follow.

        The capture sets `done`, then `success` and `message`. After a failure the earlier resting face remains.
        """
        if track_id and track_id not in self._present:
            capture = Capture((track_id,), duration_s)
            capture.refuse(f"face {track_id} is not tracked; tracked: {self._tracked()}")
        else:
            capture = Capture((track_id,) if track_id else tuple(sorted(self._present)), duration_s)
        if not capture.done:
            self._captures.append(capture)
        return capture

    def conclude(self) -> None:
        """Let captures decide by the frames so far, for example at the end of a video."""
        for capture in self._captures:
            capture.conclude()
        self.leave()

    def expect(self, baseline: PersonBaseline) -> None:
        """Use it as the resting face of a track that is alone in an image and has no captured or loaded one."""
        self._expected = baseline

    def save(self, path: Path, track_id: int) -> str:
        """Write the resting face of a track (0 = of the only one) to a file. Raises BaselineError."""
        track_id = self._resolved(track_id)
        baseline = self.baseline(track_id)
        if baseline is None:
            raise BaselineError(f"nothing is known of face {track_id} at rest; capture it first")
        baseline_files.save(baseline, self._model, path, self._weights)
        return f"saved the resting face of {track_id} to {path.absolute()}, {_words(baseline.about)}"

    def read(self, path: Path) -> PersonBaseline:
        """The resting face in a file. Raises BaselineError, also where another network has read it."""
        return baseline_files.load(path, self._model, self._weights)

    def load(self, path: Path, track_id: int) -> str:
        """Read the resting face of a track (0 = of the only one) from a file. Raises BaselineError."""
        track_id = self._resolved(track_id)
        self._people[track_id].given = baseline = self.read(path)
        return f"loaded the resting face of {track_id} from {path.absolute()}, {_words(baseline.about)}"

    def _resolved(self, track_id: int) -> int:
        """The track that a request means. Raises BaselineError if there is none."""
        if track_id in self._present or (track_id in self._people and self._people[track_id].given):
            return track_id
        if track_id:
            raise BaselineError(f"face {track_id} is not tracked; tracked: {self._tracked()}")
        if len(self._present) != 1:
            raise BaselineError(f"track_id 0 means the only face, but tracked are: {self._tracked()}; name one")
        return self._present[0]

    def _tracked(self) -> str:
        return ", ".join(map(str, sorted(self._present))) or "none"


def about(baseline: PersonBaseline | None) -> Baseline:
    """How well a resting face is known."""
    return UNKNOWN_BASELINE if baseline is None else baseline.about


def private(baseline: PersonBaseline | None) -> PersonBaseline | None:
    """The resting face without landmarks: later stages do not need them if the network reads action units."""
    return baseline if baseline is None or baseline.landmarks is None else replace(baseline, landmarks=None)


def _words(known: Baseline) -> str:
    return f"{BaselineMethod(known.method).name.lower()} with confidence {known.confidence:.2f}"
