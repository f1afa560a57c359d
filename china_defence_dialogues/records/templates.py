"""Templates of new records: each field with its description as a hint line, which `cdd fmt` takes out."""

from __future__ import annotations

from ..models import RECORD_KINDS, Model
from .yaml_reader import HINT

_EXAMPLES = {
    "status_history": "[{status: held, date: 2024-04-16, by: mutual, article: ARTICLE-ID}]",
    "partners": "[USA]",
    "participants": "[{side: CHN, role: principal, person: PERSON-ID, post: POST-ID, name_as_reported: NAME}]",
    "place": "{country: CHN, city: Beijing}",
    "coding": "{method: curated, coder: YOUR INITIALS, coder_kind: person, coded_on: 2026-01-31}",
    "sources": "[{article: ARTICLE-ID, account_of: CHN, supports: {status: null, date: null}, topics: [{topic: taiwan, raised_by: CHN, account_of: CHN}]}]",
    "reasons": "[{reason: arms_sale, asserted_by: CHN}]",
    "outcomes": "[{outcome: visit_agreed, article: ARTICLE-ID}]",
    "links": "[{type: follows, meeting: MEETING-ID}]",
    "tenures": "[{post: POST-ID, start: 2023-12-29, last_seen: 2026-01-31, source: ARTICLE-ID}]",
    "names": "[{name: 董军, kind: native, language: zh}]",
    "ranks": "[{level: 2, domain: defence}]",
    "channels": "[{channel_class: ministers, ended: 2024-04-16, end_basis: first_contact}]",
    "trigger": "{reason: leader_or_legislator_visit, text: WHAT HAPPENED}",
    "rounds": "[{number: 1, date: 2024-01-08, article: ARTICLE-ID}]",
}


def template(kind: str, record_id: str = "") -> str:
    """An annotated empty record: required fields to fill in, optional ones as hints."""
    model: type[Model] = RECORD_KINDS[kind]
    lines = [f"{HINT} {(model.__doc__ or '').strip()} Fill in, then run `cdd fmt`, which takes these lines out."]
    for name, info in model.model_fields.items():
        example = f" Form: {_EXAMPLES[name]}" if name in _EXAMPLES else ""
        if info.is_required():
            lines.append(f"{HINT} {info.description}{example}")
            lines.append(f"{name}: {record_id if name == 'id' else ''}".rstrip())
        else:
            lines.append(f"{HINT} {name} (optional): {info.description}{example}")
    return "\n".join(lines) + "\n"
