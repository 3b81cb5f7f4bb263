"""Datasets of faces on disk: a description, and shards of arrays that are read without copying.

data = Dataset("faces")
data["shapes"]  # (1000, 52)
data.shards[0]["crop"]  # (500, 112, 112, 3), mapped from the file
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import DatasetError
from mien_models.head.pictures.draw import DatasetConfig
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

Array = NDArray[Any]

FORMAT = 1
ABOUT = "dataset.json"
# Arrays with named columns: the key of the names in the description, and the expected names.
_NAMED = {"shapes": ("shapes", BLENDSHAPES), "units": ("units", AUS), "coded": ("units", AUS)}


class Dataset:
    """The samples of a folder. `about` is its description: settings, and the names of columns."""

    def __init__(self, path: str | Path, *, partial: bool = False) -> None:
        """Raises DatasetError if the folder is missing, not a dataset, damaged or, unless `partial`, incomplete."""
        self.path = Path(path)
        self.about = read_about(self.path)
        self.config = DatasetConfig(**self.about["settings"])
        there = [s for s in range(self.config.shards) if shard_path(self.path, s).exists()]
        if len(there) < self.config.shards and not partial:
            raise DatasetError(
                f"{self.path} has {len(there)} of {self.config.shards} shards; write it again to go on where it stopped"
            )
        if not there:
            raise DatasetError(f"{self.path} has no complete shard yet")
        orders = _orders(self.path, self.about)
        self.shards = tuple(Shard(shard_path(self.path, s), orders) for s in there)
        self._counts = [len(self.config.indices(s)) for s in there]
        for number, shard, count in zip(there, self.shards, self._counts, strict=True):
            if not shard.holds(count) or shard.keys() != self.shards[0].keys():
                raise DatasetError(_broken(shard_path(self.path, number)))

    def __len__(self) -> int:
        return sum(self._counts)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arrays."""
        return tuple(self.shards[0])

    def __getitem__(self, name: str) -> Array:
        """One array of all samples, read into memory. Raises DatasetError for an unknown name."""
        if name not in self.shards[0]:
            raise DatasetError(f"{self.path} has no array {name}; it has {', '.join(self.names)}")
        first = self.shards[0][name]
        out = np.empty((len(self), *first.shape[1:]), first.dtype)
        for shard, start, count in zip(self.shards, np.cumsum([0, *self._counts]), self._counts, strict=False):
            out[start : start + count] = shard[name]
        return out


def read_about(path: Path) -> dict[str, Any]:
    """The description of a dataset. Raises DatasetError if it is missing or has another format."""
    file = path / ABOUT
    try:
        about = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DatasetError(f"{path} is no dataset: it has no {ABOUT}; make one with `mien actor dataset`") from None
    except (OSError, ValueError) as e:
        raise DatasetError(f"{file} cannot be read: {e}; make the dataset anew in another folder") from e
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        found = about.get("format") if isinstance(about, dict) else None
        raise DatasetError(f"{file} is of format {found}, not {FORMAT}; make the dataset anew in another folder")
    return about


def _orders(path: Path, about: dict[str, Any]) -> dict[str, list[int]]:
    """Column orders, for arrays that are stored in another order than that of `spaces`.

    Raises DatasetError if the dataset has other names.
    """
    orders = {}
    for array, (key, names) in _NAMED.items():
        stored = about.get(key)
        if not isinstance(stored, list) or sorted(map(str, stored)) != sorted(names):
            raise DatasetError(f"{path} has other {key} than this version; make the dataset anew in another folder")
        if tuple(stored) != names:
            orders[array] = [stored.index(name) for name in names]
    return orders


class Shard(Mapping[str, Array]):
    """The arrays of an uncompressed npz, each memory-mapped on request; no file stays open."""

    def __init__(self, path: Path, orders: Mapping[str, list[int]] = MappingProxyType({})) -> None:
        """`orders`: column orders of arrays that are stored differently; these are copied into memory.

        Raises DatasetError if the file is damaged.
        """
        self._path = path
        self._orders = orders
        self._places: dict[str, tuple[np.dtype[Any], tuple[int, ...], int]] = {}
        try:
            with zipfile.ZipFile(path) as archive, path.open("rb") as file:
                for member in archive.infolist():
                    # A local header has 30 bytes, followed by a name and an extra field; its last bytes hold
                    # their lengths.
                    file.seek(member.header_offset + 26)
                    lengths = np.frombuffer(file.read(4), "<u2")
                    file.seek(member.header_offset + 30 + int(lengths.sum()))
                    version = np.lib.format.read_magic(file)
                    shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
                    if version != (1, 0) or fortran or member.compress_type != zipfile.ZIP_STORED:
                        raise ValueError(f"{member.filename} is not stored plainly")
                    self._places[member.filename.removesuffix(".npy")] = dtype, shape, file.tell()
        except (OSError, ValueError, zipfile.BadZipFile) as e:
            raise DatasetError(_broken(path)) from e

    def __getitem__(self, name: str) -> Array:
        dtype, shape, offset = self._places[name]
        array = np.memmap(self._path, dtype, "r", offset, shape)
        return array[..., self._orders[name]] if name in self._orders else array

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def holds(self, count: int) -> bool:
        """Whether every array has this many rows."""
        return bool(self._places) and all(shape[:1] == (count,) for _, shape, _ in self._places.values())


def _broken(path: Path) -> str:
    return f"{path} is broken; delete it and write the dataset again, which makes what is missing"


def shard_path(path: Path, number: int) -> Path:
    """The path of a shard, which need not exist."""
    return path / f"{number:05d}.npz"
