"""GraphML: the dyads as a multigraph with one edge per contact attempt, and the officials who met each other.

`dyads.graphml`: nodes are China and its partners, edges core records without aggregates. `officials.graphml`: nodes are
people, an edge joins two of opposite sides who were at the same contacts, weighted by their number.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from pathlib import Path
from typing import Any

from ...vocab import CHINA
from ..release import Release

_MEETING = (
    "status",
    "is_contact",
    "mode",
    "setting",
    "domain",
    "location",
    "level",
    "date_edtf",
    "start_date",
    "end_date",
)


def write(release: Release, to: Path) -> None:
    meetings = {
        row["meeting_id"]: row for row in release.rows("meetings") if row["scope"] == "core" and not row["aggregate"]
    }
    (to / "graphml").mkdir()
    _save(_dyads(release, meetings), to / "graphml" / "dyads.graphml")
    _save(_officials(release, meetings), to / "graphml" / "officials.graphml")


def _save(graph: Any, path: Path) -> None:
    from networkx.readwrite.graphml import write_graphml_xml

    write_graphml_xml(graph, path, encoding="utf-8", prettyprint=True)


def _dyads(release: Release, meetings: dict[str, dict[str, Any]]) -> Any:
    import networkx as nx

    graph = nx.MultiGraph(name="dyads", data_version=release.version)
    names = {row["iso3"]: row["name"] for row in release.rows("countries")}
    partners = [row for row in release.rows("meeting_partners") if row["meeting_id"] in meetings]
    graph.add_node(CHINA, **_known({"name": names.get(CHINA)}))
    for row in sorted(partners, key=lambda row: (row["partner"], row["meeting_id"])):
        facts = {"name": names.get(row["partner"]), "cow": row["cow"], "gw": row["gw"], "region": row["region"]}
        graph.add_node(row["partner"], **_known(facts))
        meeting = meetings[row["meeting_id"]]
        graph.add_edge(
            CHINA, row["partner"], key=row["meeting_id"], **_known({name: meeting[name] for name in _MEETING})
        )
    return graph


def _officials(release: Release, meetings: dict[str, dict[str, Any]]) -> Any:
    import networkx as nx

    present: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in release.rows("participants"):
        if row["person_id"] and row["role"] != "intended" and row["meeting_id"] in meetings:
            present[row["meeting_id"]].append(row)
    ties: dict[tuple[str, str], list[str]] = defaultdict(list)
    for meeting_id, rows in present.items():
        if meetings[meeting_id]["is_contact"]:
            ours = sorted({row["person_id"] for row in rows if row["side"] == CHINA})
            theirs = sorted({row["person_id"] for row in rows if row["side"] != CHINA})
            for pair in product(ours, theirs):
                ties[pair].append(meeting_id)
    people = {row["person_id"]: row for row in release.rows("people")}
    graph = nx.Graph(name="officials", data_version=release.version)
    for person in sorted({person for pair in ties for person in pair}):
        graph.add_node(person, **_known({name: people[person][name] for name in ("name", "native_name", "country")}))
    for (ours_id, theirs_id), met in sorted(ties.items()):
        graph.add_edge(ours_id, theirs_id, weight=len(met), meetings="|".join(sorted(met)))
    return graph


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Attributes that have a value: GraphML has no null, and no dates."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in facts.items()
        if value is not None
    }
