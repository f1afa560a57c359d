"""The `cdd` command. Exit status: 0 clean, 1 findings or damaged data, 2 misuse."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import CDDError, FormatError, SeedError, UnknownNameError
from . import publish
from .extracting import extract, review

if TYPE_CHECKING:
    import pandas as pd

SEEDS = Path("seeds")
DATA = Path("china_defence_dialogues", "data")


class _Group(click.Group):
    """Turns the package's errors into messages and exit statuses."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SeedError as error:
            for finding in error.findings:
                click.echo(str(finding), err=True)
            click.echo(f"{len(error.findings)} findings", err=True)
            ctx.exit(1)
        except (UnknownNameError, FormatError, TypeError) as error:
            raise click.UsageError(str(error)) from error
        except CDDError as error:
            click.echo(f"cdd: {error}", err=True)
            ctx.exit(1)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="china-defence-dialogues")
def cli() -> None:
    """China Defence Dialogues: check, build, show and export the data set."""


_seeds_option = click.option(
    "--seeds", type=click.Path(path_type=Path), default=SEEDS, show_default=True, help="Seeds folder."
)


@cli.command()
@click.argument("seeds", type=click.Path(path_type=Path), default=SEEDS)
@click.option("--json", "as_json", is_flag=True, help="Findings as JSON.")
def validate(seeds: Path, as_json: bool) -> None:
    """Check every record; report every finding at once."""
    from ..records.findings import Severity
    from ..records.validation import validate_seeds

    read, findings = validate_seeds(seeds)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if as_json:
        click.echo(
            json.dumps(
                [vars(finding) | {"severity": finding.severity} for finding in findings], ensure_ascii=False, indent=1
            )
        )
    else:
        for finding in findings:
            click.echo(f"{seeds}/{finding}" + (" [warning]" if finding.severity is Severity.WARNING else ""))
        counts = Counter(kind for kind, _, _ in read.all_records())
        click.echo(
            f"{sum(counts.values()):,} records ({', '.join(f'{n:,} {kind}' for kind, n in counts.items())}): {errors} errors, {len(findings) - errors} warnings",
            err=True,
        )
    sys.exit(1 if errors else 0)


@cli.command()
@click.argument("seeds", type=click.Path(path_type=Path), default=SEEDS)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
def fmt(seeds: Path, check: bool) -> None:
    """Write every record in canonical form."""
    from ..records.files import format_seeds

    changed, read = format_seeds(seeds, check=check)
    for path in changed:
        click.echo(f"{'would change' if check else 'changed'} {path}")
    unreadable = [finding for finding in read.findings if finding.code[0] in "YM"]
    for finding in unreadable:
        click.echo(f"{seeds}/{finding}", err=True)
    sys.exit(1 if unreadable or (check and changed) else 0)


@cli.command()
@click.argument("kind")
@click.argument("record_id", required=False, default="")
@click.option(
    "--from-json",
    type=click.File("r", encoding="utf-8"),
    help="Add filled records from a JSON file, or - for standard input.",
)
@_seeds_option
def new(kind: str, record_id: str, from_json: Any, seeds: Path) -> None:
    """Print an annotated template of a KIND, or add filled records with --from-json (all, or none if any is bad)."""
    from ..models import RECORD_KINDS
    from ..records.adding import add_from_json
    from ..records.templates import template

    if kind not in RECORD_KINDS:
        raise UnknownNameError("record kind", kind, RECORD_KINDS)
    if from_json is None:
        click.echo(template(kind, record_id), nl=False)
        return
    for path in add_from_json(seeds, kind, from_json.read()):
        click.echo(path)


@cli.command()
@_seeds_option
@click.option(
    "--to", type=click.Path(path_type=Path), default=DATA, show_default=True, help="Folder of the built tables."
)
def build(seeds: Path, to: Path) -> None:
    """Validate the seeds and build every table as Parquet."""
    from ..loading.engines import to_pandas
    from ..loading.store import arrow_table
    from ..tables.building import build as build_tables

    manifest = build_tables(seeds, to)
    for name, entry in manifest["tables"].items():
        click.echo(f"{name:<18} {entry['rows']:>7,} rows {entry['bytes']:>10,} bytes")
    meetings = to_pandas(arrow_table("meetings", to.resolve()))
    counts = meetings[meetings["scope"] == "core"]["status"].value_counts()
    click.echo("\ncore meetings by status: " + ", ".join(f"{n} {status}" for status, n in counts[counts > 0].items()))
    contacts = meetings[meetings["is_contact"]].sort_values("start_date", na_position="first", kind="stable")
    latest = contacts[["meeting_id", "status", "mode", "date_edtf", "city", "level"]].tail(5)
    click.echo(f"\nlatest of {len(contacts):,} contacts:\n{latest.to_string(index=False)}")


@cli.command()
@click.argument("what")
@click.option("--limit", default=20, show_default=True, help="Rows of a table to show; 0 for all.")
@click.option(
    "--where", "-w", multiple=True, metavar="FILTER=VALUE", help="Filter, as partner=USA; several are joined by and."
)
def show(what: str, limit: int, where: tuple[str, ...]) -> None:
    """Show a table, or one record by its id."""
    from ..loading.api import list_tables, load

    if what in list_tables():
        filters = dict(_filter(item) for item in where)
        frame = load(what, **filters)
        _print_frame(frame.head(limit) if limit else frame, total=len(frame))
        return
    click.echo(_record_text(what), nl=False)


def _filter(item: str) -> tuple[str, Any]:
    name, equals, value = item.partition("=")
    if not equals or name == "engine":
        raise click.UsageError(f"{item!r} is not of the form FILTER=VALUE")
    values = [
        int(part)
        if part.isdigit() and name not in ("since", "until")
        else {"true": True, "false": False}.get(part, part)
        for part in value.split(",")
    ]
    return name, values if len(values) > 1 else values[0]


def _record_text(record_id: str) -> str:
    from ..loading.api import list_tables
    from ..loading.lookup import _records
    from ..loading.store import data_folder
    from ..models import RECORD_KINDS
    from ..records.yaml_writer import dump_value

    known = set(list_tables())
    for kind in RECORD_KINDS:
        records = _records(kind, data_folder())
        if record_id in records:
            return dump_value(json.loads(records[record_id]))
        known |= records.keys()
    raise UnknownNameError("table or record", record_id, known)


_TELLING = (
    "meeting_id", "suspension_id", "occasion_id", "mechanism_id", "person_id", "post_id", "tenure_id", "article_id", "table", "column", "code",
    "label", "definition", "example_in", "example_out", "description", "status", "mode", "date_edtf", "start_edtf", "end_edtf", "started_edtf",
    "ended_edtf", "partners", "partner", "city", "level", "two_sided", "name", "title", "topic", "raised_by", "role", "office", "trigger", "type",
    "vocabulary", "n_filled", "surface", "field", "value", "url",
)  # fmt: skip
"""Columns that tell a person most, in this order; a terminal has room for few."""


def _print_frame(frame: pd.DataFrame, *, total: int) -> None:
    """A table on a terminal, JSON when piped."""
    if not sys.stdout.isatty():
        click.echo(frame.to_json(orient="records", date_format="iso", force_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    shown = [column for column in _TELLING if column in frame.columns and frame[column].notna().any()][:7] or list(
        frame.columns[:6]
    )
    table = Table(caption=f"{len(frame)} of {total} rows, {len(shown)} of {len(frame.columns)} columns")
    for number, column in enumerate(shown):
        table.add_column(column, no_wrap=number == 0, overflow="fold")
    for row in frame[shown].itertuples(index=False):
        table.add_row(
            *(
                "" if _missing(cell) else ", ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
                for cell in row
            )
        )
    Console().print(table)


def _missing(cell: Any) -> bool:
    import pandas as pd

    return not isinstance(cell, list) and bool(pd.isna(cell))


@cli.command()
@click.option("--style", default="apa", show_default=True, help="apa, bibtex or ris.")
def cite(style: str) -> None:
    """Print how to cite the data set."""
    from ..about import cite as citation

    click.echo(citation(style))  # type: ignore[arg-type]


@cli.command()
@click.argument("variable", required=False)
def codebook(variable: str | None) -> None:
    """Print the codebook, or one variable of it with the codes it may hold."""
    from ..loading.api import load
    from ..loading.lookup import codebook as entries

    frame = entries(variable)
    _print_frame(frame, total=len(frame))
    names = sorted(set(frame["vocabulary"].dropna()))
    if variable and len(names) == 1 and sys.stdout.isatty() and names[0] in set(load("vocabulary")["vocabulary"]):
        codes = load("vocabulary", vocabulary=names[0]).sort_values("seq")
        _print_frame(codes[["code", "label", "definition", "example_in", "example_out"]], total=len(codes))


@cli.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="File to write, as explorer.html.")
def explore(out: Path) -> None:
    """Write one page to search and read every record, which works from disk without a network."""
    from ..publishing.explorer import explore as write_page

    click.echo(write_page(out))


publish.register(cli)
cli.add_command(extract)
cli.add_command(review)
