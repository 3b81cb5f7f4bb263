"""The time of a stream of images, which goes on while none comes."""

from __future__ import annotations

from rclpy.node import Node

from mien.core.types import Header

# No image for this long: what waits for the next one moves on without it.
_SILENCE_NS = 150_000_000


class Stream:
    """What a node heard last, and since when it hears nothing. Lives on the worker's thread."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._last = Header(0)
        self._handled_ns = 0
        self._told_ns = 0  # the last time that was told without an image

    @property
    def begun(self) -> bool:
        """An image was handled."""
        return self._handled_ns > 0

    def stepped(self, header: Header) -> None:
        """An image was handled."""
        now_ns = self._now_ns()
        if self._node.get_clock().ros_time_is_active:
            now_ns = max(now_ns, header.stamp_ns)  # the images of a bag come before its time goes on
        self._last, self._handled_ns, self._told_ns = header, now_ns, 0

    def silent(self) -> Header | None:
        """The stream's own time, whatever clock its stamps are of, once no image has come for a while.

        None also while that time stands still, as in a bag that is paused.
        """
        silence_ns = self._now_ns() - self._handled_ns
        if not self.begun or silence_ns < _SILENCE_NS or silence_ns == self._told_ns:
            return None
        self._told_ns = silence_ns
        return Header(self._last.stamp_ns + silence_ns, self._last.frame_id)

    def _now_ns(self) -> int:
        return int(self._node.get_clock().now().nanoseconds)
