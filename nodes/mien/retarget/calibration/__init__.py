"""A person's rest, range and cross-talk: asked for, learned, checked, kept."""

from mien.retarget.calibration.file import Calibration, load
from mien.retarget.calibration.learn import Verdict, calibrate
from mien.retarget.calibration.session import Session

__all__ = ["Calibration", "Session", "Verdict", "calibrate", "load"]
