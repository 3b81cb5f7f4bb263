"""Copy messages of a bag into another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mien.bags.opened import Bag, Message
from mien.bags.record import BagWriter
from mien.graph import Qos


def copy(source: Bag, target: BagWriter, message: Message, topic: str = "", data: bytes | None = None) -> None:
    """One message, under another name or with other bytes where they are given. Raises BagError."""
    topic = topic or message.topic
    if not target.knows(topic):
        target.add(topic, message.type, qos_of(source, message.topic), source.definitions.get(message.type, ""))
    target.write(topic, message.data if data is None else data, message.received_ns)


def qos_of(bag: Bag, topic: str) -> Qos:
    """As the publisher offered it."""
    return offered_qos(bag.offered.get(topic) or ())


def offered_qos(profiles: Iterable[Any]) -> Qos:
    """The first of those that rosbags has read."""
    offered = list(profiles)
    if not offered:
        return Qos()
    q = offered[0]
    return Qos(q.reliability.name == "RELIABLE", q.durability.name == "TRANSIENT_LOCAL", int(q.depth))
