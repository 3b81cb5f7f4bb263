"""Queues messages as they arrive and writes them on its own thread, so that the caller never waits."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

import cv2
import numpy as np

from mien.bags.about import with_dropped
from mien.bags.record import VIDEO_TYPE, BagWriter, typestore
from mien.bags.video import Encoder
from mien.core.errors import BagError, ImageError
from mien.graph import Qos
from mien.images.depth import Depth
from mien.messages import from_image

IMAGE_TYPE = "sensor_msgs/msg/Image"
COMPRESSED_TYPE = "sensor_msgs/msg/CompressedImage"
_FLUSH_S = 0.5  # what a recorder that is killed loses at most
_SHARE = 0.7  # of the queue that images may fill: results find a place for longer


@dataclass(frozen=True, slots=True)
class Channel:
    """A topic as it is recorded. Images are written as JPEG or H.264 where one of the last two is given."""

    name: str  # as the graph calls it
    topic: str  # in full
    type: str
    qos: Qos
    jpeg_quality: int = 0
    h264_crf: int | None = None
    definition: str = ""  # of its type, where it is not one of ROS 2 Jazzy or mien


@dataclass(frozen=True, slots=True)
class _Item:
    channel: Channel
    data: bytes
    received_ns: int
    published_ns: int


class Recorder:
    """Queues messages and writes them in a thread of its own.

    queue_bytes: what waits while the disk is slow; beyond it messages are dropped and counted, images earlier than
    results, which are small. min_free_bytes: with less room on the disk the recording ends, whole.
    on_failure is called once, in the writing thread, with what stopped the recording.
    """

    def __init__(
        self, writer: BagWriter, on_failure: Callable[[str], None], *, queue_bytes: int = 256 << 20,
        min_free_bytes: int = 0,
    ) -> None:  # fmt: skip
        self.failure = ""
        self.dropped: Counter[str] = Counter()  # messages by topic
        self._encoders: dict[str, Encoding] = {}
        self._writer = writer
        self._on_failure = on_failure
        self._most = {True: int(_SHARE * queue_bytes), False: queue_bytes}  # by whether it is an image
        self._min_free = min_free_bytes
        self._queue: SimpleQueue[_Item | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._waiting_bytes = 0
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
        if self.failure or not self._take(len(data), channel.type == IMAGE_TYPE):
            self.dropped[channel.topic] += 1
            return
        self._queue.put(_Item(channel, data, received_ns, published_ns))

    def _take(self, size: int, image: bool) -> bool:
        """Make room in the queue; False where there is none. One message always finds a place in an empty one."""
        with self._lock:
            if self._waiting_bytes and self._waiting_bytes + size > self._most[image]:
                return False
            self._waiting_bytes += size
            return True

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
                with self._lock:
                    self._waiting_bytes -= len(item.data)
            if time.monotonic() >= due:
                self._look_at_disk()
                self._attempt(self._writer.flush)
                due = time.monotonic() + _FLUSH_S
        self._finish()

    def _finish(self) -> None:
        if self.dropped:
            self._writer.about |= with_dropped(self._writer.about, self.dropped)
        self._attempt(self._writer.close)

    def _look_at_disk(self) -> None:
        """End the recording while there is room for its end."""
        if self.failure or not self._min_free:
            return
        free = shutil.disk_usage(self._writer.path).free
        if free < self._min_free:
            self._finish()
            self._fail(
                f"recording ended: {free / 1e6:.0f} MB are free at {self._writer.path}, less than bags.min_free_mb"
                f" ({self._min_free / 1e6:.0f}); the bag is whole; make room and record into a new folder"
            )

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
        channel = item.channel
        encode = self._encoders.get(channel.topic)
        if encode is None:
            encode = self._encoders[channel.topic] = Encoding(channel)
        data = encode(item.data)
        if not self._writer.knows(encode.topic):
            self._writer.add(encode.topic, encode.type, channel.qos, channel.definition)
        self._writer.write(encode.topic, data, item.received_ns, item.published_ns)

    def _fail(self, reason: str) -> None:
        self.failure = reason
        self._on_failure(reason)


class Encoding:
    """How the messages of a channel are written: `topic` and `type`, and by calling it their bytes."""

    def __init__(self, channel: Channel) -> None:
        """Raises BagError where PyAV is needed and missing."""
        self.topic, self.type = channel.topic, channel.type
        self._depth = Depth()
        self._quality = channel.jpeg_quality
        self._video: Encoder | None = None
        if channel.h264_crf is not None:
            self._video = Encoder(channel.h264_crf)
            self.topic, self.type = f"{channel.topic}/h264", VIDEO_TYPE
        elif channel.jpeg_quality:
            self.topic, self.type = f"{channel.topic}/compressed", COMPRESSED_TYPE

    def __call__(self, data: bytes) -> bytes | memoryview:
        """Raises ImageError."""
        if self._video is None and not self._quality:
            return data
        image = typestore().deserialize_cdr(data, IMAGE_TYPE)
        if self._video is None:
            return to_jpeg(image, self._quality, self._depth)
        store, header = typestore(), image.header
        msg = store.types[VIDEO_TYPE](
            timestamp=header.stamp, frame_id=header.frame_id, format="h264",
            data=np.frombuffer(self._video(from_image(image, self._depth)), np.uint8),
        )  # fmt: skip
        return memoryview(store.serialize_cdr(msg, VIDEO_TYPE))


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
