"""Sound in the messages of others, by their definitions."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from mien.audio.common import Common, info_kind, kind_of
from mien.core.errors import ConfigError, MessageError

rosbags = pytest.importorskip("rosbags.typesys", reason="bags are an extra")
SAMPLES = np.array([0.0, 0.5, -0.5, 0.25], np.float32)


def package(**definitions: str) -> Any:
    """The messages that these texts define, as a package has them."""
    store = rosbags.get_typestore(rosbags.Stores.ROS2_JAZZY)
    types = {}
    for name, text in definitions.items():
        types |= rosbags.get_types_from_msg(text, f"audio_common_msgs/msg/{name}")
    store.register(types)
    known = {name: store.types[f"audio_common_msgs/msg/{name}"] for name in definitions}
    return SimpleNamespace(**known), store.types["std_msgs/msg/Header"], store.types["builtin_interfaces/msg/Time"]


def ros_drivers() -> Any:
    return package(
        AudioData="uint8[] data",
        AudioDataStamped="std_msgs/Header header\naudio_common_msgs/AudioData audio",
        AudioInfo="uint8 channels\nuint32 sample_rate\nstring sample_format\nuint32 bitrate\nstring coding_format",
    )


def test_a_stamped_message_says_its_own_format() -> None:
    msgs, header, time = package(
        AudioData="".join(f"{kind}[] {kind}_data\n" for kind in ("float32", "int32", "int16", "int8", "uint8")),
        AudioInfo="int32 format\nint32 channels\nint32 rate\nint32 chunk",
        Audio="audio_common_msgs/AudioData audio_data\naudio_common_msgs/AudioInfo info",
        AudioStamped="std_msgs/Header header\naudio_common_msgs/Audio audio",
    )
    kind, topic = kind_of(lambda _: msgs)
    assert (kind.__msgtype__, topic) == ("audio_common_msgs/msg/AudioStamped", "audio")
    assert info_kind(lambda _: msgs) is None

    def said(rate: int = 44100, **data: Any) -> Any:
        empty = {f"{k}_data": np.zeros(0, d) for k, d in (
            ("float32", np.float32), ("int32", np.int32), ("int16", np.int16), ("int8", np.int8), ("uint8", np.uint8),
        )}  # fmt: skip
        audio = msgs.Audio(msgs.AudioData(**(empty | data)), msgs.AudioInfo(8, 2, rate, 4))
        return kind(header(time(12, 5), "mic"), audio)

    common, both = Common(16000, "microphone"), np.repeat(SAMPLES, 2)
    for data in ({"int16_data": (both * 32768).astype(np.int16)}, {"float32_data": both},
                 {"uint8_data": (both * 128 + 128).astype(np.uint8)}):  # fmt: skip
        sound = common.sound(said(**data), 1)
        assert (sound.header.stamp_ns, sound.header.frame_id, sound.rate_hz) == (12_000_000_005, "mic", 44100)
        np.testing.assert_allclose(sound.samples, SAMPLES, atol=1e-6)
    with pytest.raises(MessageError, match="rate is 0"):
        common.sound(said(0, float32_data=both), 1)


def test_bytes_are_read_as_audio_info_tells() -> None:
    msgs, header, time = ros_drivers()
    assert kind_of(lambda _: msgs)[1] == "audio_stamped"
    assert info_kind(lambda _: msgs) is msgs.AudioInfo
    common = Common(16000, "microphone")
    raw = np.frombuffer((SAMPLES * 32768).astype("<i2").tobytes(), np.uint8)
    stamped = msgs.AudioDataStamped(header(time(3, 0), ""), msgs.AudioData(raw))
    np.testing.assert_allclose(common.sound(stamped, 1).samples, SAMPLES)
    assert not common.told
    common.learn(msgs.AudioInfo(2, 48000, "S16LE", 1_536_000, "WAVE"))
    sound = common.sound(stamped, 1)
    assert (sound.rate_hz, sound.header.frame_id) == (48000, "microphone")
    np.testing.assert_allclose(sound.samples, [0.25, -0.125])
    bare = common.sound(msgs.AudioData(raw), 7_000_000_000)
    assert bare.header.stamp_ns == 7_000_000_000 - round(2e9 / 48000)
    for info, wrong in (
        (msgs.AudioInfo(1, 16000, "S16LE", 0, "mp3"), "format:=wave"),
        (msgs.AudioInfo(1, 16000, "S24LE", 0, "wave"), "S24LE"),
        (msgs.AudioInfo(1, 1, "S16LE", 0, "wave"), "sample_rate is 1"),
    ):
        with pytest.raises(MessageError, match=wrong):
            common.learn(info)
    with pytest.raises(MessageError, match="whole number"):
        common.sound(msgs.AudioData(raw[:3]), 1)


def test_a_package_that_is_missing_is_named_with_the_mend() -> None:
    def missing(name: str) -> Any:
        raise ImportError(f"No module named {name}")

    with pytest.raises(ConfigError, match="apt install ros-"):
        kind_of(missing)
