"""The parametric face: identity, 52 expressions, gaze and pose."""

from mien_models.head.data import HeadData, Part
from mien_models.head.identity import Identity
from mien_models.head.model import LOOK_RANGE, Head, gaze_vectors
from mien_models.head.pose import head_pose, torso_pose

__all__ = ["LOOK_RANGE", "Head", "HeadData", "Identity", "Part", "gaze_vectors", "head_pose", "torso_pose"]
