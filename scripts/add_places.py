"""Add the places that records name to seeds/vocabularies/places.yaml: python scripts/add_places.py [CCC/Name[=geonames_id] ...]."""

import sys

from china_defence_dialogues.records.gazetteer import add_places

chosen: dict[tuple[str, str], int | None] = {}
for argument in sys.argv[1:]:
    place, _, number = argument.partition("=")
    country, _, name = place.partition("/")
    chosen[country, name] = int(number) if number else chosen.get((country, name))
added, unsolved = add_places("seeds", chosen)
print("\n".join([*(f"added {place}" for place in added), *unsolved]))
sys.exit(bool(unsolved))
