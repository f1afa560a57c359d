"""The record kinds and their JSON Schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import MINI, ROOT, SEEDS
from pydantic import ValidationError

from china_defence_dialogues.models import LIST_KINDS, RECORD_KINDS, Meeting, Model
from china_defence_dialogues.models.json_schema import json_schemas


def _all_models() -> list[type[Model]]:
    found, todo = set(), [Model]
    while todo:
        for sub in todo.pop().__subclasses__():
            if sub not in found and sub.__module__.startswith("china_defence_dialogues.models"):
                found.add(sub)
                todo.append(sub)
    return sorted(found, key=lambda model: model.__name__)


@pytest.mark.parametrize("model", _all_models(), ids=lambda model: model.__name__)
def test_every_field_has_a_docstring_as_its_only_description(model: type[Model]) -> None:
    assert model.__doc__
    for name, info in model.model_fields.items():
        assert info.description, f"{model.__name__}.{name}"
    assert model.model_config["extra"] == "forbid"
    assert model.model_config["frozen"]


def test_records_are_frozen() -> None:
    record = Meeting.model_validate_json(json.dumps(MINI["meeting"][0]))
    with pytest.raises(ValidationError, match="frozen"):
        record.status = "declined"  # type: ignore[misc,assignment]


@pytest.mark.parametrize(
    "change",
    [
        {"date": "2024-04-31"}, {"date": 2024}, {"date": "2024-04-01", "date_within": "2024-04-01/2024-04-02"}, {"date_within": "2024-04"},
        {"partners": []}, {"partners": ["CHN"]}, {"partners": ["TWN"]}, {"partners": ["usa"]}, {"sources": []}, {"id": "A"}, {"id": "../../x"},
        {"round": 0}, {"aggregate": "yes"}, {"status": "cancelled?"}, {"summary": " x"}, {"summary": "@cmd"}, {"summary": "a\tb"}, {"mood": "good"},
    ],
)  # fmt: skip
def test_bad_values_are_refused(change: dict[str, Any]) -> None:
    good = MINI["meeting"][0]
    Meeting.model_validate_json(json.dumps(good), strict=True)
    base = {
        key: value
        for key, value in good.items()
        if not ("date_within" in change and key == "date" and "date" not in change)
    }
    with pytest.raises(ValidationError):
        Meeting.model_validate_json(json.dumps(base | change), strict=True)


def test_schemas_are_fresh() -> None:
    made = json_schemas()
    assert {path.name for path in (ROOT / "schemas").iterdir()} == made.keys()
    for name, text in made.items():
        assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == text, (
            f"{name} is stale; run scripts/make_schemas.py"
        )


@pytest.mark.parametrize("kind", [*RECORD_KINDS, *LIST_KINDS])
def test_schemas_accept_what_the_models_accept(kind: str) -> None:
    name = f"{kind}.schema.json" if kind in RECORD_KINDS else f"{kind}_list.schema.json"
    schema = json.loads(json_schemas()[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    values = MINI.get(kind, [])
    for value in values if kind in RECORD_KINDS else [{"entries": values}]:
        jsonschema.validate(value, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(value | {"colour": "red"}, schema)


def test_editors_map_every_seed_file_to_its_schema() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    mapped = {
        pattern: schema
        for schema, patterns in settings["yaml.schemas"].items()
        for pattern in ([patterns] if isinstance(patterns, str) else patterns)
    }
    for schema in settings["yaml.schemas"]:
        assert (ROOT / schema).exists(), schema
    for path in SEEDS.rglob("*.yaml"):
        relative = Path(path.relative_to(ROOT).as_posix())
        assert any(relative.match(pattern) for pattern in mapped), relative


def test_an_ordinary_yaml_reader_gets_the_same_values() -> None:
    """Canonical files quote what YAML 1.1 would misread, dates apart (they become date objects there)."""
    text = (SEEDS / "vocabularies" / "topics.yaml").read_text(encoding="utf-8")
    assert [term["code"] for term in yaml.safe_load(text)["terms"]][:2] == ["taiwan", "south_china_sea"]
