"""Whatever is wrong with a file: an error that names it, or what is left of it and how much that is."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import numpy as np
import pytest

from mien.bags.closing import close
from mien.bags.files.recover import is_whole
from mien.bags.opened import Bag
from mien.bags.read import Session
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.core.errors import BagError

from .sessions import START_NS, image, moment

N = 12
CASES = 100  # of each kind


@pytest.fixture(scope="module", params=["", "zstd"], ids=["plain", "zstd"])
def bag(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whole") / "bag"
    with BagWriter(path, {"mien": "{}"}, compression=request.param) as writer:
        moments = MomentWriter(writer, jpeg_quality=0)
        moments.describe(START_NS)
        for i in range(N):
            moments.write(moment(i, picture=image(i, 24, 16)))
            writer.flush()
    return path


def outcome(path: Path) -> str:
    """How many moments came, or the error; anything else than a BagError is a fault of ours."""
    try:
        session = Session(path)
        n = sum(1 for _ in session.moments())
    except BagError as error:
        return "error" if path.name in str(error) else f"an error that does not name the file: {error}"
    told = session.cut is not None or session.broken_images or session.refused or session.late or session.restarts
    if n < N:
        assert told, f"{n} of {N} moments, and nothing is said"
    return "partial" if n < N else "whole"


def test_damaged_files_end_in_an_error_or_in_what_is_left(bag: Path, tmp_path: Path) -> None:
    data = (bag / "bag.mcap").read_bytes()
    rng = np.random.default_rng(5)
    before_kib, begin_s = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    seen = {"error": 0, "partial": 0, "whole": 0}
    for i in range(CASES):
        if i % 2:
            damaged = data[: int(rng.integers(1, len(data)))]
        else:
            changed = bytearray(data)
            for at in rng.integers(0, len(data), 1 + i % 5):
                changed[at] ^= 1 << int(rng.integers(8))
            damaged = bytes(changed)
        path = tmp_path / f"{i}.mcap"
        path.write_bytes(damaged)
        how = outcome(path)
        assert how in seen, how
        seen[how] += 1
    assert seen["partial"] > CASES / 4  # most of a file that is cut is read
    assert time.monotonic() - begin_s < 120
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib < 200_000


def test_a_damaged_message_is_told_with_how_much_was_read_before(tmp_path: Path) -> None:
    with BagWriter(tmp_path / "bag") as writer:
        writer.add("/faces", "mien_msgs/msg/Faces")
        for i in range(400):
            writer.write("/faces", bytes([i % 256]) * 20_000, i)
    path = tmp_path / "bag/bag.mcap"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    with pytest.raises(BagError, match=r"checksum.*; \d+ of 400 messages before that were read"):
        list(Bag(tmp_path / "bag").raw())


def test_a_bag_that_was_cut_is_closed_again_with_its_metadata(bag: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    folder.mkdir()
    data = (bag / "bag.mcap").read_bytes()
    (folder / "bag.mcap").write_bytes(data[: len(data) * 2 // 3])
    n = len(list(Session(folder).moments()))
    (cut,) = close(folder)
    assert f"{cut.messages} messages" in str(cut)
    assert is_whole(folder / "bag.mcap")
    session = Session(folder)
    assert session.cut is None
    assert len(list(session.moments())) == n
    facts = (folder / "metadata.yaml").read_text()
    assert "transient_local" in facts  # of labels: as it was offered
    assert f"message_count: {cut.messages}" in facts
    assert close(folder) == []
