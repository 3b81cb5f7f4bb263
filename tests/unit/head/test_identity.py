"""Identities are plausible by construction, and say what is wrong when they are not."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.head import Identity
from mien_models.head.model.table import code_names, ethnic_targets, local_targets, universal_targets


def test_table() -> None:
    rows = local_targets()
    assert 55 <= len(rows) <= 80
    assert len({row.name for row in rows}) == len(rows)
    assert all(0 < row.limit <= 0.7 for row in rows)
    assert local_targets()[0].files("decr") == ("head/head-scale-horiz-decr.target.gz",)
    sided = next(row for row in rows if "*" in row.stem)
    assert [name.partition("/")[2][:2] for name in sided.files(sided.positive)] == ["l-", "r-"]
    assert len(ethnic_targets()) == len(universal_targets()) == 18


def test_same_seed_same_person() -> None:
    a, b, c = (Identity.sample(np.random.default_rng(seed)) for seed in (7, 7, 8))
    np.testing.assert_array_equal(a.code, b.code)
    assert np.abs(a.code - c.code).max() > 0.1


def test_samples_cover_people() -> None:
    rng = np.random.default_rng(0)
    people = [Identity.sample(rng) for _ in range(400)]
    years = np.array([p.years for p in people])
    codes = np.stack([p.code for p in people])
    assert years.min() < 16
    assert years.max() > 75
    assert 0.35 < codes[:, 1].mean() < 0.65
    assert (np.abs(codes[:, 2:5].mean(0) - 1 / 3) < 0.08).all()
    assert (codes[:, 6:].std(0) > 0.2).all()


def test_by_name() -> None:
    person = Identity.of({"asian": 1.0, "nose_length": -0.5})
    assert person["asian"] == 1
    assert person["african"] == 0
    assert person["nose_length"] == -0.5
    assert person.years == 25


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"nose_lenght": 0.1}, "nose_lenght"),
        ({"nose_length": 1.5}, r"nose_length is 1\.5"),
        ({"masculinity": -0.1}, "masculinity"),
        ({"asian": 0.7}, "sum to 1"),
        ({"age": float("nan")}, "age is nan"),
    ],
)
def test_errors_name_the_entry(values: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Identity.of(values)


def test_wrong_length() -> None:
    with pytest.raises(ValueError, match=f"{len(code_names())} entries"):
        Identity(np.zeros(3))


def test_a_code_is_not_changed_behind_our_back() -> None:
    code = np.array(Identity.mean().code)
    person = Identity(code)
    code[0] = 0.5
    assert person["age"] == 0
