"""Write CITATION.cff: python scripts/make_citation.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.citation import citation_cff
from china_defence_dialogues.publishing.generated import refresh_file

sys.exit(refresh_file(Path("CITATION.cff"), citation_cff(), check="--check" in sys.argv))
