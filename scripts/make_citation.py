"""Write CITATION.cff and .zenodo.json: python scripts/make_citation.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.citation import citation_cff
from china_defence_dialogues.publishing.formats.citation_files import zenodo_json
from china_defence_dialogues.publishing.generated import refresh_file

check = "--check" in sys.argv
stale = [
    refresh_file(Path("CITATION.cff"), citation_cff(), check=check),
    refresh_file(Path(".zenodo.json"), zenodo_json(), check=check),
]
sys.exit(max(stale))
