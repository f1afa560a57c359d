"""The same-event test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from china_defence_dialogues.matching import Contact, likely_duplicates, same_event

BASE = Contact(
    id="a", partners=frozenset({"USA"}), start=date(2024, 4, 16), end=date(2024, 4, 16), prc=frozenset({"dong"}),
    foreign=frozenset({"austin"}), group="contact",
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, True),
        ({"start": date(2024, 4, 19), "end": date(2024, 4, 19)}, True),
        ({"start": date(2024, 4, 20), "end": date(2024, 4, 20)}, False),
        ({"start": date(2024, 4, 1), "end": date(2024, 4, 14)}, True),
        ({"start": None, "end": None}, False),
        ({"partners": frozenset({"USA", "JPN"})}, True),
        ({"partners": frozenset({"JPN"})}, False),
        ({"prc": frozenset()}, True),
        ({"prc": frozenset({"liu"})}, False),
        ({"foreign": frozenset({"brown"})}, False),
        ({"group": "non_event"}, False),
        ({"linked": frozenset({"a"})}, False),
        ({"channel": "usa-dpct"}, True),
    ],
)
def test_same_event(change: dict[str, object], expected: bool) -> None:
    other = replace(BASE, id="b", **change)  # type: ignore[arg-type]
    assert same_event(BASE, other) is expected
    assert same_event(other, BASE) is expected


def test_two_named_channels_are_two_events() -> None:
    assert not same_event(replace(BASE, channel="usa-dpct"), replace(BASE, id="b", channel="usa-mmca"))


def test_each_pair_is_found_once_across_shared_partners() -> None:
    both = replace(BASE, partners=frozenset({"USA", "JPN"}))
    pairs = list(
        likely_duplicates(
            [both, replace(both, id="b"), replace(both, id="c", start=date(2024, 6, 1), end=date(2024, 6, 1))]
        )
    )
    assert [(left.id, right.id) for left, right in pairs] == [("a", "b")]
