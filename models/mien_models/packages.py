"""Download released packages from PyPI and npm with pip and npm."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

from mien_models.catalogue import Package, PackageSource
from mien_models.errors import ModelError

# report(what, done, total): bytes so far; total is 0 if unknown.
Report = Callable[[str, int, int], None]

# ROS 2 wheels set these for their own interpreter; a child process must start without them.
_ROS_BOOTSTRAP = ("LD_LIBRARY_PATH", "_ROS_WHEELS_BOOTSTRAP_COMPLETE")
_CHANNELS = {"pypi": "PyPI", "npm": "npm"}
_PIP = ("--no-deps", "--only-binary=:all:", "--ignore-requires-python", "--resume-retries=10")


def silent(_what: str, _done: int, _total: int) -> None:
    """A Report that shows nothing."""


def package_file(package: Package, store: Path, report: Report = silent) -> Path:
    """The wheel or tarball of a package: from $MIEN_PACKAGES, from `store`, or downloaded there.

    Raises ModelError with the reason if it is not available, OSError when the disk is full.
    """
    for folder in (*_offline(), store):
        found = sorted(folder.glob(file_pattern(package)))
        if found:
            return found[0]
    store.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=store) as temporary:
        command = _npm(package, temporary) if package.channel == "npm" else _pip(package, temporary)
        _run(command, temporary, package, report)
        downloaded = sorted(Path(temporary).glob(file_pattern(package)))
        if not downloaded:
            raise ModelError(f"{package} was downloaded but is not named {file_pattern(package)}")
        return downloaded[0].rename(store / downloaded[0].name)


def file_pattern(package: Package) -> str:
    """The file name of a published package, as a glob."""
    if package.channel == "npm":
        return f"{package.name.removeprefix('@').replace('/', '-')}-{package.version}.tgz"
    return f"{re.sub(r'[-_.]+', '_', package.name)}-{package.version}-*.whl"


def _offline() -> list[Path]:
    """The local folder of packages ($MIEN_PACKAGES), if any."""
    folder = os.environ.get("MIEN_PACKAGES")
    if not folder:
        return []
    if not Path(folder).is_dir():
        raise ModelError(f"MIEN_PACKAGES is {folder}, which is not a folder; create it or unset the variable")
    return [Path(folder)]


def read_files(path: Path, source: PackageSource, names: Iterable[str]) -> dict[str, bytes]:
    """Read files (by name) from a package. Raises ModelError if it is damaged or lacks one."""
    try:
        if source.archive is None:
            members = _read_members(path, [f"{source.folder}/{name}" for name in names])
            return {member.rpartition("/")[2]: data for member, data in members.items()}
        (archive,) = _read_members(path, [source.archive]).values()
        with zipfile.ZipFile(io.BytesIO(archive)) as inner:
            return {name: inner.read(name) for name in names}
    except KeyError as error:
        raise ModelError(f"{path} does not hold the files the registry expects: {error.args[0]}") from error
    except (OSError, zipfile.BadZipFile, tarfile.TarError, EOFError, zlib.error) as error:
        raise ModelError(f"{path} is damaged ({error})") from error


def _read_members(path: Path, members: list[str]) -> dict[str, bytes]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return {member: wheel.read(member) for member in members}
    found: dict[str, bytes] = {}
    with tarfile.open(path, "r:gz") as tarball:
        for item in tarball:
            # npm puts all files into one folder called package.
            name = item.name.removeprefix("package/")
            handle = tarball.extractfile(item) if name in members else None
            if handle is not None:
                found[name] = handle.read()
            if len(found) == len(members):
                return found
    raise KeyError(", ".join(set(members) - set(found)))


def _pip(package: Package, folder: str) -> list[str]:
    command = [sys.executable, "-m", "pip", "download", str(package), *_PIP]
    return [*command, "--progress-bar=raw", "--disable-pip-version-check", "--dest", folder]


def _npm(package: Package, folder: str) -> list[str]:
    npm = shutil.which("npm")
    if npm is None:
        raise _unavailable(package, "npm is not installed")
    return [npm, "pack", str(package), "--pack-destination", folder, "--loglevel=error"]


def _run(command: list[str], folder: str, package: Package, report: Report) -> None:
    """Run a download and report progress from pip's output.

    Raises ModelError with the tool's own reason, or OSError when the disk is full.
    """
    environment = {key: value for key, value in os.environ.items() if key not in _ROS_BOOTSTRAP}
    environment["TMPDIR"] = folder
    report(str(package), 0, 0)
    size = 0
    with (
        open(Path(folder) / "errors", "w+", encoding="utf-8", errors="replace") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, env=environment, cwd=folder, text=True
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            if progress := re.match(r"Progress (\d+) of (\d+)", line):
                size = int(progress[2])
                report(str(package), int(progress[1]), size)
        if process.wait():
            log.seek(0)
            reason = _reason(log.read())
            # pip reports a full disk as a bad connection.
            if "no space left" in reason.lower() or shutil.disk_usage(folder).free < size:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            raise _unavailable(package, reason)


def _reason(log: str) -> str:
    """The most informative line of pip's or npm's error output."""
    lines = [line.strip().removeprefix("npm error ") for line in log.splitlines() if line.strip()]
    for mark in ("no space left", "reason: ", "× ", "error: "):
        for line in lines:
            if mark in line.lower():
                return line
    return lines[-1] if lines else "it gave no reason"


def _unavailable(package: Package, reason: str) -> ModelError:
    return ModelError(f"{package} is not to be had from {_CHANNELS[package.channel]} ({reason})")
