"""Words as numbers, without a vocabulary and without training: hashed character n-grams.

Words that share parts get similar vectors (`happy`, `unhappy`), and so do words that have nothing to do with each
other but share letters: these vectors know no meaning. What a word means for a face is learned by the network only
for words like those of its lessons. Hashing after Weinberger et al. 2009, "Feature hashing for large scale multitask
learning"; n-grams with marks at the ends after Bojanowski et al. 2017, "Enriching word vectors with subword
information".
"""

from __future__ import annotations

import zlib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

SIZE = 32
_SHORTEST, _LONGEST = 3, 5
_MOST_LETTERS = 32  # of a word; the rest is not read


@lru_cache(maxsize=4096)
def _vector(word: str) -> tuple[float, ...]:
    whole = f"<{word}>"
    grams = {whole, *(whole[i : i + n] for n in range(_SHORTEST, _LONGEST + 1) for i in range(len(whole) - n + 1))}
    out = np.zeros(SIZE)
    for gram in sorted(grams):
        digest = zlib.crc32(gram.encode())
        out[digest % SIZE] += 1 if digest >> 16 & 1 else -1
    norm = float(np.linalg.norm(out))
    return tuple((out / norm).tolist()) if norm else tuple(out.tolist())


def vector(word: str) -> NDArray[np.float32]:
    """SIZE values of length 1; 0 for what has no letter or digit. Case and marks around a word do not matter."""
    letters = "".join(c for c in word.casefold() if c.isalnum())[:_MOST_LETTERS]
    return np.array(_vector(letters) if letters else [0.0] * SIZE, np.float32)
