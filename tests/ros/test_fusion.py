"""The node `fusion` on real middleware: what it says with a face alone, and with a voice and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mien_msgs.msg import Words
from tests.unit.fusion.test_stage import image, seen, voice

from mien.core.types import Method
from mien.graph import AFFECTS, EXPRESSIONS, FUSION, VOICE, WORDS
from mien.ros.convert import affects_from_msg, affects_to_msg, expressions_to_msg, to_header, voice_to_msg
from mien.ros.qos import advertise

if TYPE_CHECKING:
    from tests.ros.conftest import Graph

pytestmark = pytest.mark.ros


def test_a_face_is_fused_with_what_is_heard_and_words_stay_private(graph: Graph) -> None:
    out = {topic: advertise(graph.node, topic) for topic in (EXPRESSIONS, AFFECTS, VOICE, WORDS)}
    graph.listen(FUSION)
    for private in (False, True):
        graph.messages[FUSION.name].clear()
        graph.start("fusion", graph__privacy=private)
        graph.until(lambda: graph.ready("fusion") and graph.node.count_subscribers(VOICE.name))
        assert graph.node.count_subscribers(WORDS.name) == (not private)
        count = [0]

        def show(count: list[int] = count) -> bool:
            """One more image with what is heard before it; whether one was answered with all of it."""
            i = count[0]
            expressions, affects = image(i, seen(i))
            for k in (2 * i, 2 * i + 1):
                out[VOICE].publish(voice_to_msg(voice(k)))
            header = to_header(voice(2 * i).header)
            out[WORDS].publish(Words(header=header, words=["well"], since_s=[0.0], confidence=[1.0]))
            out[EXPRESSIONS].publish(expressions_to_msg(expressions))
            out[AFFECTS].publish(affects_to_msg(affects))
            count[0] += 1
            return len(graph.messages[FUSION.name]) > 10

        graph.until(show)
        told = affects_from_msg(graph.messages[FUSION.name][-1])
        assert told.affects[0].emotion_method is Method.FUSED
        assert told.affects[0].track_id == 1
        assert told.stages[-1].stage == "fusion"
        code, _ = graph.end("fusion")
        assert code == 0
