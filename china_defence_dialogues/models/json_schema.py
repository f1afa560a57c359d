"""JSON Schemas of the record kinds, for editors and other languages."""

from __future__ import annotations

import json
from typing import Any

from . import LIST_KINDS, RECORD_KINDS


def json_schemas() -> dict[str, str]:
    """File name → text of every schema: one per record kind, and one per list file."""
    schemas: dict[str, Any] = {}
    for kind, model in RECORD_KINDS.items():
        schemas[f"{kind}.schema.json"] = model.model_json_schema()
    for kind, model in LIST_KINDS.items():
        item = model.model_json_schema()
        definitions = item.pop("$defs", {})
        schemas[f"{kind}_list.schema.json"] = {
            "title": f"List of {item['title']}",
            "type": "object",
            "properties": {"entries": {"type": "array", "items": item}},
            "required": ["entries"],
            "additionalProperties": False,
            "$defs": definitions,
        }
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        name: json.dumps(head | schema, indent=2, ensure_ascii=False) + "\n" for name, schema in sorted(schemas.items())
    }
