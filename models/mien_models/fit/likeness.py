"""How unlike its render a picture is: by what the frozen encoder reads of both, and by pixels, with light fitted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from mien_models.fit import parameters as p
from mien_models.fit.descent import view_of
from mien_models.fit.frozen import Frozen
from mien_models.fit.picture import Picture
from mien_models.fit.projection import Face, posed
from mien_models.fit.readings import EXPRESSION
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance, HairStyle
from mien_models.head.model.head import Head
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render_torch.batch import Cameras, Settings
from mien_models.head.render_torch.heads import PaintedHeads
from mien_models.head.render_torch.light import Lights
from mien_models.head.render_torch.renderer import TorchRenderer
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES

F64 = NDArray[np.float64]

SIDE = 112  # [px]
# Skins that a fit begins with; the one that is nearest in lightness and hue is taken, and light makes up the rest.
_SKINS = tuple(
    Appearance(melanin=melanin, hair=HairStyle.BALD, hair_melanin=0.9, brow_density=0.8, mobility=0.4)
    for melanin in (0.12, 0.35, 0.7)
)
_HUES = (1.35, 1.6, 1.9)  # red over blue of these skins in white light
# Light: ambient of the first order per colour, and one lamp with a direction.
_LAMP = (0.3, -0.5, -0.8)
_AMBIENT, _LAMPLIGHT = 0.8, 1.2
_GAINS = (0.05, 6.0)
_WIDER = 9  # [px] by which the outline of a face is widened, both sides together
_BLUR = 3  # [px] by which pixels are averaged before they are compared
_PIXEL_SD, _OUTLIER = 0.12, 0.22


@dataclass(slots=True, eq=False)
class Light:
    """Light of N pictures: ambient (N, 3, 10), lamp (N, 1, 3) directions and (N, 1, 3) colours."""

    ambient: Tensor
    lamp: Tensor
    colour: Tensor

    @classmethod
    def plain(cls, count: int) -> Light:
        """Bright light from all around, and a lamp."""
        ambient = torch.zeros(count, 3, 10, dtype=torch.float64)
        ambient[:, :, 0] = _AMBIENT
        lamp = torch.tensor(_LAMP, dtype=torch.float64).expand(count, 1, 3).clone()
        return cls(ambient, lamp, torch.full((count, 1, 3), _LAMPLIGHT, dtype=torch.float64))

    def tensors(self) -> list[Tensor]:
        """What is fitted."""
        return [self.ambient, self.lamp, self.colour]

    def describe(self, i: int) -> dict[str, list[float]]:
        """The light of picture i: mean ambient light and lamp light per colour, and the direction of the lamp, in the
        axes of the crop (x right, y down, z away).
        """
        lights = self.lights()
        values = (
            ("ambient", self.ambient[i, :, 0]),
            ("lamp", lights.colours[i, 0]),
            ("towards", lights.directions[i, 0]),
        )
        return {name: [round(v, 3) for v in numbers.tolist()] for name, numbers in values}

    def lights(self) -> Lights:
        """As the renderer takes it."""
        direction = functional.normalize(self.lamp, dim=-1)
        return Lights(direction, self.colour.clamp(min=0), self.ambient, torch.zeros(len(self.ambient)))


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """N pictures beside their renders.

    image (N, S, S, 3): the renders. mask (N, S, S): 1 where the face is seen, 0 elsewhere. features (N, K): differences
    of what the encoder reads of render and picture, in its standard deviations. pixels (N,): mean differences within
    the mask, each at most 1.
    """

    image: Tensor
    mask: Tensor
    features: Tensor
    pixels: Tensor


class Likeness:
    """Draws the fitted head into the crops of pictures, and compares."""

    def __init__(self, head: Head, encoder: Frozen) -> None:
        """Raises ModelError where numba is missing."""
        self.renderer = TorchRenderer(CpuRenderer(head, small=True))
        self.face = Face(head.data)
        self._frozen = encoder
        self._painted: dict[int, PaintedHead] = {}
        self._stacked: dict[int, PaintedHeads] = {}

    def skin(self, pictures: Sequence[Picture]) -> PaintedHeads:
        """The painted skin for a person, on the device; see `painted_skin`."""
        which = self._nearest(pictures)
        if which not in self._stacked:
            self._stacked[which] = self.renderer.stack([self.painted_skin(pictures)])
        return self._stacked[which]

    def painted_skin(self, pictures: Sequence[Picture]) -> PaintedHead:
        """The painted skin for a person, by the hue of the cheeks."""
        which = self._nearest(pictures)
        if which not in self._painted:
            self._painted[which] = self.renderer.paint(_SKINS[which])
        return self._painted[which]

    def _nearest(self, pictures: Sequence[Picture]) -> int:
        hues = []
        for picture in pictures:
            at = np.clip((picture.points[list(_CHEEKS), :2] * SIDE).astype(int), 0, SIDE - 1)
            red, _, blue = np.median(picture.crop[at[:, 1], at[:, 0]].astype(float), axis=0) + 4
            hues.append(red / blue)
        return int(np.abs(np.array(_HUES) - np.median(hues)).argmin())

    def read(self, images: Tensor) -> Tensor:
        """What the encoder reads of pictures (N, S, S, 3) in [0, 1], without landmarks: shapes and units as shares."""
        count = len(images)
        inputs = {
            "image": 255 * images.float(),
            "landmarks": torch.zeros(count, mesh478.COUNT, 2),
            "present": torch.tensor([[1.0, 0.0]]).expand(count, -1),
        }
        out = self._frozen(inputs, ("shapes", "units"))
        return torch.cat([out["shapes"], out["units"] / 5], 1)

    def draw(
        self, skin: PaintedHeads, person: Tensor, picture: Tensor, pictures: Sequence[Picture], light: Light
    ) -> tuple[Tensor, Tensor]:
        """Renders (N, S, S, 3) in [0, 1] over the pictures, and what of them is the face (N, S, S)."""
        view = view_of(pictures)
        pose, focal = posed(picture, view)
        vertices = self.face.vertices(person.expand(len(picture), -1), picture, pose)
        cameras = Cameras(SIDE, SIDE, SIDE * torch.stack([focal, focal, view.centre[:, 0], view.centre[:, 1]], 1))
        crops = torch.as_tensor(np.array([one.crop for one in pictures])) / 255
        who = torch.zeros(len(picture), dtype=torch.int64)
        weights = torch.cat([self.face.weights(picture)], 1)
        image = self.renderer.soft(
            skin, who, vertices, pose, Settings(cameras, light.lights(), crops), weights.detach(), samples=1
        )
        with torch.no_grad():
            head = ((image - crops).abs().amax(-1) > 1e-4).float() * torch.as_tensor(_faces(pictures))
        return image, head

    def lit(self, skin: PaintedHeads, person: Tensor, picture: Tensor, pictures: Sequence[Picture]) -> Light:
        """Plain light as bright, and of such a colour, that heads have the median colours of the pictures."""
        light = Light.plain(len(pictures))
        with torch.no_grad():
            image, head = self.draw(skin, person, picture, pictures, light)
        crops = torch.as_tensor(np.array([one.crop for one in pictures])) / 255
        for i, seen in enumerate(head > 0):
            if seen.any():
                # Stored values have gamma 2.
                gain = (crops[i][seen].median(0).values / image[i][seen].median(0).values.clamp(min=0.02)).square()
                gain = gain.clamp(*_GAINS).double()
                light.ambient[i] *= gain[:, None]
                light.colour[i] *= gain
        return light

    def compare(
        self,
        skin: PaintedHeads,
        person: Tensor,
        picture: Tensor,
        pictures: Sequence[Picture],
        light: Light,
        read: Tensor,
        sd: Tensor,
        mask: Tensor | None = None,
    ) -> Compared:
        """Compare with pictures of which the encoder reads `read` (N, K) with deviations `sd`.

        mask: what is seen of the head, from an earlier comparison; found anew without it.
        """
        image, head = self.draw(skin, person, picture, pictures, light)
        crops = torch.as_tensor(np.array([one.crop for one in pictures])) / 255
        apart = _blurred(image) - _blurred(crops)
        if mask is None:
            with torch.no_grad():
                hidden = (apart.abs().mean(-1) > _OUTLIER).float()
                hidden = functional.avg_pool2d(hidden[:, None], 7, 1, 3)[:, 0] > 0.5
                mask = head * ~hidden
        shown = crops + mask[..., None] * (image - crops)
        features = (self.read(shown) - read) / sd
        error = (apart / _PIXEL_SD).square().sum(-1)
        pixels = (mask * error / (1 + error)).sum((1, 2)) / mask.sum((1, 2)).clamp(min=1)
        return Compared(image, mask, features, pixels)


_CHEEKS = (50, 101, 118, 205, 280, 330, 347, 425)


def _faces(pictures: Sequence[Picture]) -> NDArray[np.float32]:
    """(N, S, S) 1 within the outlines of faces, a little wider, so that their edges are inside; else 0."""
    out = np.zeros((len(pictures), SIDE, SIDE), np.uint8)
    for mask, picture in zip(out, pictures, strict=True):
        outline = np.rint(picture.points[list(mesh478.OVAL), :2] * SIDE).astype(np.int32)
        cv2.fillConvexPoly(mask, cv2.convexHull(outline), 1)
    wide = np.ones((_WIDER, _WIDER), np.uint8)
    return np.stack([cv2.dilate(mask, wide) for mask in out]).astype(np.float32)


def _blurred(images: Tensor) -> Tensor:
    return functional.avg_pool2d(images.permute(0, 3, 1, 2), _BLUR, 1, _BLUR // 2).permute(0, 2, 3, 1)


def surrogate(sd: F64, feature_sd: F64) -> F64:
    """(PICTURE,) curvature of the features in units of `sd`, as if the encoder read each shape as it is."""
    out = np.zeros(p.PICTURE)
    out[p.EXPRESSION] = (sd[p.EXPRESSION] / feature_sd[: len(BLENDSHAPES)][EXPRESSION]) ** 2
    return out


__all__: list[Any] = ["SIDE", "Compared", "Light", "Likeness", "surrogate"]
