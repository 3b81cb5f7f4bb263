"""Draw many heads at once in torch: the CPU renderer's pictures, on any device, with gradients.

There are two ways to draw. `render` makes the pictures of `CpuRenderer`: the same snapped vertices,
samples, depths and light, so the same seed gives the same pixels. `soft` makes pictures for fitting by
gradient descent: one sample per pixel, with edges blended so that every movement has a gradient.

No library was found that does this. nvdiffrast and PyTorch3D are not on PyPI and compile CUDA code for
each version of torch; none draws layers with holes, or the same picture on a CPU.

Memory traffic: the operations of a picture at 128² read and write 0.33 GB (`tests/bench/renderer.py`),
including data that fits into caches. A batch needs about 1,750 kernel launches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from mien_models.head.appearance.accessory import Accessory
from mien_models.head.appearance.paint import PaintedHead
from mien_models.head.appearance.parameters import Appearance
from mien_models.head.appearance.surface import HAIR, LENS
from mien_models.head.appearance.texture import LEVELS
from mien_models.head.kernels import CLEAR, CLEAR_ALONE, COVERS, SUBPIXEL, TRIANGLE_BITS
from mien_models.head.render.cpu import INSIDES, LASHES, LAYERS, NEAREST, OPEN_SIDES, SAMPLES, CpuRenderer
from mien_models.head.render.setting import Camera, Lighting
from mien_models.head.render_torch.batch import Cameras, Pictures, Settings
from mien_models.head.render_torch.edges import blend_edges
from mien_models.head.render_torch.heads import PaintedHeads, stack
from mien_models.head.render_torch.light import Body, Lights, flat
from mien_models.head.render_torch.raster import DEPTH_SCALE, TRIANGLE_MASK, Facing, cover, facing, keep_nearest
from mien_models.head.render_torch.samples import NEAR_SHIFT, groups, thickened, views
from mien_models.head.render_torch.shade import Scene, opacity_at, shade, shares
from mien_models.head.render_torch.shadows import SIDE, Shadows, seen_from_light


class TorchRenderer:
    """Draws batches of painted heads on a device. Arguments are not checked; who (B,) is the head of each picture."""

    def __init__(self, renderer: CpuRenderer, device: Any = "cpu", dtype: Any = torch.float32) -> None:
        """`renderer` paints the people. Shading uses `dtype`; geometry is always float64."""
        self.device, self.dtype = torch.device(device), dtype
        self._cpu = renderer
        self.surface = renderer.surface
        self._body = Body(renderer, device)
        parts = np.arange(len(renderer.materials))

        def table(array: Any, kind: Any = None) -> Tensor:
            return torch.as_tensor(array, dtype=kind, device=device)

        self._materials = table(renderer.materials, dtype)
        self._texture_of = table(renderer.texture_of)
        self._layered = table(np.isin(parts, LAYERS))
        self._cull = table(~np.isin(parts, OPEN_SIDES))
        self._casts = table(~np.isin(parts, (*INSIDES, LENS)))
        self._holed = table(np.isin(parts, (*LASHES, HAIR)))

    def paint(self, appearance: Appearance) -> PaintedHead:
        """Paint a person, on the CPU."""
        return self._cpu.paint(appearance)

    def stack(
        self, people: Sequence[PaintedHead | Appearance], held: Sequence[Sequence[Accessory]] | None = None
    ) -> PaintedHeads:
        """Put people on the device, and the things each has before the face (see `occluders`).

        People who are not painted yet are painted first, a third of a second each. Raises
        ValueError for no people.
        """
        painted = [p if isinstance(p, PaintedHead) else self.paint(p) for p in people]
        cpu = self._cpu
        return stack(
            painted,
            held or [()] * len(painted),
            cpu.triangles,
            cpu.parts,
            cpu.uv,
            self._body.count,
            self.device,
            self.dtype,
        )

    def lights(self, lighting: Sequence[Lighting]) -> Lights:
        """Lights of pictures on the device, padded to the largest number of lights."""
        most = max(len(light.directions) for light in lighting)
        directions = np.tile((0.0, 0.0, -1.0), (len(lighting), most, 1))
        colours = np.zeros((len(lighting), most, 3))
        for i, light in enumerate(lighting):
            directions[i, : len(light.directions)] = light.directions
            colours[i, : len(light.colours)] = light.colours
        around = np.stack([light.around for light in lighting])
        hard = np.array([light.hard if len(light.directions) else 0.0 for light in lighting])
        return Lights(*(torch.as_tensor(a, device=self.device) for a in (directions, colours, around, hard)))

    def cameras(self, cameras: Sequence[Camera]) -> Cameras:
        """Cameras of pictures on the device; all must have the same size."""
        values = torch.tensor([(c.fx, c.fy, c.cx, c.cy) for c in cameras], dtype=torch.float64, device=self.device)
        return Cameras(cameras[0].width, cameras[0].height, values)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def render(
        self,
        heads: PaintedHeads,
        who: Tensor,
        vertices: Tensor,
        pose: Tensor,
        settings: Settings,
        expression: Tensor | None = None,
        *,
        image_only: bool = False,
    ) -> Pictures:
        """Pictures of `vertices` (B, V, 3) float64 in the camera frames, of heads at `pose` (B, 4, 4).

        expression: weights (B, 52) by BLENDSHAPES, which wrinkle the skin of heads that have
        `creases`. image_only returns empty buffers besides the images, which is faster.
        """
        scene, seen = self._scene(heads, who, vertices, pose, settings, expression, SAMPLES, snap=True)
        height, width = settings.cameras.height, settings.cameras.width
        keys, layer = (
            k.view(-1, height, 2, width, 2).transpose(2, 3).reshape(-1, 4)
            for k in self._keys(scene, seen, height * SAMPLES, width * SAMPLES)
        )
        batch, background = len(vertices), settings.background
        if background is None:
            background = torch.full((batch, height, width, 3), 0.5, dtype=self.dtype, device=self.device)
        back = background.to(self.dtype).reshape(-1, 3)
        touched = ((keys != 0) | (layer != 0)).any(1).nonzero()[:, 0]
        keys, layer, back_there = keys[touched], layer[touched], back[touched]
        picture = torch.div(touched, height * width, rounding_mode="floor")
        column, row = (touched % width).double(), (torch.div(touched, width, rounding_mode="floor") % height).double()

        pixel, key, count, mx, my = groups(scene, picture, keys)
        front = layer.amax(1)
        over = (front != 0).nonzero()[:, 0]
        depth = layer[over] >> TRIANGLE_BITS
        covered = (depth != 0).sum(1)
        # The cover of a pixel takes its colour from the samples of its nearest layer.
        nearest = depth.amax(1, keepdim=True)
        there = (nearest - depth <= nearest >> NEAR_SHIFT).double()
        shift = torch.tensor([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=torch.float64, device=self.device)
        middle = there @ shift / there.sum(1, keepdim=True)
        # Opaque parts and covers are shaded as one list.
        at = torch.cat([pixel, over])
        key = torch.cat([key, front[over]])
        mx, my = torch.cat([mx / count, middle[:, 0]]), torch.cat([my / count, middle[:, 1]])
        colour, opacity = shade(
            scene,
            picture[at],
            key & TRIANGLE_MASK,
            (2 * column[at] + mx + 0.5) * SUBPIXEL,
            (2 * row[at] + my + 0.5) * SUBPIXEL,
            views(scene, picture[at], column[at] + 0.5, row[at] + 0.5),
        )
        bare = (keys == 0).sum(1, keepdim=True)
        out = bare * back_there
        solid = len(pixel)
        out.index_add_(0, pixel, (colour[:, :solid] * count.to(self.dtype)).T)
        out = 0.25 * out
        part = heads.parts[who[picture[over]], front[over] & TRIANGLE_MASK]
        alone = torch.where(part == HAIR, 0.25 * bare[over, 0], 0.0)
        opacity = opacity[solid:] + alone * (1 - opacity[solid:])
        opacity = (opacity * 0.25 * covered)[:, None]
        out[over] += opacity * (colour[:, solid:].T - out[over])
        hidden = torch.zeros(len(back), dtype=self.dtype, device=self.device)
        hidden[touched[over]] = opacity[:, 0] * self._materials[part, COVERS]
        image = (255 * back.clamp(0, 1) + 0.5).to(torch.uint8)
        image[touched] = (255 * out.clamp(0, 1) + 0.5).to(torch.uint8)
        size = (batch, height, width)
        if image_only:
            nothing = image.new_empty(0)
            return Pictures(image.view(*size, 3), nothing, nothing, nothing, nothing)

        nearest = keys.amax(1)
        depth = torch.zeros(len(back), dtype=self.dtype, device=self.device)
        triangle = torch.full((len(back),), -1, dtype=torch.int32, device=self.device)
        corner = torch.zeros(len(back), 2, dtype=self.dtype, device=self.device)
        hit = nearest > 0
        share, inverse, _ = shares(
            scene,
            picture[hit],
            nearest[hit] & TRIANGLE_MASK,
            (2 * column[hit] + 1) * SUBPIXEL,
            (2 * row[hit] + 1) * SUBPIXEL,
        )
        depth[touched[hit]] = (1 / inverse).to(self.dtype)
        triangle[touched[hit]] = (nearest[hit] & TRIANGLE_MASK).int()
        corner[touched[hit]] = share[:, :2].to(self.dtype)
        return Pictures(
            image.view(*size, 3), depth.view(size), triangle.view(size), corner.view(*size, 2), hidden.view(size)
        )

    def soft(
        self,
        heads: PaintedHeads,
        who: Tensor,
        vertices: Tensor,
        pose: Tensor,
        settings: Settings,
        expression: Tensor | None = None,
        samples: int = 2,
    ) -> Tensor:
        """Pictures (B, H, W, 3) in [0, 1], differentiable in vertices, pose, cameras, lights and background.

        Edges are blended as `edges` describes. Where two surfaces intersect, and at the holes of
        hair and lashes, nothing is blended. Frames of glasses are at least one sample thick.
        """
        scene, seen = self._scene(heads, who, vertices, pose, settings, expression, samples, snap=False)
        height, width = settings.cameras.height, settings.cameras.width
        with torch.no_grad():
            keys, layer = self._keys(scene, seen, height * samples, width * samples)
        background = settings.background
        if background is None:
            background = torch.full((len(vertices), height, width, 3), 0.5, dtype=self.dtype, device=self.device)
        background = background.repeat_interleave(samples, 1).repeat_interleave(samples, 2)
        layered = self._layered[heads.parts[who]]
        colour, _ = self._shaded(scene, keys, samples)
        shown = torch.where((keys != 0).flatten()[:, None], colour, background.to(self.dtype).reshape(-1, 3))
        shown = blend_edges(scene, Facing(seen.drawn & ~layered, seen.area), keys, shown)
        colour, opacity = self._shaded(scene, layer, samples)
        over = torch.cat([colour * opacity[:, None], opacity[:, None]], 1)
        over = blend_edges(scene, Facing(seen.drawn & layered, seen.area), layer, over)
        image = shown * (1 - over[:, 3:]) + over[:, :3]
        return image.view(-1, height, samples, width, samples, 3).mean((2, 4))

    def _scene(
        self,
        heads: PaintedHeads,
        who: Tensor,
        vertices: Tensor,
        pose: Tensor,
        settings: Settings,
        expression: Tensor | None,
        samples: int,
        *,
        snap: bool,
    ) -> tuple[Scene, Facing]:
        """Everything before the pixels. `Facing` always refers to the snapped triangles."""
        cameras, lights = settings.cameras, settings.lights
        points, normals = self._body.dress(heads, who, vertices, pose[:, :3, :3])
        if not snap:
            points = thickened(points, normals, heads.wire[who], cameras.values[:, 1] * samples)
        reach = self._body.reach(heads, who, vertices, pose, lights.directions)
        seen = points[..., 2] > NEAREST
        inverse = torch.where(seen, 1 / torch.where(seen, points[..., 2], 1.0), 0.0)
        fx, fy, cx, cy = cameras.values[:, :, None].unbind(1)
        scale = samples * SUBPIXEL
        x = (points[..., 0] * inverse * fx + cx) * scale
        y = (points[..., 1] * inverse * fy + cy) * scale
        corners = flat(heads.triangles[who], points.shape[1])
        drawn = facing(x.detach().round(), y.detach().round(), inverse.detach(), corners, self._cull[heads.parts[who]])
        pixels_per_metre = cameras.values[:, 1] / pose[:, 2, 3].clamp(min=NEAREST)
        level = torch.floor(torch.log2(self._cpu.texels_per_metre / pixels_per_metre.detach()) + 0.25)
        scene = Scene(
            heads=heads,
            who=who,
            level=level.long().clamp(0, LEVELS - 1),
            x=x.round() if snap else x,
            y=y.round() if snap else y,
            inverse=inverse,
            corners=corners,
            points=torch.cat([normals, reach, self._body.folded(heads, who, expression)], -1).to(self.dtype),
            face=pose[:, :3, :3].to(self.dtype),
            axes=self._body.axes(vertices).to(self.dtype),
            lights=Lights(*(light.to(self.dtype) for light in lights)),
            camera=cameras.values,
            materials=self._materials,
            texture_of=self._texture_of,
            pixel=0.0 if snap else float(samples * SUBPIXEL),
        )
        with torch.no_grad():
            hard = torch.maximum(lights.hard, heads.hard[who])
            if lights.directions.shape[1] and bool((hard > 0).any()):
                scene = scene._replace(
                    shadows=self._shadows(scene, points, pose[:, :3, 3], lights.directions[:, 0], hard)
                )
        return scene, drawn

    def _shadows(self, scene: Scene, points: Tensor, centre: Tensor, light: Tensor, hard: Tensor) -> Shadows:
        """Shadow maps of the first light, for the pictures with hard shadows."""
        which = (hard > 0).nonzero()[:, 0]
        x, y, towards, frame = seen_from_light(points[which], centre[which], light[which])
        corners = flat(scene.heads.triangles[scene.who[which]], x.shape[1])
        parts = scene.heads.parts[scene.who[which]]
        seen = facing(x, y, 1 + towards, corners, self._cull[parts])
        seen = Facing(seen.drawn & self._casts[parts], seen.area)
        lit = scene._replace(
            who=scene.who[which], level=scene.level[which], x=x, y=y, inverse=1 + towards, corners=corners
        )
        cell, key, _ = cover(x, y, 1 + towards, corners, seen, SIDE, SIDE)
        keys = torch.zeros(len(which), SIDE, SIDE, dtype=torch.int64, device=self.device)
        shown = self._shown(lit, cell, key, SIDE, SIDE, torch.zeros_like(key, dtype=torch.bool))
        keep_nearest(keys, cell[shown], key[shown])
        nearest = (keys >> TRIANGLE_BITS).double() / DEPTH_SCALE - 1 + (light * centre).sum(1)[which, None, None]
        row = torch.zeros_like(hard, dtype=torch.int64)
        row[which] = torch.arange(len(which), device=self.device)
        return Shadows(nearest.masked_fill(keys == 0, -torch.inf).float(), frame, row, hard)

    def _keys(self, scene: Scene, seen: Facing, rows: int, columns: int) -> tuple[Tensor, Tensor]:
        """The nearest opaque triangle of each sample, and the nearest one of a layer in front of it."""
        x, y, inverse = scene.x.round(), scene.y.round(), scene.inverse
        found = cover(x, y, inverse, scene.corners, seen, rows, columns)
        keys = torch.zeros(len(x), rows, columns, dtype=torch.int64, device=self.device)
        layer = torch.zeros_like(keys)
        layered = self._layered[scene.heads.parts[scene.who]].flatten()[found.owner]
        keep_nearest(keys, found.cell[~layered], found.key[~layered])
        cell, key = found.cell[layered], found.key[layered]
        behind = keys.flatten()[cell]
        before = key > behind
        cell, key = cell[before], key[before]
        # Soft pictures blend the edges of hair instead.
        solid = (behind[before] != 0) | (scene.pixel > 0)
        shown = self._shown(scene, cell, key, rows, columns, solid)
        keep_nearest(layer, cell[shown], key[shown])
        return keys, layer

    def _shown(self, scene: Scene, cell: Tensor, key: Tensor, rows: int, columns: int, solid: Tensor) -> Tensor:
        """(F,) whether fragments are drawn, not holes; depends on whether something opaque is behind; see `kernels`."""
        picture = torch.div(cell, rows * columns, rounding_mode="floor")
        part = scene.heads.parts[scene.who[picture], key & TRIANGLE_MASK]
        holed = self._holed[part].nonzero()[:, 0]
        cell, picture, part, triangle = cell[holed], picture[holed], part[holed], key[holed] & TRIANGLE_MASK
        px = (cell % columns + 0.5) * SUBPIXEL
        py = (torch.div(cell, columns, rounding_mode="floor") % rows + 0.5) * SUBPIXEL
        share, _, _ = shares(scene, picture, triangle, px.double(), py.double())
        u, v = (share[..., None] * scene.heads.uv[scene.who[picture], triangle]).sum(1).unbind(1)
        shown = torch.ones_like(key, dtype=torch.bool)
        least = torch.where((part == HAIR) & ~solid[holed], CLEAR_ALONE, CLEAR)
        shown[holed] = opacity_at(scene, picture, self._texture_of[part], u, v) >= least
        return shown

    def _shaded(self, scene: Scene, keys: Tensor, samples: int) -> tuple[Tensor, Tensor]:
        """Colours (B H W, 3) and opacities (B H W,) at the centres of pixels, 0 for pixels without a key."""
        _, height, width = keys.shape
        at = keys.flatten().nonzero()[:, 0]
        picture = torch.div(at, height * width, rounding_mode="floor")
        x = (at % width).double() + 0.5
        y = (torch.div(at, width, rounding_mode="floor") % height).double() + 0.5
        triangle = keys.flatten()[at] & TRIANGLE_MASK
        ways = views(scene, picture, x / samples, y / samples)
        colour, opacity = shade(scene, picture, triangle, x * SUBPIXEL, y * SUBPIXEL, ways)
        empty = torch.zeros(keys.numel(), 4, dtype=self.dtype, device=self.device)
        filled = empty.index_copy(0, at, torch.cat([colour, opacity[None]]).T)
        return filled[:, :3], filled[:, 3]
