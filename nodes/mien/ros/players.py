"""Which stages a node of rigs plays, also while that choice changes. Pure: whoever uses it opens and closes outputs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from mien.core.types import Header, RigDescription, Rigs


class Eased(Protocol):
    """What a stage of rigs does when it hears nothing more."""

    @property
    def description(self) -> RigDescription: ...
    def idle(self, header: Header) -> Rigs | None: ...


StageT = TypeVar("StageT", bound=Eased)
OutT = TypeVar("OutT")


@dataclass(slots=True, eq=False)
class Player(Generic[StageT, OutT]):
    """A stage, and where its rigs go. leaving: it is chosen no more; rests: and all that it moved is at neutral."""

    stage: StageT
    out: OutT
    leaving: bool = False
    rests: bool = False

    @property
    def schema(self) -> str:
        return self.stage.description.schema

    def ease(self, header: Header) -> Rigs | None:
        """The rigs of one that leaves, as if its faces were lost; None where nothing is left to move."""
        rigs = None if self.rests else self.stage.idle(header)
        self.rests = rigs is None
        return rigs


class Players(Generic[StageT, OutT]):
    """The stages by schema.

    `choose` and `tidy` belong to one thread, stages to another: what is iterated there stays valid, since `tidy` closes
    an output only after the stage that wrote to it has come to rest.
    """

    def __init__(self, start: Callable[[StageT], OutT], close: Callable[[OutT], None]) -> None:
        self._start, self._close = start, close
        self._all: tuple[Player[StageT, OutT], ...] = ()

    def __iter__(self) -> Iterator[Player[StageT, OutT]]:
        return iter(self._all)

    def choose(self, schemas: Collection[str], make: Callable[[str], StageT]) -> None:
        """Play these from now on. One that is left out eases to neutral first; chosen again, it goes on as it stands.

        make: the stage of a schema that is not there yet.
        """
        for player in self._all:
            left = player.schema not in schemas
            if left and not player.leaving:
                player.rests = False
            player.leaving = left
        there = {player.schema for player in self._all}
        stages = [make(schema) for schema in schemas if schema not in there]
        self._all += tuple(Player(stage, self._start(stage)) for stage in stages)

    def tidy(self) -> Sequence[StageT]:
        """Close the outputs of those that have come to rest; their stages."""
        over = [p for p in self._all if p.leaving and p.rests]
        self._all = tuple(p for p in self._all if p not in over)
        for player in over:
            self._close(player.out)
        return [player.stage for player in over]

    def __str__(self) -> str:
        """Their schemas, for diagnostics."""
        return ", ".join(f"{p.schema} (eases to neutral)" if p.leaving else p.schema for p in self._all)
