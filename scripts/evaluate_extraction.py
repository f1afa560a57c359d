"""Score the extractor against the gold frames.

    python scripts/evaluate_extraction.py --corpus FOLDER [--split dev|held_out|all] [--errors]

FOLDER holds `texts/<doc_id>.txt`; the texts are no part of this repository, their hashes are in the gold file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from unittest import mock

from china_defence_dialogues.extraction.date_values import DateHit, DateValue
from china_defence_dialogues.extraction.pipeline import extract
from china_defence_dialogues.extraction.scoring import Scored, score_document, summary
from china_defence_dialogues.extraction.status import Tensed
from china_defence_dialogues.extraction.surfaces import Hit

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "annotations.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--split", choices=("dev", "held_out", "all"), default="dev")
    parser.add_argument("--data", type=Path, help="built tables other than the installed ones")
    parser.add_argument("--errors", action="store_true", help="print every miss, false alarm and wrong field")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--ablation", action="store_true", help="score again with each rule family switched off")
    options = parser.parse_args()
    if options.ablation:
        print(ablation(options.corpus, options.data, options.split))
        return
    scored = [score for score in run(options.corpus, options.data) if options.split in ("all", score[0])]
    documents = [document for _, document in scored]
    if options.errors:
        for document in documents:
            for error in document.errors:
                print(document.doc_id, error)
    result = summary(documents)
    print(json.dumps(result, indent=1) if options.json else table(result, len(documents)))


def run(corpus: Path, data: Path | None) -> list[tuple[str, Scored]]:
    """(split, scores) of every document of the gold file."""
    found = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        raw = (corpus / "texts" / f"{gold['doc_id']}.txt").read_bytes()
        if hashlib.sha256(raw).hexdigest() != gold["sha256"]:
            raise SystemExit(f"{gold['doc_id']} is not the text that was annotated: its SHA-256 differs")
        rows = extract(raw.decode("utf-8"), gold["published"], folder=data).to_rows()
        found.append((gold["split"], score_document(gold["doc_id"], gold["events"], rows)))
    return found


def ablation(corpus: Path, data: Path | None, split: str) -> str:
    """F1 and accuracies with one rule family switched off at a time."""
    lines = [f"{'without':<22}" + "".join(f"{name:>14}" for name in _SHOWN)]
    for name, patches in {"nothing": {}, **FAMILIES}.items():
        with ExitStack() as stack:
            for target, replacement in patches.items():
                stack.enter_context(mock.patch(f"china_defence_dialogues.extraction.{target}", replacement))
            result = summary([one for part, one in run(corpus, data) if split in ("all", part)], draws=1)
        values = [result[key].get("f1", result[key].get("accuracy")) or 0.0 for key in _SHOWN]
        lines.append(f"{name:<22}" + "".join(f"{value:14.3f}" for value in values))
    return "\n".join(lines)


def _absolute_only(hit: DateHit, published: date | None, tense: str = "unknown") -> DateValue | None:
    return _VALUE(hit, None, tense) if hit.absolute else None  # type: ignore[arg-type]


def _all_held(flat: str, low: str, hit: Hit, value: str, *_: object) -> Tensed:
    return Tensed("held" if value == "contact" else value, (hit.start, hit.end), "past")


_VALUE = DateHit.value
_SHOWN = ("main", "all", "all, same people", "participants", "date", "status", "mode")
FAMILIES: dict[str, dict[str, object]] = {
    "relative dates": {"date_values.DateHit.value": _absolute_only},
    "tense and polarity": {"frames.tensed": _all_held},
    "pairs and pronouns": {
        "frames.Assembler._pronoun_pair": lambda self, before: (),
        "frames.Assembler._leaders": lambda self: (),
    },
    "counterparts, offices": {"reading.resolve": lambda *_: None},
    "titles": {"reading._title_event": lambda *_: []},
    "merging": {"reading.merge": list},
    "gapping, splitting": {
        "frames.Assembler._gapped": lambda *_: [],
        "frames.Assembler._each_with": lambda self, event, hit: [event],
    },
}


def table(result: dict, documents: int) -> str:
    """The figures as text."""
    lines = [
        f"{documents} documents",
        f"{'measure':<20}{'value':>7}  {'95 % interval':<16}{'P':>6}{'R':>6}{'n':>6}{'given':>7}",
    ]
    for name, entry in result.items():
        value = entry.get("f1", entry.get("accuracy"))
        low, high = entry["interval"] or (float("nan"),) * 2
        extra = (
            f"{entry['precision'] or 0:6.2f}{entry['recall'] or 0:6.2f}{entry['n']:6d}{entry['given']:7d}"
            if "f1" in entry
            else f"{'':12}{entry['n']:6d}"
        )
        lines.append(
            f"{name:<20}{value if value is not None else float('nan'):7.3f}  [{low:.2f}, {high:.2f}]    {extra}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
