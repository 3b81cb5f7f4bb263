"""Retargeting profiles: read from YAML, checked, and given as targets with their sources and limits."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np

from mien.core.errors import ProfileError
from mien.core.temporal.limits import Limits
from mien.core.types import RigDescription
from mien.retarget.reader import Value, nearest, read
from mien.retarget.sources import SCHEMAS, Sources, mirrored
from mien.retarget.urdf import fits
from mien_models.spaces.arkit import REGIONS, Region
from mien_models.spaces.convert import SPACES

_FOLDER = Path(__file__).with_name("profiles")
SHIPPED = tuple(sorted(p.stem for p in _FOLDER.glob("*.yaml")))

UNITS = ("1", "rad", "deg", "m")
COMBINE = ("sum", "max", "min")
_NAME = re.compile(r"[a-z][a-z0-9_]*")  # it becomes part of a topic
_TOP = (
    "schema", "doc", "source", "space", "extends", "rename", "single", "urdf", "groups", "defaults", "targets",
)  # fmt: skip
_DEFAULTS = (
    "unit", "range", "neutral", "combine", "gamma", "gain", "offset", "deadband", "smoothing_s", "rate", "acceleration",
)  # fmt: skip
# Pairs (new, old): a key of an extending file replaces the other key of the pair.
_INSTEAD = (("from", "mirror"), ("mirror", "from"), ("curve", "gamma"), ("gamma", "curve"))
_TARGET = ("doc", "from", "mirror", "curve", "region", "group", "priority", *_DEFAULTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One output: offset + gain · curve(combined weight · source), within its limits.

    lower, upper, neutral and deadband are in `unit`; rate is in units/s, acceleration in units/s².
    """

    name: str
    doc: str = ""
    unit: str = "1"
    region: Region = Region.MOUTH
    sources: tuple[tuple[str, float], ...] = ()
    combine: str = "sum"
    curve: tuple[tuple[float, float], ...] = ()
    gamma: float = 1.0
    gain: float = 1.0
    offset: float = 0.0
    lower: float = 0.0
    upper: float = 1.0
    neutral: float = 0.0
    deadband: float = 0.0
    smoothing_s: float = 0.0
    rate: float = math.inf
    acceleration: float = math.inf
    group: str = ""
    priority: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """groups: by name, the most that the targets of a group may sum to. single: one body, which follows one face."""

    schema: str
    source: RigDescription
    space: str = ""  # an expression space of `mien_models.spaces`, whose names are sources, too
    doc: str
    single: bool
    groups: Mapping[str, float]
    targets: tuple[Target, ...]
    path: Path

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(t.name for t in self.targets)

    @property
    def description(self) -> RigDescription:
        """The rig description that is published."""
        return RigDescription(
            schema=self.schema,
            names=self.names,
            units=tuple(t.unit for t in self.targets),
            regions=np.array([t.region for t in self.targets], np.uint8),
            lower=np.array([t.lower for t in self.targets], np.float32),
            upper=np.array([t.upper for t in self.targets], np.float32),
            neutral=np.array([t.neutral for t in self.targets], np.float32),
        )

    @property
    def limits(self) -> Limits:
        """(T,) of the targets."""
        rows = [(t.lower, t.upper, t.neutral, t.rate, t.acceleration) for t in self.targets]
        return Limits(*np.array(rows, np.float64).T)


def load(name: str) -> Profile:
    """A shipped profile by its name, or a file by its path. Raises ProfileError."""
    if name in SHIPPED:
        return parse(_FOLDER / f"{name}.yaml")
    path = Path(name).expanduser()
    if path.suffix not in (".yaml", ".yml"):
        raise ProfileError(
            f"no profile is called {name!r}{nearest(name, SHIPPED)}; shipped are {', '.join(SHIPPED)}, "
            "or give a file of your own that ends in .yaml"
        )
    return parse(path)


def export_profile(name: str, folder: Path, body: Path | None = None) -> Path:
    """Copy a shipped profile into a folder, as the beginning of the user's own, and return its path.

    body: the URDF file that it must fit.
    """
    text = (_FOLDER / f"{name}.yaml").read_text("utf-8")
    if body is not None:
        text = text.replace("\ntargets:", f"\nurdf: {body.name}\ntargets:", 1)
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


def parse(path: Path) -> Profile:
    """Read and check a file. Raises ProfileError, which names the line and the reason."""
    file, top = _top(path, ())
    if "schema" not in top:
        raise file.fail("has no schema")
    schema = top["schema"].text()
    if not _NAME.fullmatch(schema):
        raise top["schema"].fail(f"{schema!r} cannot stand in a topic; use a-z, 0-9 and _")
    source = SCHEMAS[top["source"].text(SCHEMAS) if "source" in top else "arkit52"]
    single = "single" in top and top["single"].truth()
    groups = {name: v.number(lo=1e-6) for name, v in top["groups"].table().items()} if "groups" in top else {}
    space = top["space"].text(SPACES) if "space" in top else ""
    sources = Sources(source, space)
    rows = _rows(path, (), sources.told)
    if not rows:
        raise file.fail("has no targets")
    builder = _Builder(sources, groups, single, {n: row.own for row in rows.values() for n in row.names})
    profile = Profile(
        schema=schema,
        source=source,
        space=space,
        doc=top["doc"].text() if "doc" in top else "",
        single=single,
        groups=groups,
        targets=tuple(builder.target(name, row) for name, row in rows.items()),
        path=path,
    )
    if "urdf" in top:
        body = top["urdf"].path.parent / top["urdf"].text()
        try:
            fits(profile.limits, profile.names, body)
        except ValueError as error:
            raise top["urdf"].fail(str(error)) from error
    return profile


@dataclass(frozen=True, slots=True)
class _Row:
    """The keys of a target and of its defaults. at: its place in the file; names: all names that it has had."""

    at: Value
    own: Mapping[str, Value]
    defaults: Mapping[str, Value]
    names: tuple[str, ...]

    def over(self, at: Value, own: Mapping[str, Value]) -> _Row:
        """This row with the keys of an extending file; of keys that exclude each other the new one replaces the old."""
        gone = {old for new, old in _INSTEAD if new in own and old not in own}
        return replace(self, at=at, own={**{k: v for k, v in self.own.items() if k not in gone}, **own})


def _top(path: Path, seen: tuple[Path, ...]) -> tuple[Value, dict[str, Value]]:
    """A file and its keys, merged over those of the file that it extends."""
    file = read(path)
    top = file.table(_TOP)
    if "extends" in top:
        base = _base(path, top["extends"], seen)
        return file, {**_top(base, (*seen, path))[1], **top}
    return file, top


def _rows(path: Path, seen: tuple[Path, ...], told: tuple[str, ...]) -> dict[str, _Row]:
    """The targets of a file, merged over those of the file that it extends.

    If the file names a space, its names (`told`) become targets first.
    """
    top = read(path).table(_TOP)
    defaults = top["defaults"].table(_DEFAULTS) if "defaults" in top else {}
    rows: dict[str, _Row] = {}
    if "extends" in top:
        base = _rows(_base(path, top["extends"], seen), (*seen, path), told)
        rows = {name: replace(row, defaults={**row.defaults, **defaults}) for name, row in base.items()}
    if "space" in top:
        rows |= {name: _Row(top["space"], {}, defaults, (name,)) for name in told if name not in rows}
    for old, new in (top["rename"].table(rows) if "rename" in top else {}).items():
        name = new.text()
        if name in rows:
            raise new.fail(f"there is a {name} already")
        rows = {name if n == old else n: row for n, row in rows.items()}
        rows[name] = replace(rows[name], names=(*rows[name].names, name))
    for name, value in (top["targets"].table() if "targets" in top else {}).items():
        own = value.table(_TARGET)
        rows[name] = rows[name].over(value, own) if name in rows else _Row(value, own, defaults, (name,))
    return rows


def _base(path: Path, value: Value, seen: tuple[Path, ...]) -> Path:
    name = value.text()
    base = _FOLDER / f"{name}.yaml" if name in SHIPPED else path.parent / Path(name).expanduser()
    if base in (*seen, path):
        raise value.fail(f"{name} extends this file, directly or in turn")
    if not base.is_file():
        raise value.fail(f"there is no profile {name}{nearest(name, SHIPPED)}; shipped are {', '.join(SHIPPED)}")
    return base


class _Builder:
    """Builds targets from rows. others: the own keys of all rows, by name."""

    def __init__(
        self, sources: Sources, groups: Mapping[str, float], single: bool, others: Mapping[str, Mapping[str, Value]]
    ) -> None:
        self._sources = sources
        self._groups = groups
        self._single = single
        self._others = others

    def target(self, name: str, given_row: _Row) -> Target:
        row, own = given_row.at, given_row.own
        given = {**given_row.defaults, **own}
        flip = False
        if "mirror" in own:
            other = own["mirror"].text(self._others)
            twin = self._others[other]
            if "mirror" in twin:
                raise own["mirror"].fail(f"{other} is a mirror itself")
            if "from" in own:
                raise own["from"].fail("stands beside mirror, which gives it")
            given = {**given_row.defaults, **twin, **own}
            flip = True
        sources = self._from(given_row.names, row, given, flip)
        ranges = (self._sources.range_of(n) for n in given_row.names)
        of_space = next((r for r in ranges if r is not None), (0.0, 1.0, 0.0))
        lower, upper, rest = (*self._range(given), 0.0) if "range" in given else of_space
        if "neutral" not in given and not lower <= rest <= upper:
            raise row.fail(f"has no neutral, and 0 is outside of [{lower:g}, {upper:g}]")
        curve = self._curve(given["curve"]) if "curve" in given else ()
        if curve and "gamma" in own:
            raise own["gamma"].fail("stands beside a curve; use one of them")

        def number(key: str, default: float, lo: float = -math.inf, hi: float = math.inf) -> float:
            return given[key].number(lo, hi) if key in given else default

        target = Target(
            name=name,
            doc=given["doc"].text() if "doc" in given else "",
            unit=given["unit"].text(UNITS) if "unit" in given else "1",
            region=self._region(given, sources),
            sources=sources,
            combine=given["combine"].text(COMBINE) if "combine" in given else "sum",
            curve=curve,
            gamma=1.0 if curve else number("gamma", 1.0, 0.05, 20),
            gain=number("gain", 1.0),
            offset=number("offset", 0.0),
            lower=lower,
            upper=upper,
            neutral=number("neutral", rest, lower, upper),
            deadband=number("deadband", 0.0, 0, upper - lower),
            smoothing_s=number("smoothing_s", 0.0, 0, 10),
            rate=number("rate", math.inf, 1e-6),
            acceleration=number("acceleration", math.inf, 1e-6),
            group=given["group"].text(self._groups) if "group" in given else "",
            priority=int(number("priority", 0, -1000, 1000)),
        )
        if self._single and not (math.isfinite(target.rate) and math.isfinite(target.acceleration)):
            raise row.fail("of a single body needs a rate and an acceleration, here or in defaults")
        if target.unit != "1" and not math.isfinite(target.rate):
            raise row.fail(f"in {target.unit} needs a rate, here or in defaults")
        return target

    def _from(
        self, names: tuple[str, ...], row: Value, given: Mapping[str, Value], flip: bool
    ) -> tuple[tuple[str, float], ...]:
        index = self._sources.index
        if "from" not in given:
            own = next((n for n in names if n in index), None)
            if own is None:
                raise row.fail(f"has no from, and no source is called {names[-1]}{nearest(names[-1], index)}")
            return ((own, 1.0),)
        found = []
        for source, weight in given["from"].table().items():
            if source not in index:
                raise weight.fail(f"no source is called {source}{nearest(source, index)}")
            value = weight.number()
            if flip:
                source, sign = mirrored(source)
                value *= sign
            found.append((source, value))
        return tuple(found)

    @staticmethod
    def _range(given: Mapping[str, Value]) -> tuple[float, float]:
        ends = [v.number() for v in given["range"].items()]
        if len(ends) != 2 or not ends[0] < ends[1]:
            raise given["range"].fail(f"must be two numbers that rise, got {ends}")
        return ends[0], ends[1]

    @staticmethod
    def _curve(value: Value) -> tuple[tuple[float, float], ...]:
        points = []
        for item in value.items():
            point = tuple(v.number() for v in item.items())
            if len(point) != 2:
                raise item.fail(f"must be two numbers, x and y, got {list(point)}")
            points.append((point[0], point[1]))
        if len(points) < 2:
            raise value.fail("needs two points or more")
        if any(a[0] >= b[0] for a, b in pairwise(points)):
            raise value.fail("must rise in x from point to point")
        return tuple(points)

    def _region(self, given: Mapping[str, Value], sources: tuple[tuple[str, float], ...]) -> Region:
        """The region that is given, or that of the source with the largest weight."""
        if "region" in given:
            return Region(REGIONS.index(given["region"].text(REGIONS)))
        if not sources:
            return Region.MOUTH
        name, _ = max(sources, key=lambda s: abs(s[1]))
        return self._sources.region(name)
