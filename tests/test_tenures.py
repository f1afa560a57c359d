"""Who held a post: proven, possible, vacant, not yet created."""

from __future__ import annotations

from datetime import date

import pytest

from china_defence_dialogues.tenures import TenureIndex, outside_life, spell


def tenure(person: str, **bounds: str) -> object:
    known = {"start": None, "end": None, "first_seen": None, "last_seen": None} | bounds
    return spell(person, "p", acting=person == "deputy", source="s", **known)  # type: ignore[arg-type]


INDEX = TenureIndex(
    [
        tenure("a", start="2001-02-03", end="2004-05"),  # type: ignore[list-item]
        tenure("b", start="2004-06", end="2008-01-01"),  # type: ignore[list-item]
        tenure("c", first_seen="2010-03-01", last_seen="2011-09-30"),  # type: ignore[list-item]
        tenure("deputy", start="2009-01-01", end="2009-12-31"),  # type: ignore[list-item]
    ],
    [("p", date(2008, 1, 2), date(2008, 12, 31)), *outside_life("p", "2001-02", "2012")],
)


@pytest.mark.parametrize(
    ("on", "answer", "people"),
    [
        (date(2001, 2, 3), "one", {"a"}),
        (date(2004, 5, 1), "one", {"a"}),
        (date(2004, 5, 20), "unknown", {"a", "c"}),
        (date(2004, 6, 1), "unknown", {"b", "c"}),
        (date(2004, 6, 30), "one", {"b"}),
        (date(2008, 6, 1), "none", set()),
        (date(2009, 6, 1), "one", {"deputy"}),
        (date(2010, 6, 1), "one", {"c"}),
        (date(2011, 12, 1), "unknown", {"c"}),
        (date(2001, 1, 31), "none", set()),
        (date(2013, 1, 1), "none", set()),
    ],
)
def test_answer(on: date, answer: str, people: set[str]) -> None:
    found = INDEX.who_held("p", on)
    assert found.answer == answer
    assert {item.person for item in found.holders} == people


def test_a_span_gives_everyone_proven_in_it() -> None:
    found = INDEX.who_held("p", date(2004, 1, 1), date(2004, 12, 31))
    assert (found.answer, {item.person for item in found.holders}) == ("several", {"a", "b"})


def test_acting_is_kept() -> None:
    assert INDEX.who_held("p", date(2009, 6, 1)).holders[0].acting


def test_may_have_held_is_false_only_when_ruled_out() -> None:
    assert INDEX.may_have_held("c", "p", date(2005, 1, 1), date(2005, 1, 1))
    assert not INDEX.may_have_held("a", "p", date(2005, 1, 1), date(2005, 1, 1))
    assert not INDEX.may_have_held("nobody", "p", date(2005, 1, 1), date(2005, 1, 1))


def test_overlaps_leave_a_day_of_handover_and_acting_holders_alone() -> None:
    index = TenureIndex(
        [
            tenure("a", start="2001-01-01", end="2004-05-10"),  # type: ignore[list-item]
            tenure("b", start="2004-05-10", end="2005-01-01"),  # type: ignore[list-item]
            tenure("deputy", start="2004-01-01", end="2005-01-01"),  # type: ignore[list-item]
            tenure("d", start="2004-12-01", end="2006-01-01"),  # type: ignore[list-item]
        ]
    )
    assert [(left.person, right.person) for left, right in index.overlaps("p")] == [("b", "d")]
