"""Field paths such as `place.city` or `participants.0`, and the markers on fields."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from ..models import InVocabulary, Model, Participant, Place, Ref


def value_at(record: Model, path: str) -> Any:
    """The value at a field path; LookupError where the path leads nowhere."""
    value: Any = record
    for part in path.split("."):
        if isinstance(value, Model) and part in type(value).model_fields:
            value = getattr(value, part)
        elif isinstance(value, tuple) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            raise LookupError(path)
    return value


def is_empty(value: Any) -> bool:
    return value is None or value == () or value is False


def shown(value: Any) -> str:
    """A value as the evidence table prints it."""
    if isinstance(value, Participant):
        return value.name_as_reported or value.person or value.office_as_reported or value.post or str(value.role)
    if isinstance(value, Place):
        return ", ".join(part for part in (value.venue, value.city, value.country) if part)
    if isinstance(value, Model):
        return next(str(getattr(value, name)) for name in type(value).model_fields if getattr(value, name) is not None)
    if isinstance(value, tuple):
        return "|".join(shown(item) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def marked(record: Model, marker: type) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    """(location, marker, value) of every marked string in a record, at any depth."""
    for name, found, nested in _plan(type(record), marker):
        value = getattr(record, name)
        if value is None:
            continue
        if found is not None:
            if isinstance(value, tuple):
                yield from (((name, index), found, item) for index, item in enumerate(value))
            else:
                yield (name,), found, value
        elif nested:
            items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
            for index, item in items:
                if isinstance(item, Model):
                    start = (name,) if index is None else (name, index)
                    for location, inner, text in marked(item, marker):
                        yield (*start, *location), inner, text


def parent_of(record: Model, location: tuple[str | int, ...]) -> Any:
    """The model that holds the field at a location."""
    value: Any = record
    for part in location[:-1]:
        value = value[part] if isinstance(part, int) else getattr(value, part)
    return value


@cache
def _plan(model: type[Model], marker: type) -> list[tuple[str, Any, bool]]:
    plan = []
    for name, info in model.model_fields.items():
        found = _marker(info.annotation, marker) or next(
            (item for item in info.metadata if isinstance(item, marker)), None
        )
        nested = _holds_model(info.annotation)
        if found is not None or nested:
            plan.append((name, found, nested))
    return plan


def _marker(annotation: Any, marker: type) -> Any:
    for item in getattr(annotation, "__metadata__", ()):
        if isinstance(item, marker):
            return item
    for part in get_args(annotation):
        if (found := _marker(part, marker)) is not None:
            return found
    return None


def _holds_model(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return True
    return any(_holds_model(part) for part in get_args(annotation))


__all__ = ["InVocabulary", "Ref", "is_empty", "marked", "parent_of", "shown", "value_at"]
