"""Run a network by name: one Session protocol, several engines behind it."""

from mien_models.backends.fake import FakeSession
from mien_models.backends.select import open_session
from mien_models.backends.session import Session, SessionInfo

__all__ = ["FakeSession", "Session", "SessionInfo", "open_session"]
