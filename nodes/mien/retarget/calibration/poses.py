"""The expressions that a calibration asks for, in a first round to learn and in a second to check."""

from __future__ import annotations

from dataclasses import dataclass

from mien_models.spaces import arkit


@dataclass(frozen=True, slots=True)
class Pose:
    """An expression that a person is asked for.

    asked: shapes that should read 1; free: shapes that naturally move along; all other posed shapes should read 0.
    """

    name: str
    prompt: str
    asked: frozenset[str]
    free: frozenset[str] = frozenset()


def _shapes(text: str) -> frozenset[str]:
    """Names of shapes; a bare name stands for both sides."""
    return frozenset(
        full for n in text.split() for full in ((n,) if n in arkit.INDEX else (f"{n}Left", f"{n}Right"))
    )  # fmt: skip


def _pose(name: str, prompt: str, asked: str, free: str = "") -> Pose:
    return Pose(name, prompt, _shapes(asked), _shapes(free))


REST = Pose("rest", "Relax the face, mouth closed, eyes open, and look at the camera.", frozenset())
POSES: tuple[Pose, ...] = (
    _pose("brows up", "Raise both brows as far as they go.", "browInnerUp browOuterUp", "eyeWide"),
    _pose("brows down", "Draw the brows down and together.", "browDown", "eyeSquint noseSneer cheekSquint"),
    _pose("eyes shut", "Shut both eyes softly.", "eyeBlink", "eyeSquint cheekSquint browDown"),
    _pose("eyes wide", "Open the eyes as wide as they go.", "eyeWide", "browInnerUp browOuterUp"),
    _pose("smile", "Smile broadly, mouth closed.", "mouthSmile", "cheekSquint eyeSquint mouthDimple mouthStretch"),
    _pose("corners down", "Draw the corners of the mouth down.", "mouthFrown",
          "mouthShrugLower mouthShrugUpper mouthPress browDown"),
    _pose("jaw open", "Open the mouth wide.", "jawOpen", "mouthLowerDown mouthUpperUp mouthStretch mouthFunnel"),
    _pose("kiss", "Pucker the lips, as for a kiss.", "mouthPucker", "mouthFunnel mouthShrugLower mouthShrugUpper"),
    _pose("oh", "Say a long “oh”.", "mouthFunnel", "jawOpen mouthPucker mouthLowerDown mouthUpperUp"),
    _pose("lips in", "Roll both lips in, over the teeth.", "mouthRollLower mouthRollUpper",
          "mouthPress mouthClose jawOpen mouthShrugLower"),
    _pose("cheeks full", "Fill the cheeks with air.", "cheekPuff", "mouthPucker mouthPress mouthRollLower mouthFunnel"),
    _pose("nose wrinkled", "Wrinkle the nose.", "noseSneer", "browDown eyeSquint mouthUpperUp cheekSquint"),
    _pose("mouth left", "Push the mouth to your left.", "mouthLeft",
          "mouthSmileLeft mouthDimpleLeft mouthPucker jawLeft"),
    _pose("mouth right", "Push the mouth to your right.", "mouthRight",
          "mouthSmileRight mouthDimpleRight mouthPucker jawRight"),
)  # fmt: skip
POSED = tuple(sorted(frozenset().union(*(p.asked for p in POSES)), key=arkit.INDEX.__getitem__))
"""The shapes that some pose asks for; only these are calibrated."""
