"""Nobody is in two splits."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, strategies as st

from mien_models.head.motion.split import identity_seeds, split_of

SPLITS = ("train", "val", "test")


def test_splits_share_no_identity_and_lose_none() -> None:
    drawn = {split: set(islice(identity_seeds(split), 500)) for split in SPLITS}
    assert not drawn["train"] & drawn["val"]
    assert not drawn["train"] & drawn["test"]
    assert not drawn["val"] & drawn["test"]
    last = min(max(seeds) for seeds in drawn.values())
    assert set(range(last + 1)) <= set().union(*drawn.values())


@given(st.integers(0, 2**64))
def test_an_identity_tells_its_split_whoever_asks(seed: int) -> None:
    split = split_of(seed)
    assert split == split_of(seed)
    assert next(identity_seeds(split, first=seed)) == seed


def test_the_assignment_never_changes() -> None:
    """Written down: data sets made earlier rely on it."""
    assert "".join(split_of(seed)[:2] for seed in range(12)) == "trtetrtrtrtrtrtetrtrteva"


@pytest.mark.parametrize(("split", "share"), [("train", 0.8), ("val", 0.1), ("test", 0.1)])
def test_splits_have_their_shares(split: str, share: float) -> None:
    assert sum(split_of(seed) == split for seed in range(5000)) / 5000 == pytest.approx(share, abs=0.02)


def test_an_unknown_split_is_refused() -> None:
    with pytest.raises(ValueError, match="no split dev; there are train, val, test"):
        identity_seeds("dev")  # type: ignore[arg-type]
