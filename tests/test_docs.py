"""The pages in docs/: links lead somewhere, their code runs and prints what stands there, and the data bear out the news."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import china_defence_dialogues as cdd
from china_defence_dialogues.publishing.readme import example

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
BLOCKS = [
    pytest.param(page.name, body, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, body in enumerate(
        re.findall(r"<!-- generated: example -->\n(.*?)<!-- end -->", page.read_text(encoding="utf-8"), re.DOTALL), 1
    )
]
ANALYSIS = [name for name, home in cdd._HOME.items() if home.startswith("analysis.")]


def links(page: Path) -> list[Path]:
    """Files that a page links to."""
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    return [(page.parent / target).resolve() for target in targets]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    assert [str(target) for target in links(page) if not target.exists()] == []


def test_every_page_is_two_clicks_from_the_readme() -> None:
    once = set(links(ROOT / "README.md"))
    twice = once | {target for page in once if page.suffix == ".md" for target in links(page)}
    assert set(DOCS.glob("*.md")) <= twice


@pytest.mark.parametrize(("page", "body"), BLOCKS)
def test_code_on_the_pages_runs_and_prints_what_stands_there(page: str, body: str) -> None:
    assert example(body) == body, f"{page} is stale: python scripts/make_docs.py"


def test_cookbook_has_ten_questions() -> None:
    text = (DOCS / "cookbook.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\d+)\.", text, re.M) == [str(number) for number in range(1, 11)]


def test_every_analysis_function_and_figure_is_in_the_docs() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in ANALYSIS if name not in text] == []
    assert [name for name in cdd.plot.__all__ if f"cdd.plot.{name}(" not in text] == []


def test_every_analysis_function_documents_arguments_returns_and_errors() -> None:
    for name in ANALYSIS:
        text = getattr(cdd, name).__doc__ or ""
        if name in ("dyad_quarter", "dyad_month"):
            assert "As `dyad_year`" in text
            continue
        for part in ("Args:", "Returns:", "Raises:"):
            assert part in text, f"{name} lacks {part}"


def test_gallery_is_fresh() -> None:
    pytest.importorskip("matplotlib")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "scripts/make_gallery.py", "--check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


# The "first since" of the founding documents ----------------------------------------------------------------------


def test_first_talks_of_the_defence_chiefs_since_2022() -> None:
    """Title and lead of the report of 17 April 2024: "first since 2022", "in nearly 18 months"."""
    found = cdd.first_since("20240416-usa-austin-dong-video").iloc[0]
    assert found["previous_id"] == "20221122-usa-austin-wei-siem-reap"
    assert found["previous_start"].year == 2022
    assert 16 < found["months"] < 18
    assert found["n_non_contacts"] > 0


def test_a_visit_whose_predecessor_is_not_on_record_is_censored() -> None:
    """ "The first such trip by a British Foreign Secretary in nearly five years": the data must not say otherwise."""
    found = cdd.first_since("20230830-gbr-cleverly-han-beijing").iloc[0]
    assert found["censored"] or found["months"] > 54
