"""Who hosts, who asks, who refuses; and whether both sides send people of the same rank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..vocab import CHINA, MUTUAL, Location
from .codes import add_codes
from .frames import DAY_COLUMNS, finish, meetings, partner, period, share, some_of

if TYPE_CHECKING:
    import pandas as pd

GROUPS = ("partner", "year", "level", "domain", "mode", "setting", "region")
_COLUMNS = (
    "partners", "level", "domain", "mode", "location", "requested_by", "ended_by", "prc_level", "partner_level", *DAY_COLUMNS,
)  # fmt: skip


def reciprocity(by: str | Iterable[str] = "partner", *, multilateral: bool = False, **filters: Any) -> pd.DataFrame:
    """Who travels to whom, who asks for contacts, and who turns them down.

    Args:
        by: what to group by, one or several of "partner", "year" (records of no certain year fall out), "level",
            "domain", "mode", "setting", "region"; () for one row on everything.
        multilateral: also count multilateral sessions and collective calls, once for each partner.
        **filters: filters of `load_meetings`; scope is core unless asked otherwise.

    Returns:
        The columns of `by`, then int64 counts of contacts: n_contacts, n_in_china, n_in_partner, n_third, n_remote,
        n_unknown; host_balance (Float64: (n_in_partner - n_in_china) / (n_in_partner + n_in_china), from -1, always in
        China, to 1; missing without either); of all records: n_requested_by_china, n_requested_by_partner,
        n_requested_mutual; of attempts that came to nothing: n_non_contacts, n_ended_by_china, n_ended_by_partner,
        n_ended_mutual (those with nobody named are in none of the three).

    Raises:
        UnknownNameError: (a ValueError) for a group or filter value that does not exist.
    """
    groups = some_of("group", by, GROUPS)
    rows = grouped_rows(groups, multilateral=multilateral, **filters)
    contact, nothing = rows["kind"].eq("contact"), rows["kind"].eq("non_contact")
    counts = {"n_contacts": contact}
    counts |= {f"n_{location}": contact & rows["location"].eq(str(location)) for location in Location}
    for prefix, column, among in (("n_requested", "requested_by", contact | True), ("n_ended", "ended_by", nothing)):
        if column == "ended_by":
            counts["n_non_contacts"] = nothing
        counts[f"{prefix}_by_china"] = among & _names(rows, column, CHINA)
        counts[f"{prefix}_by_partner"] = among & _names(rows, column, "", own="partner" in groups)
        counts[f"{prefix}_mutual"] = among & _names(rows, column, MUTUAL)
    result = summed(rows, groups, counts)
    place = list(result.columns).index("n_unknown") + 1
    away, home = result["n_in_partner"], result["n_in_china"]
    result.insert(place, "host_balance", share(away - home, away + home))
    return finish(result)


def levels(by: str | Iterable[str] = "partner", *, multilateral: bool = False, **filters: Any) -> pd.DataFrame:
    """Parity of the two sides' ranks: does the PRC send people of the rank it receives?

    Args:
        by, multilateral, **filters: as for `reciprocity`.

    Returns:
        The columns of `by`, then of contacts: n_contacts, n_both_known (both principals' levels known), n_equal,
        n_prc_higher, n_partner_higher (int64), mean_prc_level, mean_partner_level, mean_gap (Float64; partner level
        minus PRC level over those with both known: above 0 the PRC side ranks higher; level 1 is the highest).

    Raises:
        UnknownNameError: (a ValueError) for a group or filter value that does not exist.
    """
    groups = some_of("group", by, GROUPS)
    rows = grouped_rows(groups, multilateral=multilateral, **filters)
    rows = rows[rows["kind"].eq("contact")]
    known = rows["prc_level"].lt(8) & rows["partner_level"].lt(8)
    gap = rows["partner_level"] - rows["prc_level"]
    result = summed(
        rows, groups,
        {
            "n_contacts": known | True, "n_both_known": known, "n_equal": known & gap.eq(0), "n_prc_higher": known & gap.gt(0),
            "n_partner_higher": known & gap.lt(0), "prc": rows["prc_level"].where(known, 0), "partner_sum": rows["partner_level"].where(known, 0),
        },
    )  # fmt: skip
    n = result["n_both_known"]
    result["mean_prc_level"] = share(result.pop("prc"), n)
    result["mean_partner_level"] = share(result.pop("partner_sum"), n)
    result["mean_gap"] = result["mean_partner_level"] - result["mean_prc_level"]
    return finish(result)


def grouped_rows(groups: list[str], *, columns: Iterable[str] = (), multilateral: bool, **filters: Any) -> pd.DataFrame:
    """Counted records with the columns they are grouped by; one row per partner where partners matter."""
    rows = meetings([*_COLUMNS, *columns], multilateral=multilateral, **filters)
    if "year" in groups:
        rows["year"] = period(rows, lambda days: days.dt.year)
    rows = rows.explode("partners").rename(columns={"partners": "partner"})
    rows["partner"] = rows["partner"].astype("string")
    wanted = filters.get("partner")
    if wanted is not None:
        rows = rows[rows["partner"].isin({partner(item) for item in ([wanted] if isinstance(wanted, str) else wanted)})]
    if "region" in groups:
        rows = add_codes(rows, codes="region")
    if "partner" not in groups:
        # A record with several partners counts once in each group it belongs to.
        rows = rows.drop_duplicates(["meeting_id", "region"] if "region" in groups else "meeting_id")
    return rows.reset_index(drop=True)


def summed(rows: pd.DataFrame, groups: list[str], counts: dict[str, Any]) -> pd.DataFrame:
    """Sums of counts by group, in the groups' order; groups with a missing value fall out."""
    import pandas as pd

    table = pd.DataFrame({name: pd.Series(count, index=rows.index).astype("int64") for name, count in counts.items()})
    if not groups:
        return table.sum().to_frame().T.astype("int64")
    keys = [rows[group].astype("string") if rows[group].dtype == "category" else rows[group] for group in groups]
    return table.groupby(keys, sort=True, dropna=True).sum().rename_axis(index=groups).reset_index()


def _names(rows: pd.DataFrame, column: str, side: str, *, own: bool = False) -> pd.Series:
    """Whether a list of sides names China, "mutual", or a partner: the row's `own` one, else any."""
    import pandas as pd

    def named(sides: list[str], partner: str) -> bool:
        if side:
            return side in sides
        return partner in sides if own else any(item not in (CHINA, MUTUAL) for item in sides)

    return pd.Series(
        [named(*cells) for cells in zip(rows[column], rows["partner"], strict=True)], index=rows.index, dtype=bool
    )
