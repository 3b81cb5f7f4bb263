"""The head with its real data; skips where the data cannot be had."""

from __future__ import annotations

import pytest

from mien_models.head import Head


@pytest.fixture(scope="session")
def head() -> Head:
    return Head.load()
