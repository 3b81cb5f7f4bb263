"""Made-up copies of labelled sets: a few pictures of one colour each, in the folders of the original."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

DISFA_UNITS = (1, 2, 4, 5, 6, 9, 12, 15, 17, 20, 25, 26)
BP4D_UNITS = (1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 23, 24)


def picture(path: Path, red: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = np.zeros((8, 10, 3), np.uint8)
    image[..., 2] = red
    assert cv2.imwrite(str(path), image)


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def disfa(root: Path) -> Path:
    """Two people of three frames; AU12 rises, all else is 0. Folders of frames for both."""
    for person in ("SN001", "SN003"):
        for unit in DISFA_UNITS:
            levels = (0, 1, 2) if unit == 12 else (0, 0, 0)
            write(
                root / "ActionUnit_Labels" / person / f"{person}_au{unit}.txt",
                *(f"{i},{v}" for i, v in enumerate(levels, start=1)),
            )
        for i in range(3):
            picture(root / "frames" / person / f"{i:05}.png", red=10 * (i + 1))
    return root


def bp4d(root: Path, images: str = "Sequences(2D+3D)", first: int = 7) -> Path:
    """F001 and M003 in task T1, frames 7 and 8; AU12 in the second, AU1 not coded there."""
    for person in ("F001", "M003"):
        rows = [(7, {}), (8, {12: 1, 1: 9})]
        write(
            root / "AUCoding/AU_OCC" / f"{person}_T1.csv",
            ",".join(["0", *(str(u) for u in range(1, 28))]),
            *(",".join([str(frame), *(str(on.get(u, 0)) for u in range(1, 28))]) for frame, on in rows),
        )
        for i in range(2):
            picture(root / images / person / "T1" / f"{first + i:04}.png", red=first + i)
    return root


def affectnet(root: Path) -> Path:
    """Pictures 3 (happiness) and 20 (contempt) to train, 0 (no label) and 1 (anger, no valence) to judge."""
    rows = {"train_set": {3: (1, 0.8, 0.4), 20: (7, -0.5, 0.3)}, "val_set": {0: (9, -2, -2), 1: (6, -2, -2)}}
    for part, pictures in rows.items():
        for number, values in pictures.items():
            picture(root / part / "images" / f"{number}.png", red=number)
            (root / part / "annotations").mkdir(exist_ok=True)
            for name, value in zip(("exp", "val", "aro"), values, strict=True):
                np.save(root / part / "annotations" / f"{number}_{name}.npy", np.array(str(value)))
    return root


def aff_wild2(root: Path) -> Path:
    """One film to train, one to judge; image 2 of each is missing, frame 3 has no label."""
    lists = {
        "AU_Detection_Challenge": (
            ",".join(f"AU{n}" for n in (1, 2, 4, 6, 7, 10, 12, 15, 23, 24, 25, 26)),
            "1" + ",0" * 11,
            "0" + ",1" * 11,
            "-1" + ",-1" * 11,
            "-1" + ",1" * 11,
        ),
        "EXPR_Classification_Challenge": (
            "Neutral,Anger,Disgust,Fear,Happiness,Sadness,Surprise,Other", "4", "1", "-1", "7",
        ),
        "VA_Estimation_Challenge": ("valence,arousal", "0.5,-0.25", "0.1,0.1", "-5,-5", "-1,1"),
    }  # fmt: skip
    for challenge, lines in lists.items():
        write(root / "annotations" / challenge / "Train_Set/1-2.txt", *lines)
        write(root / "annotations" / challenge / "Validation_Set/9_left.txt", *lines)
    for film in ("1-2", "9_left"):
        for i in (1, 3, 4):
            picture(root / "cropped_aligned" / film / f"{i:05}.jpg", red=i)
    return root


def raf_db(root: Path) -> Path:
    write(root / "basic/EmoLabel/list_patition_label.txt", "train_00001.jpg 4", "train_00002.jpg 7", "test_0001.jpg 1")
    for name in ("train_00001", "train_00002", "test_0001"):
        picture(root / "basic/Image/original" / f"{name}.jpg")
    return root


def fec(root: Path) -> Path:
    """A triplet that all agree on, one that half do, one of which a picture is gone."""

    def row(names: str, kind: str, votes: str) -> str:
        cells = [f'"http://x.org/{n}.png", 0.0, 0.5, 0.25, 0.75' for n in names]
        return ", ".join([*cells, f"{kind}_CLASS_TRIPLET", *(f"who{i}, {v}" for i, v in enumerate(votes))])

    write(
        root / "faceexp-comparison-data-test-public.csv",
        row("abc", "ONE", "111111"),
        row("cba", "TWO", "112233"),
        row("abz", "TWO", "333333"),
        row("bcd", "THREE", "223222"),
    )
    for i, name in enumerate("abcd"):
        picture(root / "images" / f"{name}.png", red=i)
    return root


def fer2013(path: Path) -> Path:
    def row(emotion: int, grey: int, usage: str) -> str:
        return f"{emotion},{' '.join([str(grey)] * 2304)},{usage}"

    write(path, "emotion,pixels,Usage", row(3, 10, "Training"), row(6, 200, "PublicTest"), row(0, 99, "PrivateTest"))
    return path
