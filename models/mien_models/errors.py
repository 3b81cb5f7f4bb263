"""All exceptions that are raised on purpose. The root is here, the other half of the tree in `mien.core.errors`.

MienError
├── ModelError           a network cannot be fetched, verified, converted or run
│   ├── DeviceError      a GPU failed; the network may still run on another device
│   ├── AbsentError      an optional driver or library is missing
│   ├── EngineRefused    TensorRT rejects an engine
│   └── DatasetError     a dataset of mien cannot be read or written
├── SetError             a labelled set of other authors cannot be read
├── FitError             a picture cannot be fitted
└── …                    see mien.core.errors
"""

from __future__ import annotations

import sys


class MienError(Exception):
    """The message names the problem and a remedy; `exit_code` is the exit code of a command."""

    exit_code = 1


class ModelError(MienError, RuntimeError):
    """A model cannot be fetched, verified, converted or run; the message names it and a remedy."""


def require_positive(settings: object, *names: str) -> None:
    """Raises ModelError for the first of these settings that is not above 0."""
    for name in names:
        if getattr(settings, name) <= 0:
            raise ModelError(f"{name} is {getattr(settings, name)}, and must be above 0")


class DeviceError(ModelError):
    """A GPU failed or ran out of memory; the network may still run on another device."""


class AbsentError(ModelError):
    """A driver or an optional library is missing; mien works without it."""


class EngineRefused(ModelError):
    """This TensorRT on this GPU does not run the engine."""


class DatasetError(ModelError):
    """A dataset cannot be read or written; the message names the folder and a remedy."""


class SetError(MienError):
    """A labelled set cannot be read; the message names the file and a remedy."""


class FitError(MienError):
    """A picture cannot be fitted; the message names it and a remedy."""


def tell(error: MienError, program: str = "") -> int:
    """Print the error in one line, without a traceback, to standard error. Returns the exit code."""
    print(f"{program}: {error}" if program else error, file=sys.stderr, flush=True)
    return error.exit_code
