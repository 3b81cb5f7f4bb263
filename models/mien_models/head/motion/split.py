"""Assign identities to training, validation and test.

The seed of an identity alone determines its split: eight bytes of BLAKE2b of its decimal digits, as
a fraction of their range, lie below 0.8 (train), 0.9 (val) or 1 (test). So no identity is in two
splits, independent of how many are drawn and in which order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Literal, get_args

Split = Literal["train", "val", "test"]

_BELOW = {"train": 0.8, "val": 0.9, "test": 1.0}


def split_of(identity_seed: int) -> Split:
    """The split that an identity seed belongs to."""
    digest = hashlib.blake2b(str(int(identity_seed)).encode(), digest_size=8).digest()
    fraction = int.from_bytes(digest, "big") / 2**64
    return next(split for split in get_args(Split) if fraction < _BELOW[split])


def identity_seeds(split: Split, first: int = 0) -> Iterator[int]:
    """The seeds of a split from `first` on, ascending, without end. Raises ValueError for another name."""
    if split not in _BELOW:
        raise ValueError(f"there is no split {split}; there are {', '.join(_BELOW)}")
    return (seed for seed in count(first) if split_of(seed) == split)
