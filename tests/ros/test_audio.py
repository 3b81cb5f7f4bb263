"""The node `audio` hears a file, and tells under privacy only what the voice does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from std_msgs.msg import UInt8MultiArray
from tests.ros.conftest import Graph
from tests.unit.audio.test_audio import vowel
from tests.unit.sounds.test_sounds import write

from mien.graph import AUDIO, VOICE
from mien.ros.convert import sound_from_msg, voice_from_msg
from mien_models.spaces import arkit

pytestmark = pytest.mark.ros


def test_a_file_is_heard_and_its_sound_stays_private_if_asked(graph: Graph, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", vowel(140, 1.0, 22050), 22050)
    graph.listen(VOICE, AUDIO)
    graph.start("audio", audio__source=path, audio__loop=True)
    graph.until(lambda: len(graph.messages[VOICE.name]) > 80 and len(graph.messages[AUDIO.name]) > 20)
    voices = [voice_from_msg(m) for m in graph.messages[VOICE.name]]
    assert max(float(v.blendshapes[arkit.INDEX["jawOpen"]]) for v in voices) > 0.1
    assert sound_from_msg(graph.messages[AUDIO.name][0]).rate_hz == 22050
    code, _ = graph.end("audio")
    assert code == 0
    graph.until_quiet(0.3)  # what was on its way is of the node that has ended
    graph.messages.clear()
    graph.start("audio", audio__source=path, audio__loop=True, graph__privacy=True)
    graph.until(lambda: len(graph.messages[VOICE.name]) > 20)
    assert not graph.messages[AUDIO.name]


def test_a_topic_under_privacy_is_refused_with_the_mend(graph: Graph) -> None:
    out, _ = graph.start("audio", graph__privacy=True).communicate(timeout=30)
    assert "name the microphone or the file" in out
    assert "Traceback" not in out


def test_sound_in_the_messages_of_others_is_heard(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "audio_common_msgs"  # a stand-in: AudioData is nothing but bytes
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "msg.py").write_text("from std_msgs.msg import UInt8MultiArray as AudioData\n")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    graph.listen(VOICE)
    graph.start("audio", audio__source="audio_common")
    sender = graph.node.create_publisher(UInt8MultiArray, "audio", 10)
    said = UInt8MultiArray(data=(vowel(150, 0.1) * 32767).astype("<i2").tobytes())

    def spoken() -> bool:
        sender.publish(said)
        return any(m.activity > 0.5 for m in graph.messages[VOICE.name])

    graph.until(spoken)
    code, _ = graph.end("audio")
    assert code == 0
