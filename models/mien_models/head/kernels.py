"""Turn triangles into pixels: the shading formulas, and the renderer's inner loops.

Formulas use arithmetic only, so that the same code works on numbers, numpy, torch and in numba.
Colours are linear. Vectors are unit vectors in the camera frame, given by their components.

numba compiles the loops. Shading 300,000 samples a frame in numpy passes over memory about a
hundred times; one compiled loop passes once and is thirty times faster. Formulas and loops stand in
this one long file because numba's cache does not notice changes in other files. Without numba
everything runs as plain Python, which is fast enough for a few pixels.

Coverage is exact: vertices are snapped to 1/256 of a sample and edges are tested in integers, so
neighbouring triangles neither overlap nor leave gaps, on any machine. Each sample keeps its nearest
triangle in one integer: 1/depth in the high bits, the number of the triangle in the low bits.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, TypeVar

# A number or an array of numpy or torch.
Number = Any

_F = TypeVar("_F", bound=Callable[..., Any])

try:
    _numba: Any = import_module("numba")
    _extending: Any = import_module("numba.extending")
except ImportError:
    _numba = _extending = None
COMPILED = _numba is not None

# The functions create no arrays, so reference counting, which is atomic, is off: the loops take half as long.
_OPTIONS: dict[str, Any] = {"cache": True, "_nrt": False, "nogil": True, "error_model": "numpy"}
# Shading may round differently from machine to machine, by far less than a step of the picture.
_LOOSE = {"nsz", "ninf", "nnan", "arcp", "contract"}


def _formula(function: _F) -> _F:
    compiled: _F = _extending.register_jitable(function) if COMPILED else function
    return compiled


def _exact(function: _F) -> _F:
    compiled: _F = _numba.njit(**_OPTIONS)(function) if COMPILED else function
    return compiled


def fast(function: _F) -> _F:
    """Compile a loop whose rounding may differ from machine to machine."""
    compiled: _F = _numba.njit(**_OPTIONS, fastmath=_LOOSE)(function) if COMPILED else function
    return compiled


def _inlined(function: _F) -> _F:
    """Compile a function that is called per pixel inline: passing two dozen arrays takes longer than shading."""
    compiled: _F = _numba.njit(**_OPTIONS, fastmath=_LOOSE, forceinline=True)(function) if COMPILED else function
    return compiled


SUBPIXEL = 256
# 1/depth [1/m] is kept in steps of 2**-34; below it are 23 bits of triangle.
DEPTH_BITS, TRIANGLE_BITS = 34, 23
_DEPTH_SCALE = float(1 << DEPTH_BITS)
_TRIANGLE_MASK = (1 << TRIANGLE_BITS) - 1
# Opacity (of 255) below which a triangle with holes does not hide what is behind it. Hair in front of the
# background is drawn fully or not at all. A picture keeps only the nearest layer of hair, so a
# half transparent edge would show the background where the next layer of hair should be.
CLEAR, CLEAR_ALONE = 24, 128
# Samples of one part whose 1/depth differs by less than a 64th are shaded together.
_NEAR_SHIFT = 6

# The part with wrinkles, and the slope at the ends of the relief's scale.
_FOLDING, FOLD_SLOPE = 0, 0.9

# Columns of the material table.
SHARPNESS, F0, F90, WRAP, GLOSS, CORNEA, COVERS, INSIDE = 0, 1, 2, 3, 6, 7, 8, 9


@_formula
def positive(x: Number) -> Number:
    """max(x, 0)."""
    return 0.5 * (abs(x) + x)


@_formula
def unit_step(x: Number) -> Number:
    """x clipped to [0, 1]."""
    return positive(1.0 - positive(1.0 - x))


@_formula
def smooth(low: float, high: float, x: Number) -> Number:
    """Smoothly 0 below `low`, 1 above `high`."""
    t = unit_step((x - low) / (high - low))
    return t * t * (3.0 - 2.0 * t)


@_formula
def diffuse(cosine: Number, wrap: Number) -> Number:
    """Share of a light that a surface scatters back; `wrap` > 0 also lights places just past the horizon."""
    lit = positive((cosine + wrap) / (1.0 + wrap))
    return lit / (1.0 + wrap)


@_formula
def highlight(half: Number, view: Number, cosine: Number, sharpness: Number, f0: Number, f90: Number) -> Number:
    """Share of a light that a surface mirrors: Schlick's rational power, squared, and his Fresnel term.

    half, view: cosine of the half vector with the normal and with the view. cosine: of the light
    with the normal. f0, f90: share that is mirrored straight on and at a grazing angle.
    """
    h = positive(half)
    lobe = h / (0.5 * sharpness * (1.0 - h) + h)
    miss = unit_step(1.0 - view)
    fresnel = f0 + (f90 - f0) * miss * miss * miss * miss * miss
    return 0.125 * (sharpness + 2.0) * lobe * lobe * fresnel * unit_step(4.0 * cosine)


@_formula
def ambient(c: Any, x: Number, y: Number, z: Number) -> Number:
    """Ambient light on a normal: a quadratic function of it; `c` has the ten coefficients of one colour."""
    return c[0] + x * (c[1] + c[4] * y + c[6] * z + c[7] * x) + y * (c[2] + c[5] * z + c[8] * y) + z * (c[3] + c[9] * z)


@_formula
def bulge(cosine: Number) -> Number:
    """How much the cornea bends the eyeball's normal away from its axis, by their cosine."""
    return 0.6 * smooth(0.88, 0.96, cosine)


@_formula
def tone(x: Number) -> Number:
    """Linear light to the value that a camera stores, in [0, 1]: highlights are compressed, then gamma 2."""
    x = positive(x)
    return unit_step(x * (1.0 + 0.16 * x) / (1.0 + x)) ** 0.5


@_exact
def rasterise(
    x: Any,
    y: Any,
    inverse: Any,
    triangles: Any,
    first: int,
    last: int,
    cull: Any,
    keys: Any,
    behind: Any,
    holes: Any,
    uv: Any,
    opacities: Any,
) -> None:
    """Write triangles [first, last) into `keys` where they are nearest and in front of `behind`.

    x, y (V,): snapped sample coordinates. inverse (V,): 1/depth, 0 behind the camera. cull (T,):
    whether only the side facing the camera is drawn. keys, behind: (rows, columns) int64. holes
    (T,): index of the map in `opacities` (uint8) that gives the triangle's opacity at `uv` (T, 3,
    2), or -1 for a triangle without holes.
    """
    rows, columns = keys.shape
    for t in range(first, last):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        if inverse[a] <= 0.0 or inverse[b] <= 0.0 or inverse[c] <= 0.0:
            continue
        area = (x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a])
        if area == 0 or (area > 0 and cull[t]):
            continue
        ka, kb, kc = 0, 1, 2
        if area < 0:
            b, c = c, b
            kb, kc = 2, 1
            area = -area
        left = max(0, (min(x[a], x[b], x[c]) + SUBPIXEL // 2 - 1) >> 8)
        right = min(columns - 1, (max(x[a], x[b], x[c]) - SUBPIXEL // 2) >> 8)
        top = max(0, (min(y[a], y[b], y[c]) + SUBPIXEL // 2 - 1) >> 8)
        bottom = min(rows - 1, (max(y[a], y[b], y[c]) - SUBPIXEL // 2) >> 8)
        if left > right or top > bottom:
            continue
        # Edge functions; an edge that is not a top or left one excludes its own points.
        ax, ay = x[c] - x[b], y[c] - y[b]
        bx, by = x[a] - x[c], y[a] - y[c]
        cx, cy = x[b] - x[a], y[b] - y[a]
        px, py = left * SUBPIXEL + SUBPIXEL // 2, top * SUBPIXEL + SUBPIXEL // 2
        row_a = ax * (py - y[b]) - ay * (px - x[b])
        row_b = bx * (py - y[c]) - by * (px - x[c])
        row_c = cx * (py - y[a]) - cy * (px - x[a])
        skip_a = 0 if (ay < 0 or (ay == 0 and ax > 0)) else 1
        skip_b = 0 if (by < 0 or (by == 0 and bx > 0)) else 1
        skip_c = 0 if (cy < 0 or (cy == 0 and cx > 0)) else 1
        share = 1.0 / area
        for j in range(top, bottom + 1):
            wa, wb, wc = row_a, row_b, row_c
            for i in range(left, right + 1):
                ea, eb, ec = wa, wb, wc
                wa -= ay * SUBPIXEL
                wb -= by * SUBPIXEL
                wc -= cy * SUBPIXEL
                if ea >= skip_a and eb >= skip_b and ec >= skip_c:
                    near = (ea * inverse[a] + eb * inverse[b] + ec * inverse[c]) * share
                    key = (int(near * _DEPTH_SCALE) << TRIANGLE_BITS) | t
                    if key > keys[j, i] and key > behind[j, i]:
                        if holes[t] >= 0:
                            pa, pb, pc = ea * inverse[a], eb * inverse[b], ec * inverse[c]
                            total = pa + pb + pc
                            u = (pa * uv[t, ka, 0] + pb * uv[t, kb, 0] + pc * uv[t, kc, 0]) / total
                            v = (pa * uv[t, ka, 1] + pb * uv[t, kb, 1] + pc * uv[t, kc, 1]) / total
                            opacity = opacities[holes[t]]
                            row = min(max(int(v * opacity.shape[0]), 0), opacity.shape[0] - 1)
                            column = min(max(int(u * opacity.shape[1]), 0), opacity.shape[1] - 1)
                            if opacity[row, column] < (CLEAR_ALONE if holes[t] == 1 and behind[j, i] == 0 else CLEAR):
                                continue
                        keys[j, i] = key
            row_a += ax * SUBPIXEL
            row_b += bx * SUBPIXEL
            row_c += cx * SUBPIXEL


@_inlined
def _shares(
    x: Any, y: Any, inverse: Any, triangles: Any, t: int, px: float, py: float
) -> tuple[float, float, float, float, float]:
    """Perspective-correct shares of a triangle's corners at a sample position, 1/depth there, and its area.

    The area is negative where the camera sees the outside.
    """
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    area = float((x[b] - x[a]) * (y[c] - y[a]) - (x[c] - x[a]) * (y[b] - y[a]))
    wa = ((x[b] - px) * (y[c] - py) - (x[c] - px) * (y[b] - py)) / area * inverse[a]
    wb = ((x[c] - px) * (y[a] - py) - (x[a] - px) * (y[c] - py)) / area * inverse[b]
    wc = ((x[a] - px) * (y[b] - py) - (x[b] - px) * (y[a] - py)) / area * inverse[c]
    total = wa + wb + wc
    return wa / total, wb / total, wc / total, total, area


@_inlined
def _raw(texture: Any, u: float, v: float) -> tuple[float, float, float, float]:
    """A texel as stored, in [0, 1]: bilinear, clamped at the borders."""
    height, width = texture.shape[0], texture.shape[1]
    x = min(max(u * width - 0.5, 0.0), width - 1.001)
    y = min(max(v * height - 0.5, 0.0), height - 1.001)
    i, j = int(x), int(y)
    fx, fy = x - i, y - j
    weights = (1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy
    return (
        _mixed(texture, i, j, 0, weights),
        _mixed(texture, i, j, 1, weights),
        _mixed(texture, i, j, 2, weights),
        _mixed(texture, i, j, 3, weights),
    )


@_inlined
def _mixed(texture: Any, i: int, j: int, channel: int, weights: tuple[float, float, float, float]) -> float:
    """Interpolate one channel between four neighbours."""
    w00, w01, w10, w11 = weights
    level: float = (
        w00 * texture[j, i, channel] + w01 * texture[j, i + 1, channel]
        + w10 * texture[j + 1, i, channel] + w11 * texture[j + 1, i + 1, channel]
    ) / 255.0  # fmt: skip
    return level


@_inlined
def _texel(texture: Any, u: float, v: float) -> tuple[float, float, float, float]:
    """As `_raw`, but with linear colours (they are stored with gamma 2)."""
    red, green, blue, other = _raw(texture, u, v)
    return red * red, green * green, blue * blue, other


@fast
def sunlit(shadow: Any, frame: Any, x: float, y: float, z: float) -> float:
    """Share of a far light that reaches a place in the camera frame: mean of 3×3 lookups in its shadow map."""
    side = shadow.shape[0]
    column = x * frame[0] + y * frame[1] + z * frame[2] + frame[9] - 1.5
    row = x * frame[3] + y * frame[4] + z * frame[5] + frame[10] - 1.5
    if not (1.0 < column < side - 5.0 and 1.0 < row < side - 5.0):
        return 1.0
    towards = x * frame[6] + y * frame[7] + z * frame[8] + frame[12]
    i, j = int(column), int(row)
    fx, fy = column - i, row - j
    total = 0.0
    for n in range(4):
        wy = 1.0 - fy if n == 0 else (fy if n == 3 else 1.0)
        if shadow[j + n, i] <= towards:
            total += wy * (1.0 - fx)
        if shadow[j + n, i + 1] <= towards:
            total += wy
        if shadow[j + n, i + 2] <= towards:
            total += wy
        if shadow[j + n, i + 3] <= towards:
            total += wy * fx
    return total / 9.0


@_inlined
def _shade(
    t: int,
    px: float,
    py: float,
    vx: float,
    vy: float,
    vz: float,
    x: Any,
    y: Any,
    inverse: Any,
    triangles: Any,
    parts: Any,
    uv: Any,
    vertices: Any,
    textures: Any,
    texture_of: Any,
    materials: Any,
    axes: Any,
    lights: Any,
    around: Any,
    folds: Any,
    face: Any,
    shadow: Any,
    frame: Any,
    hard: float,
) -> tuple[float, float, float, float]:
    """Colour (as a camera stores it) and opacity of triangle `t` at a sample position."""
    sa, sb, sc, near, area = _shares(x, y, inverse, triangles, t, px, py)
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    part = parts[t]
    u = sa * uv[t, 0, 0] + sb * uv[t, 1, 0] + sc * uv[t, 2, 0]
    v = sa * uv[t, 0, 1] + sb * uv[t, 1, 1] + sc * uv[t, 2, 1]
    which = texture_of[part]
    red, green, blue, other = _texel(textures[which], u, v)
    opacity, gloss = 1.0, other
    if which == 2 or materials[part, GLOSS] < 0.0:
        opacity, gloss = other, 1.0
    gloss *= abs(materials[part, GLOSS])
    nx = sa * vertices[a, 0] + sb * vertices[b, 0] + sc * vertices[c, 0]
    ny = sa * vertices[a, 1] + sb * vertices[b, 1] + sc * vertices[c, 1]
    nz = sa * vertices[a, 2] + sb * vertices[b, 2] + sc * vertices[c, 2]
    lit = sa * vertices[a, 3] + sb * vertices[b, 3] + sc * vertices[c, 3]
    if area > 0.0 and materials[part, CORNEA] < 0.0:
        nx, ny, nz = -nx, -ny, -nz
        if materials[part, CORNEA] < -1.5:
            red, green, blue, gloss = 0.75 * red, 0.75 * green, 0.75 * blue, 0.0
    shrink = 1.0 / max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
    nx, ny, nz = nx * shrink, ny * shrink, nz * shrink
    folded = 0.0
    if part == _FOLDING:
        last = 4 + lights.shape[0]
        folded = sa * vertices[a, last] + sb * vertices[b, last] + sc * vertices[c, last]
    if folded > 0.01:
        left, up, _, deep = _raw(folds, u, v)
        left, up = FOLD_SLOPE * folded * (2.0 * left - 1.0), FOLD_SLOPE * folded * (2.0 * up - 1.0)
        nx -= left * face[0, 1] + up * face[0, 2]
        ny -= left * face[1, 1] + up * face[1, 2]
        nz -= left * face[2, 1] + up * face[2, 2]
        shrink = 1.0 / max((nx * nx + ny * ny + nz * nz) ** 0.5, 1e-9)
        nx, ny, nz = nx * shrink, ny * shrink, nz * shrink
        # Little light leaves a wrinkle, and that light is red.
        deep *= folded
        red, green, blue = red * (1.0 - 0.28 * deep), green * (1.0 - 0.42 * deep), blue * (1.0 - 0.44 * deep)
        gloss *= 1.0 - 0.5 * deep
    if materials[part, CORNEA] > 0.0:
        eye = int(materials[part, CORNEA]) - 1
        ax, ay, az = axes[eye, 0], axes[eye, 1], axes[eye, 2]
        along = nx * ax + ny * ay + nz * az
        bent = bulge(along)
        mx, my, mz = (
            nx + bent * (nx - along * ax),
            ny + bent * (ny - along * ay),
            nz + bent * (nz - along * az),
        )
        shrink = 1.0 / (mx * mx + my * my + mz * mz) ** 0.5
        mx, my, mz = mx * shrink, my * shrink, mz * shrink
    else:
        mx, my, mz = nx, ny, nz
    out_r = red * lit * ambient(around[0], nx, ny, nz)
    out_g = green * lit * ambient(around[1], nx, ny, nz)
    out_b = blue * lit * ambient(around[2], nx, ny, nz)
    shiny = gloss > 0.004
    sharpness, f0, f90 = materials[part, SHARPNESS], materials[part, F0], materials[part, F90]
    if shiny:
        # Reflection of the surroundings, for the angle of the view.
        view = mx * vx + my * vy + mz * vz
        miss = min(max(1.0 - view, 0.0), 1.0)
        mirror = gloss * lit * (f0 + (f90 - f0) * miss**5)
        rx, ry, rz = 2.0 * view * mx - vx, 2.0 * view * my - vy, 2.0 * view * mz - vz
        out_r += mirror * ambient(around[0], rx, ry, rz)
        out_g += mirror * ambient(around[1], rx, ry, rz)
        out_b += mirror * ambient(around[2], rx, ry, rz)
    for k in range(lights.shape[0]):
        lx, ly, lz = lights[k, 0], lights[k, 1], lights[k, 2]
        reach = sa * vertices[a, 4 + k] + sb * vertices[b, 4 + k] + sc * vertices[c, 4 + k]
        cosine = nx * lx + ny * ly + nz * lz
        if k == 0 and hard > 0.0:
            # Past the horizon the surface shades itself, so the shadow map is not read.
            share = hard * smooth(-0.05, 0.25, cosine)
            if share > 0.0:
                px, py, pz = vx / (vz * near), vy / (vz * near), 1.0 / near
                sun = sunlit(shadow, frame, px + nx * frame[11], py + ny * frame[11], pz + nz * frame[11])
                reach += share * (sun * (reach if materials[part, INSIDE] > 0.0 else 1.0) - reach)
        shine = 0.0
        if shiny:
            hx, hy, hz = lx + vx, ly + vy, lz + vz
            shrink = 1.0 / max((hx * hx + hy * hy + hz * hz) ** 0.5, 1e-9)
            half = (mx * hx + my * hy + mz * hz) * shrink
            shine = gloss * highlight(half, (vx * hx + vy * hy + vz * hz) * shrink, cosine, sharpness, f0, f90)
        out_r += reach * lights[k, 3] * (red * diffuse(cosine, materials[part, WRAP]) + shine)
        out_g += reach * lights[k, 4] * (green * diffuse(cosine, materials[part, WRAP + 1]) + shine)
        out_b += reach * lights[k, 5] * (blue * diffuse(cosine, materials[part, WRAP + 2]) + shine)
    return tone(out_r), tone(out_g), tone(out_b), opacity


@fast
def resolve(
    keys: Any,
    layer: Any,
    x: Any,
    y: Any,
    inverse: Any,
    triangles: Any,
    parts: Any,
    uv: Any,
    vertices: Any,
    textures: Any,
    texture_of: Any,
    materials: Any,
    axes: Any,
    lights: Any,
    around: Any,
    camera: Any,
    left: int,
    top: int,
    folds: Any,
    face: Any,
    shadow: Any,
    frame: Any,
    hard: float,
    background: Any,
    image: Any,
    depth: Any,
    triangle: Any,
    shares: Any,
    cover: Any,
) -> None:
    """Shade the pixels of 2×2 samples each, from column `left` and row `top` on; the others stay as they are.

    Where something is drawn, this writes the picture, depth [m], triangle and two shares. Where a
    part whose COVERS is 1 (hair, lenses) lies over it, this also writes the opacity of that cover.
    folds: relief of the skin as in `wrinkles`; the last column of the vertices says how strongly
    it shows. face: the 3×3 axes of the face. shadow, frame, hard: the shadow map of the first
    light, as in `shadows`. camera: fx, fy, cx, cy [px]. background (H, W, 3): as a camera stores
    it, in [0, 1].
    """
    rows, columns = keys.shape[0] // 2, keys.shape[1] // 2
    skies = (around[0], around[1], around[2])
    for j in range(rows):
        for i in range(columns):
            nearest = max(
                keys[2 * j, 2 * i], keys[2 * j, 2 * i + 1], keys[2 * j + 1, 2 * i], keys[2 * j + 1, 2 * i + 1]
            )
            front = max(
                layer[2 * j, 2 * i], layer[2 * j, 2 * i + 1], layer[2 * j + 1, 2 * i], layer[2 * j + 1, 2 * i + 1]
            )
            if nearest == 0 and front == 0:
                continue
            red, green, blue = 0.0, 0.0, 0.0
            done = 0
            sx = (left + i + 0.5 - camera[2]) / camera[0]
            sy = (top + j + 0.5 - camera[3]) / camera[1]
            shrink = -1.0 / (sx * sx + sy * sy + 1.0) ** 0.5
            vx, vy, vz = sx * shrink, sy * shrink, shrink
            for k in range(4):
                key = keys[2 * j + (k >> 1), 2 * i + (k & 1)]
                if key == 0 or (done >> k) & 1:
                    continue
                t = key & _TRIANGLE_MASK
                part = parts[t]
                q = key >> TRIANGLE_BITS
                count, mx, my = 0, 0, 0
                for m in range(k, 4):
                    other = keys[2 * j + (m >> 1), 2 * i + (m & 1)]
                    near = abs((other >> TRIANGLE_BITS) - q) <= (q >> _NEAR_SHIFT)
                    if other != 0 and not (done >> m) & 1 and near and parts[other & _TRIANGLE_MASK] == part:
                        done |= 1 << m
                        count += 1
                        mx += m & 1
                        my += m >> 1
                px = (2 * i + mx / count + 0.5) * SUBPIXEL
                py = (2 * j + my / count + 0.5) * SUBPIXEL
                r, g, b, _ = _shade(
                    t, px, py, vx, vy, vz, x, y, inverse, triangles, parts, uv, vertices,
                    textures, texture_of, materials, axes, lights, skies, folds, face, shadow, frame, hard,
                )  # fmt: skip
                red += count * r
                green += count * g
                blue += count * b
            bare = 4 - ((done & 1) + ((done >> 1) & 1) + ((done >> 2) & 1) + ((done >> 3) & 1))
            red = 0.25 * (red + bare * background[top + j, left + i, 0])
            green = 0.25 * (green + bare * background[top + j, left + i, 1])
            blue = 0.25 * (blue + bare * background[top + j, left + i, 2])
            if front:
                # The cover of a pixel takes its colour from the samples of its nearest layer.
                q = front >> TRIANGLE_BITS
                count, mx, my, covered = 0, 0, 0, 0
                for k in range(4):
                    over = layer[2 * j + (k >> 1), 2 * i + (k & 1)]
                    if over != 0:
                        covered += 1
                        if q - (over >> TRIANGLE_BITS) <= (q >> _NEAR_SHIFT):
                            count += 1
                            mx += k & 1
                            my += k >> 1
                px = (2 * i + mx / count + 0.5) * SUBPIXEL
                py = (2 * j + my / count + 0.5) * SUBPIXEL
                r, g, b, opacity = _shade(
                    front & _TRIANGLE_MASK, px, py, vx, vy, vz, x, y, inverse, triangles, parts, uv, vertices,
                    textures, texture_of, materials, axes, lights, skies, folds, face, shadow, frame, hard,
                )  # fmt: skip
                if texture_of[parts[front & _TRIANGLE_MASK]] == 2:
                    opacity += 0.25 * bare * (1.0 - opacity)
                opacity *= 0.25 * covered
                red += opacity * (r - red)
                green += opacity * (g - green)
                blue += opacity * (b - blue)
                cover[top + j, left + i] = opacity * materials[parts[front & _TRIANGLE_MASK], COVERS]
            row, column = top + j, left + i
            image[row, column, 0] = int(255.0 * min(max(red, 0.0), 1.0) + 0.5)
            image[row, column, 1] = int(255.0 * min(max(green, 0.0), 1.0) + 0.5)
            image[row, column, 2] = int(255.0 * min(max(blue, 0.0), 1.0) + 0.5)
            if nearest:
                t = nearest & _TRIANGLE_MASK
                px, py = (2 * i + 1.0) * SUBPIXEL, (2 * j + 1.0) * SUBPIXEL
                sa, sb, _, total, _ = _shares(x, y, inverse, triangles, t, px, py)
                triangle[row, column] = t
                shares[row, column, 0] = sa
                shares[row, column, 1] = sb
                depth[row, column] = 1.0 / total
