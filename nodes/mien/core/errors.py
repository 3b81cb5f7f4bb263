"""Every error that mien raises on purpose, in one tree; `mien.cli` and `mien.ros.node` report it to the user.

MienError                exit code 1
├── UsageError           a command that cannot be carried out as given (2)
├── ConfigError          a parameter that cannot be used (2)
│   └── ProfileError     a profile of retargeting that cannot be used
├── SourceError          a camera, video or image that cannot be read
│   ├── SourceLost       a camera that has gone away, and may come back
│   └── CalibrationError a calibration file that cannot be used
├── MessageError         a message that cannot be believed
│   └── ImageError       an image message that cannot be read
├── BaselineError        a resting face that cannot be saved or loaded
├── WriteError           a file that cannot be written
├── BagError             a bag that cannot be written or read
│   ├── DamagedBag       a file of it does not hold what it says
│   ├── MissingImage     an image that a recorded result belongs to is not in it
│   └── MissingSound     sound that a recorded voice depends on is not in it
├── ReportError          a report that cannot be drawn
├── StatisticsError      numbers of which no statistics can be made
├── ExportError          a file of another program's format that cannot be written or read
├── StartError           a node that cannot start
├── RunError             a run of several nodes or machines that cannot go on
│   └── Interrupted      a run that was interrupted before it began (130)
├── BridgeError          a bridge that does not exist or cannot start
└── ModelError, SetError …   see mien_models.errors
"""

from __future__ import annotations

from mien_models.errors import MienError, ModelError, tell


class UsageError(MienError):
    """A command that cannot be carried out as given; the message names the argument and the mend."""

    exit_code = 2


class ConfigError(MienError, ValueError):
    """A parameter that cannot be used; the message names it, its bounds and what was given."""

    exit_code = 2


class ProfileError(ConfigError):
    """A profile that cannot be used; the message names the file, the line and the reason."""


class SourceError(MienError):
    """A source that cannot be read; the message names it and the mend."""


class SourceLost(SourceError):
    """A camera that has gone away; it may come back."""


class CalibrationError(SourceError, ValueError):
    """A calibration file that cannot be used; the message names it and what is wrong."""


class MessageError(MienError, ValueError):
    """A message that cannot be believed; it names the field, what it holds and what it may hold."""


class ImageError(MessageError):
    """An image message that cannot be read; the message says which field is wrong."""


class BaselineError(MienError, ValueError):
    """A resting face that cannot be saved or loaded; the message names the file or the face, and the mend."""


class WriteError(MienError):
    """A file that cannot be written; the message names it, and says what was written of lines."""


class BagError(MienError):
    """A bag that cannot be written or read; the message names it and the mend."""


class DamagedBag(BagError):
    """A file of a bag that does not hold what it says; the message names it and what was wrong."""


class MissingImage(BagError):
    """An image that a recorded result belongs to is not in the bag; the message says which, and why."""


class MissingSound(BagError):
    """A recorded voice depends on sound that is not in the bag; the message says which."""


class ReportError(MienError):
    """A report that cannot be made; the message says what is missing and the mend."""


class StatisticsError(MienError, ValueError):
    """Numbers of which no statistics can be made; the message says what is wrong with them."""


class ExportError(MienError):
    """A file of another program's format that cannot be written or read; the message names it and the mend."""


class StartError(MienError):
    """A node that cannot start; the message names what is missing and the mend."""


class RunError(MienError):
    """A run that cannot go on; the message says which node or machine and why."""


class Interrupted(RunError):
    """A run that somebody ended before it began."""

    exit_code = 130


class BridgeError(MienError):
    """A bridge that does not exist or cannot start as configured; the message names the mend."""


__all__ = [
    "BagError",
    "BridgeError",
    "CalibrationError",
    "ConfigError",
    "DamagedBag",
    "ExportError",
    "ImageError",
    "Interrupted",
    "MessageError",
    "MienError",
    "MissingImage",
    "MissingSound",
    "ModelError",
    "ProfileError",
    "ReportError",
    "RunError",
    "SourceError",
    "SourceLost",
    "StartError",
    "StatisticsError",
    "UsageError",
    "WriteError",
    "tell",
]
