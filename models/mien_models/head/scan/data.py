"""Read ICT-FaceKit, a face model from light-stage scans (USC Institute for Creative Technologies, MIT licence).

mien does not contain it. `ScanData.load` reads the folder `FaceXModel` of a clone of the public repository, or
`ict_facekit.npz`, which `ScanData.save` writes: the same numbers in one file.

Li et al., "Learning formation of physically-based face attributes", CVPR 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mien_models.errors import ModelError

F32 = NDArray[np.float32]
I32 = NDArray[np.int32]

FILE = "ict_facekit.npz"
_GET = "clone the public repository USC-ICT/ICT-FaceKit, and give its folder FaceXModel, or a folder with " + FILE
_NEUTRAL = "generic_neutral_mesh.obj"
_ARRAYS = ("neutral", "faces", "face_uv", "uv", "identities", "expressions", "expression_names")
# Lowest numbers of the vertices of: head and neck, inside of the mouth, eye sockets, gums and tongue, teeth, left and
# right eyeball, and of what is not drawn (tears, blends, lashes). Below the first are those of the face.
_STARTS = (9409, 11248, 13294, 14062, 17039, 21451, 23021, 24591)
FACE, HEAD, MOUTH, SOCKETS, GUMS, TEETH, EYE_LEFT, EYE_RIGHT, _REST = range(9)
EYES = {EYE_LEFT: slice(21451, 23021), EYE_RIGHT: slice(23021, 24591)}
LIPS = (5708, 5841)  # middle of the inner rims of the upper and the lower lip, close to each other
_BEHIND_CM = -4.0  # triangles of the head behind it are not drawn


@dataclass(frozen=True, slots=True, eq=False)
class ScanData:
    """The model: V vertices in cm (x to its left, y up, z out of the face), T triangles.

    neutral (V, 3); identities (K, V, 3): differences for one standard deviation; expressions by name (E, V, 3).
    triangles (T, 3); parts (T,): FACE … EYE_RIGHT; uv (T, 3, 2): texture coordinates, v up, of the face within
    [0, 1]. eyes (V, 3): place within the own eyeball, whose radius is 1; 0 elsewhere.
    """

    neutral: F32
    identities: F32
    expressions: F32
    names: tuple[str, ...]
    triangles: I32
    parts: I32
    uv: F32
    eyes: F32

    @classmethod
    def load(cls, folder: Path) -> ScanData:
        """The model of a folder: `ict_facekit.npz`, or the OBJ files of FaceXModel. Raises ModelError."""
        if (folder / FILE).is_file():
            return cls.of(_read(folder / FILE))
        for place in (folder, folder / "FaceXModel"):
            if (place / _NEUTRAL).is_file():
                return cls.of(_objs(place))
        raise ModelError(f"{folder} holds no ICT-FaceKit; {_GET}")

    @classmethod
    def of(cls, raw: dict[str, NDArray[np.generic]]) -> ScanData:
        """The drawn part of the arrays of the distribution, as `ict_facekit.npz` has them. Raises ModelError."""
        if missing := [name for name in _ARRAYS if name not in raw]:
            raise ModelError(f"the ICT-FaceKit given has no {', '.join(missing)}; {_GET}")
        neutral = np.asarray(raw["neutral"], np.float32)
        quads, quads_uv, uv = (np.asarray(raw[name]) for name in ("faces", "face_uv", "uv"))
        part_of = np.digitize(np.arange(len(neutral)), _STARTS)
        corner, tile = part_of[quads], np.floor(uv[quads_uv][:, :, 0].mean(1)).astype(int)
        part = corner.max(1)
        # Quads on the border of two parts belong to the face where their texture does.
        part = np.where((part != corner.min(1)) & (tile == 0), FACE, part)
        shown = (corner < _REST).all(1) & ~((part == HEAD) & (neutral[quads][:, :, 2].max(1) < _BEHIND_CM))
        triangles, places, parts = [], [], []
        for corners in ((0, 1, 2), (0, 2, 3)):
            three = quads[:, corners]
            whole = shown & (three != np.roll(three, 1, 1)).all(1)
            triangles.append(three[whole])
            places.append(uv[quads_uv[:, corners]][whole])
            parts.append(part[whole])
        used = min(_STARTS[-1], len(neutral))
        return cls(
            neutral=neutral[:used],
            identities=np.ascontiguousarray(raw["identities"][:, :used], np.float32),
            expressions=np.ascontiguousarray(raw["expressions"][:, :used], np.float32),
            names=tuple(map(str, raw["expression_names"])),
            triangles=np.concatenate(triangles).astype(np.int32),
            parts=np.concatenate(parts).astype(np.int32),
            uv=np.ascontiguousarray(np.concatenate(places), np.float32),
            eyes=_eyes(neutral[:used]),
        )


def _eyes(neutral: F32) -> F32:
    """Vertices within the sphere that fits their eyeball best."""
    out = np.zeros_like(neutral)
    for rows in EYES.values():
        points = neutral[rows]
        if len(points) < 4:
            continue
        system = np.column_stack([2 * points, np.ones(len(points))])
        solved = np.linalg.lstsq(system, (points**2).sum(1), rcond=None)[0]
        centre = solved[:3]
        out[rows] = (points - centre) / np.sqrt(solved[3] + centre @ centre)
    return out


def _read(path: Path) -> dict[str, NDArray[np.generic]]:
    try:
        with np.load(path) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, EOFError, BadZipFile) as error:
        raise ModelError(f"{path} cannot be read: {error}; {_GET}") from error


def save(folder: Path, out: Path) -> None:
    """Write the OBJ files of FaceXModel as `out`/ict_facekit.npz, which loads in a second. Raises ModelError."""
    raw = _objs(folder)
    out.mkdir(parents=True, exist_ok=True)
    temporary = out / f".{FILE}.part"
    with temporary.open("wb") as file:
        np.savez(file, **raw)  # type: ignore[arg-type]
    temporary.replace(out / FILE)


def _objs(folder: Path) -> dict[str, NDArray[np.generic]]:
    """The arrays of the OBJ files: one per identity and expression, each a whole mesh."""
    neutral, uv, faces, face_uv = _obj(folder / _NEUTRAL)
    others = sorted(p for p in folder.glob("*.obj") if p.name != _NEUTRAL)
    identities = [p for p in others if p.stem.startswith("identity")]
    expressions = [p for p in others if not p.stem.startswith("identity")]
    if not identities or not expressions:
        raise ModelError(f"{folder} has {len(identities)} identities and {len(expressions)} expressions; {_GET}")

    def differences(paths: list[Path]) -> NDArray[np.float16]:
        return np.stack([(_obj(path)[0] - neutral).astype(np.float16) for path in paths])

    return {
        "neutral": neutral, "uv": uv, "faces": faces, "face_uv": face_uv,
        "identities": differences(identities), "expressions": differences(expressions),
        "expression_names": np.array([p.stem for p in expressions]),
    }  # fmt: skip


def _obj(path: Path) -> tuple[F32, F32, I32, I32]:
    """Vertices (V, 3), texture coordinates, and quads (Q, 4) of both; a triangle repeats its last corner."""
    vertices, uv, quads = [], [], []
    try:
        for line in path.read_text("utf-8").splitlines():
            kind, *rest = line.split() or [""]
            if kind == "v":
                vertices.append(rest[:3])
            elif kind == "vt":
                uv.append(rest[:2])
            elif kind == "f":
                corners = [corner.split("/")[:2] for corner in rest]
                quads.append((corners + corners[-1:])[:4])
        corners_of = np.array(quads, np.int32) - 1
        return np.array(vertices, np.float32), np.array(uv, np.float32), corners_of[..., 0], corners_of[..., 1]
    except (OSError, ValueError, IndexError) as error:
        raise ModelError(f"{path} cannot be read as OBJ: {error}; {_GET}") from error
