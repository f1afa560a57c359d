"""JSON Lines: one meeting per line with all that hangs on it; every other table with one row per line."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from ...tables.schema import TABLES
from ..release import Release

NESTED = ("participants", "topics", "evidence", "status_history", "outcomes", "links", "meeting_partners")
"""Tables whose rows stand inside the line of their meeting."""


def write(release: Release, to: Path) -> None:
    (to / "jsonl").mkdir()
    for name in TABLES:
        if name not in NESTED:
            rows = nested_meetings(release) if name == "meetings" else release.rows(name)
            with (to / "jsonl" / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)


def nested_meetings(release: Release) -> list[dict[str, Any]]:
    """Meetings, each with its participants, topics, evidence and so on as lists."""
    parts: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for name in NESTED:
        for row in release.rows(name):
            parts[row.pop("meeting_id"), name].append(row)
    return [
        meeting | {name: parts[meeting["meeting_id"], name] for name in NESTED} for meeting in release.rows("meetings")
    ]
