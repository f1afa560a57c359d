"""Who meets whom, as an edge list or a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ..vocab import CHINA, Role
from .frames import DAY_COLUMNS, event_days, finish, frame, is_missing, meetings, needs, one_of, records

if TYPE_CHECKING:
    import pandas as pd

NetworkKind = Literal["dyad", "official", "forum"]
NetworkForm = Literal["edges", "networkx", "graphml"]
KINDS, FORMS = ("dyad", "official", "forum"), ("edges", "networkx", "graphml")
_LEADING = [str(role) for role in (Role.PRINCIPAL, Role.CO_PRINCIPAL, Role.CHAIR)]


def network(
    year: int | None = None,
    *,
    kind: NetworkKind = "dyad",
    form: NetworkForm = "edges",
    multilateral: bool | None = None,
    **filters: Any,
) -> Any:
    """Contacts as a network.

    Args:
        year: only contacts that may fall in this year; None for all.
        kind: "dyad" (China and each partner), "official" (each leading official of the PRC and each leading foreign
            official of one contact) or "forum" (each forum and the partners met there).
        form: "edges" (a data frame), "networkx" (an undirected Graph) or "graphml" (its GraphML text).
        multilateral: count multilateral sessions and collective calls; by default only for "forum". An "official" edge
            of such a session ties every leading PRC official to every leading foreign one.
        **filters: filters of `load_meetings`; scope is core unless asked otherwise.

    Returns:
        Edges: source, target (string: codes, person ids or forum codes), weight (int64: contacts), first, last
        (datetime64[us]: first possible day of the first and of the last contact), n_remote, n_in_person (int64), and for
        "official" source_name, target_name, target_side (string). Nobody who was only meant to attend is in it.

    Raises:
        UnknownNameError: (a ValueError) for a kind, form or filter value that does not exist.
        CDDError: where networkx is asked for and not installed.
    """
    one_of("kind of network", kind, KINDS)
    one_of("form", form, FORMS)
    rows = meetings(
        ["partners", "mode", "forum", *DAY_COLUMNS], multilateral=kind == "forum" if multilateral is None else multilateral,
        since=year, until=year, **filters,
    )  # fmt: skip
    rows = rows[rows["kind"].eq("contact")]
    ends = {"dyad": _dyads, "official": _officials, "forum": _forums}[kind](rows)
    edges = finish(_weighed(rows, ends), kind=kind)
    if form == "edges":
        return edges
    graph = _graph(edges, kind)
    return graph if form == "networkx" else "\n".join(needs("networkx", "network").generate_graphml(graph)) + "\n"


def _dyads(rows: pd.DataFrame) -> pd.DataFrame:
    pairs = rows[["meeting_id", "partners"]].explode("partners").rename(columns={"partners": "target"})
    return pairs.assign(source=CHINA)


def _forums(rows: pd.DataFrame) -> pd.DataFrame:
    pairs = rows.loc[rows["forum"].notna(), ["meeting_id", "forum", "partners"]].explode("partners")
    return pairs.rename(columns={"forum": "source", "partners": "target"})


def _officials(rows: pd.DataFrame) -> pd.DataFrame:
    people = frame("participants", ["meeting_id", "person_id", "name", "side", "role"], scope="all")
    people = people[
        people["role"].isin(_LEADING) & people["person_id"].notna() & people["meeting_id"].isin(rows["meeting_id"])
    ]
    people = people.drop(columns="role").drop_duplicates(["meeting_id", "person_id"])
    prc, foreign = people[people["side"].eq(CHINA)], people[~people["side"].eq(CHINA)]
    pairs = prc.merge(foreign, on="meeting_id", suffixes=("_prc", ""))
    return pairs.rename(
        columns={
            "person_id_prc": "source",
            "person_id": "target",
            "name_prc": "source_name",
            "name": "target_name",
            "side": "target_side",
        }
    ).drop(columns="side_prc")


def _weighed(rows: pd.DataFrame, ends: pd.DataFrame) -> pd.DataFrame:
    """One row per edge, from one row per meeting and edge."""
    first, _ = event_days(rows)
    facts = rows[["meeting_id"]].assign(
        first=first, last=first, n_remote=rows["mode"].isin(["video", "phone", "correspondence"]).astype("int64"),
        n_in_person=rows["mode"].eq("in_person").astype("int64"),
    )  # fmt: skip
    named = [name for name in ("source_name", "target_name", "target_side") if name in ends.columns]
    table = ends.merge(facts, on="meeting_id").sort_values(["source", "target", "first", "meeting_id"])
    edges = table.groupby(["source", "target"], sort=True, as_index=False).agg(
        weight=("meeting_id", "nunique"), first=("first", "min"), last=("last", "max"), n_remote=("n_remote", "sum"),
        n_in_person=("n_in_person", "sum"), **{name: (name, "first") for name in named},
    )  # fmt: skip
    text = {"source": "string", "target": "string", **dict.fromkeys(named, "string")}
    return edges.astype(
        text
        | {
            "weight": "int64",
            "first": "datetime64[us]",
            "last": "datetime64[us]",
            "n_remote": "int64",
            "n_in_person": "int64",
        }
    )


def _graph(edges: pd.DataFrame, kind: str) -> Any:
    graph = needs("networkx", "network").Graph(kind=kind)
    for row in records(edges):
        graph.add_node(
            row["source"], side=CHINA if kind != "forum" else "forum", label=row.get("source_name") or row["source"]
        )
        graph.add_node(
            row["target"], side=row.get("target_side") or row["target"], label=row.get("target_name") or row["target"]
        )
        days = {name: row[name].date().isoformat() for name in ("first", "last") if not is_missing(row[name])}
        graph.add_edge(
            row["source"],
            row["target"],
            weight=row["weight"],
            n_remote=row["n_remote"],
            n_in_person=row["n_in_person"],
            **days,
        )
    return graph
