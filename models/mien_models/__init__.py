"""The networks that mien runs: their sources, their conversion, and their inference; and the parametric head."""

from mien_models.backends import FakeSession, Session, SessionInfo, open_session
from mien_models.errors import ModelError
from mien_models.geometry import FaceGeometry, load_face_geometry
from mien_models.registry import Registry

__all__ = [
    "FaceGeometry",
    "FakeSession",
    "ModelError",
    "Registry",
    "Session",
    "SessionInfo",
    "load_face_geometry",
    "open_session",
]
