"""An annotation document of ELAN (EAF 3.0): a tier per face and action unit, and one of its phases below it.

An annotation lasts from onset to offset and says the intensity at the apex; its phases are "onset" (up to the apex) and
"offset" (from there on). Times are whole milliseconds, which is what EAF has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from xml.etree import ElementTree as Xml

from mien.exports.events.phases import EventWriter, seen, subject
from mien.exports.files import write
from mien.exports.step import Tally
from mien.statistics.events import Event

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_INCLUDED = "Time alignable annotations within the parent annotation's time interval, gaps are allowed"


class Eaf(EventWriter):
    def write(self, found: Mapping[int, list[Event]], tally: Tally) -> list[Path]:
        date = datetime.fromtimestamp((tally.first_ns or 0) * 1e-9, timezone.utc).isoformat(timespec="seconds")
        root = Xml.Element(
            "ANNOTATION_DOCUMENT",
            {
                "AUTHOR": "mien", "DATE": date, "FORMAT": "3.0", "VERSION": "3.0",
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "xsi:noNamespaceSchemaLocation": _SCHEMA,
            },
        )  # fmt: skip
        header = Xml.SubElement(root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
        if self.about.media:
            url = self.about.media.resolve().as_uri()
            Xml.SubElement(header, "MEDIA_DESCRIPTOR", {"MEDIA_URL": url, "MIME_TYPE": "video/mp4"})
        note = Xml.SubElement(header, "PROPERTY", {"NAME": "mien"})
        note.text = f"{self.about.source}: {tally.frames} frames, {tally.without_face} without a face"
        document = _Document(root, Xml.SubElement(root, "TIME_ORDER"))
        for track_id, list_ in found.items():
            for unit in dict.fromkeys(e.unit for e in list_):
                document.tiers(subject(track_id), unit, [e for e in list_ if e.unit == unit])
        document.close()
        Xml.indent(root)
        return [write(self.target, Xml.tostring(root, "utf-8", xml_declaration=True) + b"\n")]


class _Document:
    """Adds tiers; time slots are sorted at the end."""

    def __init__(self, root: Xml.Element, slots: Xml.Element) -> None:
        self._root = root
        self._slots = slots
        self._times_ms: list[int] = []
        self._count = 0

    def tiers(self, who: str, unit: str, found: list[Event]) -> None:
        name = f"{unit} {who}"
        tier = self._tier(name, who, "unit")
        phases = self._tier(f"{unit} phases {who}", who, "phase", parent=name)
        last_ms = -1
        for event in found:
            # Events that touch share a millisecond; annotations of a tier may not.
            first, apex, end = (round(1000 * t) for t in (event.onset_s, event.apex_s, event.offset_s))
            first = max(first, last_ms + 1)
            if end <= first:
                continue
            last_ms = end
            apex = min(max(apex, first), end)
            words = [f"{event.peak:.1f}", *([seen(event)] if seen(event) else [])]
            self._annotate(tier, first, end, ", ".join(words))
            for value, a, b in (("onset", first, apex), ("offset", apex, end)):
                if b > a:
                    self._annotate(phases, a, b, value)

    def close(self) -> None:
        order = sorted(range(len(self._times_ms)), key=lambda i: (self._times_ms[i], i))
        for i in order:
            Xml.SubElement(
                self._slots, "TIME_SLOT", {"TIME_SLOT_ID": f"ts{i + 1}", "TIME_VALUE": str(self._times_ms[i])}
            )
        plain = {"GRAPHIC_REFERENCES": "false", "TIME_ALIGNABLE": "true"}
        Xml.SubElement(self._root, "LINGUISTIC_TYPE", {**plain, "LINGUISTIC_TYPE_ID": "unit"})
        Xml.SubElement(
            self._root, "LINGUISTIC_TYPE", {**plain, "LINGUISTIC_TYPE_ID": "phase", "CONSTRAINTS": "Included_In"}
        )
        Xml.SubElement(self._root, "CONSTRAINT", {"STEREOTYPE": "Included_In", "DESCRIPTION": _INCLUDED})

    def _tier(self, name: str, who: str, kind: str, parent: str = "") -> Xml.Element:
        about = {"LINGUISTIC_TYPE_REF": kind, "TIER_ID": name, "PARTICIPANT": who, "ANNOTATOR": "mien"}
        return Xml.SubElement(self._root, "TIER", about | ({"PARENT_REF": parent} if parent else {}))

    def _annotate(self, tier: Xml.Element, first_ms: int, end_ms: int, value: str) -> None:
        self._count += 1
        self._times_ms += [first_ms, end_ms]
        slots = len(self._times_ms)
        box = Xml.SubElement(tier, "ANNOTATION")
        own = Xml.SubElement(
            box,
            "ALIGNABLE_ANNOTATION",
            {
                "ANNOTATION_ID": f"a{self._count}", "TIME_SLOT_REF1": f"ts{slots - 1}", "TIME_SLOT_REF2": f"ts{slots}",
            },
        )  # fmt: skip
        Xml.SubElement(own, "ANNOTATION_VALUE").text = value
