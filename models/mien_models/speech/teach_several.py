"""Find the weights of `several`: `python -m mien_models.speech.teach_several` prints them, and how well they tell.

Sentences by the synthesisers of `teach_phonemes`, one voice or two mixed at 0 to 8 dB, as a microphone would hear them.
"""

from __future__ import annotations

import argparse
import sys

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError, tell
from mien_models.speech import features, several
from mien_models.speech.teach import as_heard
from mien_models.speech.teach_phonemes import Speakers, faster, sentence

F64 = NDArray[np.float64]
_SECONDS, _RIDGE = 5, 3.0


def windows(samples: NDArray[np.float32]) -> list[F64]:
    """Statistics of the loud parts of a sound at 16 kHz, by a second and a half."""
    padded = np.concatenate([np.zeros(several.WINDOW, np.float32), samples])
    ends = range(several.WINDOW, len(padded), features.HOP)
    db = np.array([features.energy_db(padded[end - features.WINDOW : end]) for end in ends])
    told = np.array([several.cues(padded[end - several.WINDOW : end]) for end in ends])[db > db.max() - 25]
    last = max(len(told) - several.SPAN, 0) + 1
    some = [told[i : i + several.SPAN] for i in range(0, last, several.SPAN // 3)]
    return [several.statistics(s) for s in some if len(s) >= several.LEAST]


def mixed(first: NDArray[np.float32], second: NDArray[np.float32], lower_db: float) -> NDArray[np.float32]:
    """Both at once, the second so much quieter; as long as the shorter one."""
    n = min(len(first), len(second))
    a, b = (x[:n] / max(float(np.sqrt(np.mean(x[:n] ** 2))), 1e-6) for x in (first, second))
    both = a + b * 10 ** (-lower_db / 20)
    return np.asarray(0.05 * both / float(np.sqrt(np.mean(both**2))), np.float32)


def lessons(count: int, seed: int, judge: bool) -> tuple[F64, F64]:
    """Statistics N×4, and 1 where two voices speak. Raises ModelError without the synthesisers."""
    rng = np.random.default_rng(seed)
    speakers, xs, ys = Speakers(rng, judge), [], []
    for _ in range(count):
        first, second = (
            as_heard(rng, faster(speakers.say(f"{sentence(rng)} {sentence(rng)}"), float(rng.uniform(0.88, 1.15))))
            for _ in range(2)
        )
        two = rng.random() < 0.5
        heard = mixed(first, second, float(rng.uniform(0, 8))) if two else first
        found = windows(heard[: _SECONDS * features.RATE])
        xs += found
        ys += [float(two)] * len(found)
    return np.array(xs), np.array(ys)


def fit(x: F64, y: F64) -> tuple[float, F64]:
    """Bias and weights of a logistic regression with a ridge, by Newton's method."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    a, w = np.column_stack([np.ones(len(x)), (x - mean) / spread]), np.zeros(x.shape[1] + 1)
    ridge = _RIDGE * np.diag([0.0, *np.ones(x.shape[1])])
    for _ in range(30):
        p = 1 / (1 + np.exp(-a @ w))
        w -= np.linalg.solve((a * (p * (1 - p))[:, None]).T @ a + ridge, a.T @ (p - y) + ridge @ w)
    return float(w[0] - (w[1:] * mean / spread).sum()), np.asarray(w[1:] / spread)


def main() -> int:
    """Teach; 0, or 1 with a message where a synthesiser is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sounds", type=int, default=300)
    args = parser.parse_args()
    try:
        bias, weights = fit(*lessons(args.sounds, 5, judge=False))
        x, y = lessons(max(args.sounds // 5, 10), 6, judge=True)
    except ModelError as error:
        return tell(error, parser.prog)
    told = bias + x @ weights > 0
    print(f"bias {bias:.2f}, weights {np.round(weights, 2).tolist()}")
    print(f"of other voices: {told[y == 1].mean():.2f} found, {told[y == 0].mean():.2f} false alarms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
