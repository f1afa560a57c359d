"""Built tables of any size, made at random from the hand-made data set: for properties and for speed, never for answers."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from china_defence_dialogues.vocab import CONTACT_STATUSES, Location, Mode, Setting, Status

KEYED = ("meetings", "participants", "topics", "evidence", "meeting_partners", "status_history", "outcomes")
TOPICS = (
    "taiwan",
    "south_china_sea",
    "cyber",
    "hotline",
    "exercises",
    "peacekeeping",
    "counter_terrorism",
    "north_korea",
)


def synthetic(source: Path, target: Path, n: int, seed: int, *, shuffled: bool = False) -> Path:
    """A data folder with n random meetings in place of those of `source`; `shuffled` puts every table's rows in another order."""
    random_ = random.Random(seed)
    shutil.copytree(source, target)
    tables = {path.stem: pq.read_table(path) for path in source.glob("*.parquet")}
    old = {name: _by_meeting(tables[name]) for name in KEYED}
    codes = sorted(
        {row["iso3"] for row in tables["countries"].to_pylist() if row["in_panel"] and row["kind"] == "state"}
    )
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in KEYED}
    records = [row for row in tables["records"].to_pylist() if row["kind"] != "meeting"]
    by_id = {row["id"]: row["record"] for row in tables["records"].to_pylist() if row["kind"] == "meeting"}
    for number in range(n):
        base = random_.choice(sorted(old["meetings"]))
        meeting = _varied(old["meetings"][base][0], f"syn-{number:05d}", random_, codes)
        rows["meetings"].append(meeting)
        for name in KEYED[1:]:
            for row in old[name].get(base, []):
                if name != "meeting_partners":
                    rows[name].append(row | {"meeting_id": meeting["meeting_id"]})
        rows["meeting_partners"] += [
            {"meeting_id": meeting["meeting_id"], "partner": partner, "cow": None, "gw": None, "region": None}
            for partner in meeting["partners"]
        ]
        rows["topics"] += [_topic(meeting, seq, random_) for seq in range(50, 50 + random_.randrange(4))]
        records.append(
            {
                "kind": "meeting",
                "id": meeting["meeting_id"],
                "record": json.dumps(json.loads(by_id[base]) | {"id": meeting["meeting_id"]}),
            }
        )
    tables |= {name: pa.Table.from_pylist(rows[name], schema=tables[name].schema) for name in KEYED}
    tables["records"] = pa.Table.from_pylist(records, schema=tables["records"].schema)
    manifest = json.loads((source / "manifest.json").read_text())
    for name, table in tables.items():
        if shuffled:
            table = table.take(pa.array(random_.sample(range(table.num_rows), table.num_rows), pa.int64()))
        pq.write_table(table, target / f"{name}.parquet")
        manifest["tables"][name] |= {
            "sha256": hashlib.sha256((target / f"{name}.parquet").read_bytes()).hexdigest(),
            "rows": table.num_rows,
        }
    (target / "manifest.json").write_text(json.dumps(manifest))
    return target


def _by_meeting(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        found.setdefault(row["meeting_id"], []).append(row)
    return found


def _varied(base: dict[str, Any], meeting_id: str, random_: random.Random, codes: list[str]) -> dict[str, Any]:
    day = date(1997, 1, 1) + timedelta(days=random_.randrange(29 * 365))
    precision = random_.choice(["day"] * 6 + ["month", "year", "within"])
    last = day
    if precision == "month":
        day, last = day.replace(day=1), day.replace(day=28)
    elif precision == "year":
        day, last = day.replace(month=1, day=1), day.replace(month=12, day=31)
    elif precision == "within":
        last = day + timedelta(days=random_.randrange(1, 40))
    status = random_.choice([Status.HELD] * 6 + list(Status))
    setting = random_.choice(list(Setting))
    weighted = [*codes[:12]] * 8 + codes
    partners = random_.sample(weighted, 3) if setting == Setting.MULTILATERAL_SESSION else [random_.choice(weighted)]
    text = day.isoformat() if precision == "day" else f"{day.isoformat()}/{last.isoformat()}"
    return base | {
        "meeting_id": meeting_id, "status": str(status), "is_contact": status in CONTACT_STATUSES, "mode": str(random_.choice(list(Mode))),
        "setting": str(setting), "location": str(random_.choice(list(Location))), "prc_level": random_.randint(1, 8), "partner_level": random_.randint(1, 8),
        "level": random_.randint(1, 8), "start_date": day, "end_date": last, "date_precision": precision, "date_edtf": text,
        "partners": sorted(set(partners)), "scope": "context" if random_.random() < 0.1 else "core", "aggregate": random_.random() < 0.03,
    }  # fmt: skip


def _topic(meeting: dict[str, Any], seq: int, random_: random.Random) -> dict[str, Any]:
    partner = meeting["partners"][0]
    return {
        "meeting_id": meeting["meeting_id"], "seq": seq, "topic": random_.choice(TOPICS), "raised_by": random_.choice(["CHN", partner]),
        "account_of": random_.choice(["CHN", partner, "both", "third"]), "article_id": "20230530-wsj-declined", "span_start": None, "span_end": None,
    }  # fmt: skip
