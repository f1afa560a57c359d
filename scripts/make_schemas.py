"""Write schemas/ from the models: python scripts/make_schemas.py [--check]."""

import sys
from pathlib import Path

from china_defence_dialogues.models.json_schema import json_schemas
from china_defence_dialogues.publishing.generated import refresh_folder

sys.exit(refresh_folder(Path("schemas"), json_schemas(), check="--check" in sys.argv))
