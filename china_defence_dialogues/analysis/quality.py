"""How far the data can be trusted: what was searched, what one side alone tells, how well coders agree, what is missing."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

from ..vocab import CHINA
from .agreement import Z95, krippendorff_alpha, pair_interval, wilson
from .balance import grouped_rows
from .frames import event_days, finish, frame, one_of, records, share
from .windows import Window

if TYPE_CHECKING:
    import pandas as pd

COVERAGE_GROUPS = ("partner", "year", "status", "level", "domain", "region")
RELIABILITY_GROUPS = ("partner", "year", "level", "domain", "region")
_ENOUGH = 10
"""Codings that must hold a topic before its own agreement is shown."""
_FACTS = ("has_prc_account", "has_partner_account", "two_sided", "n_publishers", "coder_kind")


def coverage(
    by: Literal["partner", "year", "status", "level", "domain", "region"] = "partner", **filters: Any
) -> pd.DataFrame:
    """What was searched, and what the records of each group rest on.

    Args:
        by: what to group by: "partner", "year", "status", "level", "domain" or "region".
        **filters: filters of `load_meetings`; scope is core unless asked otherwise. Aggregates are left out.

    Returns:
        One row per group with a record (for "partner", also those searched without result): the group, n_records,
        n_contacts, n_non_contacts (int64), one_sided_share, single_publisher_share, excerpt_only_share (Float64, of all
        records: no account of one of the two sides; one publisher; no page read in full), first, last
        (datetime64[us]); for "partner" also searched_contacts and searched_non_contacts (string: years, as "1997-2025",
        several spans joined by ", "; missing where none). Entries of the coverage list for all partners count for each.

    Raises:
        UnknownNameError: (a ValueError) for a group or filter value that does not exist.
    """
    import pandas as pd

    one_of("group", by, COVERAGE_GROUPS)
    rows = _rows([] if by == "status" else [by], **filters)
    rows[by] = rows[by].astype("string") if rows[by].dtype == "category" else rows[by]
    table = rows.groupby(by, sort=True).agg(
        n_records=("meeting_id", "size"), n_contacts=("contact", "sum"), n_non_contacts=("nothing", "sum"), one=("one_sided", "sum"),
        single=("single", "sum"), excerpt=("excerpt_only", "sum"), first=("first", "min"), last=("last", "max"),
    ).reset_index()  # fmt: skip
    if by == "partner" and not filters:
        searched = (
            set(frame("coverage", ["partner"], status_class=["contacts", "non_contacts"])["partner"])
            - {"all"}
            - set(table["partner"])
        )
        extra = pd.DataFrame({"partner": sorted(searched)}).reindex(columns=table.columns)
        counts = ["n_records", "n_contacts", "n_non_contacts", "one", "single", "excerpt"]
        if len(extra):
            extra[counts] = 0
            table = pd.concat([table, extra.astype(table.dtypes.to_dict())], ignore_index=True).sort_values("partner")
    for name, column in (
        ("one_sided_share", "one"),
        ("single_publisher_share", "single"),
        ("excerpt_only_share", "excerpt"),
    ):
        table[name] = share(table.pop(column), table["n_records"])
    table = table[[name for name in table.columns if name not in ("first", "last")] + ["first", "last"]]
    if by == "partner":
        for status_class in ("contacts", "non_contacts"):
            window = Window(status_class)
            table[f"searched_{status_class}"] = pd.array(
                [_spans(window.years(partner)) for partner in table["partner"]], dtype="string"
            )
    return finish(table)


def _spans(years: frozenset[int]) -> str | None:
    """Years as spans: "1997-2003, 2010"."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans) or None


def reliability(
    by: Literal["partner", "year", "level", "domain", "region"] | None = None, **filters: Any
) -> pd.DataFrame:
    """Measures of reliability: one-sidedness, sources, agreement of coders, and an estimate of what is missing.

    Args:
        by: None, or a group for which every measure but alpha is also given.
        **filters: filters of `load_meetings`; scope is core unless asked otherwise. Aggregates are left out.

    Returns:
        One row per measure and group: measure, group (string; "all" for everything), value, low, high (Float64; a 95 %
        interval where there is one), n (int64: what the value rests on), note (string). Measures:
        - one_sided: share of contacts without an account of one of the two sides;
        - single_publisher, excerpt_only: shares of records that rest on one publisher, or on no page read in full;
        - source:TYPE: share of pages read (page and record) by type of source;
        - alpha:FIELD: Krippendorff's alpha (nominal; "not stated" counts as a value) over the second codings, "all" only;
          missing where all values are the same; a bootstrap interval from ten codings on. The note says whether people
          or models coded: agreement between two models is self-consistency, no more;
        - alpha:topics:CODE: the same for one topic, reported or not, where at least ten codings hold it (n: how many);
        - estimated_contacts: Chapman's capture–recapture estimate of how many contacts there were, from those found in a
          PRC account (one capture) and in another account (the other). Both are sought for each record, so the captures
          depend on each other and the estimate is a lower bound;
        - missing_share: share of the estimated contacts that are not on record.

    Raises:
        UnknownNameError: (a ValueError) for a group or filter value that does not exist.
    """
    import pandas as pd

    if by is not None:
        one_of("group", by, RELIABILITY_GROUPS)
    everything = _rows([], **filters)
    found = _measures(everything, None) + _alphas(everything)
    if by is not None:
        found += _measures(_rows([by], **filters), by)
    columns = {
        "measure": "string",
        "group": "string",
        "value": "Float64",
        "low": "Float64",
        "high": "Float64",
        "n": "int64",
        "note": "string",
    }
    return finish(pd.DataFrame(found, columns=list(columns)).astype(columns))


def _rows(groups: list[str], **filters: Any) -> pd.DataFrame:
    """Counted records with what the measures look at."""
    rows = grouped_rows(groups, columns=_FACTS, multilateral=True, **filters)
    evidence = frame("evidence", ["meeting_id", "article_id", "account_of"], scope="all")
    basis = frame("articles", ["article_id", "basis"])
    full = evidence["article_id"].isin(basis.loc[basis["basis"].eq("full_text"), "article_id"])
    rows["first"], rows["last"] = event_days(rows)
    rows["contact"], rows["nothing"] = rows["kind"].eq("contact"), rows["kind"].eq("non_contact")
    rows["one_sided"], rows["single"] = ~rows["two_sided"], rows["n_publishers"].le(1)
    rows["excerpt_only"] = ~rows["meeting_id"].isin(evidence.loc[full, "meeting_id"])
    elsewhere = evidence.loc[~evidence["account_of"].eq(CHINA), "meeting_id"]
    rows["other_account"] = rows["has_partner_account"] | rows["meeting_id"].isin(elsewhere)
    return rows


def _pages() -> pd.DataFrame:
    """Each page read for each record, with its type."""
    pages = frame("evidence", ["meeting_id", "article_id"], scope="all").drop_duplicates()
    types = frame("articles", ["article_id", "source_type"])
    return pages.merge(types.astype({"source_type": "string"}), on="article_id")


def _measures(rows: pd.DataFrame, by: str | None) -> list[dict[str, Any]]:
    """Every measure but alpha, for each group or for everything."""
    import pandas as pd

    contact, both = rows["contact"], rows["has_prc_account"] & rows["other_account"]
    flags = pd.DataFrame(
        {
            "records": True, "contacts": contact, "one_sided": contact & rows["one_sided"], "single": rows["single"],
            "excerpt_only": rows["excerpt_only"], "prc": contact & rows["has_prc_account"], "other": contact & rows["other_account"],
            "both": contact & both,
        },
        index=rows.index,
    ).astype("int64")  # fmt: skip
    group = pd.Series("all", index=rows.index) if by is None else rows[by].astype("string")
    counts = flags.groupby(group, sort=True).sum()
    pages = _pages().merge(pd.DataFrame({"meeting_id": rows["meeting_id"], "group": group}), on="meeting_id")
    types = pages.groupby(["group", "source_type"], sort=True).size()
    if by is None and counts.empty:
        counts.loc["all"] = 0
    read: dict[str, dict[str, int]] = {}
    for row in records(types.rename("n").reset_index()):
        read.setdefault(row["group"], {})[row["source_type"]] = row["n"]
    found = []
    for row in records(counts.rename_axis("group").reset_index()):
        found += _of_group(row, read.get(row["group"], {}))
    return found


def _of_group(row: dict[str, Any], read: dict[str, int]) -> list[dict[str, Any]]:
    group = str(row["group"])
    found = [
        _share("one_sided", group, row["one_sided"], row["contacts"], "contacts"),
        _share("single_publisher", group, row["single"], row["records"], "records"),
        _share("excerpt_only", group, row["excerpt_only"], row["records"], "records"),
    ]
    found += [_share(f"source:{kind}", group, n, sum(read.values()), "pages") for kind, n in read.items()]
    n, low, high = chapman(row["prc"], row["other"], row["both"])
    seen = row["contacts"]
    note = "lower bound: both accounts are sought for each record"
    found.append(
        {"measure": "estimated_contacts", "group": group, "value": n, "low": low, "high": high, "n": seen, "note": note}
    )
    gap = [None if value is None or value <= 0 else max(0.0, 1 - seen / value) for value in (n, low, high)]
    found.append(
        {
            "measure": "missing_share",
            "group": group,
            "value": gap[0],
            "low": gap[1],
            "high": gap[2],
            "n": seen,
            "note": note,
        }
    )
    return found


def _share(measure: str, group: str, part: int, n: int, of: str) -> dict[str, Any]:
    """A share with Wilson's 95 % interval."""
    row: dict[str, Any] = {"measure": measure, "group": group, "value": None, "low": None, "high": None, "n": n}
    if n:
        low, high = wilson(part, n)
        row |= {"value": part / n, "low": low, "high": high}
    return row | {"note": f"share of {of}"}


def chapman(first: int, second: int, both: int) -> tuple[float | None, float | None, float | None]:
    """Chapman's estimate of a population seen twice, with a 95 % log-normal interval; None without any capture.

    The interval begins no lower than what was seen (Chao 1987).
    """
    if not first or not second:
        return None, None, None
    estimate = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    unseen = estimate - seen
    if unseen <= 0 or variance <= 0:
        return estimate, float(seen), estimate
    factor = math.exp(Z95 * math.sqrt(math.log1p(variance / unseen**2)))
    return estimate, seen + unseen / factor, seen + unseen * factor


def _alphas(rows: pd.DataFrame) -> list[dict[str, Any]]:
    codings = frame("double_codings", ["field", "meeting_id", "first", "second", "coder_kind"], scope="all")
    codings = codings.merge(rows[["meeting_id", "coder_kind"]], on="meeting_id", suffixes=("_second", "_first"))
    found = []
    for field, group in codings.groupby("field", sort=True):
        first, second = group["first"].fillna("(not stated)"), group["second"].fillna("(not stated)")
        pairs = list(zip(first, second, strict=True))
        equal = f"{int((first == second).sum())} of {len(group)} equal"
        found.append(_alpha(str(field), pairs, len(group), f"{_coders(group)}; {equal}"))
        if field == "topics":
            found += _topic_alphas(pairs, _coders(group))
    return found


def _topic_alphas(pairs: list[tuple[str, str]], coders: str) -> list[dict[str, Any]]:
    """Whether a topic was reported, topic by topic, for those that enough codings hold."""
    sets = [(set(first.split("|")), set(second.split("|"))) for first, second in pairs]
    either = Counter(topic for first, second in sets for topic in first | second if not topic.startswith("("))
    return [
        _alpha(
            f"topics:{topic}",
            [("yes" if topic in first else "no", "yes" if topic in second else "no") for first, second in sets],
            n,
            f"{coders}; of {n} codings that hold it {sum(topic in first & second for first, second in sets)} hold it twice",
        )
        for topic, n in sorted(either.items())
        if n >= _ENOUGH
    ]


def _alpha(field: str, pairs: list[tuple[str, str]], n: int, note: str) -> dict[str, Any]:
    value = krippendorff_alpha(pairs)
    low, high = pair_interval(pairs) or (None, None)
    return {
        "measure": f"alpha:{field}", "group": "all", "value": None if math.isnan(value) else value, "low": low, "high": high,
        "n": n, "note": note,
    }  # fmt: skip


def _coders(group: pd.DataFrame) -> str:
    models = group["coder_kind_first"].eq("language_model") & group["coder_kind_second"].eq("language_model")
    if models.all():
        return "self-consistency of two language models"
    return "mixed" if models.any() else "agreement with a person"
