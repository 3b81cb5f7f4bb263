"""The table of formats: adding one is a writer and a row here."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from mien.core.errors import UsageError
from mien.exports.step import About, Writer


@dataclass(frozen=True, slots=True)
class Format:
    name: str  # as `--to` takes it
    doc: str
    file: str  # its main file, in the folder of the recording
    entry: str  # "module:class", a Writer
    needs: tuple[str, ...] = ()  # modules that the base installation lacks
    extra: str = ""  # which brings them
    images: bool = False  # reads the images of the recording

    def open(self, folder: Path, about: About) -> Writer:
        """Raises ExportError where the recording lacks what the format shows."""
        module, _, name = self.entry.partition(":")
        writer: Writer = getattr(importlib.import_module(f"mien.exports.{module}"), name)(folder / self.file, about)
        return writer


FORMATS: tuple[Format, ...] = (
    Format("csv", "Tidy table, one row per frame and face, with a data dictionary.", "faces.csv", "tables:Csv"),
    Format(
        "parquet", "The same table for pandas, polars, R and DuckDB.", "faces.parquet", "tables:Parquet",
        needs=("pyarrow",), extra="research",
    ),
    Format("jsonl", "The lines of `mien annotate`.", "faces.jsonl", "jsonl:JsonLines"),
    Format("openface", "Columns of OpenFace 2.x.", "openface.csv", "openface:OpenFace"),
    Format("pyfeat", "Fex columns of py-feat.", "fex.csv", "pyfeat:PyFeat"),
)  # fmt: skip


def chosen(names: str) -> tuple[Format, ...]:
    """The formats of a comma-separated list, each once; `all` names those whose modules are installed.

    Raises UsageError on an unknown name and on a module that is missing.
    """
    known = {f.name: f for f in FORMATS}
    wanted = dict.fromkeys(n.strip() for n in names.split(",") if n.strip())
    if not wanted:
        raise UsageError(f"--to: names no format; there are {', '.join(known)}")
    if unknown := [n for n in wanted if n not in known]:
        raise UsageError(f"--to {', '.join(unknown)}: no such format; there are {', '.join(known)}")
    formats = tuple(known[n] for n in wanted)
    for form in formats:
        for module in form.needs:
            if importlib.util.find_spec(module) is None:
                raise UsageError(f"--to {form.name} needs {module}; pip install 'mien[{form.extra}]'")
    return formats
