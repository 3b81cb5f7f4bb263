"""What LOSSES.md says, against faces that it did not look at."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.spaces import losses
from mien_models.spaces.convert import SPACES, converter


def test_faces_show_every_shape_and_no_contradiction() -> None:
    for space in SPACES.values():
        faces = losses.faces(space)
        assert ((faces >= space.low) & (faces <= space.high)).all()
        assert (faces != space.rest).any(axis=0).all()
    arkit = SPACES["arkit52"].names
    faces = losses.faces(SPACES["arkit52"])
    for a, b in (("jawLeft", "jawRight"), ("eyeLookInLeft", "eyeLookOutLeft"), ("mouthSmileRight", "mouthFrownRight")):
        assert (faces[:, [arkit.index(a), arkit.index(b)]].min(axis=1) == 0).all()


@pytest.mark.parametrize(
    ("source", "target", "shape", "expected"),
    [
        ("arkit52", "pico", "jawOpen", 0.0),
        ("unified", "arkit52", "TongueTwistLeft", np.nan),  # ARKit has no word for it
        ("mediapipe", "arkit52", "_neutral", np.nan),
        ("arkit52", "mediapipe", "tongueOut", np.nan),
        ("facs", "unified", "AU1L", 0.0),
        ("facs", "arkit52", "AU23", np.nan),
    ],
)
def test_losses_that_are_known(source: str, target: str, shape: str, expected: float) -> None:
    lost = losses.loss(source, target)[SPACES[source].names.index(shape)]
    assert lost == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_a_half_that_is_thrown_away_is_lost() -> None:
    """browInnerUp has no sides: AU1 on one side alone comes back as half on both."""
    facs = SPACES["facs"]
    alone = np.where(np.array(facs.names) == "AU1L", 5.0, 0.0)
    again = converter("arkit52", "facs")(converter("facs", "arkit52")(alone))
    assert again[[facs.names.index("AU1L"), facs.names.index("AU1R")]].tolist() == [2.5, 2.5]
    assert 0.2 < losses.loss("facs", "arkit52")[facs.names.index("AU1L")] < 0.35


@pytest.mark.parametrize(("source", "target"), [("arkit52", "vtube_studio"), ("facs", "fb2"), ("htc", "unified")])
def test_one_shape_alone_loses_no_more(source: str, target: str) -> None:
    space = SPACES[source]
    levels = np.linspace(0.1, 0.9, 9)[:, None, None]
    alone = np.eye(len(space.names), dtype=bool)
    faces = np.where(alone, space.rest + levels * (space.high - space.rest), space.rest)
    again = converter(target, source, rest=True)(converter(source, target)(faces))
    error = np.einsum("fss->fs", again - faces) / (space.high - space.low)
    rms = np.sqrt((error**2).mean(axis=0))
    stated = losses.loss(source, target)
    # One shape alone gets into nobody's way.
    assert (rms <= np.nan_to_num(stated, nan=1.0) + 0.1).all()
    assert (np.abs(error[:, stated < 0.005]) < 0.02).all()


def test_the_page_names_every_shape_of_every_space() -> None:
    page = losses.page()
    for name, space in SPACES.items():
        _, _, section = page.partition(f"(`{name}`)\n")
        rows = section.partition("\n## ")[0].splitlines()[3:]
        assert sorted(n for row in rows for n in row.split(" | ")[0][2:].split(", ")) == sorted(space.names)
