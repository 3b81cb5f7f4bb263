"""Run the animator for one avatar: from the shapes of people to rigs in the avatar's units."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mien_models.animator.avatar import POSE, Avatar
from mien_models.animator.reading import distances, read_pictures, relative
from mien_models.backends import Session
from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.mirror import mirror_order

F32 = NDArray[np.float32]

ANIMATOR = "animator"
_SHAPES = len(BLENDSHAPES)
_MIRRORED = mirror_order(BLENDSHAPES)


class Player:
    """Plays one avatar. Raises ModelError for an avatar whose code was not learned."""

    def __init__(self, avatar: Avatar, session: Session) -> None:
        if avatar.code is None:
            raise ModelError(
                f"avatar {avatar.name} has no code yet; learn it with "
                "`python -m mien_models.train animator --start animator.onnx --avatar DIR`"
            )
        self.avatar = avatar
        self._session = session
        code = avatar.code
        self._code = {
            "style": code.style[None],
            "queries": code.queries[None],
            "start": code.start[None],
            "rest": avatar.rest[None].astype(np.float32),
        }
        self._table = avatar.start_matrix()
        self._followed = np.flatnonzero(~avatar.learned)

    def shares(self, shapes: ArrayLike, pose: ArrayLike | None = None) -> F32:
        """(N, T) shares of the ranges of shapes (N, 52), and of POSE (N, 5) [rad], which is 0 where it is not given.

        What is NaN counts as at rest. Raises ModelError for another number of shapes.
        """
        values = np.atleast_2d(np.asarray(shapes, np.float32))
        if values.shape[1:] != (_SHAPES,):
            raise ModelError(f"the animator reads {_SHAPES} shapes, not {values.shape[1]}")
        values = np.clip(np.nan_to_num(values, nan=0.0), 0, 1).astype(np.float32)
        turned = np.zeros((len(values), len(POSE)), np.float32) if pose is None else np.atleast_2d(pose)
        turned = np.nan_to_num(np.asarray(turned, np.float32), nan=0.0)
        # The mean of the face and of its mirror image: both sides are treated alike.
        both = np.concatenate([values, values[:, _MIRRORED]])
        ahead, mirrored = np.split(self._session({"features": both, **self._code})["shares"].astype(np.float32), 2)
        out = (ahead + mirrored[:, self.avatar.mirror]) / 2
        if len(self._followed):
            follow = self.avatar.rest + np.concatenate([values, turned], 1) @ self._table.T
            out[:, self._followed] = np.clip(follow, 0, 1)[:, self._followed]
        return np.where(np.isfinite(out), out, self.avatar.rest)

    def rigs(self, shapes: ArrayLike, pose: ArrayLike | None = None) -> F32:
        """(N, T) in the units of the targets; see `shares`."""
        return self.avatar.from_shares(self.shares(shapes, pose))


class Mirror:
    """How far what an avatar shows is from what its person shows: reads the avatar's neural picture.

    renderer: shares of the rig to a picture; encoder: the expression encoder.
    """

    def __init__(self, avatar: Avatar, renderer: Session, encoder: Session, mapped: F32) -> None:
        self._renderer, self._encoder, self._mapped = renderer, encoder, mapped
        self._avatar_rest = avatar.rest
        self._rest: F32 | None = None  # as read: by the thread that asks first, since sessions belong to one

    def __call__(self, shapes: ArrayLike, shares: F32) -> float:
        """The distance [0, 2] for one face: shapes (52,) of the person, shares (T,) of the rig."""
        if self._rest is None:
            self._rest = self._read(self._avatar_rest[None])[0]
        shown = relative(self._read(shares[None]), self._rest)[:, :_SHAPES]
        known = np.clip(np.nan_to_num(np.asarray(shapes, np.float32)), 0, 1)[None]
        return float(distances(known, shown, self._mapped)[0])

    def _read(self, shares: F32) -> F32:
        drawn = self._renderer({"rig": shares.astype(np.float32)})["picture"]
        return read_pictures(self._encoder, np.rint(np.clip(drawn, 0, 255)).astype(np.uint8)).levels
