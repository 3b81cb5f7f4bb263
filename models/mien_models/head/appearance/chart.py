"""Maps of the unwrapped face: the place of each texel of SKIN on the mean face."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from mien_models.head.appearance.surface import SKIN_HEIGHT, SKIN_WIDTH, Surface
from mien_models.head.appearance.texels import Texels
from mien_models.head.model.data import MM, Part

F32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """Maps of SKIN_HEIGHT × SKIN_WIDTH float32, extrapolated beyond the edges of the pieces.

    x, y, z: position on the mean face [MM] in face axes. lip, lid: edge loops, as in HeadData.
    halvings: how many times the maps were halved in size.
    """

    x: F32
    y: F32
    z: F32
    lip: F32
    lid: F32
    halvings: int = 0

    @classmethod
    def of(cls, surface: Surface) -> Chart:
        """Draw the maps; takes a tenth of a second."""
        texels = Texels.of(surface, (Part.SKIN, Part.TORSO), (SKIN_HEIGHT, SKIN_WIDTH))
        data = surface.data
        values = np.concatenate([surface.template / MM, data.lip_ring[:, None], data.lid_ring[:, None]], axis=1).astype(
            np.float32
        )
        found = np.einsum("nk,nkc->nc", texels.shares, values[texels.corners])
        inside = np.zeros(texels.shape, np.bool_)
        inside[texels.rows, texels.columns] = True
        _, nearest = cv2.distanceTransformWithLabels(
            (~inside).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
        )
        index = np.zeros(int(nearest.max()) + 1, np.int64)
        index[nearest[inside]] = np.arange(len(found))
        maps = found[index[nearest]].astype(np.float32)
        x, y, z, lip, lid = (np.ascontiguousarray(maps[:, :, k]) for k in range(5))
        return cls(x, y, z, lip, lid)

    def halved(self) -> Chart:
        """The same maps at half the size."""
        half = (self.x.shape[1] // 2, self.x.shape[0] // 2)
        x, y, z, lip, lid = (
            np.asarray(cv2.resize(m, half, interpolation=cv2.INTER_AREA), np.float32)
            for m in (self.x, self.y, self.z, self.lip, self.lid)
        )
        return Chart(x, y, z, lip, lid, self.halvings + 1)
