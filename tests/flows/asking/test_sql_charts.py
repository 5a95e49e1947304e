"""Which answers are drawn, and how: shapes, gaps, wide characters, tables that fold."""

from datetime import date, datetime

import pytest
from PIL import Image
from rich.cells import cell_len

from flows.asking.files import json_of
from flows.asking.pictures import save_png, ticks_of
from flows.asking.screencharts import draw
from flows.asking.shapes import chart_of
from flows.asking.tables import Look, fold, table_of
from records import WakhanError
from warehouse.asking import Answer


def answer(columns: str, *rows: tuple[object, ...], cut: bool = False) -> Answer:
    return Answer(columns=tuple(columns.split()), rows=rows, cut=cut, seconds=0.01)


MONDAY, LATER = date(2026, 11, 2), date(2026, 11, 16)


def test_a_period_without_a_row_is_zero_for_counts_and_a_gap_for_measures():
    counts = chart_of(answer("week n", (MONDAY, 3), (LATER, 5)), "q")
    assert (counts.step, counts.series[0].values, counts.notes) == (
        "week",
        (3, 0, 5),
        ("a week without a row is zero",),
    )
    means = chart_of(answer("week n", (MONDAY, 3.5), (LATER, 5.0)), "q")
    assert (means.series[0].values, means.notes) == ((3.5, None, 5.0), ("a week without a row is a gap",))


@pytest.mark.parametrize(
    ("moments", "step", "labels"),
    [
        ([date(2026, 1, 1), date(2026, 3, 1)], "month", 3),
        ([date(2025, 1, 1), date(2026, 1, 1)], "year", 2),
        ([date(2026, 1, 1), date(2026, 7, 1)], "quarter", 3),
        ([datetime.fromisoformat("2026-11-01 22:00"), datetime.fromisoformat("2026-11-02 01:00")], "hour", 4),
        ([date(2026, 11, 4), date(2026, 11, 3)], "day", 2),
    ],
)
def test_the_period_is_read_from_the_times(moments, step, labels):
    chart = chart_of(answer("at n", *((moment, 1) for moment in moments)), "q")
    assert (chart.step, len(chart.labels)) == (step, labels)


def test_a_single_moment_is_not_said_to_be_a_day():
    shown = draw(chart_of(answer("period mentions", (MONDAY, 7)), "q"), Look(width=60))
    assert shown.splitlines()[1] == "mentions, 2026-11-02"


def test_a_long_answer_becomes_a_series_a_name():
    rows = [(MONDAY, "ru", 3), (LATER, "ru", 4), (LATER, "zh", 5)]
    chart = chart_of(answer("week language n", *rows), "q")
    assert {series.name: series.values for series in chart.series} == {"ru": (3, 0, 4), "zh": (0, 0, 5)}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer("a b", ("x", "y")), "no shape to draw: a .text., b .text.. A chart wants a time"),
        (answer("n", (1,)), "no shape to draw"),
        (answer("day n"), "no rows"),
        (answer("day n", (MONDAY, 1), (MONDAY, 2)), "several rows have day 2026-11-02"),
        (answer("at n", (datetime.fromisoformat("2026-01-01 01:02:03"), 1)), "date_trunc"),
        (answer("day n", (MONDAY, None)), "neither"),
    ],
)
def test_an_answer_without_a_shape_is_told_which_is_wanted(given, said):
    with pytest.raises(WakhanError, match=said):
        chart_of(given, "q")


def test_bars_of_wide_and_narrow_names_begin_in_one_column():
    shown = draw(chart_of(answer("outlet n", ("天山观察", 2), ("Пайғом", 4)), "q"), Look(width=60)).splitlines()[3:]
    assert len({cell_len(line[: line.index("█")]) for line in shown}) == 1
    assert all(cell_len(line) <= 60 for line in shown)


def test_a_year_of_days_fits_the_screen_and_says_how():
    rows = [(date.fromordinal(date(2026, 1, 1).toordinal() + n), n % 7) for n in range(365)]
    shown = draw(chart_of(answer("day n", *rows), "q"), Look(width=80))
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "each column is the highest of 5 days" in shown


def test_a_picture_grows_with_its_bars(tmp_path):
    heights = []
    for count in (2, 12):
        rows = [(f"国防 {n}", -n, n / 3) for n in range(count)]
        save_png(chart_of(answer("outlet low high", *rows), "何 Что? " * 20), tmp_path / "a.png")
        with Image.open(tmp_path / "a.png") as image:
            heights.append(image.height)
    assert heights[1] > heights[0] + 500


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [(0, 20, [0, 5, 10, 15, 20]), (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (-3, 4, [-4, -2, 0, 2, 4]), (0, 0, None)],
)
def test_ticks_are_round_and_reach_the_ends(low, high, ticks):
    found = ticks_of(low, high)
    assert found == ticks if ticks else len(found) > 1
    assert found[0] <= low <= high <= found[-1]


def test_a_table_folds_to_the_screen_and_shows_what_is_null():
    text = "中塔联合反恐演练在塔吉克斯坦举行 " * 3
    shown = table_of(answer("title n yes", (text, 7, True), (None, None, False)), Look(width=40, colours=False))
    assert all(cell_len(line) <= 40 for line in shown.splitlines())
    assert "NULL" in shown
    assert "true" in shown


def test_many_columns_are_shown_a_line_each():
    names = " ".join(f"column_{n}" for n in range(20))
    shown = table_of(answer(names, tuple(range(100, 120))), Look(width=80))
    assert "column_7   107" in shown


def test_a_table_drives_no_terminal():
    shown = table_of(answer("title", ("a\x1b[31mb\u202ec\n",)))
    assert not {"\x1b", "\u202e"} & set(shown)


@pytest.mark.parametrize("text", ["слово " * 30, "塔吉克斯坦" * 20, "a" * 100, "x"])
def test_folding_loses_nothing_that_has_room(text):
    lines = fold(text.strip(), 17, 100)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= 17 for line in lines)


def test_json_keeps_columns_of_the_same_name_and_has_no_nan():
    assert json_of(answer("a a", (1, float("nan")))).split() == ["[", "{", '"a":', "1,", '"a_1":', "null", "}", "]"]
