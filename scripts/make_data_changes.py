"""Write DATA_CHANGES.md from the `changes` table: python scripts/make_data_changes.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.differences_page import data_changes_page
from china_defence_dialogues.publishing.generated import refresh_file

sys.exit(refresh_file(Path("DATA_CHANGES.md"), data_changes_page(), check="--check" in sys.argv))
