"""Arrow tables handed over as pandas, polars, DuckDB or Arrow, always as a fresh copy."""

from __future__ import annotations

from threading import local
from typing import TYPE_CHECKING, Any, Literal

from .. import about
from ..errors import CDDError, UnknownNameError
from ..vocab import CLOSED_LISTS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Engine = Literal["pandas", "arrow", "polars", "duckdb"]
ENGINES = ("pandas", "arrow", "polars", "duckdb")


def hand_over(table: pa.Table, engine: str, *, version: str = about.VERSION) -> Any:
    """The table, of a data version, in the form of an engine."""
    if engine == "pandas":
        return to_pandas(table, version=version)
    if engine == "arrow":
        return table
    if engine == "polars":
        return _needs("polars").from_arrow(table)
    if engine == "duckdb":
        return _duckdb_connection().from_arrow(table)
    raise UnknownNameError("engine", engine, ENGINES)


_connections = local()


def _duckdb_connection() -> Any:
    """One in-memory connection of our own per thread: it outlives its relations, which can be joined with each other."""
    if not hasattr(_connections, "duckdb"):
        _connections.duckdb = _needs("duckdb").connect()
    return _connections.duckdb


def _needs(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        raise CDDError(
            f"engine {module!r} needs the package {module}; pip install 'china-defence-dialogues[{module}]'"
        ) from None


def to_pandas(table: pa.Table, *, version: str = about.VERSION) -> pd.DataFrame:
    """A data frame with the package's fixed dtypes.

    Text is `string`, closed vocabularies are `category` (every value of the list, in its order), dates are
    `datetime64[us]`, whole numbers `int64` or `Int64` where they may be missing, truth values `bool`, lists
    Python lists. `attrs` carries the data version, licence and citation.
    """
    import pandas as pd

    frame = pd.DataFrame({field.name: _column(table[field.name], field) for field in table.schema}, copy=False)
    frame.attrs = {
        "table": (table.schema.metadata or {}).get(b"table", b"").decode(),
        "data_version": version,
        "licence": about.DATA_LICENCE,
        "citation": about.cite().replace(f"Version {about.VERSION}", f"Version {version}"),
    }
    return frame


def _column(cells: pa.ChunkedArray, field: pa.Field) -> Any:
    import pandas as pd
    import pyarrow as pa

    kind = field.type
    if pa.types.is_list(kind):
        return pd.Series(cells.to_pylist(), dtype=object)
    if pa.types.is_string(kind):
        vocabulary = (field.metadata or {}).get(b"vocabulary", b"").decode()
        if vocabulary in CLOSED_LISTS:
            return pd.Categorical(cells.to_pylist(), categories=[str(value) for value in CLOSED_LISTS[vocabulary]])
        return pd.array(cells.to_pylist(), dtype=pd.StringDtype("pyarrow"))
    if pa.types.is_date32(kind):
        return cells.cast(pa.timestamp("us")).to_numpy()
    if pa.types.is_int64(kind) and field.nullable:
        return pd.array(cells.to_pylist(), dtype="Int64")
    return cells.to_numpy().copy()
