"""A network in two columns: who of the PRC (or which forum) met whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..analysis.frames import one_of, records
from ..analysis.graphs import KINDS, NetworkKind, network
from .style import BLUE, DARK, INK, ORANGE, axes, dress, nothing, partner_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def ties(
    year: int | None = None, *, kind: NetworkKind = "official", top: int = 25, ax: Axes | None = None, **filters: Any
) -> Axes:
    """The network of `network`, drawn in two columns with lines as wide as the ties are strong.

    Args:
        year: only contacts that may fall in this year.
        kind: "official" (PRC officials to the left, foreign to the right), "forum" (forums, partners) or "dyad".
        top: how many of the strongest ties.
        ax: matplotlib axes to draw on; None for new ones.
        **filters: filters of `load_meetings`.

    Returns:
        The axes; both columns are ordered so that lines cross little.

    Raises:
        UnknownNameError: (a ValueError) for another kind or filter value; ValueError where `top` is not positive.
    """
    one_of("kind of network", kind, KINDS)
    if not isinstance(top, int) or top < 1:
        raise ValueError(f"top must be a positive number of ties, got {top!r}")
    edges = network(year, kind=kind, **filters)
    total = len(edges)
    edges = edges.sort_values(["weight", "source", "target"], ascending=[False, True, True]).head(top)
    title = {"official": "Officials who met", "forum": "Partners met at forums", "dyad": "Partners"}[kind] + (
        f", {year}" if year else ""
    )
    if edges.empty:
        ax = axes(ax, height=2.0)
        nothing(ax, "no tie on record")
        return dress(ax, title)
    left = _places(edges, "source")
    right = _ordered(edges, "target", "source", left)
    height = max(len(left), len(right))
    ax = axes(ax, width=7.2, height=1.2 + 0.21 * height)
    labels = _labels(edges, kind)
    spread = {"left": _spread(left, height), "right": _spread(right, height)}
    most = int(edges["weight"].max())
    for row in records(edges):
        ends = [spread["left"][row["source"]], spread["right"][row["target"]]]
        ax.plot(
            [0, 1],
            ends,
            color=BLUE,
            alpha=0.75,
            linewidth=0.6 + 4.4 * row["weight"] / most,
            solid_capstyle="round",
            zorder=1,
        )
    for side, x, colour, align in (("left", 0, DARK, "right"), ("right", 1, ORANGE, "left")):
        for node, y in spread[side].items():
            ax.scatter([x], [y], color=colour, s=16, zorder=3)
            ax.text(x + (-0.03 if x == 0 else 0.03), y, labels[node], ha=align, va="center", fontsize=7, color=INK)
    ax.set_xlim(-0.85, 1.85)
    ax.set_ylim(height - 0.3, -0.7)
    ax.set_yticks([])
    dress(ax, title, f"{len(edges)} strongest of {total} ties, at most {most} contacts each")
    ax.set_xticks([])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    return ax


def _places(edges: Any, column: str) -> dict[str, int]:
    """Nodes by weight, heaviest on top."""
    weights = edges.groupby(column)["weight"].sum()
    order = sorted(weights.index, key=lambda node: (-weights[node], node))
    return {node: index for index, node in enumerate(order)}


def _ordered(edges: Any, column: str, other: str, places: dict[str, int]) -> dict[str, int]:
    """Nodes at the weighted mean place of those they are tied to."""
    pull: dict[str, float] = {}
    for node, group in edges.groupby(column):
        pull[node] = sum(places[row[other]] * row["weight"] for row in records(group)) / int(group["weight"].sum())
    return {node: index for index, node in enumerate(sorted(pull, key=lambda node: (pull[node], node)))}


def _spread(places: dict[str, int], height: int) -> dict[str, float]:
    """Places spread evenly over the whole height."""
    step = height / len(places)
    return {node: (index + 0.5) * step - 0.5 for node, index in places.items()}


def _labels(edges: Any, kind: str) -> dict[str, str]:
    if kind == "official":
        named = {row["source"]: row["source_name"] for row in records(edges)}
        return named | {row["target"]: f"{row['target_name']} ({row['target_side']})" for row in records(edges)}
    nodes = {*edges["source"], *edges["target"]}
    return {node: node.replace("_", " ") if node.islower() else partner_name(node) for node in nodes}
