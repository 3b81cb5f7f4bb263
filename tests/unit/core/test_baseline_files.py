"""Resting faces in files."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mien.core.baseline.files import load, save
from mien.core.errors import BaselineError
from mien.core.types import Baseline, BaselineMethod, PersonBaseline

WHOLE = PersonBaseline(
    about=Baseline(BaselineMethod.CAPTURED, 0.875, 1_795_154_551_634_132_476),
    blendshapes=np.linspace(0, 0.5, 52, dtype=np.float32),
    au_intensity=np.linspace(0, 2.5, 37, dtype=np.float32),
    embedding=np.array([0.48, 0.6, 0.64], np.float32),
    landmarks=np.random.default_rng(0).normal(size=(478, 2)).astype(np.float32),
    head=np.array([0.5, -0.5, 0.5, 0.5]),
    emotion=np.linspace(0, 0.25, 8, dtype=np.float32),
    affect=np.array([-0.25, 0.125], np.float32),
)
LITTLE = PersonBaseline(about=Baseline(BaselineMethod.LEARNED, 0.5, 3), blendshapes=np.zeros(52, np.float32))


@pytest.mark.parametrize("baseline", [WHOLE, LITTLE], ids=["whole", "little"])
def test_what_is_saved_is_loaded_to_the_last_bit(tmp_path: Path, baseline: PersonBaseline) -> None:
    path = tmp_path / "ann.npz"
    save(baseline, "encoder_small", path)
    loaded = load(path, "encoder_small")
    assert loaded.about == replace(baseline.about, method=BaselineMethod.LOADED)
    for name in ("blendshapes", "au_intensity", "embedding", "landmarks", "head", "emotion", "affect"):
        before, after = getattr(baseline, name), getattr(loaded, name)
        assert (before is None) == (after is None)
        if before is not None:
            assert after.dtype == before.dtype
            np.testing.assert_array_equal(after, before)
    save(loaded, "encoder_small", path)  # and once more
    np.testing.assert_array_equal(load(path, "encoder_small").blendshapes, baseline.blendshapes)


def test_it_is_its_owners_alone_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "ann.npz"
    save(WHOLE, "encoder_small", path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["ann.npz"]


def test_a_file_that_cannot_be_written_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ann.npz"
    save(WHOLE, "encoder_small", path)
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BaselineError, match=r"ann\.npz: cannot be written: No space left"):
        save(LITTLE, "encoder_small", path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["ann.npz"]


def test_no_folder_and_another_ending_are_named(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="cannot be written: No such file or directory; choose a folder"):
        save(WHOLE, "encoder_small", tmp_path / "none" / "ann.npz")
    with pytest.raises(BaselineError, match=r"ann\.json: the name of a resting face's file ends in \.npz"):
        save(WHOLE, "encoder_small", tmp_path / "ann.json")


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nobody.npz", tmp_path):
        with pytest.raises(BaselineError, match=r"cannot be read: .*; save a resting face there first"):
            load(path, "encoder_small")


def test_only_a_resting_face_is_replaced(tmp_path: Path) -> None:
    other = tmp_path / "thesis.npz"
    np.savez(other, data=np.arange(3))
    before = other.read_bytes()
    with pytest.raises(BaselineError, match="exists and is not a resting face; remove it"):
        save(WHOLE, "net", other)
    assert other.read_bytes() == before
    save(WHOLE, "net", tmp_path / "me.npz")
    save(WHOLE, "net", tmp_path / "me.npz")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    with pytest.raises(BaselineError, match="is no regular file"):
        load(tmp_path / "pipe.npz", "net")


def test_a_face_that_another_network_read_is_refused(tmp_path: Path) -> None:
    save(WHOLE, "blendshapes_v2", tmp_path / "ann.npz")
    with pytest.raises(BaselineError, match=r"was read by blendshapes_v2, and expressions\.model is encoder_small"):
        load(tmp_path / "ann.npz", "encoder_small")


WRONG = {
    "kind": (np.array("something"), "is another kind of file"),
    "version": (np.array(1), "is of version 1, this mien reads 2"),
    "model": (np.array(3), "model is no text"),
    "weights": (np.array("others"), "was read by other weights of encoder_small than this mien has"),
    "method": (np.array(9), r"method is no number in \[0, 3\]"),
    "confidence": (np.array(np.nan), r"confidence is no number in \[0, 1\]"),
    "since_ns": (np.array(-1), "since_ns is no number"),
    "blendshapes": (np.full(52, 0.6, np.float32), r"blendshapes is outside \[0, 0.5\]"),
    "au_intensity": (np.zeros(36, np.float32), r"au_intensity is float32\[36\]"),
    "embedding": (np.array([0.1, 0.2], np.float32), "embedding has not the norm 1"),
    "landmarks": (np.zeros((477, 2), np.float32), r"landmarks is \[477, 2\], not \[478, 2\]"),
    "emotion": (np.full(8, -0.1, np.float32), r"emotion is outside \[0, 1\]"),
    "affect": (np.zeros(3, np.float32), r"affect is float32\[3\]"),
    "head": (np.array([0.0, np.nan, 0.0, 1.0]), r"head is outside \[-1, 1\]"),
}


def _rewritten(path: Path, **changes: Any) -> Path:
    path.unlink(missing_ok=True)
    save(WHOLE, "encoder_small", path)
    with np.load(path) as file:
        values = {name: file[name] for name in file.files}
    np.savez(path, **{k: v for k, v in (values | changes).items() if v is not None})
    return path


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_named(tmp_path: Path, name: str) -> None:
    value, says = WRONG[name]
    with pytest.raises(BaselineError, match=says):
        load(_rewritten(tmp_path / "ann.npz", **{name: value}), "encoder_small")
    with pytest.raises(BaselineError, match=f"has no {name}"):
        load(_rewritten(tmp_path / "ann.npz", **{name: None}), "encoder_small")


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="is damaged"):
        load(_rewritten(tmp_path / "ann.npz", blendshapes=np.array([None] * 52, object)), "encoder_small")


@pytest.mark.parametrize("write", [np.savez, np.savez_compressed], ids=["plain", "compressed"])
def test_a_huge_file_is_not_read(tmp_path: Path, write: Any) -> None:
    write(tmp_path / "ann.npz", landmarks=np.zeros((478, 2000), np.float32))
    with pytest.raises(BaselineError, match="is too large"):
        load(tmp_path / "ann.npz", "encoder_small")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.data())
def test_a_damaged_file_is_refused_and_nothing_else_happens(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "ann.npz"
    path.unlink(missing_ok=True)
    save(WHOLE, "encoder_small", path)
    whole = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
    with contextlib.suppress(BaselineError):  # a change may lie where nothing is told
        load(path, "encoder_small")
