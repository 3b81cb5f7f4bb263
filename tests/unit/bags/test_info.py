"""`mien bag info` and `mien bag mend`: what a bag holds, and a bag that gets its end."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from mien.bags import about
from mien.bags.opened import Bag
from mien.bags.record import BagWriter
from mien.bags.write import MomentWriter
from mien.cli.__main__ import main

from .sessions import START_NS, image, moment


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    with BagWriter(tmp_path / "bag", about.with_dropped(about.about(), {"/lab/image_raw": 7})) as writer:
        out = MomentWriter(writer, "/lab", jpeg_quality=0)
        out.describe(START_NS)
        out.parameters("/lab/perception", {"faces.max_faces": 2, "rigs.gain": 0.5}, START_NS)
        out.status("/lab/camera", {"source": "a.mp4", "dropped": "0"}, START_NS)
        out.status("/lab/perception", {"dropped": "2413"}, START_NS)
        for i in range(3):
            out.write(moment(i, picture=image(i)))
    return tmp_path / "bag"


def test_a_bag_says_what_it_holds(bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bag", "info", str(bag), "--parameters", str(tmp_path / "parameters.yaml")]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^  /lab/rigs +3  mien_msgs/msg/Rigs$", said, re.MULTILINE)
    assert "dropped while it was recorded: 7 of /lab/image_raw" in said
    assert "not processed: 2413 images, as /lab/perception fell behind" in said
    assert said.count("not processed") == 1
    assert "source: a.mp4" in said
    assert "`mien bag verify` can prove it" in said
    parameters = yaml.safe_load((tmp_path / "parameters.yaml").read_text())
    assert parameters == {"/**": {"ros__parameters": {"faces": {"max_faces": 2}, "rigs": {"gain": 0.5}}}}
    assert main(["bag", "info", str(bag), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["duration_s"] == pytest.approx((max(moment(2).received_ns.values()) - START_NS) * 1e-9, abs=1e-3)
    assert told["topics"]["/lab/image_raw"] == {"type": "sensor_msgs/msg/Image", "messages": 3}
    assert told["images"] == ["/lab/image_raw"]
    assert told["files"]["bag.mcap"] == (bag / "bag.mcap").stat().st_size


def test_an_anonymised_bag_says_with_what_it_was_recorded(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And not what is installed where it was copied."""
    known = {"versions": {"mien": "0.0.7"}, "networks": {"encoder": "abc"}, "dropped": {"/lab/image_raw": 7}}
    bag = tmp_path / "bag"
    with BagWriter(bag, {about.KEY: json.dumps(known)}) as writer:
        MomentWriter(writer, "/lab", jpeg_quality=0).write(moment(0, picture=image(0)))
    assert main(["bag", "anonymise", str(bag), "--out", str(tmp_path / "public")]) == 0
    assert Bag(tmp_path / "public").about == known | {"anonymised": True}
    capsys.readouterr()
    assert main(["bag", "info", str(tmp_path / "public")]) == 0
    said = capsys.readouterr().out
    assert "recorded with mien 0.0.7\n" in said
    assert "anonymised: images" in said
    assert "dropped while it was recorded: 7 of /lab/image_raw" in said
    assert "it has no images: its results cannot be computed again" in said


def test_an_imported_bag_says_that_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    take = tmp_path / "take.json"
    take.write_text(json.dumps([{"time": i, "jawOpen": 0.5, "shape": 1} for i in range(3)]))
    assert main(["import", str(take), "--out", str(tmp_path / "bag")]) == 0
    assert main(["bag", "info", str(tmp_path / "bag")]) == 0
    said = capsys.readouterr().out
    assert f"imported from {take}: JSON with shapes of ARKit" in said
    assert "imported with python" in said
    assert Bag(tmp_path / "bag").about["networks"] == {}


def test_a_bag_of_somebody_else_says_what_it_holds_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with BagWriter(tmp_path / "bag") as writer:
        writer.add("/scan", "sensor_msgs/msg/LaserScan")
        writer.write("/scan", b"nobody reads it", 10**9)
    assert main(["bag", "info", str(tmp_path / "bag")]) == 0
    assert re.search(r"^  /scan +1  sensor_msgs/msg/LaserScan$", capsys.readouterr().out, re.MULTILINE)
    assert main(["bag", "info", str(tmp_path / "bag"), "--parameters", str(tmp_path / "p.yaml")]) == 2
    assert "does not say parameters" in capsys.readouterr().err
    assert not (tmp_path / "p.yaml").exists()


def test_a_bag_that_was_cut_says_so_and_is_mended(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = (bag / "bag.mcap").read_bytes()
    (bag / "bag.mcap").write_bytes(data[: len(data) * 2 // 3])
    (bag / "metadata.yaml").unlink()
    assert main(["bag", "info", str(bag)]) == 0
    assert "cut: " in capsys.readouterr().out
    for said in ("; closed", "every file has its end"):
        assert main(["bag", "mend", str(bag)]) == 0
        assert said in capsys.readouterr().out
    assert Bag(bag).cuts == []
    assert main(["bag", "mend", str(bag / "none")]) == 1
    assert "is no folder of a bag" in capsys.readouterr().err
