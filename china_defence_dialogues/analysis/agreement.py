"""Agreement of coders beyond chance (Krippendorff's alpha, any number of coders, with gaps), and intervals of shares."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any, Literal

from .frames import is_missing, one_of

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS = ("nominal", "ordinal", "interval", "ratio")


Z95 = 1.959964
"""Normal quantile of a two-sided 95 % interval."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """Wilson 95 % interval of a share."""
    centre = (hits + Z95**2 / 2) / (n + Z95**2)
    half = Z95 * math.sqrt(hits * (n - hits) / n + Z95**2 / 4) / (n + Z95**2)
    return max(0.0, centre - half), min(1.0, centre + half)


def krippendorff_alpha(units: Iterable[Sequence[Any]], *, metric: Metric = "nominal") -> float:
    """Krippendorff's alpha.

    Computed from the matrix of coincidences (K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011).

    Args:
        units: one sequence per unit with the values that its coders gave; None and NaN stand for "not coded".
        metric: "nominal", "ordinal", "interval" or "ratio"; all but nominal need numbers.

    Returns:
        1 for perfect agreement, 0 for agreement as by chance, below 0 for systematic disagreement; NaN where fewer than
        two values can be paired, or where every value is the same, so that chance cannot be told from agreement.

    Raises:
        UnknownNameError: (a ValueError) for another metric.
    """
    one_of("metric", metric, METRICS)
    pairable = [[value for value in unit if not is_missing(value)] for unit in units]
    pairable = [unit for unit in pairable if len(unit) > 1]
    totals: Counter[Hashable] = Counter(value for unit in pairable for value in unit)
    n = sum(totals.values())
    values = list(totals) if metric == "nominal" else sorted(totals)  # type: ignore[type-var]
    if n < 2 or len(values) < 2:
        return math.nan
    distance = _distances(values, totals, metric)
    observed = 0.0
    for unit in pairable:
        counts = Counter(unit)
        for left, many in counts.items():
            for right, others in counts.items():
                if left != right:
                    observed += many * others * distance[left, right] / (len(unit) - 1)
    expected = sum(
        totals[left] * totals[right] * distance[left, right] for left in values for right in values if left != right
    )
    return 1 - (n - 1) * observed / expected


def pair_interval(
    pairs: Sequence[tuple[str, str]], *, resamples: int = 1000, seed: int = 1
) -> tuple[float, float] | None:
    """A 95 % bootstrap interval of the nominal alpha of two coders, units drawn anew; the same for the same pairs.

    None where fewer than ten units, or values that never differ, leave nothing to draw from.
    """
    import numpy

    codes = {value: index for index, value in enumerate(sorted({value for pair in pairs for value in pair}))}
    if len(pairs) < 10 or len(codes) < 2:
        return None
    ordered = sorted(pairs)
    counts = numpy.zeros((len(pairs), len(codes)))
    for unit, pair in enumerate(ordered):
        for value in pair:
            counts[unit, codes[value]] += 1
    differ = numpy.array([left != right for left, right in ordered], dtype=float)
    weights = numpy.random.default_rng(seed).multinomial(len(pairs), [1 / len(pairs)] * len(pairs), size=resamples)
    totals, n = weights @ counts, 2 * len(pairs)
    expected = n**2 - (totals**2).sum(axis=1)
    drawn = 1 - (n - 1) * 2 * (weights @ differ)[expected > 0] / expected[expected > 0]
    low, high = numpy.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def _distances(values: list[Any], totals: Counter[Hashable], metric: str) -> dict[tuple[Any, Any], float]:
    """Squared difference of every two values."""
    found: dict[tuple[Any, Any], float] = {}
    for low, left in enumerate(values):
        for high in range(low + 1, len(values)):
            right = values[high]
            if metric == "nominal":
                distance = 1.0
            elif metric == "ordinal":
                between = sum(totals[value] for value in values[low : high + 1])
                distance = (between - (totals[left] + totals[right]) / 2) ** 2
            elif metric == "interval":
                distance = float(left - right) ** 2
            else:
                distance = (float(left - right) / float(left + right)) ** 2
            found[left, right] = found[right, left] = distance
    return found
