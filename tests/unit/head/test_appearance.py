"""Appearances are plausible, reproducible, and go with the face."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from mien_models.head import Identity
from mien_models.head.appearance.parameters import Appearance, HairStyle


def people(count: int) -> list[tuple[Identity, Appearance]]:
    rng = np.random.default_rng(0)
    out = []
    for _ in range(count):
        who = Identity.sample(rng)
        out.append((who, Appearance.sample(rng, who)))
    return out


def test_same_seed_same_looks() -> None:
    who = Identity.mean()
    a, b = (Appearance.sample(np.random.default_rng(3), who) for _ in range(2))
    assert a == b
    assert a != Appearance.sample(np.random.default_rng(4), who)


def test_the_whole_human_range() -> None:
    appearances = [a for _, a in people(400)]
    melanin = np.array([a.melanin for a in appearances])
    assert melanin.min() < 0.1
    assert melanin.max() > 0.6
    assert {a.hair for a in appearances} == set(HairStyle)
    varied = [f.name for f in fields(Appearance) if isinstance(f.default, float)]
    assert all(np.std([getattr(a, name) for a in appearances]) > 0.02 for name in varied)


def test_children_and_women_grow_no_beards() -> None:
    for who, appearance in people(400):
        if who.years < 17 or who["masculinity"] < 0.5:
            assert appearance.beard == appearance.moustache == appearance.stubble == 0
        if who.years < 15:
            assert appearance.lipstick == appearance.liner == 0


@pytest.mark.parametrize(("name", "value"), [("melanin", 1.2), ("oil", -0.1), ("brow_height", -1.5)])
def test_errors_name_the_field(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} is {value:g}"):
        Appearance(**{name: value})
