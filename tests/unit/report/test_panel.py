"""Bars say what they should, and keep their place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from mien.bags.read import Names
from mien.core.types import U8, Affects, Method
from mien.report import text
from mien.report.layout import layout, tile_layout
from mien.report.panel import Panel, Row, Slots, action_unit_rows, blendshape_rows
from mien.report.style import ORANGE, PANEL, SKY, TROUGH, YELLOW
from mien_models.spaces import arkit, facs

from ..bags.sessions import affect, moment, shapes, stamp  # noqa: TID252


def test_pairs_share_a_row_left_first() -> None:
    rows = blendshape_rows(arkit.BLENDSHAPES)
    by_label = {r.label: r.indices for r in rows}
    assert by_label["mouthSmile"] == (arkit.INDEX["mouthSmileLeft"], arkit.INDEX["mouthSmileRight"])
    assert by_label["jaw sideways"] == (arkit.INDEX["jawLeft"], arkit.INDEX["jawRight"])
    assert by_label["jawOpen"] == (arkit.INDEX["jawOpen"],)
    assert sorted(i for r in rows for i in r.indices) == list(range(52))


def test_action_units_carry_code_and_meaning() -> None:
    rows = action_unit_rows(facs.AUS)
    assert Row("AU12", "lip corner puller", (facs.INDEX["AU12L"], facs.INDEX["AU12R"])) in rows
    assert Row("AU26", "jaw drop", (facs.INDEX["AU26"],)) in rows
    assert action_unit_rows(("AU99",)) == [Row("AU99", "", (0,))]


def test_the_strongest_rows_are_chosen_and_keep_their_place() -> None:
    slots = Slots(3)
    assert slots.choose(np.array([0.1, 0.9, 0.5, 0.7, 0.0]), stamp(0)) == [1, 3, 2]
    # Ranks change, the set does not: no row moves.
    assert slots.choose(np.array([0.1, 0.6, 0.9, 0.8, 0.0]), stamp(1)) == [1, 3, 2]
    # Slightly stronger than the weakest is not enough; clearly stronger is.
    assert slots.choose(np.array([0.1, 0.6, 0.9, 0.8, 0.7]), stamp(2)) == [1, 3, 2]
    assert slots.choose(np.array([0.1, 0.1, 0.9, 0.8, 1.0]), stamp(40)) == [4, 3, 2]


def test_a_gap_in_time_starts_the_choice_anew() -> None:
    slots = Slots(2)
    slots.choose(np.array([0.9, 0.8, 0.0, 0.0]), stamp(0))
    assert slots.choose(np.array([0.0, 0.0, 0.2, 0.3]), stamp(1000)) == [3, 2]
    assert slots.choose(np.array([0.4, 0.1, 0.2, 0.3]), stamp(0)) == [0, 3]  # back in time


def test_a_row_that_was_not_observed_counts_as_nothing() -> None:
    assert Slots(1).choose(np.array([np.nan, 0.1]), stamp(0)) == [1]


def drawn(weights: object = None, **units: float) -> U8:
    m = moment(0, weights=shapes(jawOpen=0.5) if weights is None else weights)  # type: ignore[arg-type]
    assert m.affects
    m.affects = Affects(m.affects.header, (affect(1, **units),))
    out = np.zeros((720, 356, 3), np.uint8)
    Panel(356, 720, 17, Names()).draw(out, m, 1)
    return out


def width_of(image: U8, color: tuple[int, int, int]) -> int:
    """Pixels of this colour in the row that has the most of them."""
    return int((image == np.array(color)).all(2).sum(1).max())


def shade(color: tuple[int, int, int], confidence: float) -> tuple[int, int, int]:
    t = 0.4 + 0.6 * confidence
    r, g, b = (round(t * c + (1 - t) * u) for c, u in zip(color, TROUGH, strict=True))
    return r, g, b


@pytest.mark.parametrize("value", [0.0, 0.25, 0.5, 1.0])
def test_a_bar_is_as_long_as_its_blendshape(value: float) -> None:
    image = drawn(shapes(jawOpen=value))
    full = width_of(drawn(shapes(jawOpen=1.0)), shade(SKY, 0.9))
    assert full > 80
    assert width_of(image, shade(SKY, 0.9)) == pytest.approx(value * full, abs=1)


def test_action_units_fill_their_bar_at_five() -> None:
    full = width_of(drawn(AU12L=5.0), shade(ORANGE, 0.8))
    assert width_of(drawn(AU12L=2.0), shade(ORANGE, 0.8)) == pytest.approx(0.4 * full, abs=1)


def test_left_lies_above_right() -> None:
    blue = (drawn(shapes(mouthSmileLeft=0.8, mouthSmileRight=0.2)) == np.array(shade(SKY, 0.9))).all(2).sum(1)
    rows = np.flatnonzero(blue)
    top, bottom = blue[rows[0]], blue[rows[-1]]
    assert top == pytest.approx(4 * bottom, abs=4)


def test_a_bar_moves_by_less_than_a_pixel() -> None:
    assert (drawn(shapes(jawOpen=0.500)) != drawn(shapes(jawOpen=0.502))).any()


def test_the_strip_shows_every_probability() -> None:
    image = drawn()
    strip = width_of(image, YELLOW)
    inner = 356 - 2 * round(0.9 * 17)
    assert strip == pytest.approx(0.86 * inner, abs=3)


def test_the_dot_lies_at_valence_and_arousal() -> None:
    m = moment(0)
    assert m.affects
    images = []
    for valence, arousal in ((-0.8, 0.0), (0.8, 0.0), (0.0, 0.8)):
        a = replace(affect(), valence=valence, arousal=arousal)
        m.affects = Affects(m.affects.header, (a,))
        out = np.zeros((720, 356, 3), np.uint8)
        Panel(356, 720, 17, Names()).draw(out, m, 1)
        images.append(out)
    left, right, up = (np.argwhere((i[580:, :130] > 200).all(2)).mean(0) for i in images)
    assert left[1] < up[1] < right[1]
    assert up[0] < left[0] == pytest.approx(right[0], abs=0.5)


def test_nobody_and_nothing_observed_draw_no_bar() -> None:
    nothing = np.zeros((720, 356, 3), np.uint8)
    Panel(356, 720, 17, Names()).draw(nothing, moment(0, ids=()), None)
    m = moment(0, weights=np.full(52, np.nan, np.float32))
    assert m.affects
    none = replace(
        affect(), au_intensity=np.full(len(facs.AUS), np.nan, np.float32),
        emotion=np.full(8, np.nan, np.float32), valence=np.nan, arousal=np.nan, au_method=Method.NONE,
    )  # fmt: skip
    m.affects = Affects(m.affects.header, (none,))
    unknown = np.zeros((720, 356, 3), np.uint8)
    Panel(356, 720, 17, Names()).draw(unknown, m, 1)
    for image in (nothing, unknown):
        assert width_of(image, TROUGH) > 50
        assert not (image == np.array(YELLOW)).all(2).any()
        colourful = image.max(2).astype(int) - image.min(2) > 60
        assert colourful[60:].sum() == 0
        assert (image[0, 0] == PANEL).all()


@pytest.mark.parametrize(
    ("width", "height"), [(640, 360), (640, 480), (1280, 720), (1920, 1080), (3840, 2160), (160, 120), (101, 333)]
)
def test_pictures_are_even_and_of_a_size_that_can_be_read(width: int, height: int) -> None:
    sizes = layout(width, height)
    w, h = sizes.size
    assert w % 2 == h % 2 == 0
    assert 358 <= sizes.height <= 1080
    assert sizes.width <= 1920
    assert sizes.body >= 11
    assert sizes.width / sizes.height == pytest.approx(width / height, rel=0.02)
    assert layout(width, height, panel=False).panel == 0
    assert tile_layout(width, height, 480).size[0] == 960


@pytest.mark.parametrize(("width", "height"), [(640, 360), (1920, 1080)])
def test_everything_fits_in_the_panel(width: int, height: int) -> None:
    sizes = layout(width, height)
    out = np.zeros((sizes.height, sizes.panel, 3), np.uint8)
    m = moment(0, weights=np.linspace(0, 1, 52, dtype=np.float32))
    Panel(sizes.panel, sizes.height, sizes.body, Names()).draw(out, m, 1)
    lit = np.argwhere((out.astype(int) - np.array(PANEL) > 40).any(2))
    assert lit[:, 0].max() < sizes.height - sizes.body // 3
    assert lit[:, 1].max() < sizes.panel - sizes.body // 2
    assert lit[:, 0].max() > 0.9 * sizes.height  # nor is room wasted


@pytest.mark.parametrize("track_id", [1, 792541, 4294967295])
def test_the_angles_leave_room_for_a_long_id(track_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ends: dict[str, tuple[float, float]] = {}
    put = text.put

    def watched(image: U8, words: str, x: float, y: float, px: int, *args: object, **kwargs: object) -> None:
        wide = text.width(words, px, bool(kwargs.get("bold")))
        left = x - wide if kwargs.get("align") == "right" else x
        ends[words] = left, left + wide
        put(image, words, x, y, px, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(text, "put", watched)
    sizes = layout(640, 360)
    out = np.zeros((sizes.height, sizes.panel, 3), np.uint8)
    Panel(sizes.panel, sizes.height, sizes.body, Names()).draw(out, moment(0, ids=(track_id,)), track_id)
    (angles,) = (words for words in ends if words.count("°") == 3)
    assert ends[f"face {track_id}"][1] < ends[angles][0]
    assert ends[angles][1] < sizes.panel
