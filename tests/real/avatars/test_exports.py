"""Exported avatars: against Khronos' validator, three-vrm, and the head they were made of."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mien_models.avatars import PRESETS, STYLES, export_glb, export_vrm, toon
from mien_models.avatars.vrm import HUMANOID
from mien_models.head import GAZE_RANGE, Head, Identity, Part
from mien_models.spaces import arkit
from mien_models.store import cache_folder

pytestmark = pytest.mark.slow

CHECK = Path(__file__).with_name("check.mjs")
PACKAGES = ("gltf-validator@2.0.0-dev.3.10", "three@0.187.0", "@pixiv/three-vrm@3.5.5")
_DTYPES = {5121: np.uint8, 5123: np.uint16, 5125: np.uint32, 5126: np.float32}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


@pytest.fixture(scope="module")
def head() -> Head:
    return Head.load()


@pytest.fixture(scope="module")
def files(head: Head, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("avatars")
    exports = {".glb": export_glb, ".vrm": export_vrm}
    return {style + end: export(folder / (style + end), style) for style in STYLES for end, export in exports.items()}


@pytest.fixture(scope="module")
def checked(files: dict[str, Path]) -> dict[str, Any]:
    """What check.mjs says of each file; its packages go to the cache, once."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("node and npm are not installed")
    folder = cache_folder() / "npm"
    if not all((folder / "node_modules" / name.rpartition("@")[0]).exists() for name in PACKAGES):
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        except subprocess.SubprocessError as error:
            pytest.skip(f"npm cannot install {', '.join(PACKAGES)}: {error}")
    # Node looks for packages from where the script is.
    script = shutil.copy(CHECK, folder)
    run = subprocess.run(["node", script, *map(str, files.values())], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    return {name: found[str(path)] for name, path in files.items()}


class Glb:
    """A file and its arrays."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        length = struct.unpack_from("<I", data, 12)[0]
        self.json = json.loads(data[20 : 20 + length])
        self.binary = data[28 + length :]
        nodes = {node["name"]: node for node in self.json["nodes"]}
        self.face = self.json["meshes"][nodes["face"]["mesh"]]

    def array(self, index: int) -> NDArray[Any]:
        accessor = self.json["accessors"][index]
        shape = (accessor["count"], _WIDTHS[accessor["type"]])
        values = np.zeros(shape, _DTYPES[accessor["componentType"]])
        if "bufferView" in accessor:
            values[:] = self._view(accessor["bufferView"], values.dtype).reshape(shape)
        if sparse := accessor.get("sparse"):
            rows = self._view(sparse["indices"]["bufferView"], _DTYPES[sparse["indices"]["componentType"]])
            values[rows] = self._view(sparse["values"]["bufferView"], values.dtype).reshape(-1, shape[1])
        return values

    def _view(self, index: int, dtype: Any) -> NDArray[Any]:
        view = self.json["bufferViews"][index]
        return np.frombuffer(self.binary[view["byteOffset"] :][: view["byteLength"]], dtype)


def test_the_validator_finds_nothing(checked: dict[str, Any]) -> None:
    assert {name: (found["errors"], found["warnings"]) for name, found in checked.items()} == dict.fromkeys(
        checked, (0, 0)
    ), {name: found["messages"] for name, found in checked.items()}


@pytest.mark.parametrize("style", STYLES)
def test_three_vrm_plays_every_expression(checked: dict[str, Any], style: str) -> None:
    vrm = checked[f"{style}.vrm"]["vrm"]
    assert vrm["names"] == list(arkit.BLENDSHAPES)
    assert sorted(vrm["bones"]) == sorted(HUMANOID)
    assert "publicdomain/zero" in vrm["licence"]
    played = {name: pytest.approx(dict(weights)) for name, weights in PRESETS.items()}
    assert vrm["expressions"] == played | {name: {name: 1} for name in arkit.BLENDSHAPES}
    assert vrm["gaze"] == pytest.approx(GAZE_RANGE["Out"])


@pytest.mark.parametrize("name", ["human.glb", "human.vrm", "toon.glb", "toon.vrm"])
def test_surfaces_and_shapes(files: dict[str, Path], name: str) -> None:
    glb = Glb(files[name])
    assert glb.face["extras"]["targetNames"] == list(arkit.BLENDSHAPES)
    materials = {glb.json["materials"][p["material"]]["name"] for p in glb.face["primitives"]}
    assert materials == {"skin", "lips", "body", "mouth", "socket", "teeth", "tongue", "lashes", "hair"}
    assert all(len(p["targets"]) == len(arkit.BLENDSHAPES) for p in glb.face["primitives"])
    attributes = glb.face["primitives"][0]["attributes"]
    count = len(glb.array(attributes["POSITION"]))
    for primitive in glb.face["primitives"]:
        assert glb.array(primitive["indices"]).max() < count
    np.testing.assert_allclose(np.linalg.norm(glb.array(attributes["NORMAL"]), axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(glb.array(attributes["WEIGHTS_0"]).sum(1), 1, atol=1e-6)
    uv = glb.array(attributes["TEXCOORD_0"])
    assert np.isfinite(uv).all()
    eyes = [node for node in glb.json["nodes"] if node["name"] in {"leftEye", "rightEye"}]
    assert all("mesh" in eye for eye in eyes)
    assert eyes[0]["translation"][0] == pytest.approx(-eyes[1]["translation"][0], abs=1e-3)


def test_shapes_are_those_of_the_head(files: dict[str, Path], head: Head) -> None:
    glb = Glb(files["human.glb"])
    face = head.neutral(Identity.mean())
    shown = np.unique(head.data.triangles[head.data.parts < Part.EYE_LEFT])
    for name, target in zip(arkit.BLENDSHAPES, glb.face["primitives"][0]["targets"], strict=True):
        truth = np.linalg.norm((head.animate(face, {name: 1.0}) - face)[shown], axis=1).max()
        written = np.linalg.norm(glb.array(target["POSITION"]), axis=1).max()
        assert written == pytest.approx(truth, abs=1e-5), name
        assert written > 5e-4, name


def test_sides_are_not_swapped(files: dict[str, Path]) -> None:
    glb = Glb(files["toon.vrm"])
    primitive = glb.face["primitives"][0]
    x = glb.array(primitive["attributes"]["POSITION"])[:, 0]
    for name, target in zip(arkit.BLENDSHAPES, primitive["targets"], strict=True):
        moved = np.linalg.norm(glb.array(target["POSITION"]), axis=1)
        if name.endswith(("Left", "Right")) and name not in {"jawLeft", "jawRight", "mouthLeft", "mouthRight"}:
            assert (moved @ x > 0) == name.endswith("Left"), name


def test_a_cartoon_shuts_its_eyes(head: Head) -> None:
    face = head.neutral(toon.identity(Identity.mean()))
    warp = toon.warp(head.data, face)
    shut = warp(head.animate(face, {"eyeBlinkLeft": 1.0, "eyeBlinkRight": 1.0}))
    gap = shut[head.data.lids[:, 0]] - shut[head.data.lids[:, 1]]
    opened = warp(face)[head.data.lids[:, 0]] - warp(face)[head.data.lids[:, 1]]
    assert (np.linalg.norm(gap, axis=-1) < 0.1 * np.linalg.norm(opened, axis=-1)).all()


def test_same_bytes_again(files: dict[str, Path], tmp_path: Path) -> None:
    assert export_vrm(tmp_path / "again.vrm", "toon").read_bytes() == files["toon.vrm"].read_bytes()


def test_somebody_else(files: dict[str, Path], tmp_path: Path) -> None:
    who = Identity.sample(np.random.default_rng(5))
    other = Glb(export_glb(tmp_path / "other.glb", identity=who))
    first = Glb(files["human.glb"])
    assert other.face["extras"] == first.face["extras"]
    height = [np.ptp(glb.array(glb.face["primitives"][0]["attributes"]["POSITION"])[:, 1]) for glb in (first, other)]
    assert height[0] != pytest.approx(height[1], abs=1e-4)
