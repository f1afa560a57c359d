"""Write the typed signatures of the loaders: python scripts/make_stubs.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.generated import refresh_file
from china_defence_dialogues.publishing.stubs import loader_stub

sys.exit(refresh_file(Path("china_defence_dialogues/loading/by_table.pyi"), loader_stub(), check="--check" in sys.argv))
