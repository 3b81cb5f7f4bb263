from __future__ import annotations


class ReportError(Exception):
    """A report that cannot be made; the message says what is missing and the mend."""
