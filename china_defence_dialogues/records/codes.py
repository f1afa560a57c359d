"""Every finding code, with a bad and a good example. docs/findings.md is printed from here."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    title: str
    bad: str
    good: str
    warning: bool = False


CODES: dict[str, Code] = {
    # The YAML text
    "Y001": Code("malformed YAML", "partners: [USA", "partners: [USA]"),
    "Y002": Code("duplicate key", "status: held\nstatus: declined", "status: held"),
    "Y003": Code("anchor, alias or tag", "date: &d 2024-04-16", "date: 2024-04-16"),
    "Y004": Code(
        "comment, which rewriting would lose",
        "status: held # sure?",
        "status: held\nnotes: Status doubted by one source.",
    ),
    "Y005": Code("file larger than 1 MB", "(a record of 5 MB)", "(one record, a few kB)"),
    "Y006": Code("nested more than 20 levels", "a: [[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]", "a: [1]"),
    "Y007": Code("not UTF-8", "(Latin-1 bytes)", "(UTF-8 without byte-order mark)"),
    "Y008": Code("second document in one file", "id: a\n---\nid: b", "id: a"),
    "Y009": Code("fields expected", "- held", "status: held"),
    # The record against its model
    "M001": Code("unknown field", "state: held", "status: held"),
    "M002": Code("missing field", "(no `partners`)", "partners: [USA]"),
    "M003": Code("value of the wrong form", "date: 31 April 2024", "date: 2024-04-30"),
    # The file
    "F001": Code("id is not the file name", "a.yaml: id: b", "b.yaml: id: b"),
    "F002": Code("wrong folder", "meetings/2023/20240416-….yaml", "meetings/2024/20240416-….yaml"),
    "F003": Code("not in canonical form", "partners:\n- USA", "partners: [USA]"),
    "F004": Code("file where no record may lie", "seeds/new.yaml", "seeds/meetings/2024/….yaml"),
    "F005": Code("symbolic link", "a.yaml -> ../b.yaml", "a.yaml"),
    "F006": Code(
        "document and article disagree",
        "text_sha256: (hash of another text)",
        "text_sha256: (hash of seeds/documents/<id>.txt)",
    ),
    "F008": Code(
        "press text not in this copy", "a source archive without the press texts", "a checkout with them", warning=True
    ),
    # References
    "R001": Code("dangling reference", "person: usa-austin (no such record)", "person: usa-austin-lloyd"),
    "R002": Code("unknown vocabulary code", "topic: tawian", "topic: taiwan"),
    "R003": Code("reference to a superseded record", "person: usa-austin-l (superseded)", "person: usa-austin-lloyd"),
    "R004": Code(
        "evidence for a field that does not exist or is empty",
        "supports: {venue: null}",
        "supports: {place.venue: null}",
    ),
    "R005": Code(
        "article that no record cites", "(an article file alone)", "(cited by a meeting, tenure, round …)", warning=True
    ),
    "R006": Code(
        "closed list and vocabulary file out of step",
        "statuses.yaml without `lapsed`",
        "statuses.yaml with every status",
    ),
    # Content
    "C001": Code(
        "likely duplicate",
        "two records: USA, 2024-04-16, Austin and Dong",
        "one record; or link them as `distinct_from`",
    ),
    "C002": Code(
        "post not held on that day", "Wei Fenghe as minister on 2024-04-16", "Dong Jun as minister on 2024-04-16"
    ),
    "C003": Code(
        "tenures of a single-holder post overlap",
        "A to 2018-03-31, B from 2018-03-19",
        "A to 2018-03-19, B from 2018-03-19",
    ),
    "C004": Code(
        "source older than what it reports as held", "held 2024-04-16, page of 2024-04-10", "planned, or another source"
    ),
    "C005": Code("span does not fit the text", "span [5000, 5010] in a text of 4,713 characters", "span [77, 89]"),
    "C006": Code("articles in conflict", "one address, two publication dates", "one address, one article"),
    "C007": Code("held in the future", "status: held, date: 2031-01-01", "status: planned, intended_date: 2031-01-01"),
    "C008": Code(
        "status history does not lead to the status",
        "status: held; last step: planned",
        "status: held; last step: held",
    ),
    "C009": Code("role and status contradict", "status: held with role: intended", "role: principal"),
    "C010": Code("field and status contradict", "status: held with ended_by", "ended_by only where it did not happen"),
    "C011": Code("round recorded twice", "a round in the mechanism and as a meeting", "the meeting alone"),
    "C012": Code("remote contact with a place", "mode: phone with place", "mode: phone"),
    "C013": Code("side that takes no part", "participant of GBR, partners [USA]", "partners [GBR, USA]"),
    "C014": Code("status not supported by any source", "no `status` among supports", "supports: {status: null, …}"),
    "C015": Code("account of a side that takes no part", "account_of: GBR, partners [USA]", "account_of: third"),
    "C016": Code(
        "core record without a defence or security side",
        "scope: core, only the foreign minister",
        "scope: context",
        warning=True,
    ),
    "C017": Code(
        "date mention contradicts the text or the anchor", '"2024-04-16" coded as 2024-04-17', "coded as 2024-04-16"
    ),
    "C018": Code("dates out of order", "tenure that ends before it starts", "start before end"),
    "C019": Code("round of a mechanism with another partner", "mechanism of JPN, partners [USA]", "mechanism of USA"),
    "C020": Code(
        "same-event records of one visit by unnamed sides",
        "two unnamed talks on one day",
        "link them as distinct_from",
        warning=True,
    ),
    "C021": Code("said twice, or a link to itself", "partners: [USA, USA]", "partners: [USA]"),
    # The lists kept beside the records
    "E001": Code(
        "expectation not met",
        "meetings: 12 rows, at least 20 expected",
        "(more rows, or another bound with its reason)",
    ),
    "A001": Code("waiver that waives nothing", "code C002 for a record without such a finding", "(entry removed)"),
}
