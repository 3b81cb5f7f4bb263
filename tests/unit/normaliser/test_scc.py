"""Heatmaps of action units: where they belong, what the graph joins, and that they are learned."""

from __future__ import annotations

import numpy as np
import torch

from mien_models.normaliser.points import LANDMARKS, places
from mien_models.normaliser.scc import NEIGHBOURS, Correspondence, SccConfig, SccHead
from mien_models.normaliser.scc_learn import Maps, SccTraining, learn, targets
from mien_models.spaces.facs import AUS, INDEX

torch.set_num_threads(1)


def frontal() -> np.ndarray:
    """(1, 478, 3) landmarks of the canonical face in an image of 400 px."""
    from mien_models.geometry import load_face_geometry

    points = np.zeros((1, 478, 3), np.float32)
    vertices = load_face_geometry().vertices
    points[0, : len(vertices)] = vertices * (15, -15, -15) + (200, 200, 0)
    points[0, 468:] = points[0, 159]
    return points


def test_units_are_on_their_side_and_in_their_part_of_the_face() -> None:
    (at,) = places(frontal())
    middle = 112 / 2
    for label in AUS:
        x, y = at[INDEX[label]]
        assert 0 < x < 112
        assert 0 < y < 112
        if label[-1] == "L":  # the person's left is to the right of the picture
            assert x > middle + 2, label
        elif label[-1] == "R":
            assert x < middle - 2, label
        else:
            assert abs(x - middle) < 2, label
    assert at[INDEX["AU1L"]][1] < at[INDEX["AU6L"]][1] < at[INDEX["AU12L"]][1] < at[INDEX["AU17"]][1]
    assert len(LANDMARKS) == len(AUS)


def test_a_target_peaks_at_its_place_as_high_as_the_unit_is_strong() -> None:
    peaks = torch.tensor([[[3.5, 7.5], [10.5, 2.5]]])
    heat = targets(peaks, torch.tensor([[0.8, 0.0]]), 24, 20)
    assert heat.shape == (1, 2, 24, 20)
    assert heat[0, 0].argmax() == 7 * 20 + 3
    assert float(heat[0, 0].max()) == torch.tensor(0.8)
    assert heat[0, 1].max() == 0


def test_a_channel_is_joined_with_those_that_are_nearest_to_it_now() -> None:
    torch.manual_seed(0)
    layer = Correspondence(2, 3).eval()
    maps = torch.randn(1, 12, 2, 3)
    torch.testing.assert_close(layer(maps), maps)  # it begins as the identity
    with torch.no_grad():
        layer.norm.weight.fill_(1)
    nodes = maps.flatten(2)[0]
    wanted = []
    for node in nodes:
        nearest = (nodes - node).square().sum(1).argsort()[:NEIGHBOURS]
        edges = torch.stack([torch.cat([node, nodes[j] - node]) for j in nearest])
        wanted.append(layer.norm(layer.edge(edges)).relu().amax(0))
    torch.testing.assert_close(layer(maps), maps + torch.stack(wanted).reshape(1, 12, 2, 3), atol=1e-5, rtol=1e-4)


def test_a_head_learns_where_and_how_strongly_units_show() -> None:
    torch.manual_seed(0)
    rng = np.random.default_rng(0)
    share = torch.as_tensor(rng.random((64, len(AUS)), np.float32))
    peaks = torch.as_tensor(rng.uniform(2, 14, (1, len(AUS), 2)).astype(np.float32)).repeat(64, 1, 1)
    # The maps tell the strength of a unit by a channel each.
    coarse = share[:, :, None, None].expand(-1, -1, 4, 4).contiguous()
    seen = Maps(coarse, torch.zeros(64, 3, 8, 8), peaks, share)
    head = SccHead(len(AUS), 3, (4, 4), SccConfig((48, 32, 24)))
    learn(head, seen, SccTraining(samples=16 * 120, batch=16, lr=5e-3), lambda _: None)
    with torch.no_grad():
        heat = head(seen.coarse, seen.fine)
    found = heat.amax((2, 3)).numpy()
    r = [np.corrcoef(found[:, i], share[:, i].numpy())[0, 1] for i in range(len(AUS))]
    assert np.mean(r) > 0.6
    at = np.array([np.unravel_index(int(m.argmax()), m.shape)[::-1] for m in heat[0].numpy()])
    assert np.median(np.abs(at + 0.5 - peaks[0].numpy())) < 1.5
