from __future__ import annotations

import pytest

from mien.doctor.contracts import check_definitions, check_services, misfits
from mien.doctor.finding import Level
from mien.doctor.snapshot import Offer, Traffic
from mien.graph import DIAGNOSTICS

from .graphs import HEARD, end, graph, only, split, traffic

BEST_EFFORT, VOLATILE = Offer(reliable=False), Offer()
SECOND_NS = 1_000_000_000


@pytest.mark.parametrize(
    ("offered", "asked", "policies"),
    [
        (Offer(), Offer(), []),
        (Offer(reliable=True), Offer(reliable=False), []),
        (Offer(reliable=False), Offer(reliable=True), ["reliability"]),
        (Offer(latched=True), Offer(latched=False), []),
        (Offer(latched=False), Offer(latched=True), ["durability"]),
        (Offer(reliable=False), Offer(latched=True), ["reliability", "durability"]),
        (Offer(deadline_ns=SECOND_NS), Offer(deadline_ns=2 * SECOND_NS), []),
        (Offer(deadline_ns=2 * SECOND_NS), Offer(deadline_ns=SECOND_NS), ["deadline"]),
        (Offer(), Offer(deadline_ns=SECOND_NS), ["deadline"]),
        (Offer(manual=False), Offer(manual=True), ["liveliness"]),
        (Offer(), Offer(lease_ns=SECOND_NS), ["liveliness"]),
    ],
)  # fmt: skip
def test_a_publisher_must_offer_what_is_asked(offered: Offer, asked: Offer, policies: list[str]) -> None:
    assert misfits(offered, asked) == policies


def test_a_healthy_graph_fits() -> None:
    assert not list(check_services(split()))
    assert not list(check_definitions(split()))


def test_a_subscriber_that_asks_too_much_of_images() -> None:
    camera = end("/usb_cam", "image_raw", BEST_EFFORT)
    snapshot = graph(
        traffic("image_raw", [camera], [end("/rviz", "image_raw"), end("/faces", "image_raw", BEST_EFFORT)], HEARD)
    )

    finding = only(check_services(snapshot))

    assert (finding.level, finding.subject) == (Level.FAIL, "/image_raw")
    assert finding.seen == "usb_cam offers best effort, rviz asks for reliable: nothing passes between them"
    assert finding.mend.startswith("let rviz ask for best effort")
    assert "RViz" in finding.mend


def test_a_node_of_ours_that_offers_too_little() -> None:
    faces = end("/faces", "faces", BEST_EFFORT)
    snapshot = split(faces=traffic("faces", [faces], [end("/expressions", "faces"), end("/rigs", "faces")], HEARD))

    finding = only(check_services(snapshot))

    assert finding.seen.startswith("faces offers best effort, expressions, rigs ask for reliable")
    assert finding.mend == (
        "let faces offer reliable: --ros-args -p qos_overrides./faces.publisher.reliability:=reliable"
    )


def test_latched_names_that_are_not_latched() -> None:
    snapshot = split(labels=traffic("labels", [end("/replay", "labels", VOLATILE)], [end("/rviz", "labels")], HEARD))

    finding = only(check_services(snapshot))

    assert finding.seen == "replay offers volatile, rviz asks for transient local: nothing passes between them"
    assert finding.mend == "let replay offer transient local"


def test_deadlines() -> None:
    strict = Offer(deadline_ns=SECOND_NS)
    snapshot = split(faces=traffic("faces", [end("/faces", "faces")], [end("/robot", "faces", strict)], HEARD))

    assert only(check_services(snapshot)).mend == "give faces and its listeners the same deadline"


def test_diagnostics_of_others_are_not_our_business() -> None:
    ends = [end(f"/{name}", DIAGNOSTICS.name, BEST_EFFORT) for name in ("faces", "laser")]
    topic = Traffic(DIAGNOSTICS.name, tuple(ends), (end("/aggregator", DIAGNOSTICS.name),))
    snapshot = graph(*split().topics.values(), topic)

    finding = only(check_services(snapshot))

    assert finding.seen.startswith("faces offers best effort, aggregator asks for reliable")


def test_definitions_of_two_versions() -> None:
    old, new = end("/lab/rigs", "faces", hash="RIHS01_aa"), end("/faces", "faces", hash="RIHS01_bb")
    snapshot = split(
        faces=traffic("faces", [new], [old, end("/expressions", "faces", hash="RIHS01_bb"), end("/x", "faces")])
    )

    finding = only(check_definitions(snapshot))

    assert finding.level == Level.FAIL
    assert finding.seen == "expressions, faces and /lab/rigs were built with different definitions of its type"
