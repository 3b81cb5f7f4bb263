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


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "t"\ntask', "title = 5\ntask", r"\[net\]: title is 5, which is no str"),
        ('licence = "MIT"', "licence = true", r"\[net\]: licence is True"),
        ('files = { "net.tflite" = "00" }', 'files = { "net.tflite" = 0 }', r"files of net.tflite is 0"),
        ('files = { "net.tflite" = "00" }', "files = 3", r"\[net\]: files is 3"),
        ('kind = "tflite"', 'kind = "magic"', r"kind is 'magic'; there are 'tflite'"),
        ("scale = 0.5", 'scale = "half"', r"\[net\]: "),
        ("shape = [4, 4, 3]", "shape = 4", r"\[net\]: "),
        ("shape = [4, 4, 3]", "shape = [4.5, 4, 3]", r"\[net\]: shape is 4.5"),
        ("range = [0, 255]", "range = [0]", r"\[net\]: range is \(0,\)"),
        ("sigmoid = true", "sigmoid = 1", r"sigmoid is 1, which is no bool"),
        ("[networks.net]\ntitle", "networks.net = 3\n[other]\ntitle", r"registry.toml"),
        ('sources = [{ package = "pypi:some-faces==1.0", folder = "data" }]', "sources = 1", r"\[b\]: "),
        ('sources = [{ package = "pypi:some-faces==1.0", folder = "data" }]', "sources = [1]", r"\[b\]: "),
        ('folder = "data" }', "folder = 7 }", r"\[b\]: folder is 7"),
        ('file = "face.jpg"', "file = 1", r"\[face\]: "),
        ('sha256 = "11"', "sha256 = 11", r"\[face\]: files of face.jpg is 11"),
    ],
)
def test_a_wrong_type_is_named(registry_file: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    registry_file.write_text(GOOD.replace(old, new))
    with pytest.raises(ModelError, match=message) as caught:
        read_catalogue(registry_file)
    assert str(registry_file) in str(caught.value)


@pytest.mark.parametrize("kind", ["bundles", "networks", "data"])
def test_what_should_be_a_table_and_is_none_is_named(registry_file: Path, kind: str) -> None:
    registry_file.write_text(f"{kind} = [1]")
    with pytest.raises(ModelError, match=rf"{kind} is no table: write \[{kind}.NAME\]"):
        read_catalogue(registry_file)


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
