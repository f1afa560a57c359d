"""`cdd extract` and `cdd review`."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Folder for shards of Parquet; a second run continues the first."
)
@click.option("--processes", default=1, show_default=True, help="Worker processes.")
@click.option("--published", help="Day of publication (YYYY-MM-DD) of the one text given.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path),
    help="Write a page with the spans marked, for the one text given.",
)
def extract(
    paths: tuple[Path, ...], out: Path | None, processes: int, published: str | None, page: Path | None
) -> None:
    """Candidate records from text files, folders, .jsonl or .parquet (columns text, article_id, published)."""
    from ..extraction.batches import extract_batches
    from ..extraction.sources import read_documents, run

    if published or page:
        _one(paths, published, page)
        return
    failed: list[str] = []

    def on_error(document: str, error: Exception) -> None:
        failed.append(document)
        click.echo(f"{document}: {error}", err=True)

    batches = read_documents(paths, on_error=on_error)
    if out is None:
        for batch in extract_batches(batches, processes=processes, on_error=on_error):
            for row in batch.to_pylist():
                click.echo(json.dumps(row, ensure_ascii=False, default=str))
    else:
        with _progress() as advance:
            total = run(batches, out, processes=processes, on_error=on_error, advance=advance)
        click.echo(
            f"{total:,} events in {out}" + (f"; {len(failed)} documents could not be read" if failed else ""), err=True
        )
    sys.exit(1 if failed else 0)


def _one(paths: tuple[Path, ...], published: str | None, page: Path | None) -> None:
    from ..extraction.pipeline import extract as extract_text
    from ..extraction.sources import decode
    from ..extraction.view import html

    if len(paths) != 1 or not paths[0].is_file():
        raise click.UsageError("--published and --html are for one text file")
    text = decode(paths[0].read_bytes())
    found = extract_text(text, published, paths[0].stem)
    for warning in found.warnings:
        click.echo(f"{paths[0]}: {warning}", err=True)
    if page:
        page.write_text(html(found, text), encoding="utf-8")
    for row in found.to_rows():
        click.echo(json.dumps(row, ensure_ascii=False, default=str))


class _progress:
    """A bar on standard error where that is a terminal; nothing else."""

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.completed:,} documents"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self.bar.start()
        task = self.bar.add_task("documents", total=None)
        return lambda count: self.bar.advance(task, count)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


@click.command()
@click.argument("shards", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--seeds", type=click.Path(path_type=Path), default=Path("seeds"), show_default=True, help="Seeds folder."
)
@click.option(
    "--accept",
    multiple=True,
    metavar="ARTICLE:SEQ",
    help="Accept this candidate; without it, each is asked for on a terminal.",
)
@click.option("--coder", default="CDD team", show_default=True, help="Who reviews.")
@click.option("--coder-kind", type=click.Choice(["person", "language_model"]), default="person", show_default=True)
@click.option("--all-scopes", is_flag=True, help="Show context candidates too, not core ones only.")
def review(shards: Path, seeds: Path, accept: tuple[str, ...], coder: str, coder_kind: str, all_scopes: bool) -> None:
    """Show extracted candidates beside likely duplicates; turn accepted ones into seed records."""
    from ..extraction.review import as_record, duplicates
    from ..extraction.sources import read_shards
    from ..records.adding import add_records
    from ..records.seeds import read_seeds

    rows = [
        row
        for row in read_shards(shards).to_pylist()
        if row["kind"] == "meeting" and (all_scopes or row["domain"] in ("defence", "security"))
    ]
    articles = read_seeds(seeds).articles
    chosen = []
    for row, twins in zip(rows, duplicates(rows), strict=True):
        key = f"{row['article_id']}:{row['seq']}"
        known = articles.get(row["article_id"])
        account = (known.issuer if known else None) or "third"
        record = as_record(row, coder=coder, coder_kind=coder_kind, today=datetime.now(UTC).date(), account_of=account)
        if not accept:
            click.echo(
                json.dumps(
                    {
                        "candidate": key,
                        "record": record,
                        "likely_duplicates": twins,
                        "article_on_record": known is not None,
                    },
                    ensure_ascii=False,
                    indent=1,
                )
            )
        if key in accept or (not accept and sys.stdin.isatty() and click.confirm(f"Accept {key}?", default=False)):
            if known is None:
                raise click.UsageError(
                    f"{key}: no article record {row['article_id']!r} in {seeds}; add it first with `cdd new article`"
                )
            chosen.append(record)
    for path in add_records(seeds, [("meeting", record) for record in chosen]) if chosen else []:
        click.echo(path)
