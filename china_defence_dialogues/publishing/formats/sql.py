"""What the two database formats share: quoted names, column declarations and the views."""

from __future__ import annotations

from ...tables.schema import TABLES, Table

VIEWS = {
    "meetings_flat": """
        SELECT m.*, mechanisms.name AS mechanism, occasions.name AS occasion,
               (SELECT {strings}(COALESCE(p.name, p.role), '; ') FROM participants AS p
                WHERE p.meeting_id = m.meeting_id AND p.side = 'CHN') AS prc_participants,
               (SELECT {strings}(COALESCE(p.name, p.role), '; ') FROM participants AS p
                WHERE p.meeting_id = m.meeting_id AND p.side <> 'CHN') AS partner_participants,
               (SELECT {strings}(t.topic, '; ') FROM (SELECT DISTINCT meeting_id, topic FROM topics) AS t
                WHERE t.meeting_id = m.meeting_id) AS topics
        FROM meetings AS m
        LEFT JOIN mechanisms ON mechanisms.mechanism_id = m.mechanism_id
        LEFT JOIN occasions ON occasions.occasion_id = m.occasion_id""",
    "core_contacts": "SELECT * FROM meetings_flat WHERE scope = 'core' AND is_contact AND NOT aggregate",
    "core_non_contacts": "SELECT * FROM meetings_flat WHERE scope = 'core' AND NOT is_contact AND NOT aggregate",
    "conflicting_evidence": "SELECT * FROM evidence WHERE conflicts",
}
"""View → its query; `{strings}` is the database's own function that joins texts."""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def create_table(table: Table, types: dict[str, str], *, foreign_keys: bool) -> str:
    """CREATE TABLE with types by Arrow type, NOT NULL, the primary key and, if asked for, foreign keys."""
    lines = [
        f"{quoted(column.name)} {types[str(column.type)]}" + ("" if column.nullable else " NOT NULL")
        for column in table.columns
    ]
    if not any(column.nullable for column in table.columns if column.is_key):
        lines.append(f"PRIMARY KEY ({', '.join(map(quoted, table.key))})")
    if foreign_keys:
        for column in table.columns:
            if column.references:
                (key,) = TABLES[column.references].key
                lines.append(
                    f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {quoted(column.references)} ({quoted(key)})"
                )
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"
