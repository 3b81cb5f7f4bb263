"""Calibration of one person's rest, range and cross-talk: prompts, learning, checks, and the file."""

from mien.retarget.calibration.file import Calibration, load
from mien.retarget.calibration.learn import Verdict, calibrate
from mien.retarget.calibration.session import Session

__all__ = ["Calibration", "Session", "Verdict", "calibrate", "load"]
