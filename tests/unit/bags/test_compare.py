"""How far two outputs are apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mien.bags.exact.compare import TOLERANCE, difference
from mien.core.types import Rigs, RigState

from .sessions import moment, rig


def test_equal_outputs_do_not_differ_whenever_they_finished() -> None:
    faces = moment(0).faces
    assert faces is not None
    assert difference(faces, replace(faces, stages=())).size == 0
    affects = moment(0).affects
    assert affects is not None
    assert np.isnan(affects.affects[0].au_intensity).any()  # a value that was not observed equals itself
    assert difference(affects, affects).size == 0


def test_the_largest_difference_is_named_with_its_place() -> None:
    faces = moment(0, ids=(1, 2)).faces
    assert faces is not None
    face = faces.faces[1]
    landmarks = face.landmarks.copy()
    landmarks[3, 1] += 0.5  # of 100 to 300 px: relative
    landmarks[7, 0] += 0.25
    box = face.box + np.array([0, 0, 0, 0.001], np.float32)
    found = difference(faces, replace(faces, faces=(faces.faces[0], replace(face, landmarks=landmarks, box=box))))
    assert found.field == "faces[1].landmarks[10]"
    assert found.size == np.float32(0.5) / abs(face.landmarks[3, 1])
    assert not found.agrees


def test_numbers_may_differ_by_a_hundred_thousandth() -> None:
    one = rig()
    for error, agrees in ((0.5 * TOLERANCE, True), (2 * TOLERANCE, False)):
        other = replace(one, head=one.head + np.array([0, 0, 0, error]))
        assert difference(Rigs(moment(0).rigs.header, (one,)), Rigs(moment(0).rigs.header, (other,))).agrees is agrees


def test_ids_states_counts_and_missing_values_must_be_equal() -> None:
    header = moment(0).rigs.header
    one = Rigs(header, (rig(1),))
    for other, words in (
        (Rigs(header, (rig(2),)), "rigs[0].track_id: 1 recorded, 2 computed"),
        (Rigs(header, (rig(1, state=RigState.EASING),)), "rigs[0].state"),
        (Rigs(header, ()), "rigs: 1 recorded, 0 computed"),
        (
            Rigs(header, (rig(1, weights=np.full(52, np.nan, np.float32)),)),
            "rigs[0].weights[0]: 0 recorded, nan computed",
        ),
    ):
        found = difference(one, other)
        assert found.size == np.inf
        assert words in str(found)
