"""Every exporter, over ordinary and hostile text: its output read back by other people's tools, cell by cell."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
from datetime import date, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT

import china_defence_dialogues as cdd
from china_defence_dialogues import about
from china_defence_dialogues.loading.store import arrow_table
from china_defence_dialogues.publishing import exporting
from china_defence_dialogues.publishing.exporting import FORMATS, OTHER_SUMS, SUMS, export, sha256
from china_defence_dialogues.publishing.formats.json_lines import NESTED
from china_defence_dialogues.tables import folder as folders
from china_defence_dialogues.tables.schema import TABLES, Column

HOSTILE = (
    '=HYPERLINK("http://example.org","x")', "+1+1", "-2+3", "@SUM(A1)", "\ttab first", 'comma, "quote"', "line one\nline two",
    "cr\rreturn", "emoji 🕊️ 🇨🇳", "عربي עברית", "a|b\\c|", "'; DROP TABLE meetings; --", "<script>alert(1)</script>&amp;",
    "\u202ereversed", "e\u0301", "NULL", "NaN", "true", "001", "1e5", "2024-04-16", "_x0041_", " spaces ", "---", "x" * 2_500,
    "{{7*7}}", "${x}", "]]>", "%s%n", "\\N", "\\|",
)  # fmt: skip
"""Text that formats mangle; much of it is refused by `cdd validate`, none may be altered by an exporter."""
LONG = "y" * 40_000


def is_free_text(name: str, column: Column) -> bool:
    plain = not (column.is_key or column.references or column.vocabulary) and not column.name.endswith("edtf")
    kind = str(column.type) in ("string", "list<element: string>")
    structural = name in ("codebook", "records", "changes", "vocabulary") or column.name in (
        "added_in",
        "side",
        "country",
    )
    return plain and kind and not structural


@pytest.fixture(scope="module")
def hostile_data(mini_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mini tables with hostile text in every free text cell."""
    texts = cycle(HOSTILE)
    tables = {}
    for name, table in TABLES.items():
        rows = arrow_table(name, mini_data).to_pylist()
        for row in rows:
            for column in filter(lambda column: is_free_text(name, column), table.columns):
                lists = str(column.type).startswith("list")
                row[column.name] = [next(texts), next(texts)] if lists else next(texts)
        if name == "meetings":
            rows[0]["summary"] = LONG
        tables[name] = pa.Table.from_pylist(rows, schema=table.arrow)
    folder = tmp_path_factory.mktemp("hostile") / "data"
    folders.write(tables, folder)
    return folder


@pytest.fixture(scope="module", params=["mini", "hostile"])
def exported(
    request: pytest.FixtureRequest, mini_data: Path, hostile_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Folder of built tables, and the folder of every format written from it."""
    source = {"mini": mini_data, "hostile": hostile_data}[request.param]
    to = tmp_path_factory.mktemp(request.param) / "out"
    export(to, source=source)
    return source, to


def built(source: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = arrow_table(name, source).to_pylist()
    return rows


def split(text: str) -> list[str]:
    """What the CSV README says: elements joined by |, escaped by a backslash."""
    if not text:
        return []
    parts, escaped = [""], False
    for character in text:
        if escaped or character not in "|\\":
            parts[-1] += character
            escaped = False
        elif character == "\\":
            escaped = True
        else:
            parts.append("")
    return parts


def typed(text: str, column: Column) -> Any:
    kind = str(column.type)
    if kind.startswith("list"):
        return [int(part) if "int64" in kind else part for part in split(text)]
    if text == "":
        return None
    readers: dict[str, Any] = {
        "int64": int,
        "double": float,
        "bool": lambda cell: {"true": True, "false": False}[cell],
        "date32[day]": date.fromisoformat,
    }
    return readers.get(kind, str)(text)


def test_huggingface_repository_loads_with_equal_features(
    hostile_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import datasets

    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    source, to = hostile_data, tmp_path / "out"
    export(to, formats=["huggingface"], source=source)
    header = yaml.safe_load((to / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    filled = [name for name in TABLES if built(source, name)]
    assert [config["config_name"] for config in header["configs"]] == filled
    assert [config["config_name"] for config in header["configs"] if config.get("default")] == ["meetings"]
    for info in header["dataset_info"]:
        name = info["config_name"]
        ours = datasets.Features.from_arrow_schema(arrow_table(name, source).schema)
        loaded = datasets.load_dataset(str(to), name, split="train", cache_dir=str(tmp_path / "cache"))
        assert loaded.features == ours, name
        assert loaded.to_list() == built(source, name), name
        streamed = datasets.load_dataset(str(to), name, split="train", streaming=True)
        assert streamed.features == ours
        assert list(streamed) == built(source, name), name
        assert info["splits"][0]["num_examples"] == len(built(source, name))
        assert info["download_size"] == (to / "data" / f"{name}.parquet").stat().st_size


def test_csv_holds_every_cell_unaltered(exported: tuple[Path, Path]) -> None:
    source, to = exported
    for name, table in TABLES.items():
        with (to / "csv" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        assert header == [column.name for column in table.columns]
        back = [{c.name: typed(cell, c) for c, cell in zip(table.columns, row, strict=True)} for row in rows]
        assert back == built(source, name), name


def test_json_lines_nest_what_hangs_on_a_meeting(exported: tuple[Path, Path]) -> None:
    source, to = exported
    lines = (to / "jsonl" / "meetings.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    meetings = [json.loads(line) for line in lines]
    assert [row["meeting_id"] for row in meetings] == [row["meeting_id"] for row in built(source, "meetings")]
    for name in NESTED:
        back = [{"meeting_id": row["meeting_id"], **part} for row in meetings for part in row[name]]
        assert back == json.loads(json.dumps(built(source, name), default=str)), name
    for name in TABLES.keys() - {*NESTED, "meetings"}:
        lines = (to / "jsonl" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
        assert [json.loads(line) for line in lines] == json.loads(json.dumps(built(source, name), default=str)), name


def test_sqlite_has_every_cell_and_sound_keys(exported: tuple[Path, Path]) -> None:
    source, to = exported
    connection = sqlite3.connect(to / "china_defence_dialogues.sqlite")
    connection.row_factory = sqlite3.Row
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA user_version").fetchone()[0] == int(about.RELEASED.replace("-", ""))
    for name, table in TABLES.items():
        kinds = {column.name: str(column.type) for column in table.columns}
        back = [
            {
                column: cell
                if cell is None
                else json.loads(cell)
                if kinds[column].startswith("list")
                else bool(cell)
                if kinds[column] == "bool"
                else date.fromisoformat(cell)
                if kinds[column].startswith("date")
                else cell
                for column, cell in dict(row).items()
            }
            for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')
        ]
        assert back == built(source, name), name
        keys = [row for row in connection.execute(f"PRAGMA table_info('{name}')") if row["pk"]]
        assert {row["name"] for row in keys} == set(table.key) or any(c.nullable for c in table.columns if c.is_key)
        references = {(row["from"], row["table"]) for row in connection.execute(f"PRAGMA foreign_key_list('{name}')")}
        assert references == {(c.name, c.references) for c in table.columns if c.references}
    core = [row for row in built(source, "meetings") if row["scope"] == "core" and not row["aggregate"]]
    count = connection.execute("SELECT count(*) FROM core_contacts").fetchone()[0]
    assert count == sum(row["is_contact"] for row in core)
    connection.close()
    metadata = json.loads((to / "datasette.json").read_text(encoding="utf-8"))
    assert set(metadata["databases"]["china_defence_dialogues"]["tables"]) == set(TABLES)


def test_duckdb_has_every_cell(exported: tuple[Path, Path]) -> None:
    duckdb = pytest.importorskip("duckdb")
    source, to = exported
    with duckdb.connect(str(to / "china_defence_dialogues.duckdb"), read_only=True) as connection:
        for name in TABLES:
            assert connection.sql(f'FROM "{name}"').to_arrow_table().to_pylist() == built(source, name), name
        comments = connection.sql("SELECT comment FROM duckdb_columns() WHERE table_name = 'meetings'").fetchall()
        assert ("Permanent id.",) in comments
        flat = connection.sql("SELECT count(*), count(prc_participants) FROM meetings_flat").fetchall()
    assert flat == [(len(built(source, "meetings")), len({r["meeting_id"] for r in built(source, "participants") if r["side"] == "CHN"}))]  # fmt: skip


def stata_cells(source: Path, name: str) -> dict[str, list[Any]]:
    """Cells as Stata can hold them: no null text, lists as text, codes by their labels."""
    from china_defence_dialogues.publishing.release import joined

    cells: dict[str, list[Any]] = {}
    for column in TABLES[name].columns:
        values = arrow_table(name, source)[column.name].to_pylist()
        if str(column.type).startswith("list"):
            values = [joined(value) for value in values]
        elif str(column.type) == "string" and column.vocabulary is None:
            values = [value or "" for value in values]
        elif str(column.type) == "bool":
            values = [str(value).lower() for value in values]
        cells["is_aggregate" if column.name == "aggregate" else column.name] = values
    return cells


def as_python(value: Any) -> Any:
    if pd.isna(value):
        return None
    return value.date() if isinstance(value, (pd.Timestamp, datetime)) else value


def test_stata_reads_the_same_in_two_readers(exported: tuple[Path, Path]) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    source, to = exported
    for name, table in TABLES.items():
        path = to / "stata" / f"{name}.dta"
        expected = stata_cells(source, name)
        frame = pd.read_stata(path)
        assert list(frame.columns) == list(expected)
        for column, values in expected.items():
            found = [as_python(value) for value in frame[column].tolist()]
            codeless = column in frame and isinstance(frame[column].dtype, pd.CategoricalDtype)
            wanted = values if codeless else [value if value is not None else None for value in values]
            assert found == [None if value is None else value for value in wanted] or found == [
                None if value == "" and codeless else value for value in values
            ], (name, column)
        assert all(len(column) <= 32 for column in frame.columns)
        second, facts = pyreadstat.read_dta(path, apply_value_formats=True)
        assert list(second.columns) == list(expected)
        assert len(second) == len(built(source, name))
        descriptions = [column.description for column in table.columns]
        for label, description in zip(facts.column_labels, descriptions, strict=True):
            assert description.startswith(label.rstrip("…"))
        if name == "meetings":
            assert second["status"].tolist() == expected["status"]
            assert second["summary"].tolist() == expected["summary"]
            assert facts.value_labels["status"][1.0] == "proposed"


def test_excel_has_typed_cells_and_no_formula(exported: tuple[Path, Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from china_defence_dialogues.publishing.release import joined

    source, to = exported
    book = openpyxl.load_workbook(to / "china_defence_dialogues.xlsx")
    assert book.sheetnames == ["contents", *TABLES]
    links = 0
    for name, table in TABLES.items():
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        header, *rows = sheet.iter_rows()
        assert [cell.value for cell in header] == [column.name for column in table.columns]
        for cells, row in zip(rows, built(source, name), strict=True):
            for cell, column in zip(cells, table.columns, strict=True):
                wanted = row[column.name]
                wanted = joined(wanted) if isinstance(wanted, list) else wanted
                found = cell.value.date() if isinstance(cell.value, datetime) else cell.value
                assert cell.data_type != "f", (name, column.name)
                links += cell.hyperlink is not None
                if isinstance(wanted, str) and len(wanted) > 32_767:
                    assert "characters, more than a cell holds" in found
                elif isinstance(wanted, str) and wanted:
                    assert (found, cell.data_type) == (wanted.replace("\r", "_x000D_"), "s"), (name, column.name)
                else:
                    assert found == (None if wanted == "" else wanted)
    assert links == sum(str(row["url"]).startswith("https://") for row in built(source, "articles"))
    assert book.properties.created.date().isoformat() == about.RELEASED


def test_graphml_has_dyads_and_officials(exported: tuple[Path, Path]) -> None:
    networkx = pytest.importorskip("networkx")
    source, to = exported
    dyads = networkx.read_graphml(to / "graphml" / "dyads.graphml", force_multigraph=True)
    core = {
        row["meeting_id"]: row for row in built(source, "meetings") if row["scope"] == "core" and not row["aggregate"]
    }
    pairs = {
        (row["partner"], row["meeting_id"]) for row in built(source, "meeting_partners") if row["meeting_id"] in core
    }
    assert {(two if one == "CHN" else one, key) for one, two, key in dyads.edges(keys=True)} == pairs
    for _, _, key, facts in dyads.edges(keys=True, data=True):
        assert facts["status"] == core[key]["status"]
    names = {row["iso3"]: row["name"].replace("\r", "\n") for row in built(source, "countries")}
    assert all(facts["name"] == names[node] for node, facts in dyads.nodes(data=True))
    officials = networkx.read_graphml(to / "graphml" / "officials.graphml")
    people = {row["person_id"]: row["name"].replace("\r", "\n") for row in built(source, "people")}
    assert all(facts["name"] == people[node] for node, facts in officials.nodes(data=True))
    # Wei met Austin in Singapore, Dong called him in April 2024: no one else is named on both sides of a core contact
    assert {frozenset(pair): facts["weight"] for *pair, facts in officials.edges(data=True)} == {
        frozenset({"chn-wei-fenghe", "usa-austin-lloyd"}): 1,
        frozenset({"chn-dong-jun", "usa-austin-lloyd"}): 1,
    }


@pytest.fixture(scope="module")
def croissant_file(hostile_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("croissant") / "out"
    export(to, formats=["croissant"], source=hostile_data)
    return to / "croissant.json"


def test_croissant_is_valid(croissant_file: Path) -> None:
    metadata = pytest.importorskip("mlcroissant").Dataset(jsonld=croissant_file).metadata
    assert (metadata.ctx.issues.errors, metadata.ctx.issues.warnings) == (set(), set())
    assert [record_set.uuid for record_set in metadata.record_sets] == list(TABLES)
    assert json.loads(croissant_file.read_text(encoding="utf-8"))["conformsTo"] == "http://mlcommons.org/croissant/1.1"


QUICK = ("meetings", "participants", "suspensions", "places", "changes")
"""Record sets read by default: with and without lists, references, numbers and rows. All of them take 20 seconds."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in QUICK else pytest.mark.slow) for name in TABLES]
)
def test_croissant_record_sets_read(name: str, croissant_file: Path, hostile_data: Path) -> None:
    croissant = pytest.importorskip("mlcroissant")
    records = list(croissant.Dataset(jsonld=croissant_file).records(name))
    assert len(records) == len(built(hostile_data, name))
    key = TABLES[name].key[0]
    if str(arrow_table(name, hostile_data).schema.field(key).type) == "string":
        found = [record[f"{name}/{key}"] for record in records]
        texts = sorted(item.decode() if isinstance(item, bytes) else item for item in found)
        assert texts == sorted(row[key] for row in built(hostile_data, name))


def test_data_package_validates_and_notices_damage(exported: tuple[Path, Path], tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    _, to = exported
    report = frictionless.validate(str(to / "datapackage.json"))
    assert report.valid, [(task.name, task.errors[:2]) for task in report.tasks if task.errors]
    package = json.loads((to / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} == {*TABLES, *(f"{name}-parquet" for name in TABLES)}
    for resource in package["resources"]:
        assert resource["hash"] == f"sha256:{sha256(to / resource['path'])}"
    schemas = {resource["name"]: resource["schema"] for resource in package["resources"] if "schema" in resource}
    status = next(field for field in schemas["meetings"]["fields"] if field["name"] == "status")
    assert status["constraints"]["enum"] == [str(value) for value in cdd.load("vocabulary", vocabulary="statuses").sort_values("seq")["code"]]  # fmt: skip
    assert {"fields": ["person_id"], "reference": {"resource": "people", "fields": ["person_id"]}} in schemas["participants"]["foreignKeys"]  # fmt: skip
    # the schema and the keys, without sizes and hashes, find a wrong code and a wrong reference by themselves
    text = (to / "csv" / "participants.csv").read_bytes().decode()
    for path in (to / "csv").iterdir():
        (tmp_path / "csv").mkdir(exist_ok=True)
        (tmp_path / "csv" / path.name).write_bytes(path.read_bytes())
    package["resources"] = [resource for resource in package["resources"] if "schema" in resource]
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    damaged = text.replace("usa-austin-lloyd", "nobody", 1).replace("principal", "king", 1)
    (tmp_path / "csv" / "participants.csv").write_bytes(damaged.encode())
    found = {
        error.type for task in frictionless.validate(str(tmp_path / "datapackage.json")).tasks for error in task.errors
    }
    assert {"foreign-key", "constraint-error"} <= found


def test_citations_agree_with_each_other(exported: tuple[Path, Path]) -> None:
    datacite = pytest.importorskip("datacite.schema45")
    _, to = exported
    cff = yaml.safe_load((to / "CITATION.cff").read_text(encoding="utf-8"))
    zenodo = json.loads((to / ".zenodo.json").read_text(encoding="utf-8"))
    cite = json.loads((to / "datacite.json").read_text(encoding="utf-8"))
    linked = json.loads((to / "schema_org.jsonld").read_text(encoding="utf-8"))
    croissant = json.loads((to / "croissant.json").read_text(encoding="utf-8"))
    package = json.loads((to / "datapackage.json").read_text(encoding="utf-8"))
    card = yaml.safe_load((to / "README.md").read_text(encoding="utf-8").split("---\n")[1])
    datacite.validator.validate(cite)
    titles = [cff["title"], zenodo["title"], cite["titles"][0]["title"], linked["name"], croissant["name"], package["title"], card["pretty_name"]]  # fmt: skip
    assert set(titles) == {about.TITLE}
    versions = [cff["version"], zenodo["version"], cite["version"], linked["version"], croissant["version"], package["version"]]  # fmt: skip
    assert set(versions) == {about.VERSION}
    days = [str(cff["date-released"]), zenodo["publication_date"], cite["dates"][0]["date"], linked["datePublished"], croissant["datePublished"], package["created"][:10]]  # fmt: skip
    assert set(days) == {about.RELEASED}
    authors = [
        [author["name"] for author in cff["authors"]], [author["name"] for author in zenodo["creators"]],
        [author["name"] for author in cite["creators"]], [author["name"] for author in linked["creator"]],
        [author["name"] for author in croissant["creator"]], [author["title"] for author in package["contributors"]],
    ]  # fmt: skip
    assert all(names == list(about.AUTHORS) for names in authors)
    licences = [cff["license"], zenodo["license"], cite["rightsList"][0]["rightsIdentifier"], package["licenses"][0]["name"], card["license"]]  # fmt: skip
    assert {licence.lower() for licence in licences} == {about.DATA_LICENCE.lower()}
    assert {linked["license"], croissant["license"], package["licenses"][0]["path"], cite["rightsList"][0]["rightsUri"]} == {"https://creativecommons.org/licenses/by/4.0/"}  # fmt: skip
    texts = [cff["abstract"], zenodo["description"], cite["descriptions"][0]["description"], linked["description"], croissant["description"], package["description"]]  # fmt: skip
    assert set(texts) == {about.ABSTRACT}
    words = [cff["keywords"], zenodo["keywords"], [item["subject"] for item in cite["subjects"]], linked["keywords"], croissant["keywords"], package["keywords"]]  # fmt: skip
    assert all(keywords == list(about.KEYWORDS) for keywords in words)
    for file in linked["distribution"]:
        assert file["sha256"] == sha256(to / file["contentUrl"])


@pytest.mark.usefixtures("use_mini")
def test_provenance_of_one_meeting(exported: tuple[Path, Path]) -> None:
    prov = pytest.importorskip("prov.model")
    source, to = exported
    told = cdd.provenance("20220610-usa-austin-wei-singapore")
    document = prov.ProvDocument.deserialize(content=json.dumps(told), format="json")
    kinds = {kind.__name__: len(list(document.get_records(kind))) for kind in (prov.ProvEntity, prov.ProvActivity, prov.ProvAgent, prov.ProvUsage)}  # fmt: skip
    # the record and its two pages; the coding, and the second coding that the mini set has; two coders
    n_second = len({row["coding_id"] for row in built(source, "double_codings")})
    assert kinds == {"ProvEntity": 3, "ProvActivity": 1 + n_second, "ProvAgent": 1 + n_second, "ProvUsage": 2}
    bundles = prov.ProvDocument.deserialize(source=str(to / "prov.json"), format="json")
    meetings = [row for row in built(source, "records") if row["kind"] == "meeting"]
    assert len(list(bundles.bundles)) == len(meetings)
    with pytest.raises(cdd.UnknownNameError, match="20220610-usa-austin-wei-singapore"):
        cdd.provenance("20220610-usa-austin-wei-singapor")


def test_popolo_joins_people_posts_and_organisations(exported: tuple[Path, Path]) -> None:
    source, to = exported
    found = json.loads((to / "popolo.json").read_text(encoding="utf-8"))
    assert [person["name"] for person in found["persons"]] == [row["name"] for row in built(source, "people")]
    people, posts = {p["id"] for p in found["persons"]}, {p["id"]: p for p in found["posts"]}
    organisations = {item["id"] for item in found["organizations"]}
    assert len(found["memberships"]) == len(built(source, "tenures"))
    for membership in found["memberships"]:
        assert membership["person_id"] in people
        assert membership["organization_id"] == posts[membership["post_id"]]["organization_id"]
        assert membership["organization_id"] in organisations
    dong = next(item for item in found["memberships"] if item["person_id"] == "chn-dong-jun")
    assert (dong["start_date"], "end_date" in dong) == ("2023-12-29", False)


def test_codebook_is_the_same_in_every_form(exported: tuple[Path, Path]) -> None:
    source, to = exported
    rows = pq.read_table(to / "codebook" / "codebook.parquet").to_pylist()
    assert sorted(rows, key=lambda row: (row["table"], row["column"])) == built(source, "codebook")
    with (to / "codebook" / "codebook.csv").open(newline="", encoding="utf-8") as file:
        back = [{c.name: typed(row[c.name], c) for c in TABLES["codebook"].columns} for row in csv.DictReader(file)]
    assert back == rows
    page = (to / "codebook" / "codebook.md").read_text(encoding="utf-8")
    assert all(f"| `{row['column']}` |" in page for row in rows)


@pytest.mark.usefixtures("use_mini")
def test_codebook_counts_codes() -> None:
    status = cdd.codebook("meetings.status").iloc[0]
    counts = dict(zip(status["codes"], status["counts"], strict=True))
    # six records: the two calls sought in vain, the declined one, and three that took place
    assert {code: n for code, n in counts.items() if n} == dict(cdd.load_meetings(scope="all")["status"].astype(str).value_counts())  # fmt: skip
    assert sum(counts.values()) == 6
    assert status["missing_rule"] == "Never missing."
    assert status["coding_rule"].startswith("As the record states it")
    assert cdd.codebook("meetings.is_contact").iloc[0]["coding_rule"] == "Computed when the tables are built."
    assert cdd.codebook("meetings.level").iloc[0]["coding_rule"].startswith("Computed")
    assert cdd.codebook("meetings.mode").iloc[0]["missing_rule"] == "Never missing; unknown where no page seen says."
    assert cdd.codebook("meetings.city").iloc[0]["missing_rule"] == "Null: for remote contacts and when not stated."


def test_sums_and_manifest_cover_every_file(exported: tuple[Path, Path]) -> None:
    source, to = exported
    lines = [line for name in (SUMS, OTHER_SUMS) for line in (to / name).read_text(encoding="utf-8").splitlines()]
    listed = {line.split("  ", 1)[1]: line.split("  ", 1)[0] for line in lines}
    files = {path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file()}
    assert files == listed.keys() | {SUMS, OTHER_SUMS}
    assert all(sha256(to / name) == digest for name, digest in listed.items())
    assert (to / "manifest.json").read_bytes() == (source / "manifest.json").read_bytes()


def test_exporting_twice_gives_the_same_bytes(hostile_data: Path, tmp_path: Path) -> None:
    """In processes whose sets and dicts hash differently, a day apart by the clock of the machine's time zone."""
    code = "import sys; from pathlib import Path; from china_defence_dialogues.publishing.exporting import export; export(sys.argv[1], source=Path(sys.argv[2]))"  # fmt: skip
    for number, zone in enumerate(("Etc/GMT+12", "Etc/GMT-14")):
        environment = os.environ | {"PYTHONHASHSEED": str(number), "TZ": zone, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, str(tmp_path / zone[-3:]), str(hostile_data)], check=True, env=environment)  # fmt: skip
    one, two = tmp_path / "+12", tmp_path / "-14"
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(two) for path in two.rglob("*") if path.is_file())
    differing = {str(name) for name in names if (one / name).read_bytes() != (two / name).read_bytes()}
    vary = {file for entry in FORMATS.values() for file in entry.files_that_vary}
    assert differing <= vary | {OTHER_SUMS}
    assert vary == {"china_defence_dialogues.duckdb"}


@pytest.mark.usefixtures("use_mini")
def test_formats_that_describe_others_bring_them_along(tmp_path: Path) -> None:
    files = export(tmp_path / "out", formats=["datapackage"])
    assert {"csv", "data"} <= {path.parent.name for path in files}
    assert files[-1].name == SUMS
    with pytest.raises(cdd.UnknownNameError, match="sqlite"):
        export(tmp_path / "other", formats=["sqlit"])
    assert not (tmp_path / "other").exists()


@pytest.mark.usefixtures("use_mini")
@pytest.mark.parametrize(("name", "package"), [(n, p) for n, entry in FORMATS.items() for p in entry.needs])
def test_missing_package_is_named_before_anything_is_written(
    name: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(cdd.CDDError, match=rf"{name!r} needs the package {package}.*\[export\]"):
        export(tmp_path / "out", formats=[name])
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def other_version(mini_data: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in mini_data.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"data_version": "0.0.9"}))
    return folder


def test_data_of_another_version_are_not_exported(other_version: Path, tmp_path: Path) -> None:
    with pytest.raises(cdd.DataError, match=r"holds data version 0\.0\.9"):
        exporting.export(tmp_path / "out", source=other_version)
