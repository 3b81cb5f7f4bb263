"""The expressions to send to an avatar, and their values from ARKit weights.

VRM 0 and 1 name the same presets differently; the protocol asks senders for the names of VRM 0, which
receivers with a VRM 1 avatar translate (protocol.vmc.info, performer specification).

Receivers apply every name that their avatar has and add up the results. An avatar with the 52 clips of
perfect sync keeps its presets too, so it would open its mouth twice if both were sent. Every VRM avatar has
presets: only they are sent where the avatar is not known.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mien.core.types import F32, F64
from mien_models.spaces import arkit
from mien_models.spaces.convert import converter

_PERFECT = 26  # half of the shapes: an avatar that has them plays them, and its presets would only add to them


def _sent(space: str) -> tuple[str, ...]:
    """Presets of a space that ARKit weights determine, without those for both eyes: each lid is sent separately."""
    return tuple(name for name in converter(arkit.SCHEMA, space).told if name.lower() not in ("blink", "neutral"))


VRM0, VRM1 = _sent("vrm0"), _sent("vrm1")


def names(setting: str, avatar: Iterable[str] | None) -> tuple[str, ...]:
    """The names to send. avatar: those that the avatar has, by VRM 0's names; None = not known."""
    if setting == "arkit":
        return arkit.BLENDSHAPES
    if setting in ("vrm0", "vrm1"):
        return VRM0 if setting == "vrm0" else VRM1
    if avatar is None:
        return VRM0
    has = {name.lower(): name for name in avatar}
    shapes = tuple(has[n.lower()] for n in arkit.BLENDSHAPES if n.lower() in has)
    if len(shapes) >= _PERFECT:
        return shapes
    return (*shapes, *(n for n in VRM0 if n.lower() in has))


class Expressions:
    """Weights of ARKit (52) to the values of `names`."""

    def __init__(self, of: tuple[str, ...]) -> None:
        places = {name.lower(): i for name, i in arkit.INDEX.items()}
        self._presets = converter(arkit.SCHEMA, "vrm1" if any(n in VRM1 for n in of) else "vrm0", rest=True)
        names = [n.lower() for n in self._presets.target.names]
        # Of the weights and the presets, laid side by side.
        self._take = np.array(
            [places[n.lower()] if n.lower() in places else len(places) + names.index(n.lower()) for n in of], np.intp
        )
        self._plain = bool((self._take < len(places)).all())

    def __call__(self, weights: F32) -> F32 | F64:
        whole = weights if self._plain else np.concatenate([weights, self._presets(weights)])
        return whole[self._take]
