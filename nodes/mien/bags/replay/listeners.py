"""Asks the nodes that listen what they have heard. Who cannot tell, as a node of somebody else, is given a while."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from rclpy.client import Client
from rclpy.node import Node
from rclpy.publisher import Publisher
from std_srvs.srv import Trigger

from mien.graph import HEARD
from mien.ros.qos import interface

SETTLE_S = 0.5  # who cannot tell has learned of a new publisher by then
_LOOK_S = 0.01  # the graph is looked at so often until somebody is there


class Listeners:
    """Used by the thread that plays; the executor of the node spins in another one."""

    def __init__(self, node: Node, stopped: Callable[[], bool]) -> None:
        self._node = node
        self._stopped = stopped
        self._clients: dict[str, Client] = {}

    def meet(self, publisher: Publisher, timeout_s: float, answers: Sequence[str] = ()) -> None:
        """Wait until a new publisher and those that listen to it know one another; and these, who hears them.

        answers: topics whose publishers are to know who hears them, too.
        """
        begin = time.monotonic()
        while not self._stopped() and time.monotonic() < begin + timeout_s:
            told = self._told(publisher.topic_name, begin + timeout_s, answers)
            matched = publisher.get_subscription_count() >= self._node.count_subscribers(publisher.topic_name)
            if told and matched and all(self._is_heard(one) for one in told.values()):
                return
            if not told and matched and time.monotonic() > begin + SETTLE_S:
                return
            time.sleep(_LOOK_S)

    def wait(self, publisher: Publisher, name: str, stamp_ns: int, timeout_s: float) -> list[str]:
        """Wait until all have taken the message of this stamp, the newest on the topic `name`. Who has not."""
        end = time.monotonic() + timeout_s
        while True:
            told = self._told(publisher.topic_name, end)
            late = [who for who, one in told.items() if one.get("heard", {}).get(name) != stamp_ns]
            if not late or self._stopped() or time.monotonic() > end:
                return late

    def _is_heard(self, told: dict[str, Any]) -> bool:
        """Whether all that are known to listen to a node are known to it, too."""
        return all(n >= self._node.count_subscribers(topic) for topic, n in told.get("hearers", {}).items())

    def _told(self, topic: str, end: float, answers: Sequence[str] = ()) -> dict[str, dict[str, Any]]:
        """What they answer, by node: of those that listen to a topic, or publish `answers`, and can tell."""
        infos = self._node.get_subscriptions_info_by_topic(topic)
        for answer in answers:
            infos = [*infos, *self._node.get_publishers_info_by_topic(answer)]
        nodes = {f"{i.node_namespace.rstrip('/')}/{i.node_name}" for i in infos}
        services = dict(self._node.get_service_names_and_types())
        names = {node: HEARD.name.replace("~", node, 1) for node in sorted(nodes)}
        return {n: self._ask(s, end) for n, s in names.items() if HEARD.type in services.get(s, ())}

    def _ask(self, service: str, end: float) -> dict[str, Any]:
        """What a node says; nothing where it says nothing in time."""
        if service not in self._clients:
            self._clients[service] = self._node.create_client(interface(HEARD.type), service)
        client = self._clients[service]
        if not client.wait_for_service(max(0.0, end - time.monotonic())):
            return {}
        answered = threading.Event()
        future = client.call_async(Trigger.Request())
        future.add_done_callback(lambda _: answered.set())
        if not answered.wait(max(0.0, end - time.monotonic())):
            client.remove_pending_request(future)
            return {}
        found: dict[str, Any] = json.loads(future.result().message)
        return found
