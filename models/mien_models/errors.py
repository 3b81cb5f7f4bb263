"""Everything that is raised on purpose. The root of the tree is here, its other half in `mien.core.errors`.

MienError
├── ModelError           a network cannot be had, trusted, converted or run
│   ├── DeviceError      a GPU failed under a network that may well run elsewhere
│   ├── AbsentError      an optional driver or library is not there
│   ├── EngineRefused    TensorRT does not take an engine
│   └── DatasetError     a dataset of mien's own cannot be read or written
├── SetError             a labelled set of others cannot be read
└── …                    see mien.core.errors
"""

from __future__ import annotations

import sys


class MienError(Exception):
    """The message names the thing that is wrong and the mend; `exit_code` is what a command ends with."""

    exit_code = 1


class ModelError(MienError, RuntimeError):
    """A model cannot be had, trusted, converted or run; the message names it and the mend."""


class DeviceError(ModelError):
    """A GPU failed, or ran out of memory, under a network that may well run elsewhere."""


class AbsentError(ModelError):
    """Something that a computer may well do without is not there: a driver, an optional library."""


class EngineRefused(ModelError):
    """An engine that this TensorRT, on this GPU, does not run."""


class DatasetError(ModelError):
    """A dataset that cannot be read or written; the message names the folder and the mend."""


class SetError(MienError):
    """A labelled set that cannot be read; the message names the file and the mend."""


def tell(error: MienError, program: str = "") -> int:
    """Say it once, in one line and without a traceback, on standard error. Returns the exit code."""
    print(f"{program}: {error}" if program else error, file=sys.stderr, flush=True)
    return error.exit_code
