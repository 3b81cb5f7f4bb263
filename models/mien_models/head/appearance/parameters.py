"""Parameters of a person's appearance, apart from shape: skin, lips, brows, eyes, teeth, hair, beard, clothes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from mien_models.head.model.identity import Identity


class HairStyle(IntEnum):
    """Hair styles."""

    BALD = 0
    BUZZ = 1
    SHORT = 2
    MEDIUM = 3
    LONG = 4
    CURLY = 5
    TIED = 6


# Ranges of the fields that are no shares in [0, 1].
_OTHERS = frozenset({"seed", "hair", "glasses", "frame_colour", "cloth"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """The appearance of one person. Shares are in [0, 1]; `seed` determines all random details."""

    seed: int = 0
    melanin: float = 0.15  # of the skin; 0 to 1 covers the human range
    haemoglobin: float = 0.5
    blotches: float = 0.4
    freckles: float = 0.0
    oil: float = 0.4
    wrinkles: float = 0.0  # depth of wrinkles at rest
    under_eyes: float = 0.3  # darkness under the eyes
    lip_redness: float = 0.5
    lipstick: float = 0.0
    lipstick_hue: float = 0.0  # [-1, 1]: brown to pink
    liner: float = 0.0  # eyeliner
    brow_density: float = 0.7
    brow_thickness: float = 0.5
    brow_height: float = 0.0  # [-1, 1]
    brow_arch: float = 0.5
    lashes: float = 0.6
    iris_melanin: float = 0.7
    iris_size: float = 0.5
    pupil: float = 0.4
    sclera_redness: float = 0.2
    teeth_whiteness: float = 0.6
    hair: HairStyle = HairStyle.SHORT
    hair_melanin: float = 0.8
    hair_redness: float = 0.2
    grey: float = 0.0
    hairline: float = 0.5  # 0 high, 1 low
    fringe: float = 0.0  # how far hair hangs over the forehead
    stubble: float = 0.0
    beard: float = 0.0
    moustache: float = 0.0
    glasses: bool = False
    frame_colour: tuple[float, float, float] = (0.02, 0.02, 0.02)  # linear
    lens_tint: float = 0.0  # 1: sunglasses
    cloth: tuple[float, float, float] = (0.2, 0.25, 0.35)  # linear
    neckline: float = 0.5  # 0 high, 1 low
    creases: float = 0.35  # how strongly skin wrinkles with the expression
    mobility: float = 0.0  # how much farther skin moves than in the data of the head

    def __post_init__(self) -> None:
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name in _OTHERS:
                continue
            low = -1.0 if f.name in {"lipstick_hue", "brow_height"} else 0.0
            if not low <= value <= 1.0:
                raise ValueError(f"{f.name} is {value:g}, not within [{low:g}, 1]")

    @classmethod
    def sample(cls, rng: np.random.Generator, identity: Identity) -> Appearance:
        """A random appearance that suits an identity; the same state of `rng` gives the same one."""
        african, asian, caucasian = (identity[e] for e in ("african", "asian", "caucasian"))
        male, age = identity["masculinity"], max(identity["age"], 0.0)
        melanin = 0.62 * african + 0.17 * asian + 0.10 * caucasian + rng.normal(0, 0.09)
        dark = african + asian + (rng.random() if rng.random() < 0.7 else 1.0) * caucasian
        grown = max(0.0, male - 0.5) * 2 * (identity.years > 17)
        bearded = grown * (rng.random() < 0.35)
        made_up = (male < 0.5) * (identity.years > 15) * (rng.random() < 0.5)
        return cls(
            seed=int(rng.integers(2**31)),
            melanin=_unit(melanin + 0.02),
            haemoglobin=_unit(rng.normal(0.5, 0.15)),
            blotches=_unit(rng.normal(0.4, 0.2) + 0.2 * age),
            freckles=_unit(rng.random() if rng.random() < 0.25 * caucasian + 0.05 else 0.0),
            oil=_unit(rng.normal(0.4, 0.2)),
            wrinkles=_unit(1.1 * age + rng.normal(0, 0.15)),
            under_eyes=_unit(rng.normal(0.3, 0.2) + 0.2 * age),
            lip_redness=_unit(rng.normal(0.5, 0.2) - 0.15 * male),
            lipstick=_unit(made_up * rng.random()),
            lipstick_hue=rng.uniform(-1, 1),
            liner=_unit(made_up * rng.random()),
            brow_density=_unit(rng.normal(0.75, 0.2) + 0.15 * male - 0.2 * age),
            brow_thickness=_unit(rng.normal(0.5, 0.22) + 0.25 * male),
            brow_height=float(np.clip(rng.normal(0, 0.45), -1, 1)),
            brow_arch=_unit(rng.normal(0.6, 0.25) - 0.3 * male),
            lashes=_unit(rng.normal(0.5, 0.2) + 0.3 * made_up - 0.2 * male),
            iris_melanin=_unit(0.8 + rng.normal(0, 0.12) if rng.random() < dark else rng.random() * 0.6),
            iris_size=_unit(rng.normal(0.5, 0.2)),
            pupil=_unit(rng.normal(0.45, 0.2)),
            sclera_redness=_unit(rng.normal(0.2, 0.12) + 0.2 * age),
            teeth_whiteness=_unit(rng.normal(0.65, 0.2) - 0.3 * age),
            hair=_hair(rng, identity),
            hair_melanin=_unit(0.9 + rng.normal(0, 0.08) if rng.random() < dark else rng.uniform(0.1, 0.9)),
            hair_redness=_unit(rng.random() ** 2),
            grey=_unit((age - 0.35) * 1.8 + rng.normal(0, 0.25)),
            hairline=_unit(rng.normal(0.5, 0.25) - 0.4 * male * age),
            fringe=_unit(rng.random() if rng.random() < 0.25 else 0.0),
            stubble=_unit(grown * rng.random()),
            beard=_unit(bearded * rng.uniform(0.3, 1.0)),
            moustache=_unit(grown * rng.uniform(0.3, 1.0) if bearded or rng.random() < 0.1 else 0.0),
            glasses=bool(rng.random() < 0.12 + 0.25 * age),
            frame_colour=_cloth(rng) if rng.random() < 0.4 else (0.015, 0.014, 0.013),
            lens_tint=rng.random() * (rng.random() < 0.04),
            cloth=_cloth(rng),
            neckline=rng.random(),
            creases=_unit(0.28 + 0.75 * age + rng.normal(0, 0.1)),
            mobility=float(rng.beta(1.2, 1.8)),
        )


def _unit(x: float) -> float:
    return float(np.clip(x, 0.0, 1.0))


def _hair(rng: np.random.Generator, identity: Identity) -> HairStyle:
    male, age = identity["masculinity"] > 0.5, max(identity["age"], 0.0)
    styles = list(HairStyle)
    if male:
        weights = np.array([0.06 + 0.35 * age, 0.2, 0.45, 0.12, 0.05, 0.1, 0.02])
    else:
        weights = np.array([0.01, 0.03, 0.15, 0.25, 0.3, 0.1, 0.16])
    weights[HairStyle.CURLY] *= 0.5 + 2.0 * identity["african"]
    return styles[int(rng.choice(len(styles), p=weights / weights.sum()))]


def _cloth(rng: np.random.Generator) -> tuple[float, float, float]:
    value, saturation, hue = rng.uniform(0.02, 0.7), rng.random() ** 2, rng.uniform(0, 6)
    rgb = [value * (1 - saturation * float(np.clip(abs((hue + k) % 6 - 3) - 1, 0, 1))) for k in (0, 2, 4)]
    return rgb[0], rgb[1], rgb[2]
