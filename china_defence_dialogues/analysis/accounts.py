"""What each side says was talked about, and what the other leaves out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..vocab import CHINA
from .balance import GROUPS, grouped_rows, summed
from .frames import finish, frame, known_id, share, some_of

if TYPE_CHECKING:
    import pandas as pd

_THIRD = ("third", "anonymous")


def readouts(meeting: str) -> pd.DataFrame:
    """Topics of one meeting, with who reports each and who is said to have raised it.

    Args:
        meeting: a meeting id.

    Returns:
        One row per topic: topic (string), in_prc, in_partner, in_third (bool: reported by an account of the PRC, of a
        partner, of others; a joint account counts for both sides), only (string: "prc" or "partner" where one of the two
        sides alone reports it and both gave an account of some topic; else missing), raised_by (list of str, as reported
        by anyone), article_ids (list of str). Empty where no topic is coded.

    Raises:
        UnknownNameError: (a ValueError) for a meeting that does not exist.
    """
    import pandas as pd

    known_id("meeting", meeting, "meetings", "meeting_id")
    topics = _sides(
        frame("topics", ["meeting_id", "topic", "raised_by", "account_of", "article_id"], meeting=meeting, scope="all")
    )
    both = bool(topics["in_prc"].any() and topics["in_partner"].any())
    found = []
    for topic, group in topics.groupby("topic", sort=True):
        prc, partner = bool(group["in_prc"].any()), bool(group["in_partner"].any())
        found.append(
            {
                "topic": topic, "in_prc": prc, "in_partner": partner, "in_third": bool(group["in_third"].any()),
                "only": ("prc" if prc else "partner") if both and prc != partner else None,
                "raised_by": sorted(set(group["raised_by"])), "article_ids": sorted(set(group["article_id"])),
            }
        )  # fmt: skip
    columns = ["topic", "in_prc", "in_partner", "in_third", "only", "raised_by", "article_ids"]
    result = pd.DataFrame(found, columns=columns).astype(
        {"topic": "string", "in_prc": "bool", "in_partner": "bool", "in_third": "bool", "only": "string"}
    )
    return finish(result, meeting_id=meeting, two_accounts=both)


def readout_gap(by: str | Iterable[str] = "topic", **filters: Any) -> pd.DataFrame:
    """Topics that one side's account mentions and the other's leaves out.

    Compared are contacts of which both sides' accounts report some topic; a topic counts once per contact.

    Args:
        by: "topic" (default), or one or several of "topic", "partner", "year", "level", "domain", "mode", "setting",
            "region"; () for one row on everything.
        **filters: filters of `load_meetings`; scope is core unless asked otherwise.

    Returns:
        The columns of `by`, then int64: n_contacts (contacts with the topic), n_prc, n_partner (topic mentions of each
        side), n_both, n_prc_only, n_partner_only; prc_omits, partner_omits (Float64: share of the other side's mentions
        that the side leaves out; missing without any).

    Raises:
        UnknownNameError: (a ValueError) for a group or filter value that does not exist.
    """
    groups = some_of("group", by, ("topic", *GROUPS))
    others = [group for group in groups if group != "topic"]
    rows = grouped_rows(others, multilateral=True, **filters)
    rows = rows[rows["kind"].eq("contact")]
    topics = _sides(frame("topics", ["meeting_id", "topic", "account_of"], scope="all"))
    topics = topics[topics["meeting_id"].isin(rows["meeting_id"])]
    sides = topics.groupby("meeting_id")[["in_prc", "in_partner"]].any()
    compared = sides.index[sides["in_prc"] & sides["in_partner"]]
    topics = topics[topics["meeting_id"].isin(compared)]
    pairs = topics.groupby(["meeting_id", "topic"], as_index=False, observed=True)[["in_prc", "in_partner"]].any()
    pairs = pairs[pairs["in_prc"] | pairs["in_partner"]]
    pairs = pairs.merge(rows[["meeting_id", *others]], on="meeting_id")
    prc, partner = pairs["in_prc"], pairs["in_partner"]
    counts = {
        "n_prc": prc,
        "n_partner": partner,
        "n_both": prc & partner,
        "n_prc_only": prc & ~partner,
        "n_partner_only": partner & ~prc,
    }
    result = summed(pairs, groups, {"n_contacts": ~pairs.duplicated(["meeting_id", *groups]), **counts})
    result["prc_omits"] = share(result["n_partner_only"], result["n_partner"])
    result["partner_omits"] = share(result["n_prc_only"], result["n_prc"])
    return finish(result, n_compared=len(compared))


def _sides(topics: pd.DataFrame) -> pd.DataFrame:
    account = topics["account_of"]
    return topics.assign(
        in_prc=account.isin([CHINA, "both"]), in_partner=~account.isin([CHINA, *_THIRD]), in_third=account.isin(_THIRD)
    )
