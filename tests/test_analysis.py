"""Analysis functions against answers worked out by hand on tests/analysis_data.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from analysis_data import AUSTIN, DONG, LI, MINISTER, SECRETARY, WEI, person, records
from conftest import write_seeds

import china_defence_dialogues as cdd
from china_defence_dialogues.analysis import quality
from china_defence_dialogues.loading import store
from china_defence_dialogues.tables.building import build

pytestmark = pytest.mark.usefixtures("use_study")


def cell(frame: pd.DataFrame, column: str, **keys: Any) -> Any:
    """The one cell of the row with these keys."""
    for name, value in keys.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, frame
    value = frame[column].iloc[0]
    return None if not isinstance(value, list) and pd.isna(value) else value


@pytest.mark.parametrize(
    ("partner", "year", "expected"),
    [
        # n_records, n_contacts, n_non_contacts, n_open; USA searched 2021-2023 (ministers), refusals 2021-2022
        ("USA", 2020, (None, None, None, None)),
        ("USA", 2021, (0, 0, 0, 0)),
        ("USA", 2022, (4, 3, 1, 0)),
        ("USA", 2023, (1, 0, 1, None)),
        ("USA", 2024, (2, 1, None, 1)),
        # Russia searched 2020-2023 for contacts, never for refusals
        ("RUS", 2020, (None, 0, None, None)),
        ("RUS", 2021, (1, 1, None, None)),
        ("RUS", 2023, (1, 1, None, None)),
        ("RUS", 2024, (None, None, None, None)),
        ("VNM", 2022, (None, 0, None, None)),
        ("JPN", 2022, (None, None, None, None)),
    ],
)  # fmt: skip
def test_dyad_year_counts_and_tells_zero_from_missing(partner: str, year: int, expected: tuple[Any, ...]) -> None:
    panel = cdd.dyad_year(2020, 2024)
    found = tuple(
        cell(panel, column, partner=partner, year=year)
        for column in ("n_records", "n_contacts", "n_non_contacts", "n_open")
    )
    assert found == expected


def test_dyad_year_breaks_down_by_status_mode_and_level() -> None:
    panel = cdd.dyad_year(2021, 2024, by=("status", "mode", "level"))
    usa = panel[panel["partner"] == "USA"].set_index("year")
    assert list(usa["status_declined"].astype(object).where(usa["status_declined"].notna(), None)) == [0, 1, None, None]
    assert usa.loc[2023, "status_no_show"] == 1
    assert usa.loc[2024, "mode_video"] == 1
    assert usa.loc[2022, "mode_in_person"] == 3
    assert usa.loc[2022, "level_2"] == 2
    assert usa.loc[2022, "level_4"] == 1
    # Only ministers were searched: nothing can be said of years without service chiefs.
    assert usa.loc[2021, "level_2"] == 0
    assert pd.isna(usa.loc[2021, "level_5"])


def test_channels_asked_for_narrow_the_window() -> None:
    panel = cdd.dyad_year(2021, 2021, channels="ministers")
    assert cell(panel, "n_contacts", partner="USA") == 0
    assert cell(panel, "n_contacts", partner="RUS") == 1
    panel = cdd.dyad_year(2020, 2020, channels=["ministers", "border"])
    assert cell(panel, "n_contacts", partner="RUS") == 0  # all_military stands for both
    assert cell(cdd.dyad_year(2021, 2021, channels="chiefs_of_staff"), "n_contacts", partner="USA") is None
    assert cell(cdd.dyad_year(2021, 2021, channels="leaders"), "in_window", partner="RUS") == False  # noqa: E712


def test_records_without_a_certain_period_are_named() -> None:
    panel = cdd.dyad_year(2020, 2024)
    assert panel.attrs["unassigned"] == ["2022-rus-within"]
    months = cdd.dyad_month(2022, 2023)
    assert cell(months, "n_contacts", partner="RUS", year=2023, month=12) == 1  # over New Year: the day it began
    assert cell(months, "n_non_contacts", partner="USA", year=2023, month=2) == 1
    quarters = cdd.dyad_quarter(2022, 2022)
    assert list(quarters.loc[quarters["partner"] == "USA", "n_contacts"]) == [0, 2, 0, 1]


def test_multilateral_sessions_only_on_request() -> None:
    panel = cdd.dyad_year(2022, 2022, multilateral=True)
    assert cell(panel, "n_contacts", partner="USA") == 4
    assert cell(panel, "n_contacts", partner="RUS") == 2
    assert panel.attrs["left_out"] == [("20220611-session", "org:ASEAN")]


def test_scope_and_universe() -> None:
    assert cell(cdd.dyad_year(2022, 2022, scope="context"), "n_contacts", partner="USA") == 1
    cow = cdd.dyad_year(2022, 2022, universe="cow")
    assert cell(cow, "n_contacts", cow=2) == 3
    assert cow["cow"].dtype == "int64"
    assert not {"CHN", "TWN", "HKG", "MAC"} & set(cdd.dyad_year(1990, 2025)["partner"])


def test_without_zero_fill_only_rows_with_records() -> None:
    panel = cdd.dyad_year(2020, 2024, zero_fill=False)
    assert list(zip(panel["partner"], panel["year"], strict=True)) == [
        ("RUS", 2021), ("RUS", 2022), ("RUS", 2023), ("USA", 2022), ("USA", 2023), ("USA", 2024),
    ]  # fmt: skip


def test_add_codes_follow_the_year_and_unmatched_names_the_rest() -> None:
    table = pd.DataFrame(
        {"state": ["USA", "russia", "Yugoslavia", "Atlantis", "SSD"], "year": [2000, 2000, 2000, 2000, 2005]}
    )
    coded = cdd.add_codes(table, "state")
    assert list(coded["cow"].astype(object).where(coded["cow"].notna(), None))[:2] == [2, 365]
    assert list(table.columns) == ["state", "year"]
    missing = cdd.unmatched(table, "state").set_index("name")
    assert missing.loc["Atlantis", "reason"] == "no such state"
    assert missing.loc["SSD", "reason"] == "not a state in that year"
    assert "USA" not in missing.index


@pytest.mark.parametrize(
    ("target", "other", "on", "expected"),
    [
        ("vdem", {"country_text_id": ["USA", "RUS"], "country_id": [20, 11], "year": [2022, 2022]}, ["country_text_id", "country_id", "year"], [3, 1]),
        ("cow", {"ccode1": [710, 710], "ccode2": [2, 365], "year": [2022, 2022]}, ["ccode1", "ccode2", "year"], [3, 1]),
        ("ucdp", {"gwno_a": [710, 710], "gwno_b": [2, 365], "year": [2022, 2022]}, ["gwno_a", "gwno_b", "year"], [3, 1]),
        ("colt", {"LeaderCountryISO": ["USA", "CHN"], "CountryVisitedISO": ["CHN", "RUS"], "TripYear": [2022, 2022]},
         ["LeaderCountryISO", "CountryVisitedISO", "TripYear"], [3, 1]),
    ],
)  # fmt: skip
def test_join_ready_merges_with_tables_of_that_shape(
    target: Any, other: dict[str, Any], on: list[str], expected: list[int]
) -> None:
    ours = cdd.join_ready(target, 2020, 2024)
    assert ours.attrs["keys"] == on
    assert not ours.duplicated(on).any()
    joined = pd.DataFrame(other).merge(ours, on=on, how="left", validate="one_to_one")
    assert list(joined["n_contacts"]) == expected


def test_first_since_finds_the_last_of_its_kind() -> None:
    found = cdd.first_since("20220602-usa-singapore").iloc[0]
    assert (found["previous_id"], found["days_min"], found["days_max"]) == ("20220403-usa-beijing", 60, 60)
    assert (found["n_non_contacts"], bool(found["censored"]), found["window_start"]) == (1, False, 2021)
    # The video call: the last talks of ministers, not those of deputies in between (level 4 is lower than 2).
    call = cdd.first_since("20240501-usa-call").iloc[0]
    assert (call["previous_id"], call["days_min"], call["n_non_contacts"]) == ("20220602-usa-singapore", 699, 2)
    assert cdd.first_since("20240501-usa-call", like=()).iloc[0]["previous_id"] == "20221101-usa-deputies"
    censored = cdd.first_since("20220403-usa-beijing").iloc[0]
    assert bool(censored["censored"])
    assert pd.isna(censored["previous_id"])
    assert cdd.first_since("20240501-usa-call", like="mode").iloc[0]["censored"]


def test_first_since_over_a_scope_and_with_vague_dates() -> None:
    found = cdd.first_since(partner="RUS", like=())
    assert list(found["meeting_id"]) == [
        "20210601-rus-round",
        "20220601-rus-round",
        "2022-rus-within",
        "20231231-rus-new-year",
    ]
    last = found.iloc[-1]
    # between 2023-01-02 and 2023-12-31 at least, between 2022-12-30 and 2024-01-01 at most
    assert (last["days_min"], last["days_max"]) == (363, 367)
    context = cdd.first_since("20220101-usa-leaders", like=()).iloc[0]
    assert context["censored"]


def test_a_handshake_is_no_talk_unless_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = records()
    handshake = dict(
        data["meeting"][2],
        participants=[person(LI, "CHN", post=MINISTER), person(AUSTIN, "USA", post=SECRETARY)],
        id="20230602-usa-handshake",
        date="2023-06-02",
        status="encounter",
        place=None,
        part_of=None,
    )
    data["meeting"].append(handshake)
    build(write_seeds(tmp_path / "seeds", data), tmp_path / "data")
    monkeypatch.setattr(store, "DATA", tmp_path / "data")
    assert cdd.first_since("20240501-usa-call").iloc[0]["previous_id"] == "20220602-usa-singapore"
    assert cdd.first_since("20240501-usa-call", encounters=True).iloc[0]["previous_id"] == "20230602-usa-handshake"
    assert "20230602-usa-handshake" not in set(cdd.first_since()["meeting_id"])


def test_suspension_spells_measure_length_and_what_happened_meanwhile() -> None:
    spells = cdd.suspension_spells("United States")
    ministers = spells[spells["channel"] == "ministers"].iloc[0]
    assert (ministers["days_min"], ministers["days_max"], bool(ministers["open"])) == (635, 635, False)
    # inside: the deputies' talk and the no-show; the refusal of May 2022 was before, the call is the end itself
    assert (ministers["n_contacts"], ministers["n_non_contacts"]) == (1, 1)
    theatre = spells[spells["channel"] == "theatre_commanders"].iloc[0]
    assert bool(theatre["open"])
    assert pd.isna(theatre["days_min"])
    assert pd.isna(theatre["n_contacts"])
    assert list(cdd.suspension_spells(on="2024-06")["channel"]) == ["theatre_commanders"]
    assert cdd.suspension_spells(on="2022-08-04").empty
    assert cdd.suspension_spells("RUS").empty


def test_reciprocity() -> None:
    usa = cdd.reciprocity().set_index("partner").loc["USA"]
    expected = {
        "n_contacts": 4, "n_in_china": 1, "n_in_partner": 1, "n_third": 1, "n_remote": 1, "n_unknown": 0, "host_balance": 0.0,
        "n_requested_by_china": 1, "n_requested_by_partner": 4, "n_requested_mutual": 1, "n_non_contacts": 2, "n_ended_by_china": 2,
        "n_ended_by_partner": 0, "n_ended_mutual": 0,
    }  # fmt: skip
    assert dict(usa) == expected
    years = cdd.reciprocity("year").set_index("year")
    assert list(years["n_contacts"]) == [1, 4, 1, 1]  # 2021 to 2024; one Russian record has no certain year
    everything = cdd.reciprocity((), multilateral=True).iloc[0]
    assert (everything["n_contacts"], everything["n_third"]) == (9, 2)
    regions = cdd.reciprocity("region", multilateral=True).set_index("region")
    assert regions.loc["Americas", "n_contacts"] == 5


def test_levels() -> None:
    usa = cdd.levels().set_index("partner").loc["USA"]
    expected = {"n_contacts": 4, "n_both_known": 4, "n_equal": 3, "n_prc_higher": 0, "n_partner_higher": 1}
    assert {name: usa[name] for name in expected} == expected
    assert (usa["mean_prc_level"], usa["mean_partner_level"], usa["mean_gap"]) == (2.5, 2.0, -0.5)
    assert pd.isna(cdd.levels().set_index("partner").loc["RUS", "mean_gap"])


def test_round_gaps() -> None:
    found = cdd.round_gaps("rus-staff-consultations")
    # 20 (30 May 2018), 21 (2019, also called 22), 23 (June 2021), 25 (June 2022); the cadence is annual
    assert [(row["kind"], row["number"]) for row in found.to_dict("records")] == [
        ("disputed", 21), ("missing", 22), ("missing", 24),
    ]  # fmt: skip
    assert found.iloc[0]["other_numbers"] == [22]
    assert found.iloc[2]["days"] == 365
    assert len(cdd.round_gaps()) == 3


def test_a_late_round_is_late_by_its_least_possible_interval(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = records()
    for meeting in data["meeting"]:
        if meeting.get("round"):
            meeting["round"] = {23: 21, 25: 22}[meeting["round"]]
    data["mechanism"][0]["rounds"] = data["mechanism"][0]["rounds"][:1]  # only 2018-05-30 stays before June 2021
    build(write_seeds(tmp_path / "seeds", data), tmp_path / "data")
    monkeypatch.setattr(store, "DATA", tmp_path / "data")
    late = cdd.round_gaps()
    late = late[late["kind"] == "late"].iloc[0]
    assert (late["number"], late["days"], late["expected_days"]) == (21, 1098, 365)


def test_network_of_each_kind() -> None:
    dyads = cdd.network()
    assert list(zip(dyads["target"], dyads["weight"], strict=True)) == [("RUS", 4), ("USA", 4)]
    assert list(cdd.network(2024)["target"]) == ["RUS", "USA"]  # the New Year talk may fall in 2024
    people = cdd.network(kind="official")
    assert [tuple(row) for row in people[["source", "target", "weight", "n_remote"]].to_numpy()] == [
        (DONG, AUSTIN, 1, 1), (WEI, AUSTIN, 2, 0),
    ]  # fmt: skip
    forums = cdd.network(kind="forum")
    assert [tuple(row) for row in forums[["source", "target", "weight"]].to_numpy()] == [
        ("shangri_la_dialogue", "RUS", 1), ("shangri_la_dialogue", "USA", 2), ("shangri_la_dialogue", "org:ASEAN", 1),
    ]  # fmt: skip


def test_network_as_graph() -> None:
    networkx = pytest.importorskip("networkx")
    graph = cdd.network(form="networkx")
    assert graph["CHN"]["USA"]["weight"] == 4
    again = networkx.parse_graphml(cdd.network(kind="official", form="graphml"))
    assert again.nodes[WEI]["label"] == "Wei Fenghe"
    assert again.edges[WEI, AUSTIN]["weight"] == 2
    assert networkx.is_empty(cdd.network(1999, form="networkx"))


def test_event_window() -> None:
    found = cdd.event_window({"visit": "2022-05-15"}, 2, 2, partner="USA")
    assert list(found["n_contacts"]) == [0, 1, 0, 1, 0]  # March to July 2022
    assert list(found["n_non_contacts"]) == [0, 0, 1, 0, 0]
    days = cdd.event_window(["2022-04-03"], 1, 1, unit="day", partner="USA")
    assert list(days["n_contacts"]) == [0, 1, 0]
    outside = cdd.event_window(["2024-04-15"], 1, 1, partner="USA")
    assert [None if pd.isna(value) else value for value in outside["n_contacts"]] == [None, None, 1]
    weeks = cdd.event_window(["2023-02-14"], 2, 2, unit="week", partner="USA")
    assert weeks.attrs["unassigned"] == ["202302-usa-no-show"]
    both = cdd.event_window(pd.DataFrame({"date": ["2022-06-01"] * 2, "partner": ["USA", "Russia"]}), 0, 0)
    assert list(both["n_contacts"]) == [1, 1]


def test_readouts_of_one_meeting() -> None:
    found = cdd.readouts("20220403-usa-beijing").set_index("topic")
    assert found["only"].where(found["only"].notna(), None).to_dict() == {
        "cyber": "partner",
        "hotline": "prc",
        "taiwan": None,
    }
    assert found.loc["taiwan", "raised_by"] == ["CHN", "USA"]
    one_sided = cdd.readouts("20220602-usa-singapore")
    assert one_sided["only"].isna().all()
    assert cdd.readouts("20240501-usa-call").empty


def test_readout_gap() -> None:
    found = cdd.readout_gap().set_index("topic")
    # Singapore has topics from one account only and is not compared.
    assert dict(found.loc["cyber"].drop("partner_omits")) == {
        "n_contacts": 1, "n_prc": 0, "n_partner": 1, "n_both": 0, "n_prc_only": 0, "n_partner_only": 1, "prc_omits": 1.0,
    }  # fmt: skip
    assert pd.isna(found.loc["cyber", "partner_omits"])
    usa = cdd.readout_gap("partner").iloc[0]
    assert (usa["n_prc"], usa["n_partner"], usa["n_both"], usa["prc_omits"], usa["partner_omits"]) == (
        2,
        2,
        1,
        0.5,
        0.5,
    )


def test_officials_and_careers() -> None:
    found = cdd.officials().set_index("person_id")
    austin = found.loc[AUSTIN]
    assert (austin["n_contacts"], austin["n_leading"], austin["n_partners"]) == (4, 4, 1)
    assert str(austin["last"].date()) == "2024-05-01"
    assert found.loc[WEI, "n_contacts"] == 2
    assert list(cdd.officials("CHN").index) == list(range(len(cdd.officials("CHN"))))
    assert cdd.officials("USA", multilateral=False)["n_contacts"].iloc[0] == 3
    life = cdd.career(DONG)
    assert list(life["kind"]) == ["tenure", "contact"]
    assert life["meeting_id"].iloc[1] == "20240501-usa-call"


def test_evidence_lists_every_field_cited_or_not() -> None:
    found = cdd.evidence("20220403-usa-beijing")
    status = found[found["field"] == "status"]
    assert set(status["account_of"]) == {"CHN", "USA"}
    bare = set(found.loc[found["article_id"].isna(), "field"])
    assert {"date", "mode", "partners", "place.country", "participants.0", "requested_by"} <= bare
    assert not found.loc[found["article_id"].notna(), "url"].isna().any()


def test_coverage() -> None:
    found = cdd.coverage().set_index("partner")
    usa = found.loc["USA"]
    # seven two-party records and the session; the aggregate is left out
    assert (usa["n_records"], usa["n_contacts"], usa["n_non_contacts"]) == (8, 5, 2)
    assert usa["searched_contacts"] == "2021-2023"
    assert usa["searched_non_contacts"] == "2021-2022"
    assert found.loc["VNM", "n_records"] == 0
    # one-sided: all but Beijing and the call
    assert usa["one_sided_share"] == 6 / 8
    # one publisher: all but Beijing and the call; no page in full: those without the Pentagon's page
    assert usa["single_publisher_share"] == 6 / 8
    assert usa["excerpt_only_share"] == 5 / 8


def test_agreement_topic_by_topic() -> None:
    # ten codings hold cyber, eight of them twice; nuclear stands in fewer than ten
    pairs = (
        [("cyber|taiwan", "cyber")] * 8
        + [("cyber", "nuclear"), ("(not stated)", "cyber")]
        + [("(not stated)", "(not stated)")] * 6
    )
    (row,) = quality._topic_alphas(pairs, "two coders")
    assert (row["measure"], row["n"], row["note"]) == (
        "alpha:topics:cyber",
        10,
        "two coders; of 10 codings that hold it 8 hold it twice",
    )
    # by hand: D_o = 2/16; 18 of 32 values are yes, so D_e = 2 * 18 * 14 / (32 * 31)
    assert row["value"] == pytest.approx(1 - (2 / 16) / (2 * 18 * 14 / (32 * 31)))


def test_reliability() -> None:
    found = cdd.reliability().set_index("measure")
    # contacts: 4 USA, 4 Russia, 1 session; two-sided: Beijing, the call, the two joint Russian accounts
    assert found.loc["one_sided", "value"] == pytest.approx(5 / 9)
    # in_person/in_person, in_person/video, video/video, in_person/not stated; by hand: D_o = 4/8, D_e = 38/56, alpha = 1 - 28/38
    assert found.loc["alpha:mode", "value"] == pytest.approx(5 / 19)
    assert "2 of 4 equal" in found.loc["alpha:mode", "note"]
    # PRC account: 3 USA, 2 joint = 5; other account: all but the deputies' talk = 8; both: 4 -> 6 * 9 / 5 - 1
    assert found.loc["estimated_contacts", "value"] == pytest.approx(9.8)
    assert found.loc["missing_share", "value"] == pytest.approx(1 - 9 / 9.8)
    assert found.loc["source:press", "n"] == found.loc["source:press", "n"]
    grouped = cdd.reliability("partner")
    assert cell(grouped, "n", measure="one_sided", group="USA") == 5


def test_overlap_with_a_table_of_ones_own() -> None:
    own = pd.DataFrame(
        {
            "when": ["2022-04-05", "2022-06-02", "2022-04-03", None], "who": ["USA", "United States", "RUS", "USA"],
            "theirs": ["Lloyd Austin", "Mark Esper", None, None],
        },
        index=["a", "b", "c", "d"],
    )  # fmt: skip
    found = cdd.overlap(own, date="when", partner="who", foreign="theirs").set_index("row")
    assert (found.loc["a", "meeting_id"], found.loc["a", "days_apart"]) == ("20220403-usa-beijing", 2)
    assert found.loc["b", "found_in"] == "own"  # another secretary: not the same contact
    assert found.loc["c", "found_in"] == "own"
    assert found.loc["d", "found_in"] == "own"
    whole = cdd.overlap(own, date="when", partner="who", foreign="theirs")
    lacking = set(whole.loc[whole["found_in"] == "cdd", "meeting_id"])
    assert {"20220602-usa-singapore", "20221101-usa-deputies", "20220601-rus-round"} <= lacking
    assert "20240501-usa-call" not in lacking
    assert whole.attrs["n_both"] == 1


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: cdd.dyad_year(2020, 2024, universe="isocode"), "universe"),
        (lambda: cdd.dyad_year(2020, 2024, by="modes"), "nearest: mode"),
        (lambda: cdd.dyad_year(2020, 2024, channels="minister"), "nearest: ministers"),
        (lambda: cdd.dyad_year(2024, 2020), "start <= end"),
        (lambda: cdd.dyad_year(2020, 2024, scope="cor"), "core"),
        (lambda: cdd.add_codes(pd.DataFrame({"state": []})), "column"),
        (lambda: cdd.add_codes(pd.DataFrame({"partner": []}), codes="cwo"), "nearest: cow"),
        (lambda: cdd.join_ready("qog"), "colt, cow, ucdp, vdem"),
        (lambda: cdd.first_since("20220403-usa-bejing"), "nearest: 20220403-usa-beijing"),
        (lambda: cdd.first_since(like="rank"), "likeness"),
        (lambda: cdd.first_since(partner="Rusia"), "Russia"),
        (lambda: cdd.suspension_spells("Rusia"), "Russia"),
        (lambda: cdd.suspension_spells(on="summer"), "EDTF"),
        (lambda: cdd.reciprocity("partners"), "nearest: partner"),
        (lambda: cdd.levels("yaer"), "nearest: year"),
        (lambda: cdd.round_gaps("rus-staff"), "rus-staff-consultations"),
        (lambda: cdd.network(kind="people"), "dyad, forum, official"),
        (lambda: cdd.network(form="gml"), "graphml"),
        (lambda: cdd.event_window(["2022"]), "not one day"),
        (lambda: cdd.event_window(["2022-01-01"], unit="year"), "day, month, week"),
        (lambda: cdd.event_window(["2022-01-01"], -1), "whole numbers"),
        (lambda: cdd.event_window(pd.DataFrame({"day": []})), "date"),
        (lambda: cdd.readouts("nothing"), "meeting"),
        (lambda: cdd.readout_gap("topics"), "nearest: topic"),
        (lambda: cdd.officials("US"), "side"),
        (lambda: cdd.career("dong-jun"), "chn-dong-jun"),
        (lambda: cdd.evidence("nothing"), "meeting"),
        (lambda: cdd.coverage("partners"), "nearest: partner"),
        (lambda: cdd.reliability("status"), "group"),
        (lambda: cdd.overlap(pd.DataFrame({"a": []})), "column"),
        (lambda: cdd.krippendorff_alpha([[1, 2]], metric="cardinal"), "nominal"),
    ],
)  # fmt: skip
def test_bad_arguments_name_the_valid_ones(call: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        call()


def test_misspelt_filters_are_type_errors() -> None:
    with pytest.raises(TypeError, match="did you mean"):
        cdd.reciprocity(parter="USA")
