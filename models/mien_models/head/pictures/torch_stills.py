"""Draw many pictures of `Stills` at once, in torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from mien_models.head.appearance.occluders import Occluder
from mien_models.head.pictures.stills import Still, Stills
from mien_models.head.pictures.studio import LabelledImage
from mien_models.head.render.cpu import Picture
from mien_models.head.render_torch.batch import Settings
from mien_models.head.render_torch.renderer import TorchRenderer


class TorchStills:
    """Draws plans of `stills` on a device; the studio of `stills` paints people and measures visibility."""

    def __init__(self, stills: Stills, device: Any = "cpu") -> None:
        self._stills, self._renderer = stills, TorchRenderer(stills.studio.renderer, device)

    def draw(self, plans: Sequence[Still]) -> list[LabelledImage]:
        """Pictures of equal size without camera faults, and their ground truth; within a grey level of Stills.

        Raises ValueError for no plans.
        """
        studio, renderer = self._stills.studio, self._renderer
        moved = [studio.move(p.state) for p in plans]
        # People who hold nothing are stacked only once.
        things = [(p.person, p.occluder, p.occluder_seed if p.occluder != Occluder.NONE else 0) for p in plans]
        rows = {thing: row for row, thing in enumerate(dict.fromkeys(things))}
        first = [plans[things.index(thing)] for thing in rows]
        heads = renderer.stack([self._stills.painted(p) for p in first], [self._stills.held(p) for p in first])

        def on(arrays: Sequence[Any]) -> torch.Tensor:
            return torch.as_tensor(np.asarray(arrays), device=renderer.device)

        pictures = renderer.render(
            heads,
            on([rows[thing] for thing in things]),
            on(moved),
            on([p.state.pose for p in plans]),
            Settings(
                renderer.cameras([p.setting.camera for p in plans]),
                renderer.lights([p.setting.lighting for p in plans]),
                on([p.setting.background for p in plans]),
            ),
            on([p.state.shapes for p in plans]),
        )
        drawn = zip(*(field.cpu().numpy() for field in pictures), strict=True)
        return [
            studio.label(Picture(*arrays), vertices, p.state, p.setting.camera)
            for arrays, vertices, p in zip(drawn, moved, plans, strict=True)
        ]
