"""Getting packages: found, downloaded, or an error that says how to provide them."""

from __future__ import annotations

import io
import sys
import tarfile
from pathlib import Path

import pytest

from mien_models import packages
from mien_models.catalogue import Package, PackageSource
from mien_models.errors import ModelError

from .tiny import wheel

WHEEL = Package("pypi", "some-faces", "1.0")
TARBALL = Package("npm", "@scope/faces", "2.0")


def downloads(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Let the package tools be a Python script (without site: ROS wheels change its environment).

    {folder} is where the package belongs.
    """

    def command(_package: Package, folder: str) -> list[str]:
        return [sys.executable, "-S", "-c", script.replace("{folder}", folder)]

    monkeypatch.setattr(packages, "_pip", command)
    monkeypatch.setattr(packages, "_npm", command)


@pytest.fixture(autouse=True)
def _no_offline_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIEN_PACKAGES", raising=False)


def test_what_is_in_the_store_is_not_downloaded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads(monkeypatch, "raise SystemExit('must not run')")
    path = wheel(tmp_path, "some_faces", "1.0", {})
    assert packages.package_file(WHEEL, tmp_path) == path


def test_a_folder_of_packages_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = wheel(tmp_path / "offline", "some_faces", "1.0", {})
    wheel(tmp_path / "store", "some_faces", "1.0", {})
    monkeypatch.setenv("MIEN_PACKAGES", str(path.parent))
    assert packages.package_file(WHEEL, tmp_path / "store") == path


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_PACKAGES", str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"MIEN_PACKAGES is .*nowhere, which is not a folder"):
        packages.package_file(WHEEL, tmp_path)


@pytest.mark.parametrize(
    ("package", "name"), [(WHEEL, "some_faces-1.0-py3-none-any.whl"), (TARBALL, "scope-faces-2.0.tgz")]
)
def test_a_download_reports_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: Package, name: str
) -> None:
    downloads(monkeypatch, f"print('Progress 3 of 7'); open('{{folder}}/{name}', 'w')")
    reports: list[tuple[str, int, int]] = []
    path = packages.package_file(package, tmp_path / "store", lambda *report: reports.append(report))
    assert path == tmp_path / "store" / name
    assert reports == [(str(package), 0, 0), (str(package), 3, 7)]
    assert [item.name for item in (tmp_path / "store").iterdir()] == [name]


def test_a_child_starts_without_what_ros_has_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", "/ros/lib")
    monkeypatch.setenv("_ROS_WHEELS_BOOTSTRAP_COMPLETE", "1")
    downloads(monkeypatch, "import os, sys; sys.exit('error: ' + ' '.join(sorted(os.environ)))")
    with pytest.raises(ModelError) as caught:
        packages.package_file(WHEEL, tmp_path)
    assert "LD_LIBRARY_PATH" not in str(caught.value)
    assert "_ROS_WHEELS" not in str(caught.value)
    assert "TMPDIR" in str(caught.value)


def test_without_a_network_the_reason_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads(monkeypatch, "import sys; print('WARNING: x', file=sys.stderr); sys.exit('ERROR: no connection\\n')")
    with pytest.raises(ModelError) as caught:
        packages.package_file(WHEEL, tmp_path)
    assert str(caught.value) == "some-faces==1.0 is not to be had from PyPI (ERROR: no connection)"
    assert not list(tmp_path.iterdir())


def test_without_npm_the_reason_is_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ModelError, match=r"@scope/faces@2\.0 is not to be had from npm \(npm is not installed\)"):
        packages.package_file(TARBALL, tmp_path)


def test_a_full_disk_is_not_a_missing_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    downloads(monkeypatch, "import sys; sys.exit('ERROR: [Errno 28] No space left on device')")
    with pytest.raises(OSError, match="No space left"):
        packages.package_file(WHEEL, tmp_path)


def test_a_full_disk_that_pip_takes_for_a_bad_connection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more_than_any_disk = 10**18
    downloads(monkeypatch, f"print('Progress 1 of {more_than_any_disk}'); raise SystemExit('× Download failed')")
    with pytest.raises(OSError, match="No space left"):
        packages.package_file(WHEEL, tmp_path)


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ("WARNING: a\nERROR: Could not find it\nERROR: No match\n", "ERROR: Could not find it"),
        ("error: incomplete\n\n× Download failed after 3 attempts\nhint: b\n", "× Download failed after 3 attempts"),
        ("npm error code X\nnpm error request to y failed, reason: refused\n", "request to y failed, reason: refused"),
        ("npm error code ENOSPC\nnpm error nospc no space left on device\n", "nospc no space left on device"),
        ("something else\n", "something else"),
        ("", "it gave no reason"),
    ],
)
def test_the_reason_is_picked_from_the_log(log: str, reason: str) -> None:
    assert packages._reason(log) == reason


def test_pip_is_asked_for_the_package_alone() -> None:
    command = packages._pip(WHEEL, "/folder")
    assert command[:5] == [sys.executable, "-m", "pip", "download", "some-faces==1.0"]
    assert {"--no-deps", "--only-binary=:all:"} < set(command)


FILES = {"a.bin": b"first", "b.bin": b"second"}


def test_files_of_a_wheel(tmp_path: Path) -> None:
    path = wheel(tmp_path, "some_faces", "1.0", {f"data/{name}": data for name, data in FILES.items()})
    source = PackageSource(WHEEL, folder="data")
    assert packages.read_files(path, source, FILES) == FILES


def test_files_of_a_zip_in_a_wheel(tmp_path: Path) -> None:
    inner = wheel(tmp_path, "inner", "0", FILES).read_bytes()
    path = wheel(tmp_path, "some_faces", "1.0", {"data/faces.task": inner})
    source = PackageSource(WHEEL, archive="data/faces.task")
    assert packages.read_files(path, source, ["b.bin"]) == {"b.bin": b"second"}


def test_files_of_a_tarball(tmp_path: Path) -> None:
    path = tmp_path / "scope-faces-2.0.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, data in FILES.items():
            item = tarfile.TarInfo(f"package/models/{name}")
            item.size = len(data)
            archive.addfile(item, io.BytesIO(data))
    source = PackageSource(TARBALL, folder="models")
    assert packages.read_files(path, source, FILES) == FILES
    with pytest.raises(ModelError, match=r"does not hold the files the registry expects: models/c\.bin"):
        packages.read_files(path, source, ["c.bin"])


@pytest.mark.parametrize("name", ["a-1-py3-none-any.whl", "a-1.tgz"])
@pytest.mark.parametrize("data", [b"", b"not a package"])
def test_a_damaged_package_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match="is damaged"):
        packages.read_files(tmp_path / name, PackageSource(WHEEL, folder="data"), FILES)


def test_a_damaged_zip_in_a_wheel_is_named(tmp_path: Path) -> None:
    path = wheel(tmp_path, "some_faces", "1.0", {"data/faces.task": b"not a zip"})
    with pytest.raises(ModelError, match="is damaged"):
        packages.read_files(path, PackageSource(WHEEL, archive="data/faces.task"), ["b.bin"])
