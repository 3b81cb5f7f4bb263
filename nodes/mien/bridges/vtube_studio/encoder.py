"""The request that carries one frame."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from mien.bridges.base import Shown
from mien.bridges.vtube_studio.config import VtubeStudioConfig
from mien.bridges.vtube_studio.parameters import DEFAULTS, NAMES, values
from mien.core.types import F64

FRAME = "mien-frame"


def request(kind: str, number: str, **data: Any) -> str:
    """A request of VTube Studio's public API 1.0."""
    return json.dumps(
        {"apiName": "VTubeStudioPublicAPI", "apiVersion": "1.0", "requestID": number, "messageType": kind, "data": data}
    )


class Encoder:
    """Encodes frames. When the face is lost, one last frame says so, and VTube Studio shows its idle animation."""

    def __init__(self, config: VtubeStudioConfig) -> None:
        self.config = config
        self._origin: F64 | None = None
        self._absent = True
        self.offer(NAMES if config.shapes else DEFAULTS)

    def offer(self, names: Collection[str]) -> None:
        """Send only these parameters: an unknown one makes VTube Studio refuse the whole request."""
        chosen = [i for i, name in enumerate(NAMES) if name in names]
        rows = ",".join(f'{{"id":"{NAMES[i]}","value":%.5f}}' for i in chosen)
        before, after = request("InjectParameterDataRequest", FRAME, faceFound=0, mode="set", parameterValues=0).split(
            '"faceFound": 0'
        )
        layout = f'{before}"faceFound": %s' + after.replace('"parameterValues": 0', f'"parameterValues": [{rows}]')
        # Both at once: frames are encoded on another thread than that which learns what there is.
        self._layout = layout, chosen

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if not shown.present:
            self._origin = None
            if self._absent:
                return []
        elif self._origin is None:
            self._origin = shown.position
        self._absent = not shown.present
        told = values(shown, self._origin)
        found = "true" if shown.present else "false"
        layout, chosen = self._layout
        return [(layout % (found, *(told[i] for i in chosen))).encode()]
