"""The one error this package raises on purpose."""

from __future__ import annotations


class ModelError(RuntimeError):
    """A model cannot be had, trusted, converted or run; the message names it and the mend."""
