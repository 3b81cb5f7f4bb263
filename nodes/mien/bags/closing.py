"""Close a bag again whose recorder was killed: every file gets its end, and the folder its metadata.yaml."""

from __future__ import annotations

from pathlib import Path

from rosbags.rosbag2 import Reader

from mien.bags import about
from mien.bags.copying import offered_qos
from mien.bags.files import metadata
from mien.bags.files.metadata import Connection, Part
from mien.bags.files.recover import Cut, is_whole, mend, scan
from mien.core.errors import BagError


def close(folder: Path) -> list[Cut]:
    """What was cut off in each file that had no end; none where all were whole. Nobody may be writing the bag.

    A file that holds no message is left as it is, and not named in metadata.yaml. Raises BagError and OSError.
    """
    if not folder.is_dir():
        raise BagError(f"{folder}: is no folder of a bag")
    files = sorted(folder.glob("*.mcap"), key=lambda p: (len(p.name), p.name))
    if not files:
        raise BagError(f"{folder} holds no .mcap file; only those are closed again")
    cuts: list[Cut] = []
    whole: list[Path] = []
    for file in files:
        try:
            if not is_whole(file):
                cuts.append(mend(file))
            whole.append(file)
        except BagError:
            if len(files) == 1:
                raise
    named = metadata.files(folder)
    if cuts or named is None or set(named) != {f.name for f in whole}:
        _write_metadata(folder, whole)
    return cuts


def _write_metadata(folder: Path, files: list[Path]) -> None:
    parts: list[Part] = []
    topics: dict[str, Connection] = {}
    custom: dict[str, str] = {}
    for file in files:
        with Reader(file) as reader:
            counts = {c.topic: c.msgcount for c in reader.connections}
            span = (reader.start_time, reader.end_time - 1) if reader.message_count else (0, 0)
            parts.append(Part(file.name, counts, span))
            for c in reader.connections:
                topics.setdefault(
                    c.topic, Connection(c.id, c.topic, c.msgtype, offered_qos(c.ext.offered_qos_profiles), c.digest)
                )
        custom = _custom(file) or custom
    metadata.write(folder, metadata.facts(parts, topics.values(), custom))


def _custom(file: Path) -> dict[str, str]:
    """The facts at the begin of a file."""
    try:
        return scan(file).metadata.get(about.KEY, {})
    except BagError:
        return {}
