"""Decodes the images of a bag, whatever they were recorded as."""

from __future__ import annotations

from typing import Any

from mien import messages
from mien.bags.record import VIDEO_TYPE
from mien.bags.video import Decoder
from mien.core.types import U8, Header
from mien.graph import IMAGE
from mien.images.depth import Depth

TYPES = (*IMAGE.types, VIDEO_TYPE)


class ImageDecoder:
    """Images of one topic, in the order in which they were recorded: Image, CompressedImage or CompressedVideo."""

    def __init__(self) -> None:
        self._depth = Depth()
        self._video = Decoder()

    def __call__(self, msg: Any, kind: str) -> U8:
        """H×W×3 uint8 RGB of a message of this type. Raises ImageError."""
        if kind == VIDEO_TYPE:
            return self._video(bytes(msg.data), str(msg.format))
        return messages.from_image(msg, self._depth)


def header_of(msg: Any, kind: str) -> Header:
    """The header of such a message."""
    if kind == VIDEO_TYPE:
        return Header(messages.from_time(msg.timestamp), str(msg.frame_id))
    return messages.from_header(msg.header)
