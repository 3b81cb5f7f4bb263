from __future__ import annotations

from dataclasses import dataclass

from mien.core.config import param


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioConfig:
    """Where sound comes from, and how it is read."""

    source: str = param(
        "topic",
        "`topic`: subscribe audio; `audio_common`: that topic of audio_common_msgs; `microphone`, or `microphone:NAME`,"
        " by sounddevice; or a file with sound.",
    )
    frame_id: str = param("microphone", "Name of the microphone in the messages.")
    rate_hz: int = param(16000, "Requested from a microphone, which may choose another.", unit="Hz", lo=4000, hi=192000)
    offset_s: float = param(
        0.0, "Added to the stamps of what is heard: negative where sound comes later than the image of its moment. "
        "`mien evaluate offset` measures it.", unit="s", lo=-2, hi=2, live=True,
    )  # fmt: skip
    strength: float = param(1.0, "Scales the mouth shapes that are heard.", lo=0, hi=4, live=True)
    expressive: float = param(
        0.5,
        "How far accents of the voice raise the brows, and a lively voice lifts the corners of the mouth, of a face"
        " that is not seen (with rigs.voice); 0 = not at all.",
        lo=0, hi=1, live=True,
    )  # fmt: skip
    paced: bool = param(True, "Play files at the speed of their time stamps; false: as fast as they are read.")
    loop: bool = param(False, "Start a file again when it ends.")
    reconnect_s: float = param(1.0, "Wait between two attempts to open a microphone.", unit="s", lo=0.1, hi=60)
