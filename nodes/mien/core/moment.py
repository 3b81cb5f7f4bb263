"""All outputs of the stages for one image."""

from __future__ import annotations

from typing import Any, Generic, TypeVar, overload

from mien.core.stage import STAGES, order
from mien.core.types import (
    U8,
    Affect,
    Affects,
    Expression,
    Expressions,
    Face,
    Faces,
    Intrinsics,
    Rig,
    Rigs,
    StageTime,
)

T = TypeVar("T")


class _Part(Generic[T]):
    """The output of a stage as an attribute; None where the stage gave none."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, moment: None, owner: type) -> _Part[T]: ...
    @overload
    def __get__(self, moment: Moment, owner: type) -> T | None: ...
    def __get__(self, moment: Moment | None, owner: type) -> T | _Part[T] | None:
        return self if moment is None else moment.parts.get(self._name)

    def __set__(self, moment: Moment, value: T | None) -> None:
        moment.parts[self._name] = value


class Moment:
    """The outputs of the stages for one image, or for one step of a rig that eases without images.

    `parts` holds the outputs by name of the stage; those of the built-in stages are attributes, too.
    """

    __slots__ = ("image", "intrinsics", "parts", "received_ns", "stamp_ns")

    faces = _Part[Faces]()
    expressions = _Part[Expressions]()
    affects = _Part[Affects]()
    rigs = _Part[Rigs]()

    def __init__(
        self,
        stamp_ns: int,
        image: U8 | None = None,
        *,
        intrinsics: Intrinsics | None = None,
        received_ns: dict[str, int] | None = None,
        **parts: Any,
    ) -> None:
        """image: H×W×3 RGB. received_ns: by part (image, faces, …), when it arrived."""
        self.stamp_ns = stamp_ns
        self.image = image
        self.intrinsics = intrinsics
        self.received_ns = received_ns or {}
        self.parts: dict[str, Any] = parts

    def but(self, **parts: Any) -> Moment:
        """A copy with some parts replaced; None removes a part."""
        whole = {name: part for name, part in (self.parts | parts).items() if part is not None}
        return Moment(self.stamp_ns, self.image, intrinsics=self.intrinsics, received_ns=self.received_ns, **whole)

    @property
    def is_frame(self) -> bool:
        """Whether it belongs to an image; False for a step of an easing rig."""
        return self.image is not None or any(p is not None for name, p in self.parts.items() if name != "rigs")

    @property
    def is_processed(self) -> bool:
        """Whether the stages processed this image; under `graph.privacy` only its expressions show that."""
        return self.faces is not None or self.expressions is not None or self.affects is not None

    @property
    def said(self) -> list[Any]:
        """The outputs that exist, in the order of the stages."""
        return [part for spec in STAGES if (part := self.parts.get(spec.name)) is not None]

    @property
    def stages(self) -> tuple[StageTime, ...]:
        """When each stage finished, in the order of the stages."""
        times = {time.stage: time for part in self.said for time in part.stages}
        return tuple(times[name] for name in order(times))

    @property
    def track_ids(self) -> tuple[int, ...]:
        """Ids of all faces in any part except the rigs: a rig outlives its face."""
        ids = {f.track_id for f in self.faces.faces} if self.faces else set()
        ids |= {e.track_id for e in self.expressions.expressions} if self.expressions else set()
        ids |= {a.track_id for a in self.affects.affects} if self.affects else set()
        return tuple(sorted(ids))

    def face(self, track_id: int) -> Face | None:
        faces = self.faces.faces if self.faces else ()
        return next((f for f in faces if f.track_id == track_id), None)

    def expression(self, track_id: int) -> Expression | None:
        expressions = self.expressions.expressions if self.expressions else ()
        return next((e for e in expressions if e.track_id == track_id), None)

    def affect(self, track_id: int) -> Affect | None:
        affects = self.affects.affects if self.affects else ()
        return next((a for a in affects if a.track_id == track_id), None)

    def rig(self, track_id: int) -> Rig | None:
        rigs = self.rigs.rigs if self.rigs else ()
        return next((r for r in rigs if r.track_id == track_id), None)
