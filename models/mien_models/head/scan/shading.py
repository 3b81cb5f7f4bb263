"""The inner loops of the scan head's pictures. Alone in this file, because numba's cache does not notice other files.

Colours are those that a camera stores, 0 … 255: the skin comes from photographs as they are.
"""

from __future__ import annotations

from typing import Any

from mien_models.head.kernels import fast

# Places of numbers in `look` of `shade`.
AMBIENT, DIFFUSE, SHINE, PUPIL, IRIS, GLINT_X, GLINT_Y, MOUTH_DEPTH, TEETH_SHADE, LID_SHADE = range(10)
_TRIANGLE_MASK = (1 << 23) - 1
_SUBPIXEL = 256.0
_SHARP = 24  # of the skin's highlight


@fast
def normals(points: Any, triangles: Any, out: Any) -> None:
    """Unit normals (V, 3) of vertices, the mean of their triangles' by area."""
    for v in range(out.shape[0]):
        out[v, 0] = out[v, 1] = out[v, 2] = 0.0
    for t in range(triangles.shape[0]):
        i, j, k = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, az = points[j, 0] - points[i, 0], points[j, 1] - points[i, 1], points[j, 2] - points[i, 2]
        bx, by, bz = points[k, 0] - points[i, 0], points[k, 1] - points[i, 1], points[k, 2] - points[i, 2]
        nx, ny, nz = ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx
        for v in (i, j, k):
            out[v, 0] += nx
            out[v, 1] += ny
            out[v, 2] += nz
    for v in range(out.shape[0]):
        length = (out[v, 0] ** 2 + out[v, 1] ** 2 + out[v, 2] ** 2) ** 0.5 + 1e-12
        out[v, 0] /= length
        out[v, 1] /= length
        out[v, 2] /= length


@fast
def locate(keys: Any, x: Any, y: Any, inverse: Any, triangles: Any, triangle: Any, shares: Any) -> None:
    """Triangle (H, W), -1 for none, and barycentric shares (H, W, 3) of the samples of `kernels.rasterise`."""
    for row in range(keys.shape[0]):
        for column in range(keys.shape[1]):
            triangle[row, column] = -1
            key = keys[row, column]
            if key == 0:
                continue
            t = key & _TRIANGLE_MASK
            a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
            px, py = (column + 0.5) * _SUBPIXEL, (row + 0.5) * _SUBPIXEL
            wa = ((x[b] - px) * (y[c] - py) - (x[c] - px) * (y[b] - py)) * inverse[a]
            wb = ((x[c] - px) * (y[a] - py) - (x[a] - px) * (y[c] - py)) * inverse[b]
            wc = ((x[a] - px) * (y[b] - py) - (x[b] - px) * (y[a] - py)) * inverse[c]
            total = wa + wb + wc
            triangle[row, column] = t
            shares[row, column, 0] = wa / total
            shares[row, column, 1] = wb / total
            shares[row, column, 2] = wc / total


@fast
def shade(
    triangle: Any, shares: Any, triangles: Any, parts: Any, uv: Any, points: Any, normal: Any, eyes: Any,
    texture: Any, hair: Any, colours: Any, light: Any, look: Any, front: float, image: Any,
) -> None:  # fmt: skip
    """Paint the samples that show a triangle.

    texture (S, S, 3) of the face, top row first; hair (V, 3): colours of scalp and neck; colours (9, 3) of the other
    parts, iris in that of the left eye, sclera in that of the right one; light: unit vector in the camera's axes;
    front: z of the lips [cm].
    """
    size = texture.shape[0]
    for row in range(triangle.shape[0]):
        for column in range(triangle.shape[1]):
            t = triangle[row, column]
            if t < 0:
                continue
            i, j, k = triangles[t, 0], triangles[t, 1], triangles[t, 2]
            a, b, c = shares[row, column, 0], shares[row, column, 1], shares[row, column, 2]
            nx = a * normal[i, 0] + b * normal[j, 0] + c * normal[k, 0]
            ny = a * normal[i, 1] + b * normal[j, 1] + c * normal[k, 1]
            nz = a * normal[i, 2] + b * normal[j, 2] + c * normal[k, 2]
            length = (nx * nx + ny * ny + nz * nz) ** 0.5 + 1e-9
            nx, ny, nz = nx / length, ny / length, nz / length
            lit = look[AMBIENT] * (0.85 + 0.15 * ny) + look[DIFFUSE] * max(
                0.0, nx * light[0] + ny * light[1] + nz * light[2]
            )
            part = parts[t]
            if part == 0:
                u = a * uv[t, 0, 0] + b * uv[t, 1, 0] + c * uv[t, 2, 0]
                v = a * uv[t, 0, 1] + b * uv[t, 1, 1] + c * uv[t, 2, 1]
                fx, fy = u * (size - 1), (1.0 - v) * (size - 1)
                xi, yi = min(max(int(fx), 0), size - 2), min(max(int(fy), 0), size - 2)
                fx, fy = fx - xi, fy - yi
                hx, hy, hz = light[0], light[1], light[2] + 1.0
                half = max(0.0, (nx * hx + ny * hy + nz * hz) / (hx * hx + hy * hy + hz * hz) ** 0.5)
                shine = look[SHINE] * half**_SHARP
                for q in range(3):
                    upper = texture[yi, xi, q] * (1 - fx) + texture[yi, xi + 1, q] * fx
                    lower = texture[yi + 1, xi, q] * (1 - fx) + texture[yi + 1, xi + 1, q] * fx
                    image[row, column, q] = (upper * (1 - fy) + lower * fy) * lit + shine
            elif part == 1:
                for q in range(3):
                    image[row, column, q] = (a * hair[i, q] + b * hair[j, q] + c * hair[k, q]) * lit
            elif part == 3:
                for q in range(3):
                    image[row, column, q] = colours[3, q] * lit
            elif part < 6:
                deep = front - (a * points[i, 2] + b * points[j, 2] + c * points[k, 2])
                near = min(1.0, max(0.0, 1.0 - deep / look[MOUTH_DEPTH]))
                if part == 5:
                    near = look[TEETH_SHADE] * (0.15 + 0.85 * near)
                for q in range(3):
                    image[row, column, q] = colours[part, q] * lit * near
            else:
                ex = a * eyes[i, 0] + b * eyes[j, 0] + c * eyes[k, 0]
                ey = a * eyes[i, 1] + b * eyes[j, 1] + c * eyes[k, 1]
                ez = a * eyes[i, 2] + b * eyes[j, 2] + c * eyes[k, 2]
                r = (ex * ex + ey * ey) ** 0.5 / look[IRIS] if ez > 0 else 9.0
                white = 1.0 - 0.25 * min(1.0, max(0.0, (r - 1.0) / 1.2))
                ring = min(1.0, max(0.0, (r - 1.0) / 0.15))  # the iris fades into the white
                tint = 0.6 if r > 0.9 else 0.8 + 0.4 * r
                glint = r < 1.3 and (nx - look[GLINT_X]) ** 2 + (ny - look[GLINT_Y]) ** 2 < 0.004
                for q in range(3):
                    level = (
                        12.0 if r < look[PUPIL] else colours[6, q] * tint * (1 - ring) + colours[7, q] * white * ring
                    )
                    image[row, column, q] = 235.0 if glint else level * lit * look[LID_SHADE]
