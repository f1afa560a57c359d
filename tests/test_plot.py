"""Figures draw what the analysis functions say; looks are checked by eye in the gallery."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import china_defence_dialogues as cdd

matplotlib = pytest.importorskip("matplotlib")


@pytest.fixture(autouse=True)
def drawing(use_study: Path) -> Iterator[None]:
    matplotlib.use("Agg")
    yield
    matplotlib.pyplot.close("all")


def labels(ax: Any) -> set[str]:
    legend = ax.get_legend()
    return {text.get_text() for text in legend.get_texts()} if legend else set()


def texts(ax: Any) -> set[str]:
    return {text.get_text() for text in ax.texts}


def test_timeline_marks_every_dated_record_by_status() -> None:
    ax = cdd.plot.timeline("USA")
    assert labels(ax) == {
        "held (5)", "refused or no answer (2)", "called off or no-show (1)", "asked, planned or lapsed (1)",
        "suspension", "suspension, end not known",
    }  # fmt: skip
    assert [tick.get_text() for tick in ax.get_yticklabels()] == [
        "ministers",
        "vice-ministers",
        "level unknown",
        "suspended",
    ]
    assert "9 dated records" in ax.get_xlabel()


def test_heatmap_prints_counts_and_hatches_what_was_not_searched() -> None:
    ax = cdd.plot.heatmap(2020, 2024)
    assert [tick.get_text() for tick in ax.get_yticklabels()] == ["United States (4)", "Russia (3)"]
    assert sorted(text.get_text() for text in ax.texts) == ["1", "1", "1", "1", "3"]
    hatched = [patch for patch in ax.patches if patch.get_hatch()]
    # USA 2020 and Russia 2024; USA 2024 has a contact, though not searched
    assert sorted((patch.get_x(), patch.get_y()) for patch in hatched) == [(2019.5, -0.5), (2023.5, 0.5)]


def test_levels_and_sides_add_up_to_the_contacts() -> None:
    ax = cdd.plot.levels_over_time()
    assert sum(patch.get_height() for patch in ax.patches) == 7
    assert "1 more of no certain year" in ax.get_xlabel()
    assert labels(cdd.plot.sidedness()) == {"both sides (3)", "PRC only (1)", "partner only (3)", "neither (1)"}
    ax = cdd.plot.sidedness(by="partner")
    assert [tick.get_text() for tick in ax.get_yticklabels()][:2] == ["Russia", "United States"]


def test_ties() -> None:
    ax = cdd.plot.ties()
    assert texts(ax) == {"Wei Fenghe", "Dong Jun", "Lloyd Austin (USA)"}
    widths = sorted(line.get_linewidth() for line in ax.lines)
    assert widths == [0.6 + 4.4 / 2, 0.6 + 4.4]
    assert "Association of Southeast Asian Nations" in texts(cdd.plot.ties(kind="forum"))


def test_first_since_gaps() -> None:
    ax = cdd.plot.first_since_gaps("USA")
    # two ministers' meetings follow one of their kind, and the deputies' talk follows them at a higher level
    assert labels(ax) == {"gap known (3)", "none before on record (1)"}
    assert "23" in texts(ax)


def test_venues() -> None:
    ax = cdd.plot.venues()
    assert texts(ax) == {"Singapore 2", "Moscow 1"}
    assert "3 of 8 have a city on record" in ax.get_xlabel()


def test_coastline_is_within_the_world_and_says_where_it_is_from() -> None:
    from china_defence_dialogues.plot import maps

    rings = maps.land()
    assert len(rings) > 100
    assert all(-90 <= lat <= 90 for ring in rings for _, lat in ring)
    assert all(
        abs(left[0] - right[0]) < 180
        for ring in rings
        for left, right in zip(ring, ring[1:], strict=False)
        if left[1] > -60
    )
    text = (Path(maps.__file__).parent / "land.json").read_text()
    assert "public domain" in text[:500]


def test_empty_selections_say_so() -> None:
    assert "no dated record" in texts(cdd.plot.timeline("USA", since="1990", until="1991"))
    assert "no tie on record" in texts(cdd.plot.ties(1990))
    assert "no dated contact" in texts(cdd.plot.first_since_gaps("JPN"))
    assert "no dated contact" in texts(cdd.plot.levels_over_time(partner="JPN"))
    assert "no contact on record" in texts(cdd.plot.sidedness(partner="JPN"))
    assert "no contact with a known city" in texts(cdd.plot.venues(partner="JPN"))
    assert "no contact on record in these years" in texts(cdd.plot.heatmap(1950, 1951))


def test_given_axes_are_drawn_on_and_bad_arguments_refused() -> None:
    _, ax = matplotlib.pyplot.subplots()
    assert cdd.plot.levels_over_time(ax=ax) is ax
    for call, words in (
        (lambda: cdd.plot.timeline("Rusia"), "Russia"),
        (lambda: cdd.plot.heatmap(2020, 2021, top=0), "positive"),
        (lambda: cdd.plot.sidedness(by="yaer"), "partner, year|nearest: year"),
        (lambda: cdd.plot.ties(kind="people"), "official"),
    ):
        with pytest.raises(ValueError, match=words):
            call()
