"""Write datasets of faces, in one or several processes, and continue where a killed run stopped.

write(Path("faces"), DatasetConfig(images=1000), workers=2)
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.datasets.dataset import ABOUT, FORMAT, read_about, shard_path
from mien_models.errors import DatasetError
from mien_models.head.model.table import code_names
from mien_models.head.motion.draw import Kind
from mien_models.head.pictures.draw import PER_PERSON, PER_SHARD, DatasetConfig, Draw, encoder
from mien_models.head.render.regions import REGIONS
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS

U8 = NDArray[np.uint8]
Array = NDArray[Any]
# The picture and the row of arrays of a sample.
Drawer = Callable[[int], tuple[U8, dict[str, Any]]]

_PATIENCE_S = 0.2
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def write(
    path: Path,
    config: DatasetConfig,
    *,
    workers: int = 1,
    device: str | None = None,
    advance: Callable[[int], None] = lambda _: None,
    draw: Drawer | None = None,
    made_of: Mapping[str, str] | None = None,
) -> int:
    """Write the missing samples of a dataset; returns their number.

    Shards appear complete or not at all, and existing shards are kept, so a killed run can be
    continued. `workers` is the number of single-threaded processes, which end with this process.
    `device` is as for `Draw`. `advance` is called with the number of newly drawn samples. `draw` replaces
    `Draw`: with one worker it runs in this process, for several it must be picklable. `made_of` says what else the
    pictures are made of, which is written into the description. Raises
    DatasetError if the folder holds another dataset or cannot be written, ModelError if faces cannot
    be drawn.
    """
    if workers < 1:
        raise ValueError(f"workers are 1 or more, got {workers}")
    _claim(path, config, made_of or {})
    missing, count = _missing(path, config), missing_samples(path, config)
    if draw and workers == 1:
        for shard in missing:
            _make(path, config, shard, draw, advance)
    elif missing:
        _spread(_Job(path, config, device, draw), missing, min(workers, len(missing)), advance)
    return count


def device_of(wanted: str) -> tuple[str | None, str]:
    """The device to draw on, as for `write`, and its name: auto is CUDA if torch finds it, else the CPU.

    Raises DatasetError if cuda is requested but not available.
    """
    if wanted == "cpu":
        return None, "the CPU"
    if find_spec("torch") is None:
        missing = "torch is not installed"
    else:
        import torch

        if torch.cuda.is_available():
            return "cuda", torch.cuda.get_device_name()
        missing = "torch sees no CUDA device"
    if wanted == "cuda":
        raise DatasetError(f"there is nothing to draw on: {missing}; draw with --device cpu")
    return None, f"the CPU ({missing})"


def missing_samples(path: Path, config: DatasetConfig) -> int:
    """The number of samples that `write` still has to draw."""
    return sum(len(config.indices(shard)) for shard in _missing(path, config))


def _missing(path: Path, config: DatasetConfig) -> list[int]:
    return [s for s in range(config.shards) if not shard_path(path, s).exists()]


def _claim(path: Path, config: DatasetConfig, made_of: Mapping[str, str]) -> None:
    """Write the description of the folder, or check that an existing one is equal."""
    about = {
        "format": FORMAT,
        "settings": asdict(config),
        "samples_per_shard": PER_SHARD,
        "pictures_per_person": PER_PERSON,
        "shapes": list(BLENDSHAPES),
        "units": list(AUS),
        "code": list(code_names()),
        "regions": list(REGIONS),
        "kinds": [kind.name.lower() for kind in Kind],
        "made_of": dict(made_of),
    }
    try:
        path.mkdir(parents=True, exist_ok=True)
        if (path / ABOUT).exists():
            other = read_about(path)
            # Datasets of earlier versions, which have only the actor, do not say what they are made of.
            if changed := [k for k in about if other.get(k, {}) != about[k]]:
                raise DatasetError(_mismatch(path, about, other, changed))
        elif any(path.iterdir()):
            raise DatasetError(f"{path} is not empty and no dataset; choose another folder")
        else:
            _replace(path / ABOUT, lambda file: file.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8"))
        for left in path.glob("*.tmp"):
            left.unlink()
    except OSError as e:
        raise DatasetError(f"{path} cannot be written: {e.strerror}; choose another folder") from e


def _mismatch(path: Path, about: dict[str, Any], other: dict[str, Any], changed: list[str]) -> str:
    if changed == ["settings"]:
        mine, theirs = about["settings"], other["settings"]
        said = ", ".join(f"{k} {theirs.get(k)}, not {mine[k]}" for k in mine if theirs.get(k) != mine[k])
        return f"{path} was made with {said}; choose another folder or the same settings"
    return f"{path} was made by another version ({', '.join(changed)} differ); choose another folder"


def _make(path: Path, config: DatasetConfig, shard: int, draw: Drawer, advance: Callable[[int], None]) -> None:
    """Draw and write one shard."""
    ending, parameters = encoder(config.keep_images)
    rows = []
    indices = config.indices(shard)
    drawn = draw.each(indices) if isinstance(draw, Draw) else map(draw, indices)
    for index, (image, row) in zip(indices, drawn, strict=True):
        if config.keep_images:
            _keep(path / "images" / f"{shard:05d}" / f"{index:07d}{ending}", image, parameters)
        rows.append(row)
        advance(1)
    arrays = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    try:
        _replace(shard_path(path, shard), lambda file: _save(file, arrays))
    except OSError as e:
        raise DatasetError(f"{path} cannot be written: {e.strerror}; make room and write again") from e


def _keep(file: Path, image: U8, parameters: list[int]) -> None:
    _, data = cv2.imencode(file.suffix, np.ascontiguousarray(image[:, :, ::-1]), parameters)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.tobytes())
    except OSError as e:
        raise DatasetError(f"{file} cannot be written: {e.strerror}; make room and write again") from e


def _save(file: Path, arrays: dict[str, Array]) -> None:
    with file.open("wb") as out:
        np.savez(out, **arrays)  # type: ignore[arg-type]
        out.flush()
        os.fsync(out.fileno())


def _replace(path: Path, save: Callable[[Path], object]) -> None:
    """Write a temporary file beside the target, then move it into place."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        save(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


# --- several processes -----------------------------------------------------------------------------


class _Job(NamedTuple):
    """The work that all workers share."""

    path: Path
    config: DatasetConfig
    device: str | None
    draw: Drawer | None


class _Worker(NamedTuple):
    """State shared with a worker process: the job, samples drawn by all workers, and whether to stop."""

    job: _Job
    done: Any
    stop: Any


_worker: list[_Worker] = []  # of this process
_drawer: list[Drawer] = []  # created with the first shard


class _Stopped(Exception):
    """The main process has asked the workers to stop."""


def _spread(job: _Job, shards: list[int], workers: int, advance: Callable[[int], None]) -> None:
    context = multiprocessing.get_context("spawn")
    worker = _Worker(job, context.Value("q", 0), context.Event())
    told = 0
    with _one_thread(), ProcessPoolExecutor(workers, context, initializer=_start, initargs=(worker,)) as pool:
        left = {pool.submit(_work, shard) for shard in shards}
        try:
            while left:
                finished, left = wait(left, _PATIENCE_S, FIRST_COMPLETED)
                now = int(worker.done.value)
                advance(now - told)
                told = now
                for future in finished:
                    future.result()
        except BrokenProcessPool as e:
            raise DatasetError(
                f"a process that drew for {job.path} was killed, perhaps for its memory;"
                " write again with fewer workers, which goes on where it stopped"
            ) from e
        except BaseException:
            worker.stop.set()
            pool.shutdown(cancel_futures=True)
            raise


def _start(worker: _Worker) -> None:
    cv2.setNumThreads(1)
    # Ctrl-C reaches all processes; the main process tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker.append(worker)


def _end_with_parent() -> None:
    """End this worker if its parent was killed; it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(shard: int) -> None:
    job, _, stop = _worker[0]
    if stop.is_set():
        raise _Stopped
    if not _drawer:
        _drawer.append(job.draw or Draw(job.config, device=job.device))
    _make(job.path, job.config, shard, _drawer[0], _count)


def _count(samples: int) -> None:
    worker = _worker[0]
    with worker.done.get_lock():
        worker.done.value += samples
    if worker.stop.is_set():
        raise _Stopped


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let processes started in this context use one core for linear algebra."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
