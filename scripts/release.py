"""Release the records of this checkout: python scripts/release.py VERSION [--date YYYY-MM-DD] [--previous WHERE] [--dry-run]."""

import argparse
import sys
from pathlib import Path

from china_defence_dialogues.errors import CDDError
from china_defence_dialogues.publishing.releasing import release

parser = argparse.ArgumentParser(description="Version, changelog, rebuilt data, every validator, one commit, one tag.")
parser.add_argument("version", help="the new version, as 0.2.0")
parser.add_argument("--date", help="day of release (today)")
parser.add_argument("--previous", help="the last release, if not under its tag: folder, wheel or hub:ORG/NAME@v0.1.0")
parser.add_argument("--dry-run", action="store_true", help="prepare and check everything, keep nothing")
asked = parser.parse_args()
try:
    done = release(Path.cwd(), asked.version, day=asked.date, previous=asked.previous, dry_run=asked.dry_run)
except CDDError as error:
    sys.exit(f"release: {error}")
print(done.tag_text)
print(
    "dry run: nothing was kept"
    if asked.dry_run
    else f"released; publish it with: git push --atomic origin HEAD v{done.version}"
)
