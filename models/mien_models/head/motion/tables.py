"""Tables of the sampler: emotion prototypes, companions, random units, visemes.

Numbers are weights, probabilities and FACS intensities, set by hand. Prototypes follow EMFACS and
the table 11-1 of the FACS Investigator's Guide (Ekman, Friesen & Hager, 2002) with the frequent
variants of Du, Tao & Martinez, "Compound facial expressions of emotion", PNAS 111 (2014).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mien_models.head.motion.channels import Name


@dataclass(frozen=True, slots=True)
class Prototype:
    """One way to show an emotion: core units, and units that often join them.

    The first core unit is always shown, the others may be left out; those in `half` are shown at
    about half the strength (surprise has AU5 at B). `one_sided`: on one side of the face only.
    """

    core: tuple[int, ...]
    joining: tuple[int, ...] = ()
    half: tuple[int, ...] = ()
    one_sided: bool = False


PROTOTYPES: dict[str, tuple[Prototype, ...]] = {
    "happiness": (
        Prototype((12, 6), (7,)),
        Prototype((12, 6, 25), (7, 10), half=(10,)),
        Prototype((12, 6, 25, 26), (7, 10), half=(10, 26)),
        Prototype((12, 6, 25, 27), (7, 43)),  # laughing
        Prototype((12, 6, 43), (7, 25)),  # with shut eyes
        Prototype((12, 25)),
        Prototype((12,)),
    ),
    "sadness": (
        Prototype((1, 4, 15), (6, 7, 17), half=(6, 7)),
        Prototype((1, 4, 15, 17), (7, 43), half=(7, 43)),
        Prototype((15, 4), (17, 24), half=(17, 24)),
        # Crying: lips are drawn wide and down under raised cheeks; this is not a smile.
        Prototype((4, 6, 20, 25), (1, 7, 9, 10, 12, 15, 17, 26, 43), half=(9, 10, 12)),
        Prototype((1, 4, 7, 15, 25, 26), (6, 10, 16, 20, 43), half=(26,)),
        Prototype((4, 6, 10, 20, 25, 27), (1, 7, 9, 12, 16, 43), half=(12,)),  # bawling
        # Holding back tears: lips closed and drawn wide.
        Prototype((1, 4, 20), (6, 7, 12, 14, 17, 43), half=(12, 14)),
        Prototype((4, 20, 43), (1, 6, 7, 12, 14, 15, 24), half=(12, 14, 24)),
        # The corners of a crying mouth may be drawn up as far as those of a smile; brows and lids tell them apart.
        Prototype((4, 12, 43), (1, 6, 7, 17, 20)),
        Prototype((4, 12, 1), (6, 7, 9, 17, 25, 43), half=(9,)),
        Prototype((1, 4), (2, 5, 7, 17, 25), half=(2, 5, 7)),  # worry
    ),
    "surprise": (
        Prototype((1, 2, 5, 26), (25,), half=(5,)),
        Prototype((1, 2, 5, 27), half=(5,)),
        Prototype((1, 2, 25, 26), (5,), half=(5, 26)),
        Prototype((1, 2, 5)),
    ),
    "fear": (
        Prototype((1, 2, 4, 5, 20, 25), (7, 26), half=(2, 26)),
        Prototype((1, 2, 4, 5, 20, 26), (7, 25), half=(2,)),
        Prototype((1, 4, 20, 25), (5, 2), half=(2,)),
        Prototype((1, 2, 4, 5, 20, 25, 27), (7, 16)),  # screaming
    ),
    "anger": (
        Prototype((4, 5, 7, 24), (17, 23), half=(17,)),
        Prototype((4, 5, 7, 23), (10, 17, 24), half=(10, 17)),
        Prototype((4, 5, 7, 23, 25, 26), (10, 16), half=(26,)),
        Prototype((4, 7, 24), (10, 17), half=(10,)),
        Prototype((4, 7, 10, 25, 27), (5, 9, 16, 20)),  # shouting
        Prototype((4, 7, 9, 10, 25), (5, 16, 20, 23, 26)),  # snarling
    ),
    "disgust": (
        Prototype((9, 15, 17), (4, 7, 10)),
        Prototype((9, 15, 16), (4, 7, 25)),
        Prototype((10, 4, 17), (7, 9, 24), half=(24,)),
        Prototype((9, 10, 25), (4, 6, 7, 16), half=(6, 16)),
        Prototype((9, 16, 25, 26), (4, 6, 7, 10)),  # gagging
    ),
    "contempt": (
        Prototype((12, 14), one_sided=True),
        Prototype((14,), (10,), half=(10,), one_sided=True),
        Prototype((14,), (17, 24), half=(17, 24), one_sided=True),  # dimple and pressed lips
        Prototype((12,), one_sided=True),
    ),
}
CORE_STAYS = 0.85
JOINS = 0.3
# Probability that an expression is shown at full strength, and that of each joining unit then.
AT_THEIR_FULLEST, JOINS_THEN = 0.3, 0.5

# Combinations of units that are no named emotion. Without these, raised cheeks and closed eyes
# would occur only with a smile. Pain: Prkachin & Solomon, Pain 139 (2008).
GRIMACES: dict[str, tuple[Prototype, ...]] = {
    "pain": (
        Prototype((4, 6, 7, 9), (10, 43, 25, 20, 26), half=(26,)),
        Prototype((4, 7, 10, 25), (6, 9, 20, 27, 43)),
    ),
    "effort": (Prototype((4, 7, 24), (6, 9, 23, 17, 43)), Prototype((4, 7, 20, 25), (6, 9, 10, 16, 43))),
    "dazzled": (Prototype((4, 6, 7), (9, 10, 25), half=(9, 10)), Prototype((7, 6), (10, 12), half=(10, 12))),
    "yawn": (Prototype((27, 43), (4, 6, 7, 2), half=(4,)), Prototype((27, 7), (1, 2, 20))),
    "doubt": (Prototype((15, 17, 1, 2), (24,)), Prototype((17, 2), (15, 14), half=(15,), one_sided=True)),
    "blow": (Prototype((18, 22), (4, 43), half=(4,)), Prototype((18, 24), (1, 2, 43))),
}

# Random units and extras, by how often they are drawn. Rare ones are drawn far more often than
# people show them, because networks must see them to learn them.
POOL: dict[Name, float] = {
    1: 4, 2: 4, 4: 5, 5: 3, 6: 3, 7: 3, 43: 3, 9: 4, 10: 3, 12: 5, 14: 5, 15: 4, 16: 3, 17: 4, 18: 4, 20: 4,
    22: 3, 23: 3, 24: 4, 25: 3, 26: 4, 27: 4, 28: 4,
    "jawForward": 4, "jawLeft": 4, "jawRight": 4, "mouthClose": 4, "mouthLeft": 4, "mouthRight": 4,
    "mouthRollLower": 2, "mouthRollUpper": 2, "mouthShrugUpper": 2, "cheekPuff": 5, "tongueOut": 3,
}  # fmt: skip
# How many are drawn: 1 … 5.
COUNTS = (0.25, 0.25, 0.22, 0.16, 0.12)


@dataclass(frozen=True, slots=True)
class Companion:
    """`joins` accompanies `unit` with a probability, at a share of its intensity between low and high."""

    unit: Name
    joins: Name
    probability: float
    low: float = 0.3
    high: float = 0.9


COMPANIONS: tuple[Companion, ...] = (
    Companion(1, 2, 0.55, 0.5, 1.1), Companion(2, 1, 0.65, 0.5, 1.1),
    Companion(12, 6, 0.5), Companion(6, 12, 0.3), Companion(6, 7, 0.3), Companion(7, 6, 0.2),
    Companion(9, 4, 0.55), Companion(9, 10, 0.5), Companion(9, 7, 0.3), Companion(10, 9, 0.2), Companion(4, 7, 0.25),
    Companion(5, 1, 0.25), Companion(5, 2, 0.3), Companion(15, 17, 0.4), Companion(17, 15, 0.2),
    Companion(23, 24, 0.4), Companion(24, 23, 0.4), Companion(24, 17, 0.25), Companion(18, 22, 0.25),
    Companion(22, 18, 0.3), Companion(22, 25, 0.8, 0.5, 1.0), Companion(20, 25, 0.4),
    Companion(43, 6, 0.3), Companion(43, 4, 0.15), Companion(27, 5, 0.2), Companion("tongueOut", 26, 1.0, 0.4, 1.0),
    Companion("mouthShrugUpper", 17, 1.0, 0.7, 1.2),
    Companion("mouthClose", 26, 1.0, 0.6, 1.4),
    Companion("mouthLeft", 14, 0.2), Companion("mouthRight", 14, 0.2),
)  # fmt: skip

# People can move these on one side only; few people can do so with the first ones.
UNILATERAL = (1, 2, 4, 6, 7, 9, 10, 12, 14, 15, 16, 20, 43)

# Units that flicker on a face at rest.
IDLE: tuple[int, ...] = (1, 2, 4, 6, 7, 10, 12, 14, 15, 17, 20, 23)


@dataclass(frozen=True, slots=True)
class Viseme:
    """A viseme (mouth shape of speech) when pronounced clearly.

    levels: intensities by unit or extra. hold: how strongly it resists its neighbours (the
    dominance of Cohen & Massaro, "Modeling coarticulation in synthetic visual speech", 1993): lips
    must close for a p, while the mouth during an n follows the vowels around it. weight: how often
    it occurs, roughly as in English.
    """

    levels: dict[Name, float] = field(default_factory=dict)
    hold: float = 0.5
    weight: float = 1.0
    vowel: bool = False


# The fifteen visemes of MPEG-4 (ISO/IEC 14496-2, table C-1), less silence.
VISEMES: dict[str, Viseme] = {
    "PP": Viseme({26: 0.9, "mouthClose": 5.0}, 1.0, 6),  # p b m
    "FF": Viseme({"mouthRollLower": 2.6, 10: 1.0, 25: 1.0, 26: 0.6}, 0.95, 4),  # f v
    "TH": Viseme({25: 2.2, 26: 1.6, "tongueOut": 1.4, 16: 0.6}, 0.6, 4),
    "DD": Viseme({25: 1.8, 26: 0.6, 16: 1.0}, 0.55, 12),  # t d
    "kk": Viseme({25: 1.8, 26: 1.0, 16: 0.6}, 0.4, 5),  # k g
    "CH": Viseme({22: 3.2, 18: 1.6, 25: 2.2, 26: 0.6}, 0.85, 3),  # ch j sh
    "SS": Viseme({20: 1.6, 25: 1.9, 16: 1.2, 26: 0.3}, 0.65, 7),  # s z
    "nn": Viseme({25: 1.6, 26: 0.7, 16: 0.6}, 0.5, 10),  # n l
    "RR": Viseme({22: 2.0, 18: 1.4, 25: 1.7, 26: 0.6}, 0.6, 6),
    "aa": Viseme({25: 3.4, 26: 3.6, 16: 1.2, 10: 0.6}, 0.7, 10, vowel=True),
    "E": Viseme({25: 2.8, 26: 2.2, 20: 1.4, 16: 1.2, 10: 0.8}, 0.7, 9, vowel=True),
    "I": Viseme({25: 2.2, 26: 1.0, 20: 2.2, 16: 1.2, 10: 0.6}, 0.7, 10, vowel=True),
    "O": Viseme({25: 2.8, 26: 2.6, 22: 2.2, 18: 1.8}, 0.85, 6, vowel=True),
    "U": Viseme({25: 1.6, 26: 1.1, 18: 3.6, 22: 1.6}, 0.9, 5, vowel=True),
}
