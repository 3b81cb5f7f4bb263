"""GLB files are read as they were written, and drawn where their eyes are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from mien_models.animator.frame import EYES_PX, MIDDLE_PX
from mien_models.animator.glb import read_glb
from mien_models.animator.mesh_figure import MeshFigure
from mien_models.animator.shipped import add
from mien_models.avatars.gltf import Glb
from mien_models.errors import ModelError


def file(eyes: bool = True) -> bytes:
    """A square of 0.4 m with a red texture, whose morph target jawOpen moves its lower half out of sight."""
    glb = Glb("CC0")
    points = np.array([[-0.2, 0.2, 0], [0.2, 0.2, 0], [0.2, -0.2, 0], [-0.2, -0.2, 0]], np.float32)
    down = np.array([[0, 0, 0], [0, 0, 0], [0, 0.18, 0], [0, 0.18, 0]], np.float32)
    red = glb.texture("red", np.full((4, 4, 3), (200, 10, 10), np.uint8))
    paint = glb.add("materials", {"pbrMetallicRoughness": {"baseColorTexture": {"index": red}}})
    primitive = {
        "attributes": {
            "POSITION": glb.vertices(points, bounds=True),
            "TEXCOORD_0": glb.vertices(np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)),
        },
        "indices": glb.indices(np.array([[0, 2, 1], [0, 3, 2]])),
        "material": paint,
        "targets": [{"POSITION": glb.displacements(down, bounds=True)}],
    }
    mesh = glb.add("meshes", {"primitives": [primitive], "extras": {"targetNames": ["jawOpen"]}})
    nodes = [glb.add("nodes", {"mesh": mesh, "name": "face"})]
    for name, x in (("leftEye", 0.03), ("rightEye", -0.03)) if eyes else ():
        nodes.append(glb.add("nodes", {"name": name, "translation": [x, 0.0, 0.02]}))
    glb.add("scenes", {"nodes": nodes})
    return glb.write()


def test_meshes_textures_and_eyes_are_read() -> None:
    model = read_glb(file(), "square.glb")
    assert model.morphs == ("jawOpen",)
    np.testing.assert_allclose(model.eyes, [[0.03, 0, 0.02], [-0.03, 0, 0.02]])
    texture = model.pieces[0].texture
    assert texture is not None
    assert texture[0, 0].tolist() == [200, 10, 10, 255]
    np.testing.assert_allclose(model.pieces[0].morphs["jawOpen"][2], [0, 0.18, 0], atol=1e-6)


def test_the_figure_is_drawn_about_its_eyes_and_moves() -> None:
    figure = MeshFigure(read_glb(file(), "square.glb"), ["jawOpen"])
    rest, moved = figure.render(np.array([[0.0], [1.0]], np.float32))
    assert rest[48, 48, 0] > 2 * rest[48, 48, 1]  # red everywhere
    assert (np.abs(moved[95].astype(int) - 128) < 3).all()  # background, where the square was
    # The lower edge is now 0.02 m below the eyes, which are 0.06 m apart.
    edge = int(np.argmax(np.abs(moved[:, 48, 1].astype(int) - 128) < 3))
    assert abs(edge - (MIDDLE_PX[1] + 0.02 / 0.06 * EYES_PX)) < 2


def test_a_figure_without_eyes_is_refused_with_the_mend() -> None:
    with pytest.raises(ModelError, match=r"no eyes are found.*leftEye"):
        MeshFigure(read_glb(file(eyes=False), "square.glb"), ["jawOpen"])


def test_a_target_that_is_not_there_is_named() -> None:
    with pytest.raises(ModelError, match="smile: the figure has no morph target smile"):
        MeshFigure(read_glb(file(), "square.glb"), ["smile"])


def test_a_damaged_file_is_named() -> None:
    with pytest.raises(ModelError, match=r"half\.glb cannot be read"):
        read_glb(file()[:400], "half.glb")


def test_a_file_becomes_an_avatar(tmp_path: Path) -> None:
    (tmp_path / "square.glb").write_bytes(file())
    avatar = add(tmp_path / "square.glb", tmp_path / "square", "square")
    assert avatar.names == ("jawOpen",)
    assert avatar.start == {"jawOpen": {"jawOpen": 1.0}}
    assert (tmp_path / "square" / "model.glb").exists()
