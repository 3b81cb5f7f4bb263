"""Configurations refuse what cannot be, by name and with the limits."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from mien.configs import CONFIGS
from mien.core.config import build, param, params
from mien.core.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    hold_s: float = param(0.3, "How long.", unit="s", lo=0, hi=5, live=True)
    count: int = param(4, "How many.", lo=1)
    kind: str = param("a", "Which.", choices=("a", "b"))
    on: bool = param(True, "Whether.")
    level: str = param("off", "How much.", choices=("off", "on", "more"))


def test_defaults_and_overrides() -> None:
    assert build(Config, {}) == Config()
    assert build(Config, {"hold_s": 1, "kind": "b", "on": False}) == Config(hold_s=1.0, kind="b", on=False)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("hold_s", 5.1, r"hold_s: 5.1 is outside \[0, 5\] s"),
        ("hold_s", -1, r"outside \[0, 5\]"),
        ("hold_s", math.nan, "nan is not a number"),
        ("hold_s", math.inf, "not a number"),
        ("hold_s", "1", "is not a number"),
        ("hold_s", True, "is not a number"),
        ("count", 0, r"outside \[1, ∞\]"),
        ("count", 1.5, "is not a whole number"),
        ("kind", "c", "not one of a, b"),
        ("on", 1, "is not true or false"),
        ("hold", 1, "hold: no such parameter; did you mean hold_s\\?; known are hold_s, count"),
    ],
)
def test_a_bad_value_is_named_with_its_limits(name: str, value: object, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        build(Config, {name: value})


@pytest.mark.parametrize(
    ("value", "text", "means"),
    [(True, "true", "on"), (False, "no", "off"), ("on", "on", "on"), ("off", "OFF", "off"), ("more", "more", "more")],
)
def test_a_switch_with_more_levels_takes_what_yaml_makes_of_its_words(value: object, text: str, means: str) -> None:
    level = next(p for p in params(Config) if p.name == "level")
    assert level.check(value) == level.parse(text) == means


def test_only_a_switch_takes_true() -> None:
    with pytest.raises(ConfigError, match="kind: True is not text"):
        build(Config, {"kind": True})
    with pytest.raises(ConfigError, match="level: 'most' is not one of off, on, more"):
        build(Config, {"level": "most"})


@pytest.mark.parametrize("component", CONFIGS)
def test_every_default_is_within_its_own_limits_and_described(component: str) -> None:
    for p in params(CONFIGS[component]):
        assert p.check(p.default) == p.default
        assert p.doc.endswith("."), p.name
        assert not p.name.endswith(("_s", "_hz", "_px", "_deg", "_m")) or p.unit, p.name
