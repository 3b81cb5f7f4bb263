"""How every node starts, pauses and ends."""

from __future__ import annotations

import signal
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import rclpy
from lifecycle_msgs.srv import ChangeState
from rclpy._rclpy_pybind11 import RCLError
from rclpy.executors import Executor, ExternalShutdownException, SingleThreadedExecutor
from rclpy.lifecycle import LifecycleNode
from rclpy.node import Node
from rclpy.service import Service
from rclpy.task import Future
from std_srvs.srv import SetBool

from mien.core.errors import MienError, tell
from mien.graph import ENABLE
from mien.ros import transport
from mien.ros.diagnostics import Health
from mien.ros.interrupts import Interrupts
from mien.ros.qos import interface

# Nodes that end by themselves (a file has ended, or an error) set this future.
Finished = Future


def run(
    factory: Callable[[], Node],
    args: Sequence[str] | None = None,
    executor: Callable[[], Executor] = SingleThreadedExecutor,
) -> int:
    """Start a node and spin it until Ctrl-C, SIGTERM or its own end. Returns the exit code.

    A node ends itself by a future in its attribute `finished`, whose exception is the reason.
    """
    transport.tune()
    with Interrupts() as interrupts:
        rclpy.init(args=list(sys.argv if args is None else args))
        return _run(factory, interrupts, executor)


def _run(factory: Callable[[], Node], interrupts: Interrupts, make: Callable[[], Executor]) -> int:
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # else it was started with nohup
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))  # the terminal is gone
    node: Node | None = None
    try:
        node = factory()
        executor = make()
        executor.add_node(node)
        with interrupts.delayed():
            _spin(executor, node)
    except (KeyboardInterrupt, ExternalShutdownException):
        pass
    except RCLError:
        if rclpy.ok():
            raise
        # Interrupted during the start.
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


def _spin(executor: Executor, node: Node) -> None:
    """Spin until the node ends itself or the context shuts down. Raises the exception of `finished`.

    Not `spin_until_future_complete`: that adds a callback to the future whenever it wakes up, some
    hundreds a second, and none is ever taken away.
    """
    finished: Future = getattr(node, "finished", None) or Future()
    wake = node.create_guard_condition(lambda: None)
    finished.add_done_callback(lambda _: wake.trigger())
    while executor.context.ok() and not finished.done():
        executor.spin_once()
    if finished.done():
        finished.result()


def guard_transitions(node: LifecycleNode) -> None:
    """Answer `success: false` to a transition that is invalid in the present state; log exceptions in transitions.

    rclpy lets an invalid transition end the process, and swallows exceptions in callbacks.
    """
    for state, callback in node._callbacks.items():
        node._callbacks[state] = _told(node, callback)
    service: Service = node._service_change_state
    change = service.callback

    def guarded(request: ChangeState.Request, response: ChangeState.Response) -> ChangeState.Response:
        try:
            return change(request, response)
        except RCLError:
            state = node._state_machine.current_state[1]
            what = request.transition.label or request.transition.id
            node.get_logger().warning(f"transition {what} refused: the state {state} does not have it")
            response.success = False
            return response

    service.callback = guarded


def _told(node: LifecycleNode, callback: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def told(state: Any) -> Any:
        try:
            return callback(state)
        except Exception:
            node.get_logger().error(traceback.format_exc())
            raise

    return told


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ignore a second Ctrl-C during the shutdown: ros2 launch sends one in addition to the terminal's."""
    before = {s: signal.signal(s, signal.SIG_IGN) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)


def offer_enable(node: Node, health: Health) -> None:
    """Offer the service ~/enable, which sets `health.enabled`."""

    def set_enabled(request: SetBool.Request, response: SetBool.Response) -> SetBool.Response:
        health.enabled = bool(request.data)
        response.success = True
        response.message = "running" if health.enabled else "paused"
        health.publish()
        return response

    node.create_service(interface(ENABLE.type), ENABLE.name, set_enabled)
