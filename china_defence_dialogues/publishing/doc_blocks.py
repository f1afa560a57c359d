"""Generated blocks of the pages in docs/ beyond those of README.md."""

from __future__ import annotations

from ..analysis.frames import is_missing, records
from ..analysis.quality import reliability


def reliability_table(_: str = "") -> str:
    """Measures of reliability as a Markdown table."""
    lines = ["| measure | value | 95 % interval | rests on | note |", "|---|---|---|---|---|"]
    for row in records(reliability()):
        interval = "" if is_missing(row["low"]) else f"{_shown(row, 'low')} to {_shown(row, 'high')}"
        lines.append(f"| {row['measure']} | {_shown(row, 'value')} | {interval} | {row['n']:,} | {row['note']} |")
    return "\n".join(lines) + "\n"


def _shown(row: dict[str, object], name: str) -> str:
    value = row[name]
    if is_missing(value):
        return "not defined"
    number = float(str(value))
    if row["measure"] == "estimated_contacts":
        return f"{number:,.0f}"
    return f"{number:.2f}" if str(row["measure"]).startswith("alpha") else f"{number:.0%}"
