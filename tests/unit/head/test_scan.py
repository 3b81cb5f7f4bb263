"""The head from scans, on a small made-up distribution with the names and the vertex numbers of ICT-FaceKit."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mien.cli.__main__ import main
from mien_models.backends import FakeSession
from mien_models.errors import ModelError
from mien_models.head.model.action_units import weights_of
from mien_models.head.pictures.draw import DatasetConfig, Expressions
from mien_models.head.pictures.scanned import Scanned
from mien_models.head.scan import portraits as photographs
from mien_models.head.scan.data import FACE, FILE, ScanData, save
from mien_models.head.scan.fit import fit
from mien_models.head.scan.folds import Folds
from mien_models.head.scan.head import ScanHead, places
from mien_models.head.scan.render import CENTRE_CM, project, rotation
from mien_models.head.scan.skin import Skins
from mien_models.spaces.arkit import BLENDSHAPES
from mien_models.spaces.facs import AUS, INDEX

BOTH = (
    "browDown", "browInnerUp", "browOuterUp", "cheekPuff", "cheekRaiser", "cheekSquint", "eyeSquint", "mouthSmile",
    "mouthUpperUp", "noseSneer",
)  # fmt: skip
NAMES = (*(f"{name}_{side}" for name in BOTH for side in "LR"), "jawOpen")
# Where brows, eyes, nose and hairline are, of the width and the height of the face.
PLACED = {
    10: (0, 0.9), 9: (0, 0.35), 168: (0, 0.15), 6: (0, 0), 33: (-0.6, 0.1), 133: (-0.2, 0.1), 362: (0.2, 0.1),
    263: (0.6, 0.1), 336: (0.2, 0.4), 296: (0.3, 0.42), 334: (0.4, 0.4),
}  # fmt: skip
VERTICES = 9409  # of the face


@pytest.fixture(scope="module")
def raw() -> dict[str, NDArray[np.generic]]:
    """A half sphere of points with smooth random differences, and triangles at the landmarks."""
    rng = np.random.default_rng(0)
    at = rng.uniform(-1, 1, (VERTICES, 2))
    for landmark, place in PLACED.items():
        at[places().corners[landmark]] = place + rng.uniform(-0.01, 0.01, (3, 2))
    neutral = np.column_stack([8 * at, 6 * np.sqrt(np.maximum(2.2 - (at**2).sum(1), 0))]).astype(np.float32)

    def smooth(count: int, size: float) -> NDArray[np.float16]:
        waves, phases = rng.normal(0, 2, (count, 2, 3)), rng.uniform(0, 6, (count, 1, 3))
        return (size * np.sin(np.einsum("vc,kcx->kvx", at, waves) + phases)).astype(np.float16)

    corners = places().corners
    quads = np.concatenate([corners, corners[:, 2:]], 1)
    uv = ((at + 1) / 2 * 0.98 + 0.01).astype(np.float32)
    return {
        "neutral": neutral, "faces": quads, "face_uv": quads, "uv": uv, "identities": smooth(6, 0.4),
        "expressions": smooth(len(NAMES), 0.8), "expression_names": np.array(NAMES),
    }  # fmt: skip


@pytest.fixture(scope="module")
def head(raw: dict[str, NDArray[np.generic]]) -> ScanHead:
    return ScanHead(ScanData.of(raw))


def units(**levels: float) -> NDArray[np.float64]:
    out = np.zeros(len(AUS))
    for name, level in levels.items():
        out[INDEX[name]] = level
    return out


def test_the_distribution_is_read_as_objs_and_as_one_file(raw: dict[str, NDArray[np.generic]], tmp_path: Path) -> None:
    folder = tmp_path / "FaceXModel"
    folder.mkdir()
    small = 4
    meshes = {"generic_neutral_mesh": 0, "identity000": 1, "jawOpen": 2}
    for name, offset in meshes.items():
        lines = [f"v {i + offset} {i * i} {offset}" for i in range(small)]
        lines += [f"vt 0.{i} 0.5" for i in range(small)] + ["f 1/1 2/2 3/3 4/4", "f 1/1 3/3 4/4"]
        (folder / f"{name}.obj").write_text("\n".join(lines))
    data = ScanData.load(tmp_path)
    assert data.names == ("jawOpen",)
    np.testing.assert_array_equal(data.expressions[0], [[2, 0, 2]] * small)
    np.testing.assert_array_equal(data.identities[0], [[1, 0, 1]] * small)
    assert data.triangles.tolist() == [[0, 1, 2], [0, 2, 3], [0, 2, 3]]  # a quad, and a triangle
    assert (data.parts == FACE).all()
    save(folder, tmp_path / "one")
    again = ScanData.load(tmp_path / "one")
    np.testing.assert_array_equal(again.uv, data.uv)
    np.testing.assert_array_equal(again.identities, data.identities)


def test_what_is_missing_is_said_with_where_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no ICT-FaceKit; clone the public repository"):
        ScanData.load(tmp_path)
    np.savez(tmp_path / FILE, neutral=np.zeros((3, 3)))
    with pytest.raises(ModelError, match="has no faces, face_uv"):
        ScanData.load(tmp_path)
    (tmp_path / FILE).write_bytes(b"nothing")
    with pytest.raises(ModelError, match="cannot be read"):
        ScanData.load(tmp_path)


def test_inner_brows_rise_by_side_and_cheeks_apart_from_the_squint(head: ScanHead) -> None:
    def shown(**levels: float) -> dict[str, float]:
        weights = head.coefficients(units(**levels), weights_of(units(**levels)))
        return {name: round(float(w), 3) for name, w in zip(NAMES, weights, strict=True) if w > 0}

    assert shown(AU1L=5) == {"browInnerUp_L": 1}
    assert shown(AU12R=2.5) == {"mouthSmile_R": 0.5}
    assert shown(AU7L=5) == {"eyeSquint_L": 1}
    raised = shown(AU6L=5)
    assert raised["cheekRaiser_L"] == 1
    assert not any(name.endswith("_R") for name in raised)


def test_known_faces_are_fitted(head: ScanHead) -> None:
    """Pose and expression of projected landmarks are found again; identities are bounded by their prior."""
    codes = np.random.default_rng(1).normal(0, 0.7, (3, 6))
    strength = np.zeros((3, len(NAMES)), np.float32)
    strength[0, NAMES.index("mouthSmile_L")], strength[1, NAMES.index("jawOpen")] = 0.8, 0.6
    turns, landmarks = [], []
    for row in range(3):
        turns.append(rotation(0.2 * row, -0.1, 0.05))
        face = head.animate(head.person(codes[row]), strength[row])
        _, pixels, _ = project(face, turns[-1], 1e5, 12.0, (180.0, 200.0))
        landmarks.append(places().of(pixels))
    found = fit(head, np.stack(landmarks))
    assert (found.error_cm < 0.08).all()
    np.testing.assert_allclose(found.scale, 12, rtol=0.05)
    for row in range(3):
        cosine = (np.trace(found.rotation[row].T @ turns[row]) - 1) / 2
        assert np.degrees(np.arccos(min(cosine, 1))) < 10  # these made-up differences turn the face, too
    assert found.expression[0, NAMES.index("mouthSmile_L")] > 0.5
    assert found.expression[1, NAMES.index("jawOpen")] > 0.4
    assert found.expression[2].max() < 0.25


def test_turning_the_head_to_its_left_moves_its_nose_to_the_right_of_the_picture(head: ScanHead) -> None:
    nose = np.float32([CENTRE_CM]) + np.float32([[0, 0, 5]])
    turned, pixels, _ = project(nose, rotation(0.5, 0, 0), 100, 10, (0, 0))
    assert pixels[0, 0] > 0, "its left is at the right of the picture"
    assert turned[0, 2] < 5


def test_folds_show_with_their_movement_only(head: ScanHead) -> None:
    marks = np.zeros((468, 2))
    marks[[10, 9, 168, 6]] = (0.5, 0.9), (0.5, 0.68), (0.5, 0.62), (0.5, 0.58)
    marks[[33, 263]] = (0.25, 0.6), (0.75, 0.6)
    marks[[336, 296, 334]] = 0.6, 0.7
    folds = Folds.of(head, marks, 96, np.random.default_rng(2))
    skin, none = np.full((96, 96, 3), 150, np.float32), np.zeros(len(NAMES), np.float32)
    assert folds.on(skin, none) is skin
    raised = none.copy()
    raised[NAMES.index("browInnerUp_L")] = 1
    changed = np.abs(folds.on(skin, raised) - skin).max(2)
    rows, columns = np.nonzero(changed > 3)
    assert len(rows)
    assert rows.max() < 96 * (1 - 0.65), "the forehead is above the brows"
    assert columns.mean() > 48, "the person's left"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ict", "x"], "--ict and --portraits go together"),
        (["--ict", "x", "--portraits", "y", "--workers", "2"], "by one process"),
    ],
)
def test_options_that_do_not_go_together_are_named(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["actor", "dataset", "--out", str(tmp_path / "d"), "--images", "20", *arguments]) == 2
    assert said in capsys.readouterr().err.replace("\n", " ")


# --- pictures --------------------------------------------------------------------------------------

PEOPLE, LEVELS = 10, (60, 120)  # plain portraits, each of one grey level


@pytest.fixture(scope="module")
def folders(raw: dict[str, NDArray[np.generic]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    scans, portraits = tmp_path_factory.mktemp("ict"), tmp_path_factory.mktemp("portraits")
    with (scans / FILE).open("wb") as file:
        np.savez(file, **raw)  # type: ignore[arg-type]
    for i, level in enumerate(np.linspace(*LEVELS, PEOPLE)):
        cv2.imwrite(str(portraits / f"{i}.png"), np.full((120, 100, 3), level, np.uint8))
    return scans, portraits


def same_face(head: ScanHead) -> FakeSession:
    """A landmark network that sees the head at rest in every square."""
    _, pixels, _ = project(head.data.neutral, rotation(0, 0, 0), 100, 9, (128, 128))
    points = places().of(np.column_stack([pixels, -9 * head.data.neutral[:, 2]]))
    points = np.concatenate([points, points[:10]]).astype(np.float32)
    return FakeSession(lambda _: {"landmarks": points[None], "presence": np.ones(1, np.float32)})


def test_a_sample_has_the_truth_that_training_reads_and_mixed_skin(
    head: ScanHead, folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mien_models.head.scan.skin._MEAN_OF", 2)  # which takes most of the time
    draw = Scanned(DatasetConfig(images=40, size=96, seed=3), *folders, session=same_face(head))
    image, row = draw(23)
    draw(4)
    again, _ = draw(23)
    np.testing.assert_array_equal(image, again, "a sample depends on its number alone")
    assert image.shape == (96, 96, 3)
    assert image.std() > 2
    assert row["crop"].shape == (112, 112, 3)
    assert row["landmarks"].shape == row["landmarks_true"].shape == (478, 3)
    assert np.isnan(row["landmarks_true"]).all()
    assert row["shapes"][BLENDSHAPES.index("tongueOut")] == 0
    assert row["person"] < 0, "no number of the actor's people"
    sampled = Expressions(3)(23)
    np.testing.assert_allclose(row["units"], sampled.units[0], atol=1e-6)

    portraits = photographs.load(head, folders[1], same_face(head))
    skin, colour = Skins(head, portraits).mixed(np.random.default_rng(0), np.arange(len(portraits)))
    least, most = LEVELS[0], LEVELS[1] / 0.55  # light is taken off, which brightens what faces away
    assert (least * 0.9 < colour).all()
    assert (colour < most * 1.1).all()
    assert np.isfinite(skin).all()


def test_a_folder_without_faces_is_said(head: ScanHead, folders: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no pictures"):
        photographs.load(head, tmp_path, same_face(head))
    nobody = FakeSession(lambda _: {"landmarks": np.ones((1, 478, 3), np.float32), "presence": np.zeros(1, np.float32)})
    with pytest.raises(ModelError, match="shows 0 faces"):
        photographs.load(head, folders[1], nobody)
