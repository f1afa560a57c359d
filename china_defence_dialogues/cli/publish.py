"""Commands that publish: export, diff, provenance, publish hub, publish zenodo."""

from __future__ import annotations

import json
from pathlib import Path

import click


def register(cli: click.Group) -> None:
    """Add the commands of this module."""
    for command in (export, diff, provenance, publish):
        cli.add_command(command)


@click.command()
@click.option("--to", type=click.Path(path_type=Path), required=True, help="New or empty folder.")
@click.option("--formats", help="Formats, joined by commas; all where left out.")
@click.option("--list", "listed", is_flag=True, is_eager=True, expose_value=False, help="List the formats and stop.",
              callback=lambda context, option, value: _list_formats(context) if value else None)  # fmt: skip
def export(to: Path, formats: str | None) -> None:
    """Write a release folder: every format, or those of --formats."""
    from ..publishing.exporting import export as export_folder

    names = None if formats is None else [name.strip() for name in formats.split(",") if name.strip()]
    for path in export_folder(to, formats=names):
        click.echo(path)


def _list_formats(context: click.Context) -> None:
    from ..publishing.exporting import FORMATS

    for name, entry in FORMATS.items():
        click.echo(f"{name:<12} {entry.summary}")
    context.exit(0)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=click.Choice(["table", "markdown", "json"]), default="table", show_default=True)
def diff(old: str, new: str, form: str) -> None:
    """Compare two releases: versions, folders, wheels, or hub:ORG/NAME@v1.2.0."""
    from ..publishing.differences import changes
    from ..publishing.differences_page import changes_page

    frame = changes(old, new)
    if form == "json":
        click.echo(frame.to_json(orient="records", force_ascii=False, indent=1))
    elif form == "markdown":
        click.echo(changes_page(frame, title=f"Changes from {old} to {new}"), nl=False)
    else:
        for row in frame.to_dict("records"):
            values = "" if row["field"] == "-" else f": {_shown(row['old'])} → {_shown(row['new'])}"
            click.echo(f"{row['change']:<10} {row['kind']} {row['id']} {row['field']}{values}")
        click.echo(f"{len(frame):,} changes of {len(frame[['kind', 'id']].drop_duplicates()):,} records", err=True)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "(none)"


@click.command()
@click.argument("meeting_id")
def provenance(meeting_id: str) -> None:
    """Print how one meeting record came about, as PROV-JSON."""
    from ..publishing.origins import provenance as told

    click.echo(json.dumps(told(meeting_id), ensure_ascii=False, indent=1))


@click.group()
def publish() -> None:
    """Upload a release."""


@publish.command()
@click.option("--repo", required=True, metavar="ORG/NAME", help="Dataset repository on the Hub.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing, need no token.")
def hub(repo: str, dry_run: bool) -> None:
    """Upload the release to a Hugging Face dataset repository and tag it with the data version."""
    from ..publishing.hub import publish_hub

    report = publish_hub(repo, dry_run=dry_run)
    for name in report.files:
        click.echo(f"{'would send' if dry_run else 'sent'} {name}")
    click.echo(f"{report.outcome}: {report.repo} {report.tag}")


@publish.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be sent; send nothing, need no token.")
def zenodo(files: tuple[Path, ...], dry_run: bool) -> None:
    """Deposit FILES on Zenodo as one version of a record, and publish it. Needs ZENODO_TOKEN."""
    from ..publishing.zenodo import publish_zenodo

    doi = publish_zenodo(files, dry_run=dry_run)
    for path in files:
        click.echo(f"{'would send' if dry_run else 'sent'} {path.name}")
    click.echo("would publish" if dry_run else f"published: {doi}")
