"""Action units to ARKit weights, against the table that mien reads faces with."""

from __future__ import annotations

import numpy as np
import pytest

from mien_models.head.model.action_units import MIDLINE, SIDED, TOP, inner_brows, weights_by_name, weights_of
from mien_models.spaces import facs
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS, INDEX


def test_every_unit_moves_its_own_side() -> None:
    assert {code for label in AUS for code in [facs.code(label)]} == {*SIDED, *MIDLINE}
    assert {facs.code(label) for label in AUS if label[-1] in "LR"} == {*SIDED}


@pytest.mark.parametrize("label", [label for label in AUS if facs.arkit_shapes(label)])
def test_the_main_shape_is_the_consensus(label: str) -> None:
    weights = weights_by_name({label: TOP})
    most = max(weights.values())
    for shape in facs.arkit_shapes(label):
        assert weights[shape] == pytest.approx(most), label


@pytest.mark.parametrize("label", [label for label in AUS if label[-1] in "LR"])
def test_a_side_moves_its_side_only(label: str) -> None:
    other = {"L": "Right", "R": "Left"}[label[-1]]
    assert not [shape for shape in weights_by_name({label: TOP}) if shape.endswith(other)]


def test_both_sides_by_one_name() -> None:
    assert weights_by_name({"AU12": 2.5}) == {"mouthSmileLeft": 0.5, "mouthSmileRight": 0.5}
    assert weights_by_name({"AU1": 5.0}) == {"browInnerUp": 1.0}
    assert weights_by_name({"AU1L": 5.0}) == {"browInnerUp": 0.5}


def test_each_inner_brow_is_raised_by_its_own_unit() -> None:
    units = np.zeros((2, len(AUS)))
    units[0, INDEX["AU1L"]], units[1, INDEX["AU1R"]] = 5.0, 2.0
    np.testing.assert_allclose(inner_brows(units), [[1, 0], [0, 0.4]])
    np.testing.assert_allclose(weights_of(units)[:, BLENDSHAPES.index("browInnerUp")], inner_brows(units).mean(axis=1))


def test_a_smile_bares_the_teeth_once_the_lips_part() -> None:
    """On the side that smiles, whether the jaw parts them or not; other open mouths do not."""
    shut, parted, dropped = (
        weights_by_name({"AU12L": 5.0, **others}) for others in ({}, {"AU25": 5.0}, {"AU25": 5.0, "AU26": 5.0})
    )
    gasp = weights_by_name({"AU25": 5.0, "AU26": 5.0})
    assert "mouthUpperUpLeft" not in shut
    assert "mouthUpperUpLeft" not in gasp
    assert dropped["mouthUpperUpLeft"] == pytest.approx(0.8)
    assert "mouthUpperUpRight" not in dropped
    assert parted["mouthUpperUpLeft"] > parted["mouthUpperUpRight"] > 0


def test_units_that_share_a_shape_each_take_of_what_is_left() -> None:
    """AU6 narrows the eye, too, though less than AU7."""
    weights = weights_by_name({"AU6L": 5.0, "AU7L": 2.5})
    assert weights["eyeSquintLeft"] == pytest.approx(1 - (1 - 0.4) * (1 - 0.5))


def test_a_batch_has_the_weights_of_its_rows() -> None:
    units = np.random.default_rng(1).uniform(0, TOP, (3, 4, len(AUS)))
    np.testing.assert_array_equal(weights_of(units)[1, 2], weights_of(units[1, 2]))
    assert weights_of(units[:0]).shape == (0, 4, len(BLENDSHAPES))


def test_any_mixture_stays_within_range_and_rises_with_each_unit() -> None:
    rng = np.random.default_rng(0)
    units = rng.uniform(0, TOP, (200, len(AUS)))
    weights = weights_of(units)
    assert weights.shape == (200, len(BLENDSHAPES))
    assert ((weights >= 0) & (weights <= 1)).all()
    for label in AUS:
        if label in {"AU10L", "AU10R", "AU16L", "AU16R", "AU25", "AU26", "AU27"}:
            continue  # they leave less for AU25 to do
        more = units.copy()
        more[:, INDEX[label]] = TOP
        assert (weights_of(more) >= weights - 1e-12).all(), label


def test_lips_that_a_jaw_has_parted_need_no_more() -> None:
    assert weights_by_name({"AU25": 3.0, "AU26": 3.0}) == weights_by_name({"AU26": 3.0})
    assert "mouthLowerDownLeft" in weights_by_name({"AU25": 3.0})


def test_intensities_act_in_proportion() -> None:
    for label in AUS:
        full, half = weights_by_name({label: 4.0}), weights_by_name({label: 2.0})
        assert half == pytest.approx({shape: w / 2 for shape, w in full.items()})


@pytest.mark.parametrize(
    ("intensities", "message"),
    [({"AU99": 1.0}, "AU99"), ({"AU12L": 5.5}, r"AU12L is 5\.5"), ({"AU4": -1}, "AU4L is -1")],
)
def test_errors_name_the_unit(intensities: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        weights_by_name(intensities)


def test_wrong_length() -> None:
    with pytest.raises(ValueError, match=r"\(3,\)"):
        weights_of(np.zeros(3))
