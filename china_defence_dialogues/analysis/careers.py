"""The people: how often each meets foreigners or Chinese, and one career in order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..vocab import CHINA, Role
from .frames import DAY_COLUMNS, event_days, finish, frame, known_id, meetings

if TYPE_CHECKING:
    import pandas as pd

_OFFICIALS = {
    "person_id": "string", "name": "string", "side": "string", "n_contacts": "int64", "n_leading": "int64", "n_intended": "int64",
    "n_partners": "int64", "first": "datetime64[us]", "last": "datetime64[us]", "n_posts": "int64",
}  # fmt: skip


def officials(side: str | None = None, *, multilateral: bool = True, **filters: Any) -> pd.DataFrame:
    """Everyone who took part in a contact, or was to, with how often and when.

    Args:
        side: only people who acted for this state or body ("CHN", "USA", "org:NATO").
        multilateral: count multilateral sessions and collective calls too.
        **filters: filters of `load_meetings`; scope is core unless asked otherwise.

    Returns:
        One row per person and side, the busiest first: person_id, name, side (string), n_contacts, n_leading (as
        principal, co-principal or chair), n_intended (attempts at which the person was to take part and which came to
        nothing), n_partners (distinct foreign sides met; for foreigners 1 when they met the PRC), n_posts (int64), first,
        last (datetime64[us]: first possible days of the first and last contact). People without an id are left out.

    Raises:
        UnknownNameError: (a ValueError) for a side or filter value that does not exist.
    """
    import pandas as pd

    from ..errors import UnknownNameError

    rows = meetings(["partners", *DAY_COLUMNS], multilateral=multilateral, **filters)
    rows["first"], _ = event_days(rows)
    people = frame("participants", ["meeting_id", "person_id", "name", "side", "post_id", "role"], scope="all")
    if side is not None and side not in set(people["side"]):
        raise UnknownNameError("side", side, set(people["side"]))
    people = people[people["person_id"].notna() & (people["side"].eq(side) if side else True)]
    table = people.merge(rows, on="meeting_id").drop_duplicates(["meeting_id", "person_id", "side"])
    contact = table["kind"].eq("contact")
    table["contact"] = contact.astype("int64")
    table["leading"] = (
        contact & table["role"].isin([str(r) for r in (Role.PRINCIPAL, Role.CO_PRINCIPAL, Role.CHAIR)])
    ).astype("int64")
    table["intended"] = (table["kind"].eq("non_contact") & table["role"].eq(str(Role.INTENDED))).astype("int64")
    table["when"] = table["first"].where(contact)
    keys = ["person_id", "side"]
    result = table.groupby(keys, sort=True, as_index=False).agg(
        name=("name", "first"), n_contacts=("contact", "sum"), n_leading=("leading", "sum"), n_intended=("intended", "sum"),
        first=("when", "min"), last=("when", "max"), n_posts=("post_id", "nunique"),
    )  # fmt: skip
    met = table[contact].explode("partners")
    met = met[met["side"].eq(CHINA) | met["partners"].eq(met["side"])]
    partners = met.groupby(keys)["partners"].nunique().rename("n_partners")
    result = result.merge(partners, on=keys, how="left").fillna({"n_partners": 0})
    result = pd.DataFrame(result)[list(_OFFICIALS)].astype(_OFFICIALS)
    return finish(
        result.sort_values(["n_contacts", "n_intended", "person_id", "side"], ascending=[False, False, True, True])
    )


def career(person: str) -> pd.DataFrame:
    """One official's posts and contacts in order of time.

    Args:
        person: person id, as "chn-dong-jun".

    Returns:
        One row per tenure and per record: kind ("tenure", "contact", "non_contact" or "open"), start, end
        (datetime64[us], first and last day meant, missing where not known), date_edtf (string; of a tenure its first day),
        post_id, office, role, meeting_id, status (string; of tenures missing but for post_id and office), partners
        (list of str). Core and context records alike.

    Raises:
        UnknownNameError: (a ValueError) for a person who does not exist.
    """
    import pandas as pd

    known_id("person", person, "people", "person_id")
    rows = meetings(["partners", "date_edtf", *DAY_COLUMNS], aggregates=True, scope="all", person=person)
    rows["start"], rows["end"] = event_days(rows)
    parts = frame("participants", ["meeting_id", "person_id", "post_id", "office", "role"], scope="all", person=person)
    contacts = rows.merge(parts, on="meeting_id")
    contacts[["status", "role"]] = contacts[["status", "role"]].astype("string")
    tenures = frame("tenures", ["post_id", "start_edtf", "first_seen", "start_date", "end_date"], person=person)
    tenures = tenures.merge(frame("posts", ["post_id", "title"]), on="post_id", how="left").assign(kind="tenure")
    tenures["date_edtf"] = tenures["start_edtf"].fillna(tenures["first_seen"])
    tenures = tenures.rename(columns={"start_date": "start", "end_date": "end", "title": "office"})
    tenures["partners"] = [[] for _ in range(len(tenures))]
    columns = ["kind", "start", "end", "date_edtf", "post_id", "office", "role", "meeting_id", "status", "partners"]
    parts_ = [table.reindex(columns=columns).astype({name: "string" for name in columns if name not in ("start", "end", "partners")}
              | {"start": "datetime64[us]", "end": "datetime64[us]"}) for table in (tenures, contacts)]  # fmt: skip
    result = pd.concat([table for table in parts_ if len(table)] or parts_[:1], ignore_index=True)
    return finish(
        result.sort_values(["start", "kind", "meeting_id", "post_id"], na_position="first", kind="stable"),
        person_id=person,
    )
