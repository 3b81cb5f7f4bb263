"""What a node has heard and who hears it: whoever plays a recording to it waits for that, and guesses no delay."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rclpy.node import Node
from rclpy.publisher import Publisher
from std_srvs.srv import Trigger

from mien.graph import HEARD, Topic
from mien.messages import from_time
from mien.ros.qos import interface


class HeardService:
    """Offers ~/heard. A callback notes each message that it has taken, once it has effect on the next image.

    publishers: of the outputs.
    """

    def __init__(self, node: Node, publishers: Iterable[Publisher]) -> None:
        self._publishers = tuple(publishers)
        self._newest: dict[str, int] = {}  # stamp, by topic
        node.create_service(interface(HEARD.type), HEARD.name, self._answer)

    def note(self, topic: Topic, msg: Any) -> None:
        """A message of a topic was taken, or refused."""
        self._newest[topic.name] = from_time(msg.header.stamp)

    def _answer(self, request: Trigger.Request, response: Trigger.Response) -> Trigger.Response:
        hearers = {p.topic_name: p.get_subscription_count() for p in self._publishers}
        response.success, response.message = True, json.dumps({"heard": self._newest, "hearers": hearers})
        return response
