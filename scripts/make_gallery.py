"""Draw the figures of docs/gallery.md on the installed data: python scripts/make_gallery.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.publishing.gallery import refresh_gallery

sys.exit(refresh_gallery(Path("docs"), check="--check" in sys.argv))
