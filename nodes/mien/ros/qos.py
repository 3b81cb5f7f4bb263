"""Publishers and subscriptions of the topics in `mien.graph`."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from rclpy._rclpy_pybind11 import RCLError
from rclpy.callback_groups import CallbackGroup
from rclpy.duration import Duration
from rclpy.event_handler import SubscriptionEventCallbacks
from rclpy.node import Node
from rclpy.publisher import Publisher
from rclpy.qos import DurabilityPolicy, HistoryPolicy, QoSProfile, ReliabilityPolicy
from rclpy.qos_overriding_options import QoSOverridingOptions
from rclpy.subscription import Subscription

from mien.graph import Qos, Topic


def profile(qos: Qos) -> QoSProfile:
    return QoSProfile(
        history=HistoryPolicy.KEEP_LAST,
        depth=qos.depth,
        reliability=ReliabilityPolicy.RELIABLE if qos.reliable else ReliabilityPolicy.BEST_EFFORT,
        durability=DurabilityPolicy.TRANSIENT_LOCAL if qos.latched else DurabilityPolicy.VOLATILE,
    )


def interface(name: str) -> Any:
    """The class of `package/msg/Type`, `package/srv/Type` or `package/action/Type`."""
    package, kind, cls = name.split("/")
    return getattr(importlib.import_module(f"{package}.{kind}"), cls)


def advertise(node: Node, topic: Topic) -> Publisher:
    return node.create_publisher(
        interface(topic.type),
        topic.name,
        profile(topic.qos),
        qos_overriding_options=QoSOverridingOptions.with_default_policies(),
    )


def subscribe(
    node: Node,
    topic: Topic,
    callback: Callable[[Any], None],
    *,
    on_mismatch: Callable[[str], None] | None = None,
    qos: Qos | None = None,
    raw: bool = False,
    overridable: bool = True,
    group: CallbackGroup | None = None,
) -> Subscription:
    """Subscribe to a topic. `on_mismatch` gets a message about publishers with an incompatible quality of service.

    overridable: the user may change the quality of service by parameters (qos_overrides).
    group: `POLLED`: the executor leaves it alone, and its messages are taken by `poll`.
    """

    def mismatched(event: Any) -> None:
        if on_mismatch:
            policy = str(event.last_policy_kind).rsplit(".", 1)[-1].lower().removeprefix("rmw_qos_policy_")
            on_mismatch(f"{topic.name}: a publisher does not offer the {policy} that we ask ({topic.listen_qos})")

    return node.create_subscription(
        interface(topic.type),
        topic.name,
        callback,
        profile(qos or topic.listen_qos),
        qos_overriding_options=QoSOverridingOptions.with_default_policies() if overridable else None,
        event_callbacks=SubscriptionEventCallbacks(incompatible_qos=mismatched, use_default_callbacks=False),
        raw=raw,
        callback_group=group,
    )


class _Polled(CallbackGroup):
    """Nothing in it is ever ready."""

    def can_execute(self, entity: Any) -> bool:
        return False

    def beginning_execution(self, entity: Any) -> bool:
        return False

    def ending_execution(self, entity: Any) -> None:
        pass


POLLED = _Polled()


def poll(subscription: Subscription, take: Callable[[bytes], None]) -> None:
    """Take all raw messages that have come. Of a fast topic that costs less than a callback for each."""
    with subscription.handle:
        while (taken := subscription.handle.take_message(subscription.msg_type, True)) is not None:
            take(taken[0])


def acknowledge(publisher: Publisher, timeout_s: float = 2.0) -> None:
    """Wait until all reliable subscribers have acknowledged what was published."""
    with suppress(RCLError):  # ROS was shut down meanwhile
        publisher.wait_for_all_acked(Duration(seconds=timeout_s))
