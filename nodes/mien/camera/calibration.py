"""Camera calibration files, as `camera_calibration` and OpenCV write them."""

from __future__ import annotations

import math
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import yaml

from mien.core import lens
from mien.core.errors import CalibrationError
from mien.core.types import U8, Intrinsics

_MOST_BYTES = 1_000_000  # a calibration file has about two thousand
# OpenCV's header is not a valid YAML directive.
_OPENCV_HEADER = re.compile(r"^%YAML:\d+\.\d+")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML has no types
    """Ignores tags like OpenCV's `!!opencv-matrix` and reads their content."""


def _untagged(loader: _Loader, _tag: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("", _untagged)


def read_camera_info(url: str) -> Intrinsics:
    """Intrinsics of a camera_info YAML file, by path, file:// or package:// URL. Raises CalibrationError."""
    path = _resolve(url)
    try:
        if not path.is_file():
            raise CalibrationError(f"{path}: no such file")
        if path.stat().st_size > _MOST_BYTES:
            raise CalibrationError(f"{path}: not a camera_info YAML file: it has more than {_MOST_BYTES} bytes")
        data = path.read_bytes()
    except OSError as e:
        raise CalibrationError(f"{path}: {e.strerror}") from e
    return parse_camera_info(_decode(data), str(path))


class Calibration:
    """Intrinsics for the images of one source, scaled to their size."""

    def __init__(self, intrinsics: Intrinsics | None, name: str) -> None:
        self._given = intrinsics
        self._name = name
        self._fitted: Intrinsics | None = None

    def of(self, image: U8) -> Intrinsics | None:
        """The intrinsics scaled to this image. Raises CalibrationError where its aspect ratio differs."""
        if self._given is None:
            return None
        height, width = image.shape[:2]
        if self._fitted is None or (self._fitted.width, self._fitted.height) != (width, height):
            try:
                self._fitted = self._given.at(width, height)
            except ValueError as e:
                raise CalibrationError(f"{self._name}: {e}; calibrate with images as they come") from e
        return self._fitted


UNCALIBRATED = Calibration(None, "")


def open_calibration(url: str) -> Calibration:
    """The calibration at a URL; for "" one without intrinsics. Raises CalibrationError."""
    return Calibration(read_camera_info(url), url) if url else UNCALIBRATED


def parse_camera_info(text: str, name: str) -> Intrinsics:
    """Intrinsics from the text of a camera_info file. Raises CalibrationError."""
    try:
        # YAML allows no tabs between its tokens, but editors insert them.
        content = yaml.load(_OPENCV_HEADER.sub("", text).expandtabs(), Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as e:
        raise CalibrationError(f"{name}: not a camera_info YAML file{_where(e)}") from e
    if not isinstance(content, dict):
        raise CalibrationError(f"{name}: not a camera_info YAML file: it has no `camera_matrix`")
    try:
        return _intrinsics(content)
    except ValueError as e:
        raise CalibrationError(f"{name}: {e}") from e


def _intrinsics(content: dict[Any, Any]) -> Intrinsics:
    """Raises ValueError, which says what is missing or wrong."""
    k = _numbers(content, "camera_matrix")
    if len(k) != 9 or k[0] <= 0 or k[4] <= 0:
        raise ValueError("camera_matrix.data must hold nine numbers with fx, fy > 0")
    d = _numbers(content, "distortion_coefficients")
    model = str(content.get("distortion_model") or "").strip().lower()
    model = lens.ALIASES.get(model, model)
    if model == "plumb_bob" and len(d) in lens.MODELS["rational_polynomial"]:
        model = "rational_polynomial"  # OpenCV's files name no model: the number of coefficients decides
    result = Intrinsics(
        *(k[0], k[4], k[2], k[5]),
        distortion=model,
        d=d,
        width=_size(content, "image_width"),
        height=_size(content, "image_height"),
        rectification=_matrix(content, "rectification_matrix", 9),
        projection=_matrix(content, "projection_matrix", 12),
    )
    if why := lens.problem(result):
        raise ValueError(why)
    return result


def _matrix(content: dict[Any, Any], name: str, count: int) -> tuple[float, ...]:
    values = _numbers(content, name)
    if len(values) not in (0, count):
        raise ValueError(f"{name}.data must hold {count} numbers, not {len(values)}")
    return values


def _numbers(content: dict[Any, Any], name: str) -> tuple[float, ...]:
    """The numbers of a matrix, row by row, in any of its notations; empty where it is missing."""
    value = content.get(name)
    if isinstance(value, dict):
        value = value.get("data")
    if value is None:
        return ()
    numbers = tuple(_flat(value, name))
    if not all(map(math.isfinite, numbers)):
        raise ValueError(f"{name} holds a number that is not finite; calibrate again")
    return numbers


def _flat(value: Any, name: str) -> Iterator[float]:
    if isinstance(value, list):
        for item in value:
            yield from _flat(item, name)
        return
    try:
        # YAML 1.1 reads 1e-5, which has no decimal point, as text.
        yield float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must hold numbers, not {value!r}") from None


def _size(content: dict[Any, Any], name: str) -> int:
    """A width or height [px]; 0 where it is missing."""
    value = content.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e6:
        raise ValueError(f"{name} must be a number of pixels, not {value!r}")
    return int(value)


def _decode(data: bytes) -> str:
    """UTF-8, or Latin-1 where names of cameras are written in it; everything that is parsed is ASCII."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", errors="replace")


def _where(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f": line {mark.line + 1}: {getattr(error, 'problem', '')}" if mark else ""


def _resolve(url: str) -> Path:
    """The file of a URL, in the forms that `camera_info_manager` accepts. Raises CalibrationError."""
    url = url.replace("${ROS_HOME}", os.environ.get("ROS_HOME") or str(Path.home() / ".ros"))
    parts = urlparse(url)
    if parts.scheme == "package":
        return _share(parts.netloc, url) / unquote(parts.path).lstrip("/")
    if parts.scheme == "file":
        if parts.netloc not in ("", "localhost"):
            raise CalibrationError(f"{url}: a file URL has three slashes: file:///{parts.netloc}…")
        url = unquote(parts.path)
    elif "://" in url:
        raise CalibrationError(f"{url}: must be a path, file:// or package://")
    return Path(url).expanduser()


def _share(package: str, url: str) -> Path:
    """The share folder of a ROS package: in the sourced prefixes, or where pip installs packages."""
    prefixes = [p for p in os.environ.get("AMENT_PREFIX_PATH", "").split(os.pathsep) if p]
    for prefix in (*prefixes, sys.prefix):
        share = Path(prefix) / "share" / package
        if package and (share / "package.xml").is_file():
            return share
    raise CalibrationError(f"{url}: no ROS package {package!r} is installed or sourced here")
