"""Names of expressions and numbers of landmarks stand in `mien_models/spaces`, and nowhere else."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = ROOT / "models/mien_models/spaces"
# The order in which their publishers number the classes of labelled sets.
PUBLISHED = {"datasets"}
SHAPES = """
eyeBlink eyeLookDown eyeLookIn eyeLookOut eyeLookUp eyeSquint eyeWide jawForward jawLeft jawRight jawOpen mouthClose
mouthFunnel mouthPucker mouthLeft mouthRight mouthSmile mouthFrown mouthDimple mouthStretch mouthRollLower
mouthRollUpper mouthShrugLower mouthShrugUpper mouthPress mouthLowerDown mouthUpperUp browDown browInnerUp browOuterUp
cheekPuff cheekSquint noseSneer tongueOut
""".split()
EMOTIONS = {"neutral", "anger", "contempt", "disgust", "fear", "happiness", "sadness", "surprise"}
# Points of the mesh that come in pairs or groups: corners of eyes and mouth, lids, irises, brows, chin and forehead.
TOGETHER = (
    {33, 263}, {33, 133}, {263, 362}, {133, 362}, {61, 291}, {78, 308}, {159, 145}, {386, 374}, {468, 473}, {469, 470},
    {474, 475}, {70, 63}, {300, 293}, {107, 55}, {336, 285}, {10, 152}, {10, 338}, {168, 6}, {37, 267}, {84, 314},
)  # fmt: skip
LONG = 20  # names in one sequence
SOURCES = sorted(
    path for folder in ("nodes", "models") for path in (ROOT / folder).rglob("*.py") if HOME not in path.parents
)


def sequences(tree: ast.AST) -> Iterator[tuple[int, list[object]]]:
    """Line and values of every tuple, list and set that is written out, and the keys of every dict."""
    for node in ast.walk(tree):
        elements: list[ast.expr | None] = []
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            elements = list(node.elts)
        elif isinstance(node, ast.Dict):
            elements = list(node.keys)
        if elements:
            yield node.lineno, [e.value for e in elements if isinstance(e, ast.Constant)]  # type: ignore[attr-defined]


def copies(source: str, *, published: bool = False) -> list[str]:
    """What a source says again."""
    found = []
    for line, values in sequences(ast.parse(source)):
        words = [v for v in values if isinstance(v, str)]
        numbers = {v for v in values if type(v) is int}
        if sum(any(word.startswith(shape) for shape in SHAPES) for word in words) >= LONG:
            found.append(f"line {line}: the ARKit shapes, which are spaces.arkit.BLENDSHAPES")
        if set(words) == EMOTIONS and not published:
            found.append(f"line {line}: the emotions, which are spaces.emotions.EMOTIONS")
        if sum(word.startswith("AU") and word[2:3].isdigit() for word in words) >= LONG:
            found.append(f"line {line}: the action units, which are spaces.facs.AUS")
        # Pixels and colours have other companions.
        if any(pair <= numbers for pair in TOGETHER) and len(numbers) == len(values) and max(numbers) < 478:
            found.append(f"line {line}: points of the mesh, which spaces.mesh478 names")
    return found + [
        f"line {node.lineno}: {node.value}, which is spaces.mesh478.COUNT or SURFACE"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value in (468, 478)
    ]


def test_nothing_is_said_twice() -> None:
    said = {
        str(path.relative_to(ROOT)): copies(path.read_text("utf-8"), published=bool(PUBLISHED & set(path.parts)))
        for path in SOURCES
    }
    assert len(said) > 200
    assert {path: found for path, found in said.items() if found} == {}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("CORNERS = (33, 263)", "mesh478 names"),
        ("WEIGHTS = {33: 2, 133: 2, 4: 1}", "mesh478 names"),
        (
            "EMOTIONS = ['fear', 'neutral', 'anger', 'contempt', 'disgust', 'happiness', 'sadness', 'surprise']",
            "EMOTIONS",
        ),
        ("points = np.zeros((1, 478, 2))", "COUNT"),
        (f"SHAPES = {tuple(SHAPES)}", "BLENDSHAPES"),
        (f"UNITS = {tuple(f'AU{n}' for n in range(1, 24))}", "AUS"),
    ],
)
def test_a_copy_is_found(source: str, said: str) -> None:
    assert said in "".join(copies(source))


def test_other_numbers_are_none_of_the_mesh() -> None:
    assert copies("ORANGE = (230, 159, 0)\nSIZE = (640, 480)\nFONT = {'size': 12}") == []
