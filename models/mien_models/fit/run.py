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
from mien_models.fit.guess import ENCODER, OneShot
from mien_models.fit.picture import Picture
from mien_models.registry import Registry

F64 = NDArray[np.float64]
U8 = NDArray[np.uint8]

_NEEDED = {"torch": "train", "numba": "actor", "onnx": "train"}


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """One face: its JSON values, its tile, and its parameters (PERSON,), (PICTURE,); see `parameters`."""

    values: dict[str, Any]
    tile: U8
    person: F64
    own: F64


def check_installed() -> None:
    """Raises AbsentError, naming the extra, where a module that a whole fit needs is missing."""
    for module, extra in _NEEDED.items():
        if find_spec(module) is None:
            raise AbsentError(f"a fit needs {module}: pip install 'mien[{extra}]'; without it: mien fit --quick")


class Fits:
    """Fits groups of pictures; `quick`: by the one-shot regressor alone, without torch."""

    def __init__(self, *, quick: bool = False, steps: int | None = None) -> None:
        """Raises AbsentError without torch or numba, ModelError where a network or the head is not available."""
        self._one_shot = OneShot()
        self._fitter: Callable[..., Any] | None = None
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
            self._fitter = Fitter(head, Likeness(head, encoder), config)

    def __call__(self, pictures: Sequence[Picture]) -> Iterator[Fitted]:
        """The fits of N ≥ 1 pictures of one person."""
        guess = self._one_shot(pictures)
        if self._fitter is None:
            for picture, own in zip(pictures, guess.pictures, strict=True):
                values = result.describe(picture, guess.person, own, None)
                yield Fitted(values, sheet.tile(picture, None, None, values["au"]), guess.person, own)
            return
        fit = self._fitter(pictures, guess)
        for i, picture in enumerate(pictures):
            render = None if fit.render is None else fit.render[i]
            mask = None if fit.mask is None else fit.mask[i]
            values = result.describe(picture, fit.person, fit.pictures[i], fit.landmarks[i], render, mask)
            values["light"] = None if fit.light is None else fit.light.describe(i)
            yield Fitted(values, sheet.tile(picture, render, mask, values["au"]), fit.person, fit.pictures[i])
