"""The registry names a source, a digest, a card and a licence for everything that mien runs."""

from __future__ import annotations

import re

import pytest

from mien_models.catalogue import Entry, find_registry, read_catalogue

ENTRIES = read_catalogue(find_registry())
NETWORKS = [entry for entry in ENTRIES.values() if entry.is_network]


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_every_file_has_its_sha256(entry: Entry) -> None:
    assert entry.files
    assert entry.sources or entry.folder
    for digest in entry.files.values():
        assert re.fullmatch("[0-9a-f]{64}", digest)


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.name)
def test_every_network_has_a_card_with_its_licence(entry: Entry) -> None:
    card = (find_registry().parent / entry.card).read_text("utf-8")
    assert card.startswith(f"# {entry.title}")
    assert entry.licence in card
    for heading in ("## Data", "## Metrics", "## Limits"):
        assert heading in card


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.name)
def test_every_output_is_converted(entry: Entry) -> None:
    assert entry.recipe is not None
    if entry.recipe.kind in {"tflite", "tfjs"}:
        assert [(o.name, o.shape) for o in entry.recipe.outputs] == [(o.name, o.shape) for o in entry.outputs]


def test_the_default_networks() -> None:
    assert {entry.name for entry in NETWORKS if not entry.optional} == {
        "blazeface_short",
        "facemesh_v2",
        "blendshapes_v2",
        "face_geometry",
        "yunet",
        "encoder_small",
        "encoder_small_int8",
        "neutral_difference",
        "voice_mouth",
        "voice_phonemes",
        "fusion",
        "fusion_centred",
    }
