"""A registry file is read, and one that is wrong is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from mien_models.catalogue import Package, parse_package, read_catalogue
from mien_models.errors import ModelError

GOOD = """
[bundles.b]
sources = [{ package = "pypi:some-faces==1.0", folder = "data" }]
[networks.net]
title = "t"
task = "t"
licence = "MIT"
card = "cards/net.md"
bundle = "b"
files = { "net.tflite" = "00" }
convert = { kind = "tflite", pixels = { scale = 0.5 } }
[networks.net.inputs]
image = { shape = [4, 4, 3], dtype = "uint8", range = [0, 255], meaning = "RGB" }
[networks.net.outputs]
y = { shape = [2], tensor = "Identity", sigmoid = true, meaning = "m" }
[data.face]
title = "t"
bundle = "b"
file = "face.jpg"
sha256 = "11"
"""


@pytest.fixture
def registry_file(tmp_path: Path) -> Path:
    return tmp_path / "registry.toml"


def test_a_registry_is_read(registry_file: Path) -> None:
    registry_file.write_text(GOOD)
    entries = read_catalogue(registry_file)
    net, face = entries["net"], entries["face"]
    assert net.is_network
    assert not face.is_network
    assert (net.files, face.files) == ({"net.tflite": "00"}, {"face.jpg": "11"})
    assert net.sources[0].package == Package("pypi", "some-faces", "1.0")
    assert net.inputs[0].shape == (4, 4, 3)
    assert net.recipe is not None
    assert net.recipe.pixels is not None
    assert net.recipe.pixels.scale == 0.5
    assert net.recipe.outputs[0].sigmoid


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "t"\ntask', "task", r"\[net\] has no 'title'"),
        ('bundle = "b"\nfiles', 'bundle = "c"\nfiles', r"\[net\] has no 'c'"),
        ("pypi:some-faces==1.0", "some-faces==1.0", r"\[b\]: 'some-faces==1.0' is neither"),
        ('folder = "data"', 'folder = "data", archive = "a"', r"\[b\]: .* exactly one of folder and archive"),
        ("scale = 0.5", "gain = 0.5", r"\[net\]: .*gain"),
        ("[data.face]", "[data.face", "cannot read"),
    ],
)
def test_what_is_wrong_is_named(registry_file: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    registry_file.write_text(GOOD.replace(old, new))
    with pytest.raises(ModelError, match=message) as caught:
        read_catalogue(registry_file)
    assert str(registry_file) in str(caught.value)


def test_a_missing_registry_is_named(registry_file: Path) -> None:
    with pytest.raises(ModelError, match="cannot read"):
        read_catalogue(registry_file)


@pytest.mark.parametrize(
    ("text", "package", "requirement"),
    [
        ("pypi:a-b==1.2", Package("pypi", "a-b", "1.2"), "a-b==1.2"),
        ("npm:@scope/pack@3.0", Package("npm", "@scope/pack", "3.0"), "@scope/pack@3.0"),
    ],
)
def test_packages(text: str, package: Package, requirement: str) -> None:
    assert parse_package(text) == package
    assert str(package) == requirement


@pytest.mark.parametrize("text", ["a==1", "pypi:a", "pypi:==1", "npm:@scope/pack", "npm:pack@", "deb:a=1"])
def test_what_is_no_package(text: str) -> None:
    with pytest.raises(ValueError, match="is neither"):
        parse_package(text)
