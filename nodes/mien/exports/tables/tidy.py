"""The tidy table as CSV, with a data dictionary beside it, and as Parquet, which carries its own."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from mien.exports.files import Part, refused, write
from mien.exports.step import About, Step, Tally, TextWriter, Writer
from mien.exports.tables.columns import PLACE, WORDS, Column, Row, Table

_ROWS = 2048  # of a row group: 3 MB


def dictionary(columns: tuple[Column, ...]) -> dict[str, dict[str, str]]:
    """Description and unit by column, as BIDS sidecars and Frictionless schemas tell them."""
    return {c.name: {"Description": c.doc} | ({"Units": c.unit} if c.unit else {}) for c in columns}


def facts(about: About, tally: Tally) -> dict[str, Any]:
    """What holds for the whole file."""
    return {"source": about.source, **tally.as_dict(), **about.facts}


def shortest(values: Any) -> list[str]:
    """Numbers in the fewest digits that give the same float32 back; "" = missing."""
    return ["" if v != v else str(v) for v in np.asarray(values, np.float32)]


class Csv(TextWriter):
    """RFC 4180, UTF-8; a missing value is an empty field."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        self._table = Table(about.names)
        self._csv = csv.writer(self.text)
        self._csv.writerow([c.name for c in self._table.columns])

    def add(self, step: Step) -> None:
        for row in self._table.rows(step):
            face = "" if row.track_id is None else row.track_id
            self._csv.writerow([row.frame, row.stamp_ns, f"{row.time_s:.9f}", face, *shortest(row.numbers), *row.words])

    def finish(self, tally: Tally) -> list[Path]:
        about = {**facts(self.about, tally), "columns": dictionary(self._table.columns)}
        sidecar = write(self.target.with_suffix(".json"), json.dumps(about, indent=2, ensure_ascii=False) + "\n")
        return [self.text.keep(), sidecar]


class Parquet(Writer):
    """Zstandard; missing values are null; units and descriptions in the fields' metadata."""

    def __init__(self, target: Path, about: About) -> None:
        super().__init__(target, about)
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._pa = pa
        self._table = Table(about.names)
        fields = [
            pa.field(c.name, getattr(pa, c.kind)(), metadata={"unit": c.unit, "description": c.doc})
            for c in self._table.columns
        ]
        self._schema = pa.schema(fields, metadata={"source": about.source})
        self._rows: list[Row] = []
        self._part = Part(target)
        try:
            self._file = pq.ParquetWriter(self._part.path, self._schema, compression="zstd")
        except OSError as error:
            raise refused(target, error) from error

    def add(self, step: Step) -> None:
        self._rows += self._table.rows(step)
        if len(self._rows) >= _ROWS:
            self._flush()

    def finish(self, tally: Tally) -> list[Path]:
        self._flush()
        known = facts(self.about, tally)
        self._file.add_key_value_metadata({k: v if isinstance(v, str) else json.dumps(v) for k, v in known.items()})
        self._file.close()
        return [self._part.keep()]

    def abandon(self) -> None:
        with suppress(OSError):  # the disk may be full
            self._file.close()
        self._part.discard()

    def _flush(self) -> None:
        if not self._rows:
            return
        pa, rows = self._pa, self._rows
        place = [[getattr(row, c.name) for row in rows] for c in PLACE]
        numbers = np.stack([row.numbers for row in rows]).T
        words = [[row.words[k] or None for row in rows] for k in range(len(WORDS))]
        arrays = [
            *(pa.array(values, getattr(pa, c.kind)()) for values, c in zip(place, PLACE, strict=True)),
            *(pa.array(np.ascontiguousarray(values), from_pandas=True) for values in numbers),  # NaN = null
            *(pa.array(values, pa.string()) for values in words),
        ]
        self._file.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows = []
