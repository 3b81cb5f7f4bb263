"""Where the landmarks of a head are in a crop, as a differentiable function of the parameters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mien_models.fit import parameters as p
from mien_models.head.model.data import HeadData
from mien_models.head.model.in_torch import TorchHead
from mien_models.head.model.landmarks import Landmarks
from mien_models.head.model.pose import FRONTAL
from mien_models.spaces import mesh478
from mien_models.spaces.arkit import BLENDSHAPES, INDEX

F64 = NDArray[np.float64]


class View(NamedTuple):
    """Cameras of crops: centre (B, 2), and focal (B,), 0 where it is fitted; in sides of the crop."""

    centre: Tensor
    focal: Tensor


class Posed(NamedTuple):
    """pose (B, 4, 4): face axes to the crop's camera [m]; focal (B,) in sides of the crop."""

    pose: Tensor
    focal: Tensor


def posed(picture: Tensor, view: View) -> Posed:
    """Poses and focal lengths of pictures (B, PICTURE)."""
    scale = picture[:, p.SIZE].exp()
    known = view.focal > 0
    distance = torch.where(known, view.focal / scale, picture[:, p.DISTANCE].exp())
    focal = torch.where(known, view.focal, scale * distance)
    aside = (picture[:, p.PLACE] - view.centre) * (distance / focal)[:, None]
    at = torch.cat([aside, distance[:, None]], 1)
    frontal = torch.as_tensor(FRONTAL, dtype=picture.dtype, device=picture.device)
    turned = rotations(picture[:, p.TURN]) @ frontal
    last = torch.tensor([[[0.0, 0.0, 0.0, 1.0]]], dtype=picture.dtype, device=picture.device)
    return Posed(torch.cat([torch.cat([turned, at[..., None]], 2), last.expand(len(picture), -1, -1)], 1), focal)


def rotations(vectors: Tensor) -> Tensor:
    """3×3 rotations of rotation vectors (B, 3) [rad] (Rodrigues)."""
    angle = (vectors.square().sum(1, keepdim=True) + 1e-16).sqrt()
    x, y, z = (vectors / angle).unbind(1)
    zero = 0 * x
    cross = torch.stack([zero, -z, y, z, zero, -x, -y, x, zero], 1).reshape(-1, 3, 3)
    angle = angle[..., None]
    eye = torch.eye(3, dtype=vectors.dtype, device=vectors.device)
    return eye + angle.sin() * cross + (1 - angle.cos()) * (cross @ cross)


class Face:
    """The head in torch, moved by parameters of a fit."""

    def __init__(self, data: HeadData, dtype: Any = torch.float64) -> None:
        self._head = TorchHead(data, dtype=dtype)
        moving = np.zeros((len(p.MOVING), len(BLENDSHAPES)))
        moving[np.arange(len(p.MOVING)), [INDEX[name] for name in p.MOVING]] = 1
        self._moving = torch.as_tensor(moving, dtype=dtype)

    def weights(self, picture: Tensor) -> Tensor:
        """Weights (B, 52) of pictures (B, PICTURE), without browInnerUp and those of gaze."""
        return picture[:, p.EXPRESSION][:, : len(p.MOVING)] @ self._moving

    def vertices(self, person: Tensor, picture: Tensor, pose: Tensor) -> Tensor:
        """Points (B, V, 3) in the camera's frame of people (B, PERSON) in pictures (B, PICTURE) at poses (B, 4, 4)."""
        return self._head.vertices(
            person[:, p.CODE],
            self.weights(picture),
            picture[:, p.EYES].reshape(-1, 2, 2),
            pose,
            None,
            picture[:, p.EXPRESSION][:, len(p.MOVING) :],
            person[:, p.MOBILITY],
        )


class Projection:
    """Landmarks of the head in crops. It moves the landmarks themselves, not the vertices of the mesh."""

    def __init__(self, data: HeadData, dtype: Any = torch.float64) -> None:
        self.dtype = dtype
        self._face = Face(reduced(data), dtype)
        self._order = torch.as_tensor(np.concatenate([np.arange(mesh478.SURFACE), _iris_rows()]))

    def __call__(self, person: Tensor, picture: Tensor, view: View) -> Tensor:
        """(B, 478, 2) in sides of the crop, of people (B, PERSON) and pictures (B, PICTURE)."""
        pose, focal = posed(picture, view)
        points = self._face.vertices(person, picture, pose)[:, self._order]
        return points[..., :2] / points[..., 2:] * focal[:, None, None] + view.centre[:, None]


def reduced(data: HeadData) -> HeadData:
    """A head of landmarks instead of vertices: all displacements are linear, so sums of them are exact.

    First come the landmarks of the face, then the margins of the lids, then per eye its iris, twice: as it is, and
    mirrored at the eye's centre, so that the mean of an eye is still its centre.
    """
    landmarks = Landmarks()
    first, second = data.eyes
    count = len(data.base)
    rows = []
    for corners, shares in zip(landmarks.corners, landmarks.shares, strict=True):
        row = np.zeros(count)
        np.add.at(row, corners, shares)
        rows.append(row)
    of_points = np.array(rows)
    lids = np.eye(count)[data.lids.ravel()]
    eyes = []
    for iris, ball in zip(mesh478.IRISES, (slice(first, second), slice(second, count)), strict=True):
        centre = np.zeros(count)
        centre[ball] = 1 / len(range(*ball.indices(count)))
        own = of_points[list(iris)]
        eyes += [own, 2 * centre - own]
    mixed = np.concatenate([of_points[: mesh478.SURFACE], lids, *eyes])
    used = mixed.any(0)
    few = mixed[:, used]
    start, irises = mesh478.SURFACE + len(lids), len(eyes[0])

    def sums(points: NDArray[Any]) -> F64:
        return np.asarray(few @ points[used].astype(np.float64))

    return replace(
        data,
        base=sums(data.base),
        ethnic=np.stack([sums(one) for one in data.ethnic]),
        universal=np.stack([sums(one) for one in data.universal]),
        local=np.stack([sums(one) for one in data.local]),
        expression=np.stack([sums(one) for one in data.expression]),
        follow=sums(data.follow),
        eyes=(start, start + 2 * irises),
        lids=mesh478.SURFACE + np.arange(data.lids.size, dtype=np.int32).reshape(data.lids.shape),
    )


def _iris_rows() -> NDArray[np.intp]:
    """Where the landmarks of the irises are among the points of `reduced`, in the order of the landmarks."""
    start, count = mesh478.SURFACE + 8, len(mesh478.IRISES[0])
    places = ((i, start + 2 * count * eye + n) for eye, iris in enumerate(mesh478.IRISES) for n, i in enumerate(iris))
    return np.array([place for _, place in sorted(places)])
