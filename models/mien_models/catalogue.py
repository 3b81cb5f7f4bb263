"""Parse the registry file into typed, checked values."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from mien_models.convert.images import Pixels
from mien_models.convert.recipe import OutputRecipe, Recipe
from mien_models.errors import ModelError

# The same parser has another name before Python 3.11.
_toml: Any = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")

Channel = Literal["pypi", "npm"]
_SHARED = ("title", "task", "licence", "card", "inputs", "outputs")
_OF_REPOSITORY = "registry.toml stands beside the package in the repository and inside it in a wheel"


@dataclass(frozen=True, slots=True)
class Package:
    """One released package: its package index, name and version."""

    channel: Channel
    name: str
    version: str

    def __str__(self) -> str:
        joint = "==" if self.channel == "pypi" else "@"
        return f"{self.name}{joint}{self.version}"


@dataclass(frozen=True, slots=True)
class PackageSource:
    """The place of files inside a package: in a `folder`, or as members of a zip `archive`."""

    package: Package
    folder: str | None = None
    archive: str | None = None


@dataclass(frozen=True, slots=True)
class TensorInfo:
    """One input or output: name, shape after N, dtype, range (if it has one), meaning."""

    name: str
    shape: tuple[int | str, ...]
    dtype: str
    range: tuple[float, float] | None
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One network or data file of the registry.

    `files` maps original file names to their sha256. They are in packages, or tracked in
    `folder`. Data has no recipe and is used unchanged. `int8` names a network with the same inputs and
    outputs whose convolutions are 8-bit.
    """

    name: str
    title: str
    files: Mapping[str, str]
    sources: tuple[PackageSource, ...]
    task: str = ""
    licence: str = ""
    card: str = ""
    optional: bool = False
    inputs: tuple[TensorInfo, ...] = ()
    outputs: tuple[TensorInfo, ...] = ()
    recipe: Recipe | None = None
    folder: Path | None = None
    int8: str = ""

    @property
    def is_network(self) -> bool:
        """True for networks, which are converted; false for data files."""
        return self.recipe is not None


def find_registry() -> Path:
    """The registry file of this installation; ModelError when it is missing."""
    package = Path(__file__).parent
    for folder in (package, package.parent):
        if (folder / "registry.toml").is_file():
            return folder / "registry.toml"
    raise ModelError(f"registry.toml is not in {package}; reinstall mien ({_OF_REPOSITORY})")


def read_catalogue(path: Path) -> dict[str, Entry]:
    """Parse a registry file into entries by name.

    Raises ModelError naming the file, the entry and what is wrong with it.
    """
    try:
        document = _toml.loads(path.read_text("utf-8"))
    except (OSError, _toml.TOMLDecodeError) as error:
        raise ModelError(f"cannot read {path}: {error}") from error

    def tables(kind: str) -> list[tuple[str, Any]]:
        found = document.get(kind, {})
        if not isinstance(found, dict):
            raise ModelError(f"{path}: {kind} is no table: write [{kind}.NAME]")
        return list(found.items())

    bundles = {name: _guard(path, name, _sources, table) for name, table in tables("bundles")}
    networks = [(name, _guard(path, name, _inherited, table, document)) for name, table in tables("networks")]
    entries = [
        *(_guard(path, name, _network, table, name, bundles, path.parent) for name, table in networks),
        *(_guard(path, name, _data, table, name, bundles) for name, table in tables("data")),
    ]
    return {entry.name: entry for entry in entries}


def _guard(path: Path, name: str, parse: Any, *args: Any) -> Any:
    """Add file and entry to any error while parsing one table."""
    try:
        value = parse(*args)
        for part in value if isinstance(value, tuple) else [value]:
            _check(part, type(part), "")
    except KeyError as error:
        raise ModelError(f"{path}: [{name}] has no {error}") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise ModelError(f"{path}: [{name}]: {error}") from error
    return value


def _check(value: Any, hint: Any, name: str) -> None:
    """Raise ValueError if a value does not have the type of its field."""
    origin, args = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint) and isinstance(value, hint):
        hints = _hints(type(value))
        for field in dataclasses.fields(value):
            _check(getattr(value, field.name), hints[field.name], field.name)
    elif origin is Literal:
        if value not in args:
            raise ValueError(f"{name} is {value!r}; there are {', '.join(map(repr, args))}")
    elif origin is tuple and isinstance(value, tuple) and (args[-1] is ... or len(args) == len(value)):
        for i, item in enumerate(value):
            _check(item, args[0] if args[-1] is ... else args[i], name)
    elif origin is Mapping and isinstance(value, dict):
        for key, item in value.items():
            _check(key, args[0], name)
            _check(item, args[1], f"{name} of {key}")
    elif origin in (Union, UnionType):
        _check_union(value, args, name)
    elif not _is_a(value, hint):
        raise ValueError(f"{name} is {value!r}, which is no {getattr(hint, '__name__', hint)}")


# Of a class always the same, and found by evaluating its source; a start of mien reads the registry several times.
_hints = cache(get_type_hints)


def _check_union(value: Any, hints: tuple[Any, ...], name: str) -> None:
    problems = []
    for hint in hints:
        try:
            _check(value, hint, name)
        except ValueError as error:
            problems.append(error)
        else:
            return
    raise problems[0]


def _is_a(value: Any, kind: Any) -> bool:
    if kind in (int, float):
        return isinstance(value, (int, float) if kind is float else int) and not isinstance(value, bool)
    return isinstance(kind, type) and isinstance(value, kind)


def parse_package(text: str) -> Package:
    """Parse `pypi:NAME==VERSION` or `npm:NAME@VERSION`; ValueError for anything else."""
    channel, _, rest = text.partition(":")
    if channel == "pypi":
        name, _, version = rest.partition("==")
        if name and version:
            return Package("pypi", name, version)
    elif channel == "npm":
        name, _, version = rest.rpartition("@")
        if name and version:
            return Package("npm", name, version)
    raise ValueError(f"{text!r} is neither pypi:NAME==VERSION nor npm:NAME@VERSION")


def _sources(table: Mapping[str, Any]) -> tuple[PackageSource, ...]:
    sources = tuple(
        PackageSource(parse_package(item["package"]), item.get("folder"), item.get("archive"))
        for item in table["sources"]
    )
    for source in sources:
        if (source.folder is None) == (source.archive is None):
            raise ValueError(f"{source.package} needs exactly one of folder and archive")
    return sources


def _inherited(table: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A network's table with what it shares with the one that `like` names."""
    if "like" not in table:
        return dict(table)
    other = _inherited(document["networks"][table["like"]], document)
    shared = {key: other[key] for key in _SHARED}
    return {**shared, **table}


def _network(
    table: Mapping[str, Any], name: str, bundles: Mapping[str, tuple[PackageSource, ...]], root: Path
) -> Entry:
    outputs = table.get("outputs", {})
    convert = dict(table["convert"])
    if "pixels" in convert:
        convert["pixels"] = Pixels(**convert["pixels"])
    if "points" in convert:
        convert["points"] = tuple(convert["points"])
    return Entry(
        name=name,
        title=table["title"],
        task=table["task"],
        licence=table["licence"],
        card=table["card"],
        optional=table.get("optional", False),
        files=table["files"],
        sources=() if "folder" in table else bundles[table["bundle"]],
        folder=root / table["folder"] if "folder" in table else None,
        int8=table.get("int8", ""),
        inputs=_tensors(table.get("inputs", {})),
        outputs=_tensors(outputs),
        recipe=Recipe(
            outputs=tuple(
                OutputRecipe(
                    name=key,
                    tensor=value["tensor"],
                    shape=tuple(value["shape"]),
                    sigmoid=value.get("sigmoid", False),
                )
                for key, value in outputs.items()
                if "tensor" in value
            ),
            **convert,
        ),
    )


def _data(table: Mapping[str, Any], name: str, bundles: Mapping[str, tuple[PackageSource, ...]]) -> Entry:
    return Entry(
        name=name,
        title=table["title"],
        files={table["file"]: table["sha256"]},
        sources=bundles[table["bundle"]],
    )


def _tensors(table: Mapping[str, Mapping[str, Any]]) -> tuple[TensorInfo, ...]:
    return tuple(
        TensorInfo(
            name=name,
            shape=tuple(item["shape"]),
            dtype=item.get("dtype", "float32"),
            range=tuple(item["range"]) if "range" in item else None,
            meaning=item["meaning"],
        )
        for name, item in table.items()
    )
