"""China Defence Dialogues: who talked, or refused to talk, with China about defence.

    import china_defence_dialogues as cdd
    cdd.load_meetings(partner="USA", since="2010", status="held")

Names are imported on first use, so that `import china_defence_dialogues` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .about import VERSION as __version__

_HOME = {
    "extract": "extraction.pipeline",
    "extract_batch": "extraction.batches",
    "extract_batches": "extraction.batches",
    "ExtractionError": "errors",
    "load": "loading.api",
    "list_tables": "loading.api",
    "data_version": "loading.api",
    "to_datasets": "loading.api",
    "meeting": "loading.lookup",
    "article": "loading.lookup",
    "person": "loading.lookup",
    "who_held": "loading.lookup",
    "codebook": "loading.lookup",
    "changes": "publishing.differences",
    "provenance": "publishing.origins",
    "cite": "about",
    "dyad_year": "analysis.panels",
    "dyad_quarter": "analysis.panels",
    "dyad_month": "analysis.panels",
    "add_codes": "analysis.codes",
    "unmatched": "analysis.codes",
    "join_ready": "analysis.joins",
    "first_since": "analysis.firsts",
    "suspension_spells": "analysis.spells",
    "reciprocity": "analysis.balance",
    "levels": "analysis.balance",
    "round_gaps": "analysis.gaps",
    "network": "analysis.graphs",
    "event_window": "analysis.studies",
    "readouts": "analysis.accounts",
    "readout_gap": "analysis.accounts",
    "officials": "analysis.careers",
    "career": "analysis.careers",
    "evidence": "analysis.proof",
    "coverage": "analysis.quality",
    "reliability": "analysis.quality",
    "overlap": "analysis.overlaps",
    "krippendorff_alpha": "analysis.agreement",
    "CDDError": "errors",
    "DataError": "errors",
    "FormatError": "errors",
    "SeedError": "errors",
    "UnknownNameError": "errors",
}
_SUBPACKAGES = ("plot",)
"""Subpackages reached as attributes: `cdd.plot.timeline(...)`."""
TABLE_NAMES = (
    "articles", "meetings", "participants", "dates", "topics", "evidence", "status_history", "outcomes", "links",
    "meeting_partners", "occasions", "suspensions", "people", "posts", "tenures", "mechanisms", "rounds", "names", "places",
    "countries", "cues", "vocabulary", "coverage", "double_codings", "codebook", "changes", "records",
)  # fmt: skip
_HOME |= {f"load_{table}": "loading.by_table" for table in TABLE_NAMES}

if TYPE_CHECKING:
    from . import plot as plot
    from .about import cite as cite
    from .analysis.accounts import readout_gap as readout_gap
    from .analysis.accounts import readouts as readouts
    from .analysis.agreement import krippendorff_alpha as krippendorff_alpha
    from .analysis.balance import levels as levels
    from .analysis.balance import reciprocity as reciprocity
    from .analysis.careers import career as career
    from .analysis.careers import officials as officials
    from .analysis.codes import add_codes as add_codes
    from .analysis.codes import unmatched as unmatched
    from .analysis.firsts import first_since as first_since
    from .analysis.gaps import round_gaps as round_gaps
    from .analysis.graphs import network as network
    from .analysis.joins import join_ready as join_ready
    from .analysis.overlaps import overlap as overlap
    from .analysis.panels import dyad_month as dyad_month
    from .analysis.panels import dyad_quarter as dyad_quarter
    from .analysis.panels import dyad_year as dyad_year
    from .analysis.proof import evidence as evidence
    from .analysis.quality import coverage as coverage
    from .analysis.quality import reliability as reliability
    from .analysis.spells import suspension_spells as suspension_spells
    from .analysis.studies import event_window as event_window
    from .errors import CDDError as CDDError
    from .errors import DataError as DataError
    from .errors import ExtractionError as ExtractionError
    from .errors import FormatError as FormatError
    from .errors import SeedError as SeedError
    from .errors import UnknownNameError as UnknownNameError
    from .extraction.batches import extract_batch as extract_batch
    from .extraction.batches import extract_batches as extract_batches
    from .extraction.pipeline import extract as extract
    from .loading.api import data_version as data_version
    from .loading.api import list_tables as list_tables
    from .loading.api import load as load
    from .loading.api import to_datasets as to_datasets
    from .loading.by_table import *  # noqa: F403
    from .loading.lookup import article as article
    from .loading.lookup import codebook as codebook
    from .loading.lookup import meeting as meeting
    from .loading.lookup import person as person
    from .loading.lookup import who_held as who_held
    from .publishing.differences import changes as changes
    from .publishing.origins import provenance as provenance

__all__ = ["TABLE_NAMES", "__version__", *sorted((*_HOME, *_SUBPACKAGES))]


def __getattr__(name: str) -> Any:
    if name in _SUBPACKAGES:
        return import_module(f"{__name__}.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
