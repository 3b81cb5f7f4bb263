"""Fit faces of pictures: one-shot guess, and with torch the whole fit, as JSON values and tiles of a sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import AbsentError
from mien_models.fit import result, sheet
from mien_models.fit.guess import ENCODER, Advance, OneShot, quietly
from mien_models.fit.picture import Picture
from mien_models.registry import Registry

F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_NEEDED = {"torch": "train", "numba": "actor", "onnx": "train"}


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """One face: its JSON values, its tile, and its parameters (PERSON,), (PICTURE,); see `parameters`.

    skin (H, W, 4): the person's skin in the chart of the head; see `texture.Skin`. None unless asked for.
    """

    values: dict[str, Any]
    tile: U8
    person: F64
    own: F64
    skin: U8 | None = None


def check_installed() -> None:
    """Raises AbsentError, naming the extra, where a module that a whole fit needs is missing."""
    for module, extra in _NEEDED.items():
        if find_spec(module) is None:
            raise AbsentError(f"a fit needs {module}: pip install 'mien[{extra}]'; without it: mien fit --quick")


class Fits:
    """Fits groups of pictures. quick: by the one-shot regressor alone, without torch; texture: carry the skin, too."""

    def __init__(self, *, quick: bool = False, steps: int | None = None, texture: bool = False) -> None:
        """Raises ValueError for a texture without a whole fit, AbsentError without torch or numba, and ModelError where
        a network or the head is not available.
        """
        if texture and quick:
            raise ValueError("the regressor alone carries no texture: fit without quick")
        self._one_shot = OneShot()
        self._fitter: Callable[..., Any] | None = None
        self._carrier: Callable[..., Any] | None = None
        if not quick:
            check_installed()
            from mien_models.fit.fitter import FitConfig, Fitter
            from mien_models.fit.frozen import Frozen
            from mien_models.fit.likeness import Likeness
            from mien_models.head.model.head import Head

            (data,) = Registry.load().originals(ENCODER).values()
            encoder = Frozen(ENCODER, data)
            head, config = Head.load(), FitConfig()
            if steps is not None:
                config = FitConfig(steps=steps, image_steps=min(config.image_steps, steps // 2))
            likeness = Likeness(head, encoder)
            self._fitter = Fitter(head, likeness, config)
            if texture:
                from mien_models.fit.texture import Carrier

                self._carrier = Carrier(likeness)

    def __call__(self, pictures: Sequence[Picture], advance: Advance = quietly) -> Iterator[Fitted]:
        """The fits of N ≥ 1 pictures of one person. What `advance` raises ends the fit."""
        advance("guessing", 0.0)
        guess = self._one_shot(pictures)
        if self._fitter is None:
            for picture, own in zip(pictures, guess.pictures, strict=True):
                values = result.describe(picture, guess.person, own, None)
                yield Fitted(values, sheet.tile(picture, None, None, values["au"]), guess.person, own)
            return
        most = 0.8 if self._carrier else 1.0
        fit = self._fitter(pictures, guess, lambda stage, share: advance(stage, most * share))
        skin = None
        if self._carrier is not None and fit.light is not None and fit.mask is not None:
            advance("texture", most)
            skin = self._carrier(pictures, fit.person, fit.pictures, fit.landmarks, fit.light, fit.mask)
        for i, picture in enumerate(pictures):
            render = None if fit.render is None else fit.render[i]
            mask = None if fit.mask is None else fit.mask[i]
            values = result.describe(picture, fit.person, fit.pictures[i], fit.landmarks[i], render, mask)
            values["light"] = None if fit.light is None else fit.light.describe(i)
            if skin is not None:
                values["texture"] = {"seen": round(skin.seen, 4), "unlike": _number(skin.unlike[i])}
            worn = None if skin is None else skin.renders[i]
            tile = sheet.tile(picture, render, mask, values["au"], worn)
            yield Fitted(values, tile, fit.person, fit.pictures[i], None if skin is None else skin.rgba)


def _number(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
