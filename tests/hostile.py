"""Text that tries to become markup, script, a link or a formula, put into built tables past every check."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SCRIPT = "</script><script>document.title='broken out'</script>"
IMAGE = "<img src=x onerror=\"document.title='broken out'\">"
ADDRESS = "javascript:document.title='broken out'"
FORMULA = '=HYPERLINK("http://example.org","x"),"\n'
MISCHIEF = f"{SCRIPT}{IMAGE}\u2028\u2029\u202e${{title}} $title &lt;b&gt; ]]>"
COLUMNS = {
    "meetings": {"summary": MISCHIEF, "notes": FORMULA, "venue": IMAGE},
    "participants": {"name": SCRIPT, "office": IMAGE},
    "articles": {"title": MISCHIEF, "publisher": IMAGE, "url": ADDRESS},
    "evidence": {"value": MISCHIEF},
    "mechanisms": {"name": SCRIPT},
}


def hostile(source: Path, target: Path) -> Path:
    """A copy of built tables in which every record is hostile."""
    shutil.copytree(source, target)
    manifest = json.loads((target / "manifest.json").read_text())
    for table_name, cells in COLUMNS.items():
        path = target / f"{table_name}.parquet"
        table = pq.read_table(path)
        for column, text in cells.items():
            place = table.schema.get_field_index(column)
            table = table.set_column(place, table.schema.field(column), pa.array([text] * table.num_rows))
        pq.write_table(table, path)
        manifest["tables"][table_name]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (target / "manifest.json").write_text(json.dumps(manifest))
    return target
