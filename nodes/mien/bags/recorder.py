"""Queues messages as they arrive and writes them on its own thread, so that the caller never waits."""

from __future__ import annotations

import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import cv2
import numpy as np

from mien.bags.record import BagWriter, typestore
from mien.core.errors import BagError, ImageError
from mien.graph import Qos
from mien.images.depth import Depth
from mien.messages import from_image

IMAGE_TYPE = "sensor_msgs/msg/Image"
COMPRESSED_TYPE = "sensor_msgs/msg/CompressedImage"
_FLUSH_S = 0.5  # what a recorder that is killed loses at most
_IMAGES_WAITING = 60  # about two seconds of a camera, 160 MB at 720p


@dataclass(frozen=True, slots=True)
class Channel:
    """A topic as it is recorded. Images are written as JPEG where `jpeg_quality` is not 0."""

    name: str  # as the graph calls it
    topic: str  # in full
    type: str
    qos: Qos
    jpeg_quality: int = 0


@dataclass(frozen=True, slots=True)
class _Item:
    channel: Channel
    data: bytes
    received_ns: int
    published_ns: int


class Recorder:
    """Queues messages and writes them in a thread of its own.

    Results always find a place in the queue: they are small. Images find one among a few seconds'
    worth, and are dropped and counted beyond it.
    on_failure is called once, in the writing thread, with what stopped the recording.
    """

    def __init__(self, writer: BagWriter, on_failure: Callable[[str], None]) -> None:
        self.failure = ""
        self.dropped: Counter[str] = Counter()  # messages by topic
        self._depths: defaultdict[str, Depth] = defaultdict(Depth)
        self._writer = writer
        self._on_failure = on_failure
        self._queue: SimpleQueue[_Item | None] = SimpleQueue()
        self._places = threading.Semaphore(_IMAGES_WAITING)
        self._thread = threading.Thread(target=self._work, name="recorder", daemon=True)
        self._thread.start()

    @property
    def counts(self) -> dict[str, int]:
        """Messages written, by topic."""
        return dict(self._writer.counts)

    @property
    def size_bytes(self) -> int:
        """Of the messages written."""
        return self._writer.size_bytes

    @property
    def waiting(self) -> int:
        return self._queue.qsize()

    def put(self, channel: Channel, data: bytes, received_ns: int, published_ns: int = 0) -> None:
        """Take one serialised message; never blocks."""
        image = channel.type == IMAGE_TYPE
        if self.failure or (image and not self._places.acquire(blocking=False)):
            self.dropped[channel.topic] += 1
            return
        self._queue.put(_Item(channel, data, received_ns, published_ns))

    def close(self) -> None:
        """Write all that was taken, then close the bag."""
        self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        due = time.monotonic() + _FLUSH_S
        while True:
            try:
                item = self._queue.get(timeout=max(0.0, due - time.monotonic()))
            except Empty:
                pass
            else:
                if item is None:
                    break
                self._record(item)
                if item.channel.type == IMAGE_TYPE:
                    self._places.release()
            if time.monotonic() >= due:
                self._attempt(self._writer.flush)
                due = time.monotonic() + _FLUSH_S
        self._attempt(self._writer.close)

    def _attempt(self, step: Callable[[], None]) -> None:
        """Do what the disk may refuse."""
        try:
            step()
        except BagError as error:
            self._fail(str(error))

    def _record(self, item: _Item) -> None:
        """Write one message, or count it as dropped. A recording that fails says so once."""
        topic = item.channel.topic
        if not self.failure:
            try:
                self._write(item)
            except (ImageError, cv2.error) as error:
                if not self.dropped[topic]:
                    self._on_failure(f"{topic} is not recorded: {error}")
                self.dropped[topic] += 1
            except BagError as error:
                self._fail(str(error))
            except Exception as error:  # the thread must live on to close the bag
                self._fail(f"recording ended at a message of {topic}: {type(error).__name__}: {error}")
        if self.failure:
            self.dropped[topic] += 1

    def _write(self, item: _Item) -> None:
        topic, type_name, data = _encode(item, self._depths[item.channel.topic])
        if not self._writer.knows(topic):
            self._writer.add(topic, type_name, item.channel.qos)
        self._writer.write(topic, data, item.received_ns, item.published_ns)

    def _fail(self, reason: str) -> None:
        self.failure = reason
        self._on_failure(reason)


def _encode(item: _Item, depth: Depth) -> tuple[str, str, bytes | memoryview]:
    """Topic, type and bytes to write. Raises ImageError."""
    channel = item.channel
    if not channel.jpeg_quality:
        return channel.topic, channel.type, item.data
    image = typestore().deserialize_cdr(item.data, IMAGE_TYPE)
    return f"{channel.topic}/compressed", COMPRESSED_TYPE, to_jpeg(image, channel.jpeg_quality, depth)


def to_jpeg(image: Any, quality: int, depth: Depth | None = None) -> memoryview:
    """Image message to a serialised CompressedImage, named as compressed_image_transport names it.

    Raises ImageError.
    """
    bgr = cv2.cvtColor(from_image(image, depth), cv2.COLOR_RGB2BGR)
    done, data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ImageError(f"{image.width}×{image.height} pixels do not fit into a JPEG; record raw images")
    store = typestore()
    msg = store.types[COMPRESSED_TYPE](
        header=image.header, format=f"{image.encoding}; jpeg compressed bgr8", data=np.asarray(data).reshape(-1)
    )
    return memoryview(store.serialize_cdr(msg, COMPRESSED_TYPE))
