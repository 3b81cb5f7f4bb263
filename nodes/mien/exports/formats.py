"""The table of formats: adding one is a writer and a row here."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

from mien.core.errors import ExportError, UsageError
from mien.exports.step import About, Writer


@dataclass(frozen=True, slots=True)
class Format:
    name: str  # as `--to` takes it
    doc: str
    file: str  # its main file, in the folder of the recording
    entry: str  # "module:class", a Writer
    beside: str = ""  # a second file
    needs: tuple[str, ...] = ()  # modules that the base installation lacks
    extra: str = ""  # which brings them
    images: bool = False  # reads the images of the recording
    each: bool = False  # one file for each face: <stem>_<id>
    follows: bool = False  # shows each face over time, which unrelated pictures do not

    def existing(self, folder: Path) -> list[Path]:
        """Files of an earlier export."""
        main = folder / self.file
        if self.each:
            return sorted(main.parent.glob(f"{main.stem}_*{main.suffix}"))
        return [folder / name for name in (self.file, self.beside) if name and (folder / name).exists()]

    def open(self, folder: Path, about: About) -> Writer:
        """Raises ExportError where the recording lacks what the format shows."""
        if self.follows and about.unrelated:
            raise ExportError(
                f"--to {self.name}: it shows faces over time, and the pictures of {about.source} are unrelated; "
                "give a video"
            )
        module, _, name = self.entry.partition(":")
        writer: Writer = getattr(importlib.import_module(f"mien.exports.{module}"), name)(folder / self.file, about)
        return writer


FORMATS: tuple[Format, ...] = (
    Format(
        "csv", "Tidy table, one row per frame and face, with a data dictionary.", "faces.csv", "tables.tidy:Csv",
        beside="faces.json",
    ),
    Format(
        "parquet", "The same table for pandas, polars, R and DuckDB.", "faces.parquet", "tables.tidy:Parquet",
        needs=("pyarrow",), extra="research",
    ),
    Format("jsonl", "The lines of `mien annotate`.", "faces.jsonl", "tables.jsonl:JsonLines"),
    Format("openface", "Columns of OpenFace 2.x.", "openface.csv", "tables.openface:OpenFace"),
    Format("pyfeat", "Fex columns of py-feat.", "fex.csv", "tables.pyfeat:PyFeat"),
    Format(
        "boris", "BORIS: onset, apex and offset of action units as events.", "faces.boris", "events.boris:Boris",
        follows=True,
    ),
    Format("eaf", "ELAN: the same as tiers.", "faces.eaf", "events.eaf:Eaf", follows=True),
    Format(
        "bids", "Layout of BIDS: physio.tsv.gz and events.tsv with sidecars (no standard for faces).",
        "bids/dataset_description.json", "events.bids:Bids", follows=True,
    ),
    Format(
        "livelink", "As the app Live Link Face records, a file for each face.", "livelink.csv",
        "motion.livelink:LiveLink", each=True, follows=True,
    ),
    Format(
        "glb", "The rig on mien's avatar as glTF, a file for each face.", "avatar.glb", "motion.glb:Glb",
        each=True, follows=True,
    ),
    Format(
        "foxglove", "Images with faces drawn over them, and numbers to plot (MCAP; a bag itself opens, too).",
        "foxglove.mcap", "motion.foxglove:Foxglove", images=True,
    ),
    Format(
        "rerun", "Images, faces, heads in space and numbers for Rerun.", "faces.rrd", "motion.rrd:Rrd",
        needs=("rerun",), extra="rerun", images=True,
    ),
    Format("mp4", "The images with what was found drawn over them.", "annotated.mp4", "motion.mp4:Mp4", images=True),
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
