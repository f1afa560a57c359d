"""A second small data set, made for the analysis functions: every answer they give on it is worked out by hand.

Fourteen records of three partners, a suspension, a mechanism with gaps, a search of known extent. The people, posts and
pages are those of the mini data set.
"""

from __future__ import annotations

import copy
from typing import Any

PAGES = {
    "prc": "20220610-xinhua-wei-austin",
    "usa": "20220610-doc-austin-wei",
    "press": "20230530-wsj-declined",
    "agency": "20240402-tass-talks",
}
CODING = {"method": "curated", "coder": "test", "coder_kind": "person", "coded_on": "2026-01-31"}
WEI, DONG, LI, AUSTIN = "chn-wei-fenghe", "chn-dong-jun", "chn-li-shangfu", "usa-austin-lloyd"
MINISTER, SECRETARY = "chn-minister-of-national-defense", "usa-secretary-of-defense"


def person(name: str | None, side: str, role: str = "principal", post: str | None = None) -> dict[str, Any]:
    return {"side": side, "role": role, "person": name, "post": post}


def source(article: str, account_of: str, *topics: tuple[str, str], **says: str) -> dict[str, Any]:
    """A page that supports status and partners; each topic as (code, raised_by)."""
    mentions = [{"topic": code, "raised_by": by, "account_of": account_of} for code, by in topics]
    return {
        "article": PAGES[article],
        "account_of": account_of,
        "supports": {"status": None},
        "says": says,
        "topics": mentions,
    }


def record(
    id: str,
    status: str,
    date: str | None,
    partners: list[str],
    sources: list[dict[str, Any]],
    *people: dict[str, Any],
    **more: Any,
) -> dict[str, Any]:
    plain = {"scope": "core", "mode": "in_person", "setting": "bilateral", "coding": CODING}
    return (
        plain
        | {
            "id": id,
            "status": status,
            "date": date,
            "partners": partners,
            "participants": list(people),
            "sources": sources,
        }
        | more
    )


def place(country: str, city: str | None = None) -> dict[str, Any]:
    return {"country": country, "city": city}


MINISTERS = (person(WEI, "CHN", post=MINISTER), person(AUSTIN, "USA", post=SECRETARY))
DEPUTY = person(None, "CHN", "principal", "chn-deputy-chief-of-joint-staff")

MEETINGS = [
    # USA: two ministers' meetings 60 days apart, a refusal between, a call two years on with a lower-level talk before it
    record("20220403-usa-beijing", "held", "2022-04-03", ["USA"],
           [source("prc", "CHN", ("taiwan", "CHN"), ("hotline", "both")), source("usa", "USA", ("taiwan", "USA"), ("cyber", "USA"))],
           *MINISTERS, place=place("CHN"), requested_by=["USA"]),
    record("20220501-usa-refusal", "declined", "2022-05-01", ["USA"], [source("press", "USA")],
           requested_by=["USA"], ended_by=["CHN"], mode="phone"),
    record("20220602-usa-singapore", "held", "2022-06-02", ["USA"], [source("usa", "USA", ("cyber", "CHN"))],
           *MINISTERS, place=place("SGP", "Singapore"), part_of="2022-shangri-la-dialogue", setting="margins", requested_by=["mutual"]),
    record("20221101-usa-deputies", "held", "2022-11-01", ["USA"], [source("prc", "CHN")],
           DEPUTY, person(None, "USA", "principal", SECRETARY), place=place("USA")),
    record("202302-usa-no-show", "no_show", "2023-02", ["USA"], [source("press", "USA")], ended_by=["CHN"], requested_by=["USA"]),
    record("20240501-usa-call", "held", "2024-05-01", ["USA"], [source("prc", "CHN"), source("usa", "USA")],
           person(DONG, "CHN", post=MINISTER), person(AUSTIN, "USA", post=SECRETARY), mode="video", requested_by=["CHN", "USA"]),
    record("2023-usa-calls", "unanswered", "2023-01/2023-06", ["USA"], [source("press", "USA")], aggregate=True, n_attempts=5, mode="phone"),
    record("20240602-usa-planned", "planned", "2024-05-20", ["USA"], [source("press", "third")], intended_date="2024-06-02"),
    # Russia: three rounds of its mechanism; one at the end of a year that the date does not settle; one over New Year
    record("20210601-rus-round", "held", "2021-06-01", ["RUS"], [source("agency", "RUS")], mechanism="rus-staff-consultations", round=23,
           place=place("RUS", "Moscow")),
    record("20220601-rus-round", "held", "2022-06-01", ["RUS"], [source("agency", "RUS")], mechanism="rus-staff-consultations", round=25,
           place=place("CHN")),
    record("2022-rus-within", "held", None, ["RUS"], [source("agency", "both")], date_within="2022-12-30/2023-01-02"),
    record("20231231-rus-new-year", "held", "2023-12-31/2024-01-01", ["RUS"], [source("agency", "both")]),
    # several partners at once, and a context record
    record("20220611-session", "held", "2022-06-11", ["USA", "RUS", "org:ASEAN"], [source("press", "third")],
           DEPUTY, person(AUSTIN, "USA", post=SECRETARY), setting="multilateral_session", place=place("SGP", "Singapore"), part_of="2022-shangri-la-dialogue"),
    record("20220101-usa-leaders", "held", "2022-01-01", ["USA"], [source("press", "both")], scope="context", mode="phone"),
]  # fmt: skip


def records() -> dict[str, Any]:
    """Records by kind, as `write_seeds` takes them."""
    from conftest import MINI

    data: dict[str, Any] = copy.deepcopy(MINI)
    data["article"][0].pop("mentions")
    for article in data["article"]:
        article["published"] = "2024-06-01"
    data["meeting"] = copy.deepcopy(MEETINGS)
    data["suspension"][0]["channels"] = [
        {"channel_class": "theatre_commanders"},
        {
            "channel_class": "ministers",
            "ended": "2024-05-01",
            "end_basis": "first_contact",
            "resumed_by": "20240501-usa-call",
        },
    ]
    data["mechanism"][0] |= {"cadence": "annual", "first_year": 1997, "last_year": 2024}
    data["double_coding"] = [
        {
            "id": f"dc-{number}", "meeting": meeting, "coder": "second", "coder_kind": "person", "coded_on": "2026-02-01",
            "articles": [PAGES["usa"]], "first": {"mode": first}, "second": {"mode": second},
        }
        for number, (meeting, first, second) in enumerate(
            [("20220403-usa-beijing", "in_person", "in_person"), ("20220602-usa-singapore", "in_person", "video"),
             ("20240501-usa-call", "video", "video"), ("20221101-usa-deputies", "in_person", None)], 1)
    ]  # fmt: skip
    search = {"language": "en", "searched_on": "2026-01-31", "first_year": 2021, "last_year": 2023}
    data["coverage_entry"] = [
        search | {"partner": "USA", "channel": "ministers", "status_class": "contacts"},
        search | {"partner": "USA", "channel": "all_military", "status_class": "non_contacts", "last_year": 2022},
        search | {"partner": "RUS", "channel": "all_military", "status_class": "contacts", "first_year": 2020},
        search | {"partner": "VNM", "channel": "border", "status_class": "contacts"},
    ]
    return data
