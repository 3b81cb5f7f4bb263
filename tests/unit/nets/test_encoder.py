"""What goes into the encoders and what comes out of them, whatever their weights."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is not installed; it trains and never runs")

from mien_models.nets.config import CnnConfig, EncoderConfig, NeutralConfig, VitConfig  # noqa: E402
from mien_models.nets.encoder import BRANCH_SHARES, LANDMARK_UNIT_SHARES, Encoder, MirrorEnsemble, grey, normalise  # noqa: E402
from mien_models.nets.neutral import NeutralDifference, finite  # noqa: E402
from mien_models.nets.sides import MIRRORED_SHAPES, MIRRORED_UNITS, mirror_points  # noqa: E402
from mien_models.spaces.arkit import BLENDSHAPES  # noqa: E402
from mien_models.spaces.facs import AUS  # noqa: E402

TINY = (
    EncoderConfig(trunk=CnnConfig(widths=(8, 16, 24), depths=(1, 1, 1)), code=32, landmarks=16, local=8),
    EncoderConfig(trunk=VitConfig(width=32, depth=1, heads=2), code=32, landmarks=16, local=8),
)


def net(config: EncoderConfig) -> Any:
    torch.manual_seed(0)
    made = Encoder(config).eval()
    # Not the blank tokens of an untrained network.
    torch.nn.init.normal_(made.no_picture)
    torch.nn.init.normal_(made.no_landmarks)
    return made


def inputs(config: EncoderConfig, count: int = 3) -> tuple[Any, Any, Any]:
    generator = torch.Generator().manual_seed(1)
    pictures = torch.randn(count, 1, *config.window[2:], generator=generator)
    return pictures, torch.randn(count, 478, 2, generator=generator), torch.ones(count, 2, dtype=torch.bool)


@pytest.mark.parametrize("config", TINY, ids=["cnn", "vit"])
def test_readings_have_the_shapes_they_are_said_to_have(config: EncoderConfig) -> None:
    readings = net(config)(*inputs(config))
    units, all_outputs = len(AUS), len(BLENDSHAPES) + len(AUS)
    assert readings.shapes.shape == (3, 52)
    assert readings.units.shape == readings.presence.shape == (3, units)
    assert readings.log_sd.shape == (3, all_outputs)
    assert readings.emotion.shape == (3, 8)
    assert readings.affect.shape == (3, 2)
    torch.testing.assert_close(readings.embedding.norm(dim=1), torch.ones(3))


@pytest.mark.parametrize("config", TINY, ids=["cnn", "vit"])
@pytest.mark.parametrize(("missing", "which"), [(0, "picture"), (1, "landmarks")])
def test_what_is_not_present_does_not_matter(config: EncoderConfig, missing: int, which: str) -> None:
    network = net(config)
    values = inputs(config)
    values[2][:, missing] = False
    other = list(values)
    other[missing] = torch.randn_like(values[missing])
    first, second = network(*values), network(*other)
    torch.testing.assert_close(first.shapes, second.shapes)
    torch.testing.assert_close(first.embedding, second.embedding)
    values[2][:, missing] = True
    assert not torch.allclose(network(*values).shapes, first.shapes), f"the {which} do not matter when present"


def test_a_mirrored_face_reads_as_the_face_with_its_sides_exchanged() -> None:
    """Left and right are FACS names here; the embedding is of the face that is shown."""
    config = TINY[0]
    both = MirrorEnsemble(net(config))
    pictures, landmarks, present = inputs(config)
    other = pictures.flip(3), torch.as_tensor(mirror_points(landmarks.numpy())), present
    face, mirrored = both(pictures, landmarks, present), both(*other)
    torch.testing.assert_close(mirrored.shapes, face.shapes[:, MIRRORED_SHAPES], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(mirrored.units, face.units[:, MIRRORED_UNITS], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(mirrored.presence, face.presence[:, MIRRORED_UNITS], atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(mirrored.emotion, face.emotion, atol=1e-4, rtol=1e-4)
    doubts = [*MIRRORED_SHAPES, *(MIRRORED_UNITS + len(BLENDSHAPES))]
    torch.testing.assert_close(mirrored.log_sd, face.log_sd[:, doubts], atol=1e-4, rtol=1e-4)
    alone = net(config)
    assert not torch.allclose(face.embedding, mirrored.embedding, atol=1e-3)
    assert not torch.allclose(alone(*other).shapes, face.shapes[:, MIRRORED_SHAPES], atol=1e-3)


def test_picture_and_landmarks_have_a_say_of_their_own() -> None:
    config = TINY[0]
    one = net(config)
    pictures, landmarks, present = inputs(config)
    present[:] = True
    both = MirrorEnsemble(one)

    def branch(picture: bool, points: bool, name: str, order: Any) -> Any:
        found = present & torch.tensor((picture, points))
        other = one(pictures.flip(3), torch.as_tensor(mirror_points(landmarks.numpy())), found)
        return (getattr(one(pictures, landmarks, found), name) + getattr(other, name)[:, order]) / 2

    def wanted(name: str, order: Any, alone: tuple[float, float]) -> Any:
        together, picture, points = (
            branch(*which, name, order) for which in ((True, True), (True, False), (False, True))
        )
        return (1 - sum(alone)) * together + alone[0] * picture + alone[1] * points

    said = both(pictures, landmarks, present)
    torch.testing.assert_close(said.shapes, wanted("shapes", MIRRORED_SHAPES, BRANCH_SHARES), atol=1e-4, rtol=1e-4)
    smile, sneer = ([AUS.index(f"AU{code}{side}") for side in "LR"] for code in (12, 9))
    for chosen, alone in ((smile, LANDMARK_UNIT_SHARES), (sneer, BRANCH_SHARES)):
        for name in ("units", "presence"):
            expected = wanted(name, MIRRORED_UNITS, alone)[:, chosen]
            torch.testing.assert_close(getattr(said, name)[:, chosen], expected, atol=1e-4, rtol=1e-4)
    torch.testing.assert_close(said.embedding.norm(dim=1), torch.ones(len(pictures)))
    for picture, points in ((True, False), (False, True)):
        found = present & torch.tensor((picture, points))
        torch.testing.assert_close(
            both(pictures, landmarks, found).units,
            branch(picture, points, "units", MIRRORED_UNITS),
            atol=1e-4,
            rtol=1e-4,
        )


def test_a_window_aside_of_the_middle_has_no_mirror_image() -> None:
    with pytest.raises(ValueError, match="middle"):
        MirrorEnsemble(net(replace(TINY[0], window=(10, 8, 96, 80))))


def test_how_sure_it_is_has_no_hand_in_what_it_reads() -> None:
    network = net(TINY[0])
    network(*inputs(TINY[0])).log_sd.sum().backward()
    moved = {name for name, p in network.named_parameters() if p.grad is not None and p.grad.abs().sum() > 0}
    assert moved
    assert all(name.startswith(("local.sure", "local.direct_sd")) for name in moved)


def test_light_and_contrast_of_a_picture_do_not_matter() -> None:
    crops = torch.randint(60, 180, (2, 1, 112, 112), generator=torch.Generator().manual_seed(0)).float()
    window = EncoderConfig().window
    torch.testing.assert_close(normalise(crops, window), normalise(0.5 * crops + 20, window), atol=1e-4, rtol=1e-4)


def test_a_flat_picture_stays_flat() -> None:
    assert normalise(torch.full((1, 1, 112, 112), 80.0), EncoderConfig().window).abs().max() == 0


def test_grey_is_that_of_the_broadcast_standard() -> None:
    primaries = torch.tensor(np.diag([255, 255, 255]).astype(np.uint8)).reshape(1, 1, 3, 3)
    np.testing.assert_allclose(grey(primaries).flatten().numpy() / 255, (0.299, 0.587, 0.114), atol=1e-6)


def test_a_window_that_patches_do_not_fill_is_refused() -> None:
    with pytest.raises(ValueError, match="do not divide into patches of 7 px"):
        Encoder(EncoderConfig(trunk=VitConfig(width=32, depth=1, heads=2, patch=7)))


def test_points_that_are_no_numbers_are_found() -> None:
    points = torch.zeros(4, 478, 2)
    points[1, 5, 0], points[2, 7, 1], points[3, 0, 0] = float("nan"), float("inf"), 1e9
    clean, fine = finite(points, 100.0)
    assert fine.flatten().tolist() == [True, False, False, False]
    assert torch.isfinite(clean).all()


def test_neutral_difference_reads_any_number_of_faces() -> None:
    readings = NeutralDifference(NeutralConfig(width=16)).eval()(torch.randn(5, 478, 2))
    assert readings.shapes.shape == (5, 52)
    assert readings.embedding is None
