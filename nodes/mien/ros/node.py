"""What every node needs to start, pause and end."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import rclpy
from rclpy._rclpy_pybind11 import RCLError
from rclpy.executors import ExternalShutdownException, SingleThreadedExecutor
from rclpy.node import Node
from rclpy.task import Future
from std_srvs.srv import SetBool

from mien.core.errors import MienError, tell
from mien.graph import ENABLE
from mien.ros import transport
from mien.ros.diagnostics import Health
from mien.ros.qos import interface

# Nodes that end by themselves (a file was played) or that cannot go on set this future.
Finished = Future


def run(factory: Callable[[], Node], args: Sequence[str] | None = None) -> int:
    """Start a node and spin it until Ctrl-C, SIGTERM or its own end. Returns the exit code.

    A node ends itself by a future in its attribute `finished`, whose exception is the reason.
    """
    transport.tune()
    rclpy.init(args=list(sys.argv if args is None else args))
    node: Node | None = None
    try:
        node = factory()
        executor = SingleThreadedExecutor()
        executor.add_node(node)
        finished = getattr(node, "finished", None)
        if finished is None:
            executor.spin()
        else:
            executor.spin_until_future_complete(finished)
            if finished.done():
                finished.result()
    except (KeyboardInterrupt, ExternalShutdownException):
        pass
    except RCLError:
        if rclpy.ok():
            raise
        # Interrupted while it started.
    except MienError as e:
        return tell(e)
    finally:
        with _undisturbed():
            if node is not None:
                close = getattr(node, "close", None)
                if close is not None:
                    close()
                node.destroy_node()
            rclpy.try_shutdown()
    return 0


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not break the end: launch sends one, and the terminal another."""
    before = {s: signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)


def offer_enable(node: Node, health: Health) -> None:
    """The service ~/enable; the node looks at `health.enabled`."""

    def set_enabled(request: SetBool.Request, response: SetBool.Response) -> SetBool.Response:
        health.enabled = bool(request.data)
        response.success = True
        response.message = "running" if health.enabled else "paused"
        health.publish()
        return response

    node.create_service(interface(ENABLE.type), ENABLE.name, set_enabled)
