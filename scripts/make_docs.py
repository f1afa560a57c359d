"""Refresh the generated pages and the generated blocks of README.md: python scripts/make_docs.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.codebook import codebook_page, findings_page
from china_defence_dialogues.publishing.generated import refresh_file
from china_defence_dialogues.publishing.readme import refresh_readme

check = "--check" in sys.argv
stale = [
    refresh_file(Path("docs/findings.md"), findings_page(), check=check),
    refresh_file(Path("docs/codebook.md"), codebook_page(), check=check),
    *(
        refresh_readme(Path(page), check=check)
        for page in ("README.md", "docs/quickstart.md", "docs/cookbook.md", "docs/method.md")
    ),
]
sys.exit(max(stale))
