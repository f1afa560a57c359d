"""The one way a record is written: same record, same bytes.

Fields stand in the model's order and are left out when they hold their default; lists of plain values are
written on one line; text is quoted only where a YAML 1.1 or 1.2 reader could take it for something else.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ..models import Model

_PLAIN = re.compile(r"[^\W_](?:[^:#\n\"\\\x00-\x1f]|:(?=[^\s])|(?<=[^\s])#)*")
_LINE_BREAKS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW_BREAKING = re.compile(r"[,\[\]{}]")
_READ_OTHERWISE = re.compile(
    r"(?i:y|n|yes|no|on|off|true|false|null|nan|inf)"
    r"|[-+]?0[xob][0-9a-fA-F_]+"
    r"|[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
)


def dump(record: Model) -> str:
    """Canonical YAML of one record, ending in a newline."""
    return dump_value(record.model_dump(mode="json", exclude_defaults=True))


def dump_value(value: dict[str, Any]) -> str:
    """Canonical YAML of plain data, ending in a newline."""
    lines: list[str] = []
    _mapping(value, "", lines)
    return "\n".join(lines) + "\n"


def _mapping(value: dict[str, Any], indent: str, lines: list[str]) -> None:
    for key, item in value.items():
        head = f"{indent}{_scalar(key)}:"
        if isinstance(item, dict) and item:
            lines.append(head)
            _mapping(item, indent + "  ", lines)
        elif isinstance(item, list) and any(isinstance(part, (dict, list)) for part in item):
            lines.append(head)
            _items(item, indent + "  ", lines)
        else:
            lines.append(f"{head} {_inline(item)}")


def _items(items: list[Any], indent: str, lines: list[str]) -> None:
    for item in items:
        if isinstance(item, dict) and item:
            start = len(lines)
            _mapping(item, indent + "  ", lines)
            lines[start] = f"{indent}- {lines[start].lstrip()}"
        else:
            lines.append(f"{indent}- {_inline(item)}")


def _inline(value: Any) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_scalar(item, flow=True) for item in value) + "]"
    return "{}" if value == {} else _scalar(value)


def _scalar(value: Any, *, flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (list, dict)):
        raise TypeError(f"no record holds {value!r} inside a list of plain values")
    plain = _PLAIN.fullmatch(value) and not value[-1].isspace() and not _READ_OTHERWISE.fullmatch(value)
    if plain and not (flow and _FLOW_BREAKING.search(value)):
        return str(value)
    return _LINE_BREAKS.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(value, ensure_ascii=False))
