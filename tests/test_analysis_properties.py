"""What must hold on any data: sums, no row twice, no dependence on the order of rows; and speed."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from analysis_data import WEI
from synthetic import synthetic

import china_defence_dialogues as cdd
from china_defence_dialogues.loading import store

CALLS: dict[str, Callable[[], Any]] = {
    "dyad_year": lambda: cdd.dyad_year(1997, 2025),
    "dyad_quarter": lambda: cdd.dyad_quarter(1997, 2025),
    "dyad_month": lambda: cdd.dyad_month(1997, 2025),
    "dyad_year cow": lambda: cdd.dyad_year(1997, 2025, universe="cow"),
    "join_ready": lambda: cdd.join_ready("ucdp", 1997, 2025),
    "add_codes": lambda: cdd.add_codes(cdd.dyad_year(1997, 2025, by=())),
    "unmatched": lambda: cdd.unmatched(cdd.dyad_year(1997, 2025, by=())),
    "first_since": lambda: cdd.first_since(),
    "first_since one": lambda: cdd.first_since("syn-00007"),
    "suspension_spells": lambda: cdd.suspension_spells(),
    "reciprocity": lambda: cdd.reciprocity(("partner", "year")),
    "levels": lambda: cdd.levels("year"),
    "round_gaps": lambda: cdd.round_gaps(),
    "network": lambda: cdd.network(),
    "network official": lambda: cdd.network(kind="official"),
    "network forum": lambda: cdd.network(kind="forum"),
    "event_window": lambda: cdd.event_window(["2001-04-01", "2010-01-29", "2022-08-02"], 12, 12),
    "readouts": lambda: cdd.readouts("syn-00007"),
    "readout_gap": lambda: cdd.readout_gap(("topic", "partner")),
    "officials": lambda: cdd.officials(),
    "career": lambda: cdd.career(WEI),
    "evidence": lambda: cdd.evidence("syn-00007"),
    "coverage": lambda: cdd.coverage(),
    "reliability": lambda: cdd.reliability("partner"),
    "overlap": lambda: cdd.overlap(pd.DataFrame({"date": ["2022-04-03", "2010-01-01"], "partner": ["USA", "RUS"]})),
}


@pytest.fixture(params=range(3))
def folder(request: Any, study_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = synthetic(study_data, tmp_path / "data", 250, request.param)
    monkeypatch.setattr(store, "DATA", made)
    return made


@pytest.mark.parametrize("multilateral", [False, True])
@pytest.mark.parametrize("universe", ["iso3", "cow", "gw"])
def test_panels_sum_to_the_table(folder: Path, universe: Any, multilateral: bool) -> None:
    meetings = cdd.load_meetings()
    meetings = meetings[~meetings["aggregate"]]
    if not multilateral:
        meetings = meetings[~meetings["setting"].isin(["multilateral_session", "collective_call"])]
    pairs = meetings.explode("partners")
    for make in (cdd.dyad_year, cdd.dyad_quarter, cdd.dyad_month):
        panel = make(1990, 2030, universe=universe, by=("status", "mode", "level"), multilateral=multilateral)
        lost = pairs["meeting_id"].isin(panel.attrs["unassigned"])
        listed = set(zip(pairs["meeting_id"], pairs["partners"], strict=True)) & set(panel.attrs["left_out"])
        assert panel["n_records"].sum() == len(pairs) - lost.sum() - len(listed)
        assert panel["n_records"].sum() > 50
        total = panel[["n_contacts", "n_non_contacts", "n_open"]].sum().sum()
        assert total == panel["n_records"].sum()
        assert panel.filter(regex="^status_").sum().sum() == panel["n_records"].sum()
        assert panel.filter(regex="^mode_").sum().sum() == panel["n_contacts"].sum()
        assert panel.filter(regex="^level_").sum().sum() == panel["n_contacts"].sum()


@pytest.mark.parametrize("universe", ["iso3", "cow", "gw"])
def test_every_partner_year_appears_once(folder: Path, universe: Any) -> None:
    panel = cdd.dyad_year(1990, 2025, universe=universe)
    keys = ["partner" if universe == "iso3" else universe, "year"]
    assert not panel.duplicated(keys).any()
    assert not panel.duplicated(["partner", "year"]).any()
    sizes = panel.groupby("year").size()
    assert sizes.min() >= 170
    months = cdd.dyad_month(2020, 2021, universe=universe)
    assert not months.duplicated([*keys, "month"]).any()
    assert len(months) == 12 * len(cdd.dyad_year(2020, 2021, universe=universe))


def test_zeros_only_inside_the_window(folder: Path) -> None:
    panel = cdd.dyad_year(1990, 2025, by="status")
    assert not panel.loc[~panel["in_window"], ["n_contacts", "status_held"]].eq(0).any().any()
    assert not panel.loc[~panel["in_window_non_contacts"], ["n_non_contacts", "status_declined"]].eq(0).any().any()
    assert panel.loc[panel["in_window"], "n_contacts"].notna().all()


def test_nothing_depends_on_the_order_of_rows(
    study_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_, mixed = (
        synthetic(study_data, tmp_path / name, 250, 9, shuffled=name == "mixed") for name in ("sorted", "mixed")
    )
    for name, call in CALLS.items():
        monkeypatch.setattr(store, "DATA", sorted_)
        left = call()
        monkeypatch.setattr(store, "DATA", mixed)
        right = call()
        pd.testing.assert_frame_equal(left, right, obj=name)
        assert list(left.index) == list(range(len(left))), name


def test_sums_of_the_other_counts(folder: Path) -> None:
    partners = cdd.reciprocity()
    assert (
        partners.filter(regex="^n_(in_china|in_partner|third|remote|unknown)$").sum(axis=1) == partners["n_contacts"]
    ).all()
    assert cdd.network()["weight"].sum() == partners["n_contacts"].sum()
    parity = cdd.levels()
    assert (parity[["n_equal", "n_prc_higher", "n_partner_higher"]].sum(axis=1) == parity["n_both_known"]).all()
    gap = cdd.readout_gap()
    assert (gap["n_both"] + gap["n_prc_only"] == gap["n_prc"]).all()
    assert (gap["n_prc"] + gap["n_partner"] - gap["n_both"] == gap["n_contacts"]).all()
    assert cdd.coverage("status")["n_records"].sum() == len(cdd.load_meetings(aggregate=False))
    firsts = cdd.first_since(like=())
    assert (
        firsts.dropna(subset="previous_end")["previous_end"] < firsts.dropna(subset="previous_end")["start_date"]
    ).all()


def test_functions_take_a_data_set_without_records(
    study_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "DATA", synthetic(study_data, tmp_path / "data", 0, 0))
    for name, call in CALLS.items():
        if name in ("first_since one", "readouts", "evidence"):
            continue
        assert isinstance(call(), pd.DataFrame), name


@pytest.mark.slow
def test_every_function_answers_within_200_ms_on_3000_meetings(
    study_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "DATA", synthetic(study_data, tmp_path / "data", 3000, 1))
    slowest = {}
    for name, call in CALLS.items():
        call()
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            call()
            times.append(time.perf_counter() - begun)
        slowest[name] = 1000 * min(times)
    for name, milliseconds in sorted(slowest.items(), key=lambda item: -item[1]):
        print(f"{name:20} {milliseconds:6.0f} ms")
    assert max(slowest.values()) < 200
