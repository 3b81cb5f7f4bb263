"""Datasets on disk, with pictures that are made up: what is written, when, and what is refused."""

from __future__ import annotations

import itertools
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import psutil
import pytest

from mien_models import FakeSession
from mien_models.datasets import write as writing
from mien_models.datasets.dataset import Dataset
from mien_models.datasets.write import missing_samples, write
from mien_models.errors import DatasetError
from mien_models.head.motion.draw import Kind
from mien_models.head.pictures.draw import NEUTRALS, PER_PERSON, PER_SHARD, DatasetConfig, Expressions, read_landmarks

CONFIG = DatasetConfig(images=2 * PER_SHARD + 7)


def drawn(index: int) -> tuple[np.ndarray, dict[str, Any]]:
    """A picture and a row that say which they are."""
    image = np.full((8, 8, 3), index % 256, np.uint8)
    row = {"kind": np.uint8(index % 4), "value": np.float32(index), "name": np.array(f"n{index}", "U16"),
           "crop": image}  # fmt: skip
    return image, row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "faces"
    write(path, CONFIG, draw=drawn)
    return path


def test_what_was_written_is_read(folder: Path) -> None:
    data = Dataset(folder)
    assert len(data) == CONFIG.images
    np.testing.assert_array_equal(data["value"], np.arange(CONFIG.images))
    assert data["name"][1000] == "n1000"
    assert [len(shard["crop"]) for shard in data.shards] == [PER_SHARD, PER_SHARD, 7]
    assert isinstance(data.shards[1]["crop"], np.memmap)
    np.testing.assert_array_equal(data.shards[1]["crop"][3], drawn(PER_SHARD + 3)[0])
    assert data.config == CONFIG
    assert len(data.about["shapes"]) == 52
    with pytest.raises(DatasetError, match=r"no array gaze; it has kind, value"):
        data["gaze"]


def test_no_file_stays_open(folder: Path) -> None:
    """A dataset may have more shards than a process may have files."""
    process = psutil.Process()
    before = process.num_fds()
    data = Dataset(folder)
    assert len(data["value"]) == CONFIG.images
    assert process.num_fds() == before


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Killed in the second shard: the first stays as it is, and the rest is what it would have been."""

    def dies(index: int) -> Any:
        if index == PER_SHARD + 20:
            raise KeyboardInterrupt
        return drawn(index)

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, CONFIG, draw=dies)
    (tmp_path / "00001.npz.77.tmp").write_bytes(b"left by a process that was killed")
    first = (tmp_path / "00000.npz").stat()
    with pytest.raises(DatasetError, match="1 of 3 shards"):
        Dataset(tmp_path)
    np.testing.assert_array_equal(Dataset(tmp_path, partial=True)["value"], np.arange(PER_SHARD))

    steps: list[int] = []
    assert missing_samples(tmp_path, CONFIG) == PER_SHARD + 7
    assert write(tmp_path, CONFIG, draw=drawn, advance=steps.append) == PER_SHARD + 7 == sum(steps)
    again = (tmp_path / "00000.npz").stat()
    assert (first.st_ino, first.st_mtime_ns) == (again.st_ino, again.st_mtime_ns)
    np.testing.assert_array_equal(Dataset(tmp_path)["value"], np.arange(CONFIG.images))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["00000.npz", "00001.npz", "00002.npz", "dataset.json"]


def test_what_is_complete_is_left_alone(folder: Path) -> None:
    def never(index: int) -> Any:
        raise AssertionError(index)

    assert write(folder, CONFIG, draw=never) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [({"seed": 1}, "seed 0, not 1"), ({"images": 9}, "images 1007, not 9"), ({"split": "test"}, "split train, not te")],
)
def test_a_folder_of_other_settings_is_refused(folder: Path, change: dict[str, Any], said: str) -> None:
    with pytest.raises(DatasetError, match=said):
        write(folder, replace(CONFIG, **change), draw=drawn)


def test_columns_are_read_by_their_names(tmp_path: Path) -> None:
    """A dataset that was written in another order of shapes, as those before the order of ARKit were."""
    config = DatasetConfig(images=3)

    def named(index: int) -> Any:
        image, row = drawn(index)
        return image, row | {"shapes": np.arange(52, dtype=np.float32), "units": np.arange(37, dtype=np.float32)}

    write(tmp_path, config, draw=named)
    about = json.loads((tmp_path / "dataset.json").read_text())
    about["shapes"].sort()
    (tmp_path / "dataset.json").write_text(json.dumps(about))
    data = Dataset(tmp_path)
    jaw, blink = about["shapes"].index("jawOpen"), about["shapes"].index("eyeBlinkLeft")
    assert data["shapes"][:, 17].tolist() == [jaw] * 3  # where ARKit has jawOpen
    assert data.shards[0]["shapes"][1, 0] == blink
    assert data["units"][2].tolist() == list(range(37))
    with pytest.raises(DatasetError, match=r"another version \(shapes differ\)"):
        write(tmp_path, config, draw=named)
    about["shapes"][0] = "browDown"
    (tmp_path / "dataset.json").write_text(json.dumps(about))
    with pytest.raises(DatasetError, match="has other shapes than this version"):
        Dataset(tmp_path)


def test_a_folder_of_another_version_is_refused(folder: Path) -> None:
    about = json.loads((folder / "dataset.json").read_text())
    (folder / "dataset.json").write_text(json.dumps(about | {"units": ["AU1"]}))
    with pytest.raises(DatasetError, match=r"another version \(units differ\)"):
        write(folder, CONFIG, draw=drawn)


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(DatasetError, match="not empty and no dataset"):
        write(tmp_path, CONFIG, draw=drawn)
    assert (tmp_path / "letter.txt").read_text() == "dear"


def truncated(path: Path) -> None:
    (path / "00001.npz").write_bytes((path / "00001.npz").read_bytes()[:9000])


def of_other_length(path: Path) -> None:
    (path / "00001.npz").write_bytes((path / "00002.npz").read_bytes())


def shard_of_text(path: Path) -> None:
    (path / "00001.npz").write_text("hello")


def about_of_text(path: Path) -> None:
    (path / "dataset.json").write_text("hello")


def of_the_future(path: Path) -> None:
    (path / "dataset.json").write_text('{"format": 99}')


def a_list(path: Path) -> None:
    (path / "dataset.json").write_text("[]")


def without_about(path: Path) -> None:
    (path / "dataset.json").unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (truncated, "00001.npz is broken; delete it"),
        (of_other_length, "00001.npz is broken; delete it"),
        (shard_of_text, "00001.npz is broken; delete it"),
        (about_of_text, "cannot be read"),
        (of_the_future, "format 99, not 1"),
        (a_list, "format None"),
        (without_about, "is no dataset"),
    ],
)
def test_a_broken_folder_is_named(folder: Path, harm: Callable[[Path], None], said: str) -> None:
    harm(folder)
    with pytest.raises(DatasetError, match=said):
        Dataset(folder)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="nowhere is no dataset"):
        Dataset(tmp_path / "nowhere")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError, match="cannot be written"):
        write(tmp_path / "file" / "faces", CONFIG, draw=drawn)


# --- several processes -----------------------------------------------------------------------------

# Four shards by two workers. Each waits for the other once; from the third shard on they are slow.
SPREAD = """
import os, signal, sys, time
from pathlib import Path

import numpy as np

from mien_models.datasets.write import write
from mien_models.head.pictures.draw import PER_SHARD, DatasetConfig

folder, pause = Path(sys.argv[1]), float(sys.argv[2])


def drawn(index):
    here = folder.with_name("workers")
    (here / str(os.getpid())).touch()
    until = time.monotonic() + 60
    while len(list(here.iterdir())) < 2:
        assert time.monotonic() < until, "no second worker came"
        time.sleep(0.01)
    if index >= 2 * PER_SHARD:
        time.sleep(pause)
    image = np.full((8, 8, 3), index % 256, np.uint8)
    return image, {"value": np.float32(index), "worker": np.int64(os.getpid()), "crop": image}


if __name__ == "__main__":
    # A shell that runs the tests in its background has them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder.with_name("workers").mkdir()
    made = write(folder, DatasetConfig(images=4 * PER_SHARD), workers=2, draw=drawn, advance=lambda n: print(n))
    assert made == 4 * PER_SHARD
"""


def spread(folder: Path, pause: float) -> subprocess.Popen[str]:
    script = folder.with_name("spread.py")
    script.write_text(SPREAD)
    command = [sys.executable, str(script), str(folder), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_workers_share_the_shards(tmp_path: Path) -> None:
    out, errors = spread(tmp_path / "faces", 0).communicate(timeout=120)
    assert not errors
    assert sum(map(int, out.split())) == 4 * PER_SHARD
    data = Dataset(tmp_path / "faces")
    np.testing.assert_array_equal(data["value"], np.arange(4 * PER_SHARD))
    np.testing.assert_array_equal(data["crop"][:, 0, 0, 0], np.arange(4 * PER_SHARD) % 256)
    workers = [set(shard["worker"].tolist()) for shard in data.shards]
    assert all(len(who) == 1 for who in workers)
    assert len(set.union(*workers)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_workers_end_with_the_run_and_leave_what_can_go_on(tmp_path: Path, with_signal: signal.Signals) -> None:
    """The signal goes to the first process alone, in the middle of the later shards."""
    folder = tmp_path / "faces"
    run = spread(folder, 0.05)
    until = time.monotonic() + 90
    while len(list(folder.glob("*.npz"))) < 2:
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until, "no shards came"
        time.sleep(0.02)
    family = psutil.Process(run.pid).children(recursive=True)
    assert len(family) >= 2
    run.send_signal(with_signal)
    run.communicate(timeout=60)
    assert run.returncode != 0
    while not all(map(ended, family)):
        assert time.monotonic() < until, "workers live on"
        time.sleep(0.02)
    config = DatasetConfig(images=4 * PER_SHARD)
    left = missing_samples(folder, config)
    assert left == 2 * PER_SHARD
    assert write(folder, config, draw=lambda i: drawn_as(i, Dataset(folder, partial=True))) == left
    np.testing.assert_array_equal(Dataset(folder)["value"], np.arange(4 * PER_SHARD))
    assert not list(folder.glob("*.tmp"))


def ended(process: psutil.Process) -> bool:
    """Orphans that nobody waits for stay as zombies."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def drawn_as(index: int, other: Dataset) -> tuple[np.ndarray, dict[str, Any]]:
    """A row with the arrays of another dataset."""
    image, row = drawn(index)
    return image, {name: row.get(name, np.int64(0)) for name in other.names}


def test_auto_draws_where_torch_sees_a_device(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = SimpleNamespace(is_available=lambda: True, get_device_name=lambda: "some GPU")
    blind = SimpleNamespace(is_available=lambda: False)
    monkeypatch.setattr(writing, "find_spec", lambda _: object())
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=seen))
    assert writing.device_of("auto") == writing.device_of("cuda") == ("cuda", "some GPU")
    assert writing.device_of("cpu")[0] is None
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(cuda=blind))
    assert writing.device_of("auto") == (None, "the CPU (torch sees no CUDA device)")
    with pytest.raises(DatasetError, match=r"sees no CUDA device; draw with --device cpu"):
        writing.device_of("cuda")
    monkeypatch.setattr(writing, "find_spec", lambda _: None)
    assert writing.device_of("auto") == (None, "the CPU (torch is not installed)")
    with pytest.raises(DatasetError, match="torch is not installed"):
        writing.device_of("cuda")


@pytest.mark.parametrize(("keep", "worst"), [("png", 0), ("jpg:90", 3)])
def test_pictures_are_kept_if_asked(tmp_path: Path, keep: str, worst: int) -> None:
    write(tmp_path, DatasetConfig(images=3, keep_images=keep), draw=drawn)
    files = sorted((tmp_path / "images" / "00000").iterdir())
    assert len(files) == 3
    assert np.abs(cv2.imread(str(files[2])).astype(int) - 2).max() <= worst


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"images": 0}, "images is 0"),
        ({"size": 32}, "size is 32"),
        ({"occluded": 2}, "occluded is 2"),
        ({"split": "all"}, "no split all"),
        ({"keep_images": "gif"}, "png or jpg"),
        ({"keep_images": "jpg:0"}, "1 to 100"),
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        DatasetConfig(**{"images": 5} | wrong)


# --- what a shard shows ----------------------------------------------------------------------------


def test_everybody_is_seen_at_rest_twice_and_without_a_blink() -> None:
    expressions = Expressions(0)
    for person in range(20):
        for k in range(NEUTRALS):
            sample = expressions(person * PER_PERSON + k)
            assert sample.kinds[0] == Kind.NEUTRAL
            assert sample.units.max() < 1


def test_expressions_of_a_shard_are_shown_by_three_people() -> None:
    """The same weights, each by three of its 25 people, and by nobody of the next shard."""
    expressions = Expressions(0)
    shown: dict[bytes, set[int]] = {}
    rows = [i for i in range(PER_SHARD) if i % PER_PERSON >= NEUTRALS]
    for i in rows:
        shown.setdefault(expressions(i).shapes.tobytes(), set()).add(i // PER_PERSON)
    assert len(shown) == len(rows) / 3
    assert {len(people) for people in shown.values()} == {3}
    others = (expressions(i).shapes.tobytes() for i in range(PER_SHARD + NEUTRALS, PER_SHARD + PER_PERSON))
    assert not any(other in shown for other in others)


def test_landmarks_come_back_from_wherever_the_tracker_looks() -> None:
    """A network that finds a bright dot, in a square that is shifted, scaled and turned by chance."""
    true = np.random.default_rng(0).uniform(60, 140, (478, 3)).astype(np.float32)
    true[33], true[263] = (80, 90, 0), (115, 110, 0)  # tilted
    image = np.zeros((200, 200, 3), np.uint8)
    image[97:104, 107:114] = 255

    class DotFinder:
        info = FakeSession([]).info

        def __call__(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
            weights = inputs["image"][0, :, :, 0].astype(float)
            rows, columns = np.indices(weights.shape)
            x, y = ((weights * at).sum() / weights.sum() for at in (columns, rows))
            return {
                "landmarks": np.tile(np.array([x, y, 10], np.float32), (1, 478, 1)),
                "presence": np.array([0.7], np.float32),
            }

    places = []
    for seed in range(5):
        found, presence = read_landmarks(DotFinder(), image, true, np.random.default_rng(seed))
        np.testing.assert_allclose(found[:, :2], [[110, 100]] * 478, atol=0.1)
        assert presence == pytest.approx(0.7)
        places.append(float(found[0, 2]))  # 10 of 256 in a square of 1.5 × 80 px, more or less
    assert np.allclose(places, 10 * 1.5 * 80 / 256, rtol=0.25)
    assert all(a != b for a, b in itertools.pairwise(places))
