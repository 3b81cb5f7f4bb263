"""Tables between neighbouring spaces: what each target takes of which sources.

A table maps targets to sources and their weights, in shares of both ranges: a weight of 1 takes all of a source to all
of a target. `*` stands for a side: in the target, each side takes of its own; in sources alone, of both. CONSTANT is
what is there without any source. A pair (source, value) is what of a source lies above the value. What a table does
not name is not told.
"""

from __future__ import annotations

from collections.abc import Mapping

Term = str | tuple[str, float]
Table = Mapping[str, Mapping[Term, float]]

CONSTANT = ""
