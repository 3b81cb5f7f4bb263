"""From any rate to another, piece by piece, with the same result as in one."""

from __future__ import annotations

from math import ceil, gcd

import numpy as np

from mien.core.types import F32

_CROSSINGS = 12  # zero crossings of the filter on each side
_CUTOFF = 0.92  # of the lower Nyquist frequency


class Resampler:
    """A polyphase low-pass filter (sinc under a Kaiser window, some -70 dB beyond the new band).

    The first sample out lies at the time of the first sample in; the last `delay_s` are told with the next piece.
    """

    def __init__(self, rate_in: int, rate_out: int) -> None:
        divisor = gcd(rate_in, rate_out)
        self._up, self._down = rate_out // divisor, rate_in // divisor
        narrow = min(1.0, rate_out / rate_in) * _CUTOFF
        self._half = 0 if self._up == self._down else ceil(_CROSSINGS / narrow)
        self.delay_s = self._half / rate_in
        offsets = np.arange(-self._half + 1, self._half + 1)
        at = offsets[None] - (np.arange(self._up) / self._up)[:, None]
        window = np.i0(7.0 * np.sqrt(np.maximum(1 - (at / max(self._half, 1)) ** 2, 0))) / np.i0(7.0)
        taps = narrow * np.sinc(narrow * at) * window
        self._taps: F32 = np.asarray(taps / np.maximum(taps.sum(axis=1, keepdims=True), 1e-9), np.float32)
        self._kept: F32 = np.zeros(max(self._half - 1, 0), np.float32)  # what the filter still needs
        self._next = 0  # the next sample out, in samples out since the first of `_kept` that is real

    def __call__(self, samples: F32) -> F32:
        """The samples that can be told once these are there."""
        if not self._half:
            return samples
        x = np.concatenate([self._kept, samples])
        span = 2 * self._half
        # Sample k out lies at k*down/up behind the first that was kept.
        count = max(0, ceil((len(x) - span + 1) * self._up / self._down - self._next / self._down))
        steps = self._next + np.arange(count) * self._down
        base, phase = steps // self._up, steps % self._up
        fits = base + span <= len(x)
        base, phase = base[fits], phase[fits]
        out = np.einsum("nt,nt->n", x[base[:, None] + np.arange(span)], self._taps[phase])
        following = self._next + len(base) * self._down
        drop = min(following // self._up, len(x))
        self._next = following - drop * self._up
        self._kept = x[drop:]
        return np.asarray(out, np.float32)


def resample(samples: F32, rate_in: int, rate_out: int) -> F32:
    """A whole sound at another rate."""
    resampler = Resampler(rate_in, rate_out)
    return resampler(np.concatenate([samples, np.zeros(ceil(resampler.delay_s * rate_in) + 1, np.float32)]))
