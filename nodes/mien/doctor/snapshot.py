"""An observation of a running graph, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mien.graph import DIAGNOSTICS, NODES, TOPICS, Node, Topic

MESSAGES = "mien_msgs/"
UNKNOWN = "/unknown"  # an endpoint whose node did not say its name
_SPECS = {spec.name: spec for spec in NODES}


@dataclass(frozen=True, slots=True)
class Offer:
    """The quality of service of one endpoint; times in ns, None = without limit."""

    reliable: bool = True
    latched: bool = False
    deadline_ns: int | None = None
    lease_ns: int | None = None
    manual: bool = False  # liveliness: manual instead of automatic


@dataclass(frozen=True, slots=True)
class Endpoint:
    node: str  # with namespace, /lab/perception
    type: str
    offer: Offer = Offer()
    hash: str = ""  # of the message definition; "" = not known


@dataclass(frozen=True, slots=True)
class Heard:
    """The messages of one topic in `seconds`."""

    count: int
    seconds: float
    rate_hz: float | None = None
    age_s: float | None = None  # from the stamp to here
    late_s: float | None = None  # from the stamp to when it was published; < 0: stamped in the future
    skew_s: float | None = None  # from published to here; < 0: the publisher's clock is ahead


@dataclass(frozen=True, slots=True)
class Traffic:
    """One topic by its full name."""

    name: str
    publishers: tuple[Endpoint, ...] = ()
    subscribers: tuple[Endpoint, ...] = ()
    heard: Heard | None = None  # None: not listened to

    @property
    def silent(self) -> bool:
        return bool(self.publishers) and self.heard is not None and not self.heard.count


@dataclass(frozen=True, slots=True)
class Status:
    """The last diagnostics of a node, and its first values of the observation."""

    level: int  # as in DiagnosticStatus
    message: str
    values: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    def grown(self, key: str) -> int:
        """By how much a counter grew during the observation."""
        now, then = self.values.get(key, ""), self.before.get(key, "")
        return max(0, int(now) - int(then)) if now.isdecimal() and then.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a node to service calls. `alive` is None where none could be sent."""

    alive: bool | None = None
    state: str = ""  # lifecycle
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph as seen from one domain and namespace during an observation."""

    domain: int = 0
    namespace: str = "/"
    nodes: tuple[str, ...] = ()  # every node, a name as often as it is there
    topics: Mapping[str, Traffic] = field(default_factory=dict)
    services: frozenset[str] = frozenset()
    statuses: Mapping[str, Status] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    clock: bool = False  # somebody publishes /clock

    @property
    def mien(self) -> list[str]:
        """mien's nodes in every namespace, by full name."""
        talks = {
            e.node
            for t in self.topics.values()
            for e in (*t.publishers, *t.subscribers)
            if e.type.startswith(MESSAGES) and base(e.node) in _SPECS
        }
        serves = {n for n in self.nodes if base(n) in _SPECS and f"{n}/enable" in self.services}
        return sorted(talks | serves)

    @property
    def here(self) -> list[str]:
        """mien's nodes in this namespace."""
        return [n for n in self.mien if space(n) == self.namespace]

    @property
    def nameless(self) -> bool:
        """Endpoints are discovered, but no names of nodes: names travel as data, so no data arrives."""
        ends = (e for _, t in self.topics_in_use() for e in (*t.publishers, *t.subscribers))
        return not self.mien and any(e.node == UNKNOWN for e in ends)

    def short(self, node: str) -> str:
        """A node's name as seen from this namespace."""
        if node == UNKNOWN:
            return "an unknown node"
        return base(node) if space(node) == self.namespace else node

    def topics_in_use(self) -> Iterator[tuple[Topic, Traffic]]:
        """Every topic of the graph under its actual names, including remapped ones."""
        for topic in TOPICS:
            if topic is DIAGNOSTICS:
                continue
            usual = resolve(topic.name, self.namespace)
            found = [t for t in self.topics.values() if concerns(t, topic, self.namespace)]
            used = [t for t in found if t.publishers or t.subscribers]
            yield from ((topic, t) for t in used or [Traffic(usual)])


def concerns(traffic: Traffic, topic: Topic, namespace: str) -> bool:
    """Whether `traffic` is `topic`: by its name, or because a mien node uses it as such."""
    if traffic.name in {resolve(t.name, namespace) for t in TOPICS}:
        return traffic.name == resolve(topic.name, namespace)
    ends = [(e, "publishes") for e in traffic.publishers] + [(e, "subscribes") for e in traffic.subscribers]
    return any(
        e.type in topic.types and space(e.node) == namespace and topic in getattr(spec, role)
        for e, role in ends
        if (spec := spec_of(e.node))
    )


def spec_of(node: str) -> Node | None:
    return _SPECS.get(base(node))


def resolve(topic: str, namespace: str) -> str:
    """The full name of a topic of the graph."""
    return topic if topic.startswith("/") else f"{namespace.rstrip('/')}/{topic}"


def base(node: str) -> str:
    return node.rpartition("/")[2]


def space(node: str) -> str:
    """The namespace of a node."""
    return node.rpartition("/")[0] or "/"
