"""Krippendorff's alpha on the worked examples of "Computing Krippendorff's Alpha-Reliability" (2011)."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

import china_defence_dialogues as cdd
from china_defence_dialogues.analysis.agreement import pair_interval

N = None
BINARY = ([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0])
NOMINAL = (list("aabbdcccedda"), list("babbbcccedddd"[:12]))
FOUR = (
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
)


@pytest.mark.parametrize(
    ("coders", "metric", "expected"),
    [
        (BINARY, "nominal", 0.095),
        (NOMINAL, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
    ],
)
def test_published_examples(coders: Any, metric: Any, expected: float) -> None:
    assert cdd.krippendorff_alpha(zip(*coders, strict=True), metric=metric) == pytest.approx(expected, abs=0.0005)


def test_ends_of_the_scale() -> None:
    assert cdd.krippendorff_alpha([["a", "a"], ["b", "b"]]) == 1
    assert cdd.krippendorff_alpha([["a", "b"], ["b", "a"]]) == -0.5
    assert math.isnan(cdd.krippendorff_alpha([["a", "a"], ["a", "a"]]))
    assert math.isnan(cdd.krippendorff_alpha([["a", None]]))


def test_interval_holds_the_value_and_is_the_same_each_time() -> None:
    pairs = [("a", "a")] * 20 + [("b", "b")] * 15 + [("a", "b")] * 3 + [("b", "a")] * 2
    low, high = pair_interval(pairs) or (1, 0)
    assert low < cdd.krippendorff_alpha(pairs) < high
    assert high - low < 0.6
    assert pair_interval(pairs[::-1]) == (low, high)
    assert pair_interval(pairs[:9]) is None
    assert pair_interval([("a", "a")] * 20) is None


def test_neither_order_of_units_nor_of_coders_matters() -> None:
    units = list(zip(*FOUR, strict=True))
    expected = cdd.krippendorff_alpha(units, metric="interval")
    shuffled = [random.Random(3).sample(unit, 4) for unit in random.Random(4).sample(units, len(units))]
    assert cdd.krippendorff_alpha(shuffled, metric="interval") == pytest.approx(expected)
