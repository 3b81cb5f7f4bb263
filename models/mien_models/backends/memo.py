"""What a build or a run may leave beside the engines for the next one."""

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
    """Write a file of the cache in one step; why it could not be written, with the mend, or ""."""
    try:
        with store.writing(cache):
            store.write_checked(path, data, facts)
    except ModelError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A file that saves time where it is there, and is never missed.

    One that is cut short, changed, or was written under other `facts` counts as absent.
    """

    what: str
    cache: Path
    path: Path
    facts: Mapping[str, Any]

    def load(self) -> bytes:
        """What was saved last, or b""."""
        try:
            return store.read_checked(self.path, self.facts) or b""
        except ModelError as error:
            _log.info("%s are not used: %s", self.what, error)
            return b""

    def save(self, data: bytes) -> None:
        """Keep it, where the cache can be written and it is not there already."""
        if data and data != self.load() and (why := keep(self.cache, self.path, data, self.facts)):
            _log.info("%s are not kept: %s", self.what, why)
