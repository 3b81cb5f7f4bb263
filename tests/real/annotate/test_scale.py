"""`mien annotate` over many files: processes, segments, resuming, workers that die, a cluster, and memory."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil
import pytest

from mien.annotate import tasks as tasks_module
from mien.annotate.engines import Cluster, Engine, Here, Processes
from mien.annotate.parts import Parts
from mien.annotate.tasks import Options, Task, plan
from mien.annotate.work import Done, Worker
from mien.camera.config import CameraConfig
from mien.camera.files.paths import format_of, search
from mien.camera.files.videos import VideoSource
from mien.cli.__main__ import main
from mien.core.errors import UsageError
from mien.core.types import Frame
from mien.expressions.config import ExpressionsConfig

pytestmark = pytest.mark.real
Sample = Callable[[str], Path]
SLOW = pytest.mark.skipif(not os.environ.get("MIEN_SLOW"), reason="takes minutes; MIEN_SLOW=1 runs it")


@pytest.fixture
def portrait(sample: Sample) -> np.ndarray:
    """Small, so that a picture takes little time."""
    image = cv2.imread(str(sample("single_face")))
    return np.asarray(cv2.resize(image, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA))


@pytest.mark.parametrize(("model", "cut"), [("encoder_small", True), ("blendshapes_v2", False)])
def test_faces_are_cut_for_networks_that_read_pixels(model: str, cut: bool, portrait: np.ndarray) -> None:
    worker = Worker(Options(expressions=ExpressionsConfig(model=model)))
    for pipeline in (worker.still(), worker.video()):
        (face,) = pipeline.step(Frame(cv2.cvtColor(portrait, cv2.COLOR_BGR2RGB), 0)).faces.faces
        assert (face.crop is not None) == cut


def photos(folder: Path, portrait: np.ndarray, count: int) -> Path:
    folder.mkdir()
    cv2.imwrite(str(folder / "0000.jpg"), portrait)
    for i in range(1, count):
        os.link(folder / "0000.jpg", folder / f"{i:04d}.jpg")
    return folder


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("name", ["single_face_video", "clip"])
def test_a_video_can_be_read_from_a_frame_on(name: str, sample: Sample) -> None:
    """Key frames of the clip are up to ten seconds apart."""
    pytest.importorskip("av", reason="without PyAV frames are read from the beginning")
    whole = VideoSource(sample(name), CameraConfig())
    index = whole.length * 2 // 3
    expected = list(islice(iter(whole.read, None), index, index + 3))
    whole.close()
    source = VideoSource(sample(name), CameraConfig())
    source.start_at(index)
    for frame in expected:
        found = source.read()
        assert found is not None
        assert found.stamp_ns == frame.stamp_ns
        assert np.array_equal(found.image, frame.image)
    assert source.position == index + 2
    source.close()


def test_a_segmented_video_reads_as_an_unsegmented_one(sample: Sample, tmp_path: Path) -> None:
    """Landmarks and ids are the same; what is relative to the resting face differs a little after a cut."""
    video = str(sample("single_face_video"))
    source = VideoSource(Path(video), CameraConfig())
    seconds = source.length / source.rate
    source.close()
    assert main(["annotate", video, "--out", str(tmp_path / "whole")]) == 0
    cut = ["--segment", f"{seconds / 2.2:.3f}", "--warm-up", "0.7"]
    assert main(["annotate", video, "--out", str(tmp_path / "cut"), *cut]) == 0
    whole, parts = lines(tmp_path / "whole"), lines(tmp_path / "cut")
    same = ("source", "frame", "stamp_s", "track_id")
    assert [[line[k] for k in same] for line in parts] == [[line[k] for k in same] for line in whole]
    width = whole[0]["box"][2]
    boxes = [np.abs(np.subtract(a["box"], b["box"])).max() / width for a, b in zip(whole, parts, strict=True)]
    assert max(boxes) < 0.01
    units = [
        np.mean([abs(a["au"][n] - b["au"][n]) for n in a["au"] if a["au"][n] is not None])
        for a, b in zip(whole, parts, strict=True)
    ]
    assert np.mean(units) < 0.1
    assert json.dumps(parts[0]) == json.dumps(whole[0])  # before the cut nothing differs


def test_a_worker_reads_a_video_the_same_whatever_it_read_before(sample: Sample) -> None:
    worker = Worker(Options())
    video, other = (Task((sample(name),), True, 0, 25) for name in ("single_face_video", "clip"))
    told: list[list[str]] = []
    for task in (video, other, video):
        told.append([])
        worker(task, told[-1].append)
    first, _, again = ([re.sub(r'"track_id":\d+', "", line) for line in some] for some in told)
    assert len(first) == 25
    assert again == first


def test_processes_write_the_same_bytes(
    sample: Sample, portrait: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks_module, "_PICTURES", 4)
    folder = photos(tmp_path / "photos", portrait, 6)  # two tasks
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    inputs = [str(folder), str(sample("single_face_video"))]
    for jobs in (1, 2):
        assert main(["annotate", *inputs, "--out", str(tmp_path / f"{jobs}.jsonl"), "--jobs", str(jobs)]) == 3
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()
    assert [line["track_id"] for line in lines(tmp_path / "2.jsonl")][:6] == list(range(1, 7))
    assert {p.name for p in tmp_path.iterdir()} == {"photos", "1.jsonl", "2.jsonl"}


def test_a_stopped_run_goes_on(
    portrait: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tasks_module, "_PICTURES", 4)
    folder, out = photos(tmp_path / "photos", portrait, 10), tmp_path / "a.jsonl"
    run = Here.run

    def stopped(*args: Any) -> Iterator[tuple[Task, Done]]:
        yield from islice(run(*args), 1)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Here, "run", stopped)
        assert main(["annotate", str(folder), "--out", str(out)]) == 130
    said = capsys.readouterr().err
    assert "stopped: 1 of 3 parts are in" in said
    assert "faces in" not in said  # of a part of the frames that would read as a result
    assert not out.exists()
    before = {path: path.stat().st_mtime_ns for path in Path(f"{out}.parts").glob("*.jsonl")}
    assert len(before) == 1
    assert main(["annotate", str(folder), "--out", str(out)]) == 0
    assert "1 of 3 parts were done before, 4 frames" in capsys.readouterr().err
    assert [Path(line["source"]).stem for line in lines(out)] == [f"{i:04d}" for i in range(10)]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "photos"]


def finish(engine: Engine, tasks: list[Task], parts: Parts, options: Options, after: Callable[[], None]) -> list[Done]:
    """Run tasks; `after` is called once the first is done."""
    found = []
    for _, done in engine.run(tasks, options, parts, lambda count: None):
        found.append(done)
        if len(found) == 1:
            after()
    return found


def many(folder: Path, portrait: np.ndarray, count: int) -> tuple[list[Task], Options, Parts]:
    photos(folder / "photos", portrait, 8)
    files = search(folder / "photos", nested=True).media
    tasks = [Task((path,)) for path, _ in files] * (count // 8)
    tasks = [Task((path.paths[0],), frames=i) for i, path in enumerate(tasks)]  # each is another task
    options = Options().sealed()
    return tasks, options, Parts(folder / "parts", tasks, options)


def test_a_worker_that_is_killed_loses_nothing(portrait: np.ndarray, tmp_path: Path) -> None:
    tasks, options, parts = many(tmp_path, portrait, 16)

    def kill() -> None:
        workers = [p for p in psutil.Process().children() if "spawn_main" in " ".join(p.cmdline())]
        workers[0].kill()

    found = finish(Processes(2), tasks, parts, options, kill)
    assert len(found) == 16
    assert all(done.faces == 1 and not done.skipped for done in found)


@SLOW
@pytest.mark.slow
def test_a_cluster_s_worker_that_is_killed_loses_nothing(portrait: np.ndarray, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs mien[cluster]")
    tasks, options, parts = many(tmp_path, portrait, 64)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, local_directory=str(tmp_path)
    ) as cluster:
        victim = next(iter(cluster.workers.values())).process.process.pid
        found = finish(Cluster(cluster.scheduler_address), tasks, parts, options, lambda: psutil.Process(victim).kill())
        out = tmp_path / "cluster.jsonl"
        command = ["annotate", str(tmp_path / "photos"), "--out", str(out), "--cluster", cluster.scheduler_address]
        assert main(command) == 0
    assert len(found) == 64
    assert all(done.faces == 1 and not done.skipped for done in found)
    assert len(lines(out)) == 8


def test_a_cluster_that_does_not_answer_is_misuse(sample: Sample, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs mien[cluster]")
    with pytest.raises(UsageError, match="no Dask scheduler"):
        Cluster("nowhere://localhost:1")


@pytest.mark.parametrize("count", [300, pytest.param(10_000, marks=[SLOW, pytest.mark.slow])])
def test_memory_stays_flat_over_many_images(count: int, portrait: np.ndarray, tmp_path: Path) -> None:
    folder = photos(tmp_path / "photos", portrait[::2, ::2].copy(), 32)
    tasks = plan([(path, format_of(path)) for path in sorted(folder.iterdir())], Options())
    worker = Worker(Options())
    process, used = psutil.Process(), []
    written = 0

    def write(line: str) -> None:
        nonlocal written
        written += len(line)

    for _ in range(count // 32):
        for task in tasks:
            worker(task, write)
        used.append(process.memory_info().rss / 1e6)
    assert written > 1000 * (count // 32)
    third = len(used) // 3
    # Allocators keep some pages; one image that was kept each time would be 50 kB × count.
    assert np.mean(used[-third:]) - np.mean(used[third : 2 * third]) < 6
