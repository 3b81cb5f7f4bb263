"""One line of text a frame: iFacialMocap v1 and v2, and Facemotion3d."""

from __future__ import annotations

from collections.abc import Sequence

from mien.bridges.base import Shown, once_per_frame
from mien.bridges.ifacialmocap.config import IfacialmocapConfig
from mien.bridges.ifacialmocap.values import NAMES, percents, pose, short

_POSE = "=head#%.4f,%.4f,%.4f,%.4f,%.4f,%.4f|rightEye#%.4f,%.4f,%.4f|leftEye#%.4f,%.4f,%.4f|"
_LAYOUTS = {
    "v1": "|".join(f"{short(n)}-%d" for n in NAMES) + "|" + _POSE,
    "v2": "|".join(f"{short(n)}&%d" for n in NAMES) + "|" + _POSE,
    "facemotion3d": "|".join(f"{n}&%d" for n in NAMES) + "|" + _POSE,
}
FORMATS = tuple(_LAYOUTS)


@once_per_frame
def text(shown: Shown, layout: str, mirror: bool) -> bytes:
    """One frame in one of FORMATS."""
    return (_LAYOUTS[layout] % (*percents(shown, mirror), *pose(shown, mirror))).encode()


class Encoder:
    """While nobody is there the phone sends nothing new, and so does this."""

    def __init__(self, config: IfacialmocapConfig) -> None:
        self.config = config

    def encode(self, shown: Shown) -> Sequence[bytes]:
        if not shown.present or self.config.format not in _LAYOUTS:
            return []
        return [text(shown, self.config.format, self.config.mirror)]
