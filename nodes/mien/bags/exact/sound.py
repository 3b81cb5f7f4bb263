"""The voice of a recording, from its sound again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mien.audio.config import AudioConfig
from mien.audio.stage import Stage
from mien.bags.exact.rerun import Made
from mien.bags.read import SOUND, VOICE, Session
from mien.bags.write import voice_through_message
from mien.core.config import build, params
from mien.core.errors import MessageError, MissingSound
from mien.core.sound import Sound, Voice

_LIVE = frozenset(p.name for p in params(AudioConfig) if p.live)
_KEPT_NS = 5_000_000_000  # a voice comes within this time of its sound


def why_not(session: Session) -> str:
    """Why the voice cannot be computed again; empty where it can, or where there is none."""
    if session.voice_topic is None or session.sound_topic is not None:
        return ""
    return "voice was taken as recorded: the bag does not hold its sound, which graph.privacy or bags.topics kept out"


def voices(session: Session) -> Iterator[Made]:
    """Every recorded voice beside what its sound says now.

    Raises ModelError where the network is missing, MissingSound where the first sound that was heard is not in the bag.
    """
    if session.voice_topic is None or session.sound_topic is None:
        return
    config, changes = _configuration(session)
    stage = Stage(config)
    computed: dict[int, Voice] = {}
    recorded: dict[int, tuple[Any, int]] = {}
    told_ns = 0
    for heard in session.messages({SOUND, VOICE}):
        try:
            value = session.value(heard)
        except MessageError as error:
            value = error
        if heard.part == VOICE:
            recorded[heard.stamp_ns] = value, heard.received_ns
        elif isinstance(value, Sound):
            while changes and changes[0][0] <= told_ns:
                config = replace(config, **changes.popleft()[1])
                stage.reconfigure(config)
            for voice in stage.step(value):
                if not told_ns and any(ns < voice.header.stamp_ns for ns in recorded):
                    raise MissingSound("voice was taken as recorded: its sound began before the recording")
                told_ns = voice.header.stamp_ns
                computed[told_ns] = voice_through_message(voice)
        for stamp_ns in [ns for ns in recorded if ns in computed]:
            was, received_ns = recorded.pop(stamp_ns)
            yield Made(VOICE, stamp_ns, computed.pop(stamp_ns), was, received_ns)
        for stamp_ns in [ns for ns in computed if ns < told_ns - _KEPT_NS]:
            del computed[stamp_ns]  # the recorder did not get it
    for stamp_ns, (was, received_ns) in recorded.items():
        yield Made(VOICE, stamp_ns, None, was, received_ns)


def _configuration(session: Session) -> tuple[AudioConfig, deque[tuple[int, dict[str, Any]]]]:
    """The parameters at the begin, and those that were changed after the voice of a stamp."""
    config = AudioConfig()
    changes: deque[tuple[int, dict[str, Any]]] = deque()
    for setting in session.settings:
        values = {k.partition(".")[2]: v for k, v in setting.values.items() if k.partition(".")[0] == "audio"}
        live = {k: v for k, v in values.items() if k in _LIVE}
        if live and setting.stamp_ns:
            changes.append((setting.stamp_ns, live))
        elif live:
            config = build(AudioConfig, live)
    return config, changes
