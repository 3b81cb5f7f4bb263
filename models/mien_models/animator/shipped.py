"""The five avatars of mien's own, and avatars from files."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mien_models.animator.avatar import Avatar
from mien_models.animator.glb import Model, read_glb
from mien_models.errors import ModelError
from mien_models.spaces.arkit import BLENDSHAPES, INDEX, REGION_OF, Region, region
from mien_models.spaces.vrm import VRM1

# The folder of the five, with the codes that were trained for them.
FOLDER = Path(__file__).with_name("shipped")
NAMES = ("human", "second", "toon", "robot", "presets")

_PRESETS = tuple(name for name in VRM1 if name != "neutral")
# By servo, what `robot10` takes of ARKit's shapes [rad]; the right side mirrors the left.
_BROW = {"browInnerUp": 0.5, "browOuterUpLeft": -0.25, "browDownLeft": -0.4}
_LID = {"eyeBlinkLeft": 1.1, "eyeSquintLeft": 0.35, "eyeWideLeft": -0.3, "eyeLookDownLeft": 0.35, "eyeLookUpLeft": -0.2}
_LIP = {
    "mouthSmileLeft": 0.6, "mouthDimpleLeft": 0.15, "cheekSquintLeft": 0.1, "mouthFrownLeft": -0.6,
    "mouthStretchLeft": -0.15, "mouthPucker": -0.1,
}  # fmt: skip
_JAW = {
    "jawOpen": 0.45, "mouthClose": -0.2, "mouthFunnel": 0.08, "mouthLowerDownLeft": 0.05, "mouthLowerDownRight": 0.05,
}  # fmt: skip
_ROBOT: Mapping[str, tuple[Region, Mapping[str, float]]] = {
    "brow": (Region.BROWS, _BROW), "lid": (Region.EYES, _LID), "lip_corner": (Region.MOUTH, _LIP),
}  # fmt: skip
# Presets as ARKit's shapes tell them, for figures whose presets are not made of these; gaze is shared by both eyes.
_GAZE = {
    "lookUp": {"eyeLookUpLeft": 0.5, "eyeLookUpRight": 0.5},
    "lookDown": {"eyeLookDownLeft": 0.5, "eyeLookDownRight": 0.5},
    "lookLeft": {"eyeLookOutLeft": 0.5, "eyeLookInRight": 0.5},
    "lookRight": {"eyeLookInLeft": 0.5, "eyeLookOutRight": 0.5},
}


def plan(name: str) -> Avatar:
    """One of NAMES without a code. Raises ModelError for another name."""
    if name == "human":
        return _shapes(name, "human", "actor:3")
    if name == "second":
        return _shapes(name, "second", "actor:11")
    if name == "toon":
        return _shapes(name, "toon", "toon")
    if name == "robot":
        return _robot()
    if name == "presets":
        return _presets(name, "vrm1", "person", _PRESETS, _own_presets())
    raise ModelError(f"there is no avatar {name!r} of mien's own; there are {', '.join(NAMES)}")


def shipped(name: str) -> Avatar:
    """One of NAMES with its code, or an avatar of a file or folder. Raises ModelError."""
    return Avatar.read(where(name))


def where(name: str) -> Path:
    """The file of one of NAMES, or the file or folder of another avatar. Raises ModelError."""
    if name in NAMES:
        return FOLDER / f"{name}.json"
    path = Path(name).expanduser()
    if path.exists():
        return path
    raise ModelError(f"there is no avatar {name!r}; there are {', '.join(NAMES)}, or the path of a folder")


def renderer_name(avatar: Avatar) -> str | None:
    """The network of the registry that draws one of NAMES; None for other avatars."""
    own = avatar.name in NAMES and shipped(avatar.name).names == avatar.names
    return f"renderer_{avatar.name}" if own else None


def mapped_space() -> NDArray[np.float32]:
    """(104, D - 1) the map from shapes to the embedding, as `reading.placed` takes it. Raises ModelError."""
    try:
        return np.asarray(np.load(FOLDER / "space.npy"), np.float32)
    except OSError as error:
        raise ModelError(f"cannot read {FOLDER / 'space.npy'}: {error.strerror}; reinstall mien") from None


def add(path: Path, folder: Path, name: str, targets: str = "auto") -> Avatar:
    """Make the folder of an avatar from a .glb or .vrm file, without a code.

    targets: "presets" of VRM, "morphs", or "auto": presets where the file has some. Raises ModelError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"cannot read {path}: {error.strerror}; name a .glb or .vrm file") from None
    model = read_glb(data, path.name)
    presets = [p for p in _PRESETS if p in model.presets]
    if targets == "presets" and not presets:
        raise ModelError(f"{path.name} has no preset expressions of VRM; choose morphs")
    if not model.morphs:
        raise ModelError(f"{path.name} has no morph targets; export it with its expressions")
    file = f"model{path.suffix.lower()}"
    if targets != "morphs" and presets:
        avatar = _presets(name, name, file, presets, model.presets)
    else:
        avatar = _shapes(name, name, file, _movable(model))
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / file).exists() or not (folder / file).samefile(path):
        shutil.copyfile(path, folder / file)
    avatar.write(folder)
    return avatar


def _movable(model: Model) -> tuple[str, ...]:
    moved = {name for piece in model.pieces for name, offset in piece.morphs.items() if offset.any()}
    return tuple(name for name in model.morphs if name in moved)


def _shapes(name: str, schema: str, figure: str, names: Sequence[str] = BLENDSHAPES) -> Avatar:
    """A rig of morph targets; those with ARKit's names start from these."""
    count = len(names)
    regions = [int(region(n)) if n in INDEX else int(Region.MOUTH) for n in names]
    zeros = np.zeros(count, np.float32)
    return Avatar(
        name=name, schema=schema, names=tuple(names), units=("1",) * count, regions=np.array(regions, np.uint8),
        lower=zeros, upper=zeros + 1, neutral=zeros, start={n: {n: 1.0} for n in names if n in INDEX}, figure=figure,
    )  # fmt: skip


def _robot() -> Avatar:
    from mien_models.avatars.robot import JOINTS

    start: dict[str, Mapping[str, float]] = {
        "neck_yaw": {"headYaw": 1.0},
        "gaze_pitch": {"gazePitch": 1.0},
        "gaze_yaw": {"gazeYaw": 1.0},
        "jaw": _JAW,
    }
    regions = {"neck_yaw": Region.HEAD, "gaze_pitch": Region.GAZE, "gaze_yaw": Region.GAZE, "jaw": Region.MOUTH}
    for servo, (where, weights) in _ROBOT.items():
        for side, word in (("left", "Left"), ("right", "Right")):
            start[f"{servo}_{side}"] = {source.replace("Left", word): w for source, w in weights.items()}
            regions[f"{servo}_{side}"] = where
    names = tuple(joint.name for joint in JOINTS)
    return Avatar(
        name="robot",
        schema="robot10",
        names=names,
        units=("rad",) * len(names),
        regions=np.array([regions[n] for n in names], np.uint8),
        lower=np.array([j.lower_rad for j in JOINTS], np.float32),
        upper=np.array([j.upper_rad for j in JOINTS], np.float32),
        neutral=np.zeros(len(names), np.float32),
        start=start,
        figure="robot",
        single=True,
    )


def _own_presets() -> Mapping[str, Mapping[str, float]]:
    from mien_models.avatars.vrm import PRESETS

    return PRESETS


def _presets(
    name: str, schema: str, figure: str, names: Sequence[str], binds: Mapping[str, Mapping[str, float]]
) -> Avatar:
    """A rig of VRM's presets, which start where the sum of their shapes is nearest to the shapes of the person."""
    count = len(names)
    made = np.zeros((count, len(BLENDSHAPES)))
    for i, preset in enumerate(names):
        for morph, weight in binds[preset].items():
            if morph in INDEX:
                made[i, INDEX[morph]] = weight
    free = ~np.isin(names, list(_GAZE)) & (np.asarray(names) != "blink")  # blinkLeft and blinkRight make a blink
    back = _nearest(made[free])
    start: dict[str, Mapping[str, float]] = {n: _GAZE[n] for n in names if n in _GAZE}
    for i, preset in enumerate(np.asarray(names)[free].tolist()):
        weights = {BLENDSHAPES[j]: float(back[j, i]) for j in np.flatnonzero(np.abs(back[:, i]) > 0.02)}
        if weights:
            start[preset] = weights
    zeros = np.zeros(count, np.float32)
    return Avatar(
        name=name, schema=schema, names=tuple(names), units=("1",) * count,
        regions=np.array([_region_of(n, made[i]) for i, n in enumerate(names)], np.uint8),
        lower=zeros, upper=zeros + 1, neutral=zeros, start=start, figure=figure,
    )  # fmt: skip


def _nearest(made: NDArray[np.float64]) -> NDArray[np.float64]:
    """(52, P) the linear map from shapes to presets with the least squared error, damped."""
    return np.asarray(np.linalg.solve(made @ made.T + 0.1 * np.eye(len(made)), made).T)


def _region_of(name: str, made: NDArray[np.float64]) -> int:
    if name in _GAZE:
        return int(Region.GAZE)
    if not made.any():
        return int(Region.EYES if "blink" in name else Region.MOUTH)
    return int(np.argmax(np.bincount(REGION_OF, made, len(Region))))
