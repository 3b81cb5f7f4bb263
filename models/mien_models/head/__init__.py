"""The parametric face: identity, 52 expressions, gaze and pose."""

from mien_models.head.model.data import HeadData, Part
from mien_models.head.model.head import Head, gaze_vectors
from mien_models.head.model.identity import Identity
from mien_models.head.model.pose import head_pose, torso_pose
from mien_models.spaces.arkit import GAZE_RANGE

__all__ = ["GAZE_RANGE", "Head", "HeadData", "Identity", "Part", "gaze_vectors", "head_pose", "torso_pose"]
