"""The report as one page: what is in it, read back by hand, and what cannot break out of it."""

from __future__ import annotations

import base64
import gzip
import json
import re
import struct
from collections import Counter
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from mien.bags.read import Session
from mien.core.errors import ModelError, ReportError
from mien.dashboard import report_page
from mien.report.collect import collect
from mien.report.sheets.explain import Explained
from mien.report.summary import summarise
from mien.statistics.describe import describe
from mien.statistics.events import Rule
from mien.statistics.recording import of_bag
from mien_models.spaces import facs

from ..bags.sessions import image, moment, shapes, write_bag  # noqa: TID252


def made(tmp_path: Path, n: int = 12, pictures: bool = True, **extra: Any) -> tuple[Path, str]:
    moments = [
        moment(i, weights=shapes(jawOpen=abs(np.sin(i / 3))), picture=image(i) if pictures else None) for i in range(n)
    ]
    bag = write_bag(tmp_path / "bag", moments)
    session = Session(bag)
    summary = summarise(session, collect(session), extra)
    out = tmp_path / "out"
    out.mkdir()
    path = report_page.write(Session(bag), summary, out)
    return path, path.read_text("utf8")


def part(page: str, name: str) -> str:
    found = re.search(rf'<script type="[^"]*" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found
    return found[1]


def records(page: str) -> list[tuple[dict[str, Any], bytes]]:
    data, out = base64.b64decode(part(page, "data")), []
    while data:
        head, body = struct.unpack_from("<II", data)
        out.append((json.loads(data[8 : 8 + head]), data[8 + head : 8 + head + body]))
        data = data[8 + head + body :]
    return out


def test_it_holds_every_image_and_what_was_said_of_it(tmp_path: Path) -> None:
    path, page = made(tmp_path)
    assert path.name == "report.html"
    found = records(page)
    kinds = Counter(head["kind"] for head, _ in found)
    assert [kinds[k] for k in ("image", "faces", "expressions", "affects", "rigs")] == [12] * 5
    assert [h["kind"] for h, _ in found][:4] == ["hello", "labels", "mesh", "rig_description"]
    stamps = [h["stamp"] for h, _ in found if h["kind"] == "affects"]
    assert stamps == sorted(stamps)
    jpeg = next(body for head, body in found if head["kind"] == "image")
    assert cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR).shape[1] <= 480
    assert json.loads(part(page, "summary"))["frames"] == 12


def test_it_holds_the_avatar_that_the_rigs_move(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none where nothing moves it, or where it cannot be made."""
    made_of = {"human.glb": lambda: b"glTF and so on"}
    monkeypatch.setattr(report_page, "SHIPPED", made_of)
    _, page = made(tmp_path)
    assert gzip.decompress(base64.b64decode(part(page, "avatar"))) == b"glTF and so on"
    rigs = [body for head, body in records(page) if head["kind"] == "rigs"]
    jaw = next(head for head, _ in records(page) if head["kind"] == "rig_description")["names"].index("jawOpen")
    found = [np.frombuffer(body, "<f4")[jaw] for body in rigs]
    assert found == pytest.approx([abs(np.sin(i / 3)) for i in range(12)], abs=1e-6)
    still = moment(0)
    del still.parts["rigs"]
    session = Session(write_bag(tmp_path / "still", [still]))
    page = report_page.write(session, summarise(session, collect(session)), tmp_path).read_text("utf8")
    assert part(page, "avatar") == ""

    def fails() -> bytes:
        raise ModelError("the head's data is missing")

    monkeypatch.setattr(report_page, "SHIPPED", {"human.glb": fails})
    session = Session(tmp_path / "bag")
    page = report_page.write(session, summarise(session, collect(session)), tmp_path).read_text("utf8")
    assert part(page, "avatar") == ""


def test_its_statistics_are_those_of_mien_statistics(tmp_path: Path) -> None:
    _, page = made(tmp_path, 60)
    told = json.loads(part(page, "summary"))["statistics"]
    (person,) = describe(of_bag(tmp_path / "bag")).values["people"]
    assert told["people"] == [json.loads(json.dumps(person))]
    assert told["event"]["start"] == Rule().start
    assert person["missing"]["images_seen"] == 60


@pytest.mark.parametrize("ids", [(), (1,)])
def test_an_image_alone_is_described_and_nobody_is_nobody(tmp_path: Path, ids: tuple[int, ...]) -> None:
    session = Session(write_bag(tmp_path / "bag", [moment(0, ids)]))
    page = report_page.write(session, summarise(session, collect(session)), tmp_path).read_text("utf8")
    people = json.loads(part(page, "summary"))["statistics"]["people"]
    assert [p["id"] for p in people] == list(ids)
    assert all(p["smiles"]["per_minute"] is None for p in people), "no rate of no time"


def test_it_holds_the_explained_moments_or_says_that_there_are_none(tmp_path: Path) -> None:
    path, page = made(tmp_path)
    assert json.loads(part(page, "summary"))["explained"] == []
    count = len(facs.AUS)
    maps, intensity, recorded = np.zeros((count, 24, 20), np.float32), np.zeros(count), np.full(count, np.nan)
    for name, value in (("AU12L", 3.0), ("AU4R", 1.25)):
        intensity[facs.INDEX[name]] = value
        maps[facs.INDEX[name], 12, 10] = value / 5
    recorded[facs.INDEX["AU12L"]] = 2.5
    face = np.full((112, 112, 3), (200, 120, 90), np.uint8)
    row = Explained(0.2, 1, face, maps, intensity, recorded)
    session = Session(tmp_path / "bag")
    report_page.write(session, summarise(session, collect(session)), path.parent, [row])
    page = path.read_text("utf8")
    (told,) = json.loads(part(page, "summary"))["explained"]
    assert (told["time_s"], told["track_id"]) == (0.2, 1)
    units = [(u["name"], u["intensity"], u["recorded"]) for u in told["units"]]
    assert units == [("AU12L", 3.0, 2.5), ("AU4R", 1.25, None)]
    drawn = [picture(address) for address in (told["face"], *(u["picture"] for u in told["units"]))]
    assert drawn[0].mean((0, 1)) == pytest.approx((200, 120, 90), abs=3)
    heat = np.abs(drawn[1].astype(int) - drawn[1].mean(2, keepdims=True)).sum(2)
    y, x = np.unravel_index(int(heat.argmax()), heat.shape)
    side = len(heat) / 112
    assert (y / side, x / side) == pytest.approx((10 + 12.5 * 4, 16 + 10.5 * 4), abs=4)
    assert "not proof that these pixels were used" in page


def picture(address: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
    kind, data = address.split(",")
    assert kind == "data:image/jpeg;base64"
    bgr = cv2.imdecode(np.frombuffer(base64.b64decode(data), np.uint8), cv2.IMREAD_COLOR)
    return np.asarray(bgr[:, :, ::-1], np.uint8)


def test_it_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    _, page = made(tmp_path)
    assert "default-src 'none'" in page
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="', page)
    assert "/*style*/" not in page
    assert "/*script*/" not in page


def test_no_name_breaks_out_of_the_page(tmp_path: Path) -> None:
    name = "</script><script>alert(1)</script>/*data*/.mp4"
    _, page = made(tmp_path, 3, source=name)
    assert "<script>alert" not in page
    assert json.loads(part(page, "summary"))["source"] == name
    assert len(records(page)) > 3


def test_pictures_of_a_long_recording_are_fewer_and_numbers_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_page, "_PICTURES", 4)
    _, page = made(tmp_path)
    kinds = Counter(head["kind"] for head, _ in records(page))
    assert (kinds["image"], kinds["affects"]) == (4, 12)


def test_without_pictures_it_is_a_report_too(tmp_path: Path) -> None:
    _, page = made(tmp_path, 3, pictures=False)
    assert "image" not in {head["kind"] for head, _ in records(page)}


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    bag = write_bag(tmp_path / "bag", [moment(0)])
    with pytest.raises(ReportError, match="choose another folder"):
        report_page.write(Session(bag), {"frames": 1}, tmp_path / "missing")
