"""How a command says that it cannot be carried out."""

from __future__ import annotations


class UsageError(Exception):
    """A command that cannot be carried out as given; the message names the mend. Exit code 2."""
