"""PROV (W3C) of meeting records: pages read, the coding, who coded, a second coding where there is one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .. import about
from ..errors import UnknownNameError
from ..loading.store import arrow_table, data_folder

_PREFIXES = {
    "cdd": f"{about.REPOSITORY}/records/",
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
}
_AGENT_TYPES = {"person": "prov:Person", "language_model": "prov:SoftwareAgent"}


def provenance(meeting_id: str) -> dict[str, Any]:
    """How one meeting record came about.

    Args:
        meeting_id: id of the meeting.

    Returns:
        A PROV-JSON document as a dict: the record and the pages it cites as entities, the coding (and second
        codings) as activities, coders as agents. `json.dump` it, or read it with the `prov` package.

    Raises:
        UnknownNameError: with the nearest ids.
        DataError: where the installed data are missing or damaged.
    """
    folder = data_folder()
    records = _meetings(folder)
    if meeting_id not in records:
        raise UnknownNameError("meeting", meeting_id, records)
    return {"prefix": _PREFIXES, **_statements(records[meeting_id], _articles(folder), _second_codings(folder))}


def all_provenance(folder: Path) -> dict[str, Any]:
    """One PROV-JSON document with a bundle for each meeting record."""
    articles, second = _articles(folder), _second_codings(folder)
    bundles = {
        f"cdd:{meeting_id}-provenance": {"prefix": _PREFIXES, **_statements(record, articles, second)}
        for meeting_id, record in sorted(_meetings(folder).items())
    }
    return {"prefix": _PREFIXES, "bundle": bundles}


def _meetings(folder: Path) -> dict[str, dict[str, Any]]:
    rows = arrow_table("records", folder).to_pylist()
    return {row["id"]: json.loads(row["record"]) for row in rows if row["kind"] == "meeting"}


def _articles(folder: Path) -> dict[str, dict[str, Any]]:
    return {row["article_id"]: row for row in arrow_table("articles", folder).to_pylist()}


def _second_codings(folder: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in arrow_table("double_codings", folder).to_pylist():
        found.setdefault(row["meeting_id"], {})[row["coding_id"]] = row
    return {meeting_id: list(codings.values()) for meeting_id, codings in found.items()}


def _statements(
    record: dict[str, Any], articles: dict[str, dict[str, Any]], second: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    entity, coding = f"cdd:{record['id']}", f"cdd:{record['id']}-coding"
    coder = record["coding"]
    pages = {source["article"]: source["account_of"] for source in record.get("sources", ())}
    told: dict[str, Any] = {
        "entity": {
            entity: {"prov:type": "cdd:meeting", "dct:isVersionOf": about.TITLE, "dct:hasVersion": about.VERSION}
        },
        "activity": {
            coding: _known(
                {
                    "prov:type": "cdd:coding",
                    "cdd:method": coder.get("method", "curated"),
                    "prov:startTime": _moment(coder.get("coded_on")),
                }
            )
        },
        "agent": {_agent(coder["coder"]): _agent_facts(coder)},
        "wasGeneratedBy": {"_:generation": {"prov:entity": entity, "prov:activity": coding}},
        "wasAssociatedWith": {"_:coder": {"prov:activity": coding, "prov:agent": _agent(coder["coder"])}},
        "used": {},
        "wasDerivedFrom": {},
    }
    for number, (article_id, account) in enumerate(pages.items(), 1):
        page = f"cdd:{article_id}"
        told["entity"][page] = _page(articles[article_id])
        told["used"][f"_:use{number}"] = {"prov:activity": coding, "prov:entity": page, "cdd:account_of": account}
        told["wasDerivedFrom"][f"_:source{number}"] = {"prov:generatedEntity": entity, "prov:usedEntity": page}
    for number, other in enumerate(second.get(record["id"], ()), 1):
        check = f"cdd:{other['coding_id']}"
        told["activity"][check] = {"prov:type": "cdd:second_coding", "prov:startTime": _moment(other["coded_on"])}
        told["agent"][_agent(other["coder"])] = _agent_facts(other)
        told["wasAssociatedWith"][f"_:second_coder{number}"] = {
            "prov:activity": check,
            "prov:agent": _agent(other["coder"]),
        }
    return {kind: facts for kind, facts in told.items() if facts}


def _page(article: dict[str, Any]) -> dict[str, Any]:
    return _known(
        {
            "prov:type": "cdd:article",
            "dct:title": article["title"],
            "dct:publisher": article["publisher"],
            "dct:issued": article["published_edtf"],
            "dct:source": article["url"],
            "cdd:sha256": article["text_sha256"],
        }
    )


def _agent(coder: str) -> str:
    return "cdd:coder-" + "".join(character if character.isalnum() else "-" for character in coder.lower())


def _agent_facts(coder: dict[str, Any]) -> dict[str, Any]:
    kind = {"$": _AGENT_TYPES[coder["coder_kind"]], "type": "prov:QUALIFIED_NAME"}
    return {"prov:label": coder["coder"], "prov:type": kind}


def _moment(day: Any) -> str | None:
    return f"{day}T00:00:00" if day else None


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value is not None}
