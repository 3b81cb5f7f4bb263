"""Which processors get 8-bit networks."""

from __future__ import annotations

from pathlib import Path

import pytest

from mien_models import ModelError, Registry, open_session
from mien_models.backends import select
from mien_models.backends.cpu import has_vnni


@pytest.mark.parametrize(
    ("text", "vnni"),
    [
        ("processor\t: 0\nflags\t\t: fpu avx2 avx512f avx512_vnni\n", True),
        ("processor\t: 0\nflags\t\t: fpu avx2 avx_vnni\n", True),
        ("processor\t: 0\nflags\t\t: fpu avx2 fma\nbugs\t\t: avx_vnni\n", False),
        ("processor\t: 0\nFeatures\t: fp asimd asimddp\n", False),
        ("", False),
    ],
)
def test_vnni_is_read_of_the_processor(tmp_path: Path, text: str, vnni: bool) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(text)
    assert has_vnni(path) is vnni


def test_an_unknown_system_has_none(tmp_path: Path) -> None:
    assert has_vnni(tmp_path / "absent") is False


@pytest.mark.parametrize(
    ("precision", "vnni", "network"),
    [
        ("fp32", True, "encoder_small"),
        ("auto", True, "encoder_small_int8"),
        ("auto", False, "encoder_small"),
        ("int8", False, "encoder_small_int8"),
    ],
)
def test_the_version_that_suits_is_opened(
    monkeypatch: pytest.MonkeyPatch, precision: str, vnni: bool, network: str
) -> None:
    monkeypatch.setattr(select, "has_vnni", lambda: vnni)
    assert open_session("encoder_small", "cpu", cpu_precision=precision).info.network == network


def test_a_network_without_an_8_bit_version_runs_as_it_is() -> None:
    assert open_session("neutral_difference", "cpu", cpu_precision="int8").info.network == "neutral_difference"


def test_an_unknown_precision_is_named() -> None:
    with pytest.raises(ModelError, match="there is no precision 'int4' on CPUs; choose auto or fp32 or int8"):
        open_session("encoder_small", "cpu", cpu_precision="int4")


def test_both_versions_take_and_give_the_same() -> None:
    registry = Registry.load()
    one, other = registry["encoder_small"], registry["encoder_small_int8"]
    assert (one.inputs, one.outputs, one.card) == (other.inputs, other.outputs, other.card)
    assert other.int8 == ""
