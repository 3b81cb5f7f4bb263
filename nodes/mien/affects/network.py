"""Expression category from pixels: mini-XCEPTION, trained on FER2013.

Arriaga, Valdenegro-Toro & Plöger, "Real-time convolutional neural networks for emotion and gender
classification", 2017. Good on happiness, surprise and neutral; it misses posed anger and disgust.
"""

from __future__ import annotations

import cv2
import numpy as np

from mien.core.types import F64, U8
from mien_models import Session
from mien_models.spaces.emotions import EMOTIONS

# The order of FER2013; it has no contempt.
_FER = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
_TO = np.array([EMOTIONS.index(e) for e in _FER])
_SIZE = 64


def classify(session: Session, crop: U8) -> F64:
    """Probabilities by EMOTIONS of an aligned S×S×3 RGB crop; contempt, which was not learned, is 0."""
    grey = cv2.cvtColor(cv2.resize(crop, (_SIZE, _SIZE), interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    out = session({"image": np.ascontiguousarray(grey, np.uint8)[None, :, :, None]})["emotions"].reshape(-1)
    emotion = np.zeros(len(EMOTIONS))
    emotion[_TO] = out
    return np.asarray(emotion / max(float(emotion.sum()), 1e-9))
