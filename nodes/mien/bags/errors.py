from __future__ import annotations


class BagError(Exception):
    """A bag that cannot be written or read; the message names it and the mend."""
