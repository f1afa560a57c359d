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
    "provenance": "publishing.provenance",
    "cite": "about",
    "CDDError": "errors",
    "DataError": "errors",
    "FormatError": "errors",
    "SeedError": "errors",
    "UnknownNameError": "errors",
}
TABLE_NAMES = (
    "articles", "meetings", "participants", "dates", "topics", "evidence", "status_history", "outcomes", "links",
    "meeting_partners", "occasions", "suspensions", "people", "posts", "tenures", "mechanisms", "rounds", "names", "places",
    "countries", "cues", "vocabulary", "coverage", "double_codings", "codebook", "changes", "records",
)  # fmt: skip
_HOME |= {f"load_{table}": "loading.by_table" for table in TABLE_NAMES}

if TYPE_CHECKING:
    from .about import cite as cite
    from .errors import CDDError as CDDError
    from .errors import DataError as DataError
    from .errors import FormatError as FormatError
    from .errors import SeedError as SeedError
    from .errors import UnknownNameError as UnknownNameError
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
    from .publishing.provenance import provenance as provenance

__all__ = ["TABLE_NAMES", "__version__", *sorted(_HOME)]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
