"""The panel with keys named and typed as in the data sets that researchers join it to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from .codes import Universe, add_codes
from .frames import finish, one_of
from .panels import dyad_year

if TYPE_CHECKING:
    import pandas as pd

CHINA_COW = CHINA_GW = 710


class _Shape(NamedTuple):
    universe: Universe
    keys: tuple[str, ...]


_SHAPES = {
    "vdem": _Shape("iso3", ("country_text_id", "country_id", "year")),
    "cow": _Shape("cow", ("ccode1", "ccode2", "year")),
    "ucdp": _Shape("gw", ("gwno_a", "gwno_b", "year")),
    "colt": _Shape("iso3", ("LeaderCountryISO", "CountryVisitedISO", "TripYear")),
}


def join_ready(
    target: Literal["vdem", "cow", "ucdp", "colt"], start: int = 1990, end: int = 2025, *, by: str | Iterable[str] = ("status", "mode", "level"),
    zero_fill: bool = True, multilateral: bool = False, channels: str | Iterable[str] = (), scope: str = "core",
) -> pd.DataFrame:  # fmt: skip
    """`dyad_year` with the key columns of another data set, ready for `merge`.

    Args:
        target: "vdem" (country-years: country_text_id, country_id, year), "cow" (directed dyads from China: ccode1 =
            710, ccode2, year), "ucdp" (Gleditsch–Ward dyads: gwno_a = 710, gwno_b, year) or "colt" (leaders' travel:
            each state twice, as LeaderCountryISO with CountryVisitedISO "CHN" and the other way round; TripYear).
        start, end: first and last year.
        by, zero_fill, multilateral, channels, scope: as for `dyad_year`.

    Returns:
        The panel, keys first: text keys are string, numbers int64 (V-Dem's country_id Int64: V-Dem leaves out some
        small states). Counts keep the names of `dyad_year`. `direction` (string) says, for "colt" only, whether the row
        is from or to China; the counts are the same on both, for a contact has no traveller here.

    Raises:
        UnknownNameError: (a ValueError) for another target, and as `dyad_year`.
    """
    shape = _SHAPES[one_of("join target", target, _SHAPES)]
    panel = dyad_year(
        start,
        end,
        universe=shape.universe,
        zero_fill=zero_fill,
        by=by,
        multilateral=multilateral,
        channels=channels,
        scope=scope,
    )
    notes = {key: panel.attrs[key] for key in ("unassigned", "left_out")}
    if target == "vdem":
        panel = add_codes(panel, codes="vdem").rename(columns={"partner": "country_text_id", "vdem": "country_id"})
    elif target == "cow":
        panel = panel.assign(ccode1=CHINA_COW).rename(columns={"cow": "ccode2"}).drop(columns="partner")
    elif target == "ucdp":
        panel = panel.assign(gwno_a=CHINA_GW).rename(columns={"gw": "gwno_b"}).drop(columns="partner")
    else:
        panel = _both_ways(panel)
    rest = [column for column in panel.columns if column not in shape.keys]
    return finish(panel[[*shape.keys, *rest]], keys=list(shape.keys), **notes)


def _both_ways(panel: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    def text(value: str) -> pd.Series:
        return pd.Series(value, index=panel.index, dtype="string")

    panel = panel.rename(columns={"year": "TripYear"})
    to_china = panel.rename(columns={"partner": "LeaderCountryISO"}).assign(
        CountryVisitedISO=text("CHN"), direction=text("to_china")
    )
    from_china = panel.rename(columns={"partner": "CountryVisitedISO"}).assign(
        LeaderCountryISO=text("CHN"), direction=text("from_china")
    )
    return pd.concat([to_china, from_china], ignore_index=True)
