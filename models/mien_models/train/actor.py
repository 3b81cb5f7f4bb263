"""Faces rendered during training: the actor's renderer as a Source.

Landmarks are read in the pictures by the landmark network. True landmarks with noise would not do: the
errors of the network are biased towards an average face and depend on the expression, and the encoder has
to correct them. Reading them takes a tenth of the time of rendering.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

from mien_models import alignment
from mien_models.backends import Session, open_session
from mien_models.head import Head
from mien_models.head.motion.sampler import Sampler
from mien_models.head.pictures.draw import read_landmarks
from mien_models.head.pictures.torch_batches import Batch, BatchConfig, batches
from mien_models.head.render.cpu import CpuRenderer
from mien_models.head.render_torch.renderer import TorchRenderer
from mien_models.train import affect
from mien_models.train.config import ActorConfig
from mien_models.train.data import F32, U8, Faces, Index, joined

# Side of the picture over that of the face: room for all of the crop.
_CLOSEST, _WIDEST = 1.4, 1.8
_TRACKER = 4  # part of the seed of the errors of the tracker's square


class Actor:
    """A Source that renders. An epoch shows the last `kept` draws, one of which is new.

    The faces of an epoch depend on the config and its number alone. Pictures of a GPU and a CPU differ by at
    most one grey level, except at edges.
    """

    def __init__(
        self,
        config: ActorConfig,
        device: str = "cpu",
        *,
        renderer: TorchRenderer | None = None,
        landmarks: Session | None = None,
        advance: Callable[[int], None] = lambda _: None,
    ) -> None:
        """`renderer` and `landmarks` (facemesh_v2) replace the default ones; `advance` is called with the number of
        faces rendered. Raises ModelError.
        """
        self._config, self._advance = config, advance
        self._pictures = BatchConfig(
            seed=config.seed, split=config.split, batch=config.batch, size=config.size, people=config.people,
            renew_every=config.renew_every, expressions=config.expressions, together=config.together,
            yaw_deg=config.yaw_deg, occluded=config.occluded, closest=_CLOSEST, widest=_WIDEST,
        )  # fmt: skip
        self._renderer = renderer or TorchRenderer(CpuRenderer(Head.load(), small=True), device)
        # On the CPU, so that numbers are the same everywhere and threads can share it.
        self._session = landmarks or open_session("facemesh_v2", device="cpu")
        self._threads = 1 if self._renderer.device.type == "cpu" else os.cpu_count() or 1
        samples = Sampler(config.seed).take(0, config.expressions)
        self._kinds, self._names = samples.kinds, np.array(samples.names)
        self._next, self._coming = -1, iter(tuple[Batch, ...]())
        self._drawn: dict[int, Faces] = {}

    def __len__(self) -> int:
        return self._config.per_epoch

    def epoch(self, number: int) -> tuple[Faces, Index]:
        """See Source."""
        draws = range(number, number + self._config.kept)
        self._drawn = {n: self._drawn[n] if n in self._drawn else self._draw(n) for n in draws}
        faces = joined([self._drawn[n] for n in draws])
        return faces, np.arange(len(faces))

    def _draw(self, number: int) -> Faces:
        config = self._config
        count = config.per_epoch // (config.kept * config.batch)
        first = number * count
        if first != self._next:
            self._coming = batches(self._pictures, self._renderer, first)
        self._next = first + count
        with ThreadPoolExecutor(self._threads) as pool:
            return joined([self._read(pool, n, next(self._coming)) for n in range(first, self._next)])

    def _read(self, pool: ThreadPoolExecutor, number: int, batch: Batch) -> Faces:
        """Crops and landmarks of a batch, as the tracker would make them."""
        images = batch.image.permute(0, 2, 3, 1).contiguous().cpu().numpy()
        true = batch.landmarks.cpu().numpy()

        def track(row: int) -> tuple[U8, F32]:
            rng = np.random.default_rng([self._config.seed, number, row, _TRACKER])
            found, _ = read_landmarks(self._session, images[row], true[row], rng)
            grey = cv2.cvtColor(alignment.crop(images[row], found), cv2.COLOR_RGB2GRAY)
            self._advance(1)
            return np.asarray(grey, np.uint8), found

        crops, found = zip(*pool.map(track, range(len(images))), strict=True)
        shown = batch.expression.cpu().numpy()
        units = batch.units.cpu().numpy()
        emotion, valence_arousal = affect.targets(units, self._names[shown].tolist())
        return Faces(
            crops=np.stack(crops),
            landmarks=alignment.canonical(np.stack(found)),
            true_landmarks=alignment.canonical(true),
            shapes=batch.shapes.cpu().numpy(),
            units=units,
            emotion=emotion.astype(np.float32),
            affect=valence_arousal.astype(np.float32),
            person=batch.person.cpu().numpy().astype(np.int64),
            code=batch.identity.cpu().numpy(),
            kind=self._kinds[shown],
            same=shown.astype(np.int64),
            presence=np.full_like(units, np.nan),
            sided=np.ones(len(units), bool),
            margin=np.zeros(len(units), np.float32),
            odd=np.zeros(len(units), bool),
        )
