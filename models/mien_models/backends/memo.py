"""Optional files that a build or a run saves beside the engines, to make the next one faster."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mien_models import store
from mien_models.errors import ModelError

_log = logging.getLogger(__name__)


def keep(cache: Path, path: Path, data: bytes, facts: Mapping[str, Any]) -> str:
    """Write a file of the cache atomically. Returns the reason and a remedy if that failed, else ""."""
    try:
        with store.writing(cache):
            store.write_checked(path, data, facts)
    except ModelError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Memo:
    """An optional file that saves time.

    A file that is truncated, changed, or was written with other `facts` counts as missing.
    """

    what: str
    cache: Path
    path: Path
    facts: Mapping[str, Any]

    def load(self) -> bytes:
        """The bytes that were saved last, or b""."""
        try:
            return store.read_checked(self.path, self.facts) or b""
        except ModelError as error:
            _log.info("%s are not used: %s", self.what, error)
            return b""

    def save(self, data: bytes) -> None:
        """Save the bytes, if the cache can be written and does not have them yet."""
        if data and data != self.load() and (why := keep(self.cache, self.path, data, self.facts)):
            _log.info("%s are not kept: %s", self.what, why)
