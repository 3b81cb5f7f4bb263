"""Shade surface points: `kernels._shade` for a list of points of a batch of pictures."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from mien_models.head.appearance.surface import Texture
from mien_models.head.appearance.texture import LEVELS
from mien_models.head.kernels import (
    CORNEA,
    F0,
    F90,
    FOLD_SLOPE,
    GLOSS,
    INSIDE,
    SHARPNESS,
    WRAP,
    ambient,
    bulge,
    diffuse,
    highlight,
    smooth,
    tone,
)
from mien_models.head.model.data import Part
from mien_models.head.render_torch.heads import PaintedHeads
from mien_models.head.render_torch.light import Lights
from mien_models.head.render_torch.shadows import Shadows, sunlit

_FOLDS = len(Texture)  # in PaintedHeads.maps
_FLAT = 0.01  # skin below this shows no folds
_CLEAR = 0.004  # gloss below this is not visible
_BLACK = 1e-8  # light below this is stored as 0; the slope of the square root is unbounded there


class Scene(NamedTuple):
    """A batch of dressed and lit heads in front of their cameras; N points and T triangles each.

    who (B,): index into heads. level (B,): mip level of the textures. x, y (B, N): sample coordinates
    times SUBPIXEL; inverse (B, N): 1/depth; float64. corners (B, T, 3): indices into flattened
    (B, N). points (B, N, 3 + 1 + L + 1): normal, share of the surroundings, of each light and of
    the folds. face (B, 3, 3): axes of the faces. camera (B, 4): fx, fy, cx, cy [px]. materials
    (parts, M), texture_of (parts,): as in `CpuRenderer`. shadows: None where all are soft. pixel:
    side of a pixel, times SUBPIXEL, for smoothing textures and highlights; 0: no smoothing.
    """

    heads: PaintedHeads
    who: Tensor
    level: Tensor
    x: Tensor
    y: Tensor
    inverse: Tensor
    corners: Tensor
    points: Tensor
    axes: Tensor
    face: Tensor
    lights: Lights
    camera: Tensor
    materials: Tensor
    texture_of: Tensor
    shadows: Shadows | None = None
    pixel: float = 0.0


def shares(scene: Scene, picture: Tensor, triangle: Tensor, px: Tensor, py: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Perspective-correct shares (R, 3) of the corners at sample positions, 1/depth there, and the area.

    The area is twice the triangle's signed area, negative where the outside is seen.
    """
    corners = scene.corners[picture, triangle]
    x, y, inverse = (a.flatten()[corners] for a in (scene.x, scene.y, scene.inverse))
    x, y = x - px[:, None], y - py[:, None]
    parts = x.roll(-1, 1) * y.roll(1, 1) - x.roll(1, 1) * y.roll(-1, 1)
    area = parts.sum(1)
    weighed = parts * inverse / area[:, None]
    total = weighed.sum(1)
    return weighed / total[:, None], total, area


def texels(heads: PaintedHeads, who: Tensor, texture: Tensor | int, level: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """Texels (4, R) in [0, 1] as stored: bilinear, clamped at the borders."""
    first, height, width = heads.maps[who, texture, level].unbind(-1)
    x = (u * width - 0.5).clamp(min=0).minimum(width - 1.001)
    y = (v * height - 0.5).clamp(min=0).minimum(height - 1.001)
    i, j = x.long(), y.long()
    fx, fy = x - i, y - j
    corner = who * heads.texels.shape[1] + first + j * width + i
    at = torch.stack([corner, corner + 1, corner + width, corner + width + 1], 1)
    rgba = heads.texels.view(-1)[at].view(torch.uint8).view(-1, 4, 4)
    upper, lower = (1 - fy) / 255, fy / 255
    weights = torch.stack([(1 - fx) * upper, fx * upper, (1 - fx) * lower, fx * lower], 1)
    return (weights[..., None] * rgba).sum(1).T.contiguous()


def smooth_texels(
    heads: PaintedHeads, who: Tensor, texture: Tensor | int, share: Tensor, u: Tensor, v: Tensor
) -> Tensor:
    """Texels interpolated between two mip levels, by the share (R,) of the texture that a pixel covers.

    Colours then change continuously when a surface moves by less than a texel or comes nearer
    (Williams, "Pyramidal parametrics", 1983).
    """
    _, height, width = heads.maps[who, texture, 0].unbind(-1)
    level = 0.5 * torch.log2((share * height * width).clamp(min=1))
    level = level.clamp(max=LEVELS - 1)
    finer = level.floor().clamp(max=LEVELS - 2).long()
    fine, coarse = (texels(heads, who, texture, at, u, v) for at in (finer, finer + 1))
    return fine + (level - finer).to(u.dtype) * (coarse - fine)


def opacity_at(scene: Scene, picture: Tensor, texture: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """The fourth channel [0, 255] of the texel that (u, v) lies in."""
    heads = scene.heads
    who = scene.who[picture]
    first, height, width = heads.maps[who, texture, scene.level[picture]].unbind(-1)
    row = (v * height).long().clamp(min=0).minimum(height - 1)
    column = (u * width).long().clamp(min=0).minimum(width - 1)
    texel = heads.texels.view(-1)[who * heads.texels.shape[1] + first + row * width + column]
    return (texel >> 24) & 255


def shade(
    scene: Scene, picture: Tensor, triangle: Tensor, px: Tensor, py: Tensor, view: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor]:
    """Colours (3, R) as a camera stores them and opacities (R,) of triangles at sample positions.

    picture, triangle (R,); px, py (R,): times SUBPIXEL, float64; view: unit vector from the point to
    the camera, by component.
    """
    heads, who = scene.heads, scene.who[picture]
    kind = scene.points.dtype
    share, near, area = shares(scene, picture, triangle, px, py)
    share = share.to(kind)
    uv = heads.uv[who, triangle]
    u, v = (share[..., None] * uv).sum(1).unbind(-1)
    part = heads.parts[who, triangle]
    material = scene.materials[part].T
    texture = scene.texture_of[part]
    level = scene.level[picture]
    if scene.pixel:
        du, dv = (uv[:, 1:] - uv[:, :1]).unbind(-1)
        across = (du[:, 0] * dv[:, 1] - du[:, 1] * dv[:, 0]).abs() * scene.pixel**2 / area.detach().abs().clamp(min=1)
        stored = smooth_texels(heads, who, texture, across, u, v)
        relief = smooth_texels(heads, who, _FOLDS, across, u, v)
    else:
        stored = texels(heads, who, texture, level, u, v)
        relief = texels(heads, who, _FOLDS, (level - 1).clamp(min=0), u, v)
    # Colours are stored with gamma 2.
    colour, other = stored[:3] * stored[:3], stored[3]
    holed = (texture == Texture.HAIR) | (material[GLOSS] < 0)
    opacity = torch.where(holed, other, 1.0)
    gloss = torch.where(holed, 1.0, other) * material[GLOSS].abs()

    corners = scene.corners[picture, triangle]
    ends = scene.points.flatten(0, 1)[corners]
    point = (share[..., None] * ends).sum(1).T
    normal, lit, reach, folded = point[:3], point[3], point[4:-1], point[-1]
    cornea = material[CORNEA]
    inside = (area > 0) & (cornea < 0)
    normal = torch.where(inside, -normal, normal)
    dark = inside & (cornea < -1.5)
    colour, gloss = torch.where(dark, 0.75 * colour, colour), torch.where(dark, 0.0, gloss)
    normal = _unit(normal)
    folded = torch.where((part == Part.SKIN) & (folded > _FLAT), folded, 0.0)
    left, up, _, deep = relief
    left, up, deep = FOLD_SLOPE * folded * (2 * left - 1), FOLD_SLOPE * folded * (2 * up - 1), deep * folded
    face = scene.face[picture].permute(2, 1, 0)
    normal = torch.where(folded > 0, _unit(normal - left * face[1] - up * face[2]), normal)
    # Little light leaves a wrinkle, and that light is red.
    colour = colour * torch.stack([1 - 0.28 * deep, 1 - 0.42 * deep, 1 - 0.44 * deep])
    gloss = gloss * (1 - 0.5 * deep)
    nx, ny, nz = normal
    eye = cornea > 0
    axis = scene.axes[picture, (cornea.long() - 1).clamp(min=0)].T
    along = (normal * axis).sum(0)
    bent = torch.where(eye, bulge(along), 0.0)
    sharpness = material[SHARPNESS]
    if scene.pixel:
        # Spread of the normals within a pixel (after Toksvig, "Mipmapping normal maps", 2005).
        normals = ends.detach()[..., :3]
        apart = (normals - normals.mean(1, keepdim=True)).square().sum((1, 2))
        apart = (apart * scene.pixel**2 / area.detach().abs().clamp(min=1)).clamp(max=1)
        sharpness = 1 / (1 / sharpness + 0.5 * apart.to(kind))
    mirror_normal = torch.where(eye, _unit(normal + bent * (normal - along * axis)), normal)

    around = scene.lights.around[picture].permute(2, 1, 0)
    out = colour * lit * ambient(around, nx, ny, nz)
    gloss = torch.where(gloss > _CLEAR, gloss, 0.0)
    # Reflection of the surroundings, for the angle of the view.
    towards = torch.stack(view)
    facing = (mirror_normal * towards).sum(0)
    f0, f90 = material[F0], material[F90]
    mirror = gloss * lit * (f0 + (f90 - f0) * (1 - facing).clamp(0, 1) ** 5)
    out = out + mirror * ambient(around, *(2 * facing * mirror_normal - towards))
    for k in range(scene.lights.directions.shape[1]):
        light, tint = scene.lights.directions[picture, k].T, scene.lights.colours[picture, k].T
        cosine = (normal * light).sum(0)
        got = reach[k]
        if k == 0 and scene.shadows is not None:
            hard = scene.shadows.hard[picture].to(kind) * smooth(-0.05, 0.25, cosine)
            depth = 1 / near.detach()
            place = torch.stack([view[0] / view[2] * depth, view[1] / view[2] * depth, depth])
            sun = sunlit(scene.shadows, picture, place, normal.detach(), hard.detach() > 0).to(kind)
            got = got + hard * (sun * torch.where(material[INSIDE] > 0, got, 1.0) - got)
        between = _unit(light + towards)
        shine = gloss * highlight(
            (mirror_normal * between).sum(0), (towards * between).sum(0), cosine, sharpness, f0, f90
        )
        out = out + got * tint * (colour * diffuse(cosine, material[WRAP : WRAP + 3]) + shine)
    return tone(out.clamp(min=_BLACK)), opacity


def _unit(vectors: Tensor) -> Tensor:
    return vectors / (vectors * vectors).sum(0).clamp(min=1e-18).sqrt()
