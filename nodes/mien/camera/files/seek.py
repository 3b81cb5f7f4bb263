"""Where in a file a frame begins: for segments of long videos, which nobody wants to decode from the beginning."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

_ODD = 2  # frames by which packets may differ from what the header says, or one in a hundred


@dataclass(frozen=True, slots=True)
class Place:
    """Times are in the time base of the stream."""

    first: int  # time of the first frame of all
    target: int  # time of the frame that is asked for
    key: int  # time of a key frame from which it can be decoded


def find(open_file: Callable[[], Any], stream_index: int, index: int, length: int) -> Place | None:
    """Place of the frame `index` of a file that has about `length`, by its packets, none of which is decoded.

    None where packets do not tell: without times, with times that repeat, or with two packets for a frame.
    """
    times: list[int] = []
    keys: list[int] = []
    file = open_file()
    try:
        with closing(file.demux(file.streams[stream_index])) as packets:
            for packet in packets:
                if not packet.size or packet.is_discard:
                    continue
                if packet.pts is None:
                    return None
                times.append(packet.pts)
                if packet.is_keyframe:
                    keys.append(packet.pts)
    except Exception:  # a broken end: whoever decodes it says what is wrong
        return None
    finally:
        file.close()
    times.sort()
    if len(set(times)) < len(times) or not 0 < index < len(times):
        return None
    if abs(len(times) - length) > max(_ODD, length // 100):
        return None
    # Not the nearest key frame but the one before: frames around it may need what comes earlier.
    before = sorted(key for key in keys if key <= times[index])[:-1]
    return Place(times[0], times[index], before[-1]) if before else None
