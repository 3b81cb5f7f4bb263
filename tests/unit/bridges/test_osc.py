"""OSC against python-osc, and against whoever sends anything at all."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given, strategies as st
from pythonosc.osc_bundle import OscBundle
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

from mien.bridges import osc

floats = st.floats(width=32, allow_nan=False)
texts = st.text(st.characters(min_codepoint=1, max_codepoint=0x2FFF), max_size=20)
arguments = st.lists(
    st.one_of(floats, st.integers(-(2**31), 2**31 - 1), texts, st.booleans(), st.binary(min_size=1, max_size=40)),
    max_size=8,
)


@given(arguments)
def test_python_osc_reads_what_is_written(values: list[osc.Argument]) -> None:
    message = OscMessage(osc.encode("/a/b", *values))
    assert message.address == "/a/b"
    assert message.params == values


@given(arguments)
def test_what_python_osc_writes_is_read(values: list[osc.Argument]) -> None:
    builder = OscMessageBuilder("/x")
    for v in values:
        builder.add_arg(v)
    assert list(osc.messages(builder.build().dgram)) == [osc.Message("/x", tuple(values))]


@given(st.lists(floats, min_size=1, max_size=80))
def test_a_template_is_what_would_be_written_one_by_one(values: list[float]) -> None:
    template = osc.Template(osc.bundles([osc.encode("/v", f"name{i}", osc.HOLE, 7) for i in range(len(values))], 400))
    read = []
    for datagram in template.fill(np.array(values)):
        assert len(datagram) <= 400
        read += [OscMessage.params.fget(m) for m in OscBundle(datagram)]  # type: ignore[attr-defined]
    assert read == [[f"name{i}", v, 7] for i, v in enumerate(values)]


@given(st.binary(max_size=200))
def test_bytes_of_a_stranger_are_refused_or_read(data: bytes) -> None:
    try:
        for message in osc.messages(data):
            assert message.address.startswith("/")
    except osc.OscError:
        pass


@given(st.data())
def test_a_message_that_was_damaged_is_refused_or_read(data: st.DataObject) -> None:
    whole = osc.bundle([osc.encode("/a", "text", 1.0, 2, b"blob"), osc.bundle([osc.encode("/b", True)])])
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + bytes([data.draw(st.integers(0, 255))]) + whole[at + 1 :]
    with contextlib.suppress(osc.OscError):
        list(osc.messages(damaged[: data.draw(st.integers(0, len(whole)))]))


def test_bundles_in_bundles_end_somewhere() -> None:
    data = osc.encode("/a")
    for _ in range(9):
        data = osc.bundle([data])
    with pytest.raises(osc.OscError, match="bundles in bundles"):
        list(osc.messages(data))
