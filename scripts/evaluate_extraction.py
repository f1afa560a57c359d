"""Score the extractor against the gold frames.

    python scripts/evaluate_extraction.py --corpus FOLDER [--split dev|held_out|all] [--errors]

FOLDER holds `texts/<doc_id>.txt`; the texts are no part of this repository, their hashes are in the gold file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from china_defence_dialogues.extraction.pipeline import extract
from china_defence_dialogues.extraction.scoring import Scored, score_document, summary

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold" / "annotations.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--split", choices=("dev", "held_out", "all"), default="dev")
    parser.add_argument("--data", type=Path, help="built tables other than the installed ones")
    parser.add_argument("--errors", action="store_true", help="print every miss, false alarm and wrong field")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
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


def table(result: dict, documents: int) -> str:
    """The figures as text."""
    lines = [f"{documents} documents", f"{'measure':<20}{'value':>7}  {'95 % interval':<16}{'P':>6}{'R':>6}{'n':>6}{'given':>7}"]
    for name, entry in result.items():
        value = entry.get("f1", entry.get("accuracy"))
        low, high = entry["interval"] or (float("nan"),) * 2
        extra = f"{entry['precision'] or 0:6.2f}{entry['recall'] or 0:6.2f}{entry['n']:6d}{entry['given']:7d}" if "f1" in entry else f"{'':12}{entry['n']:6d}"
        lines.append(f"{name:<20}{value if value is not None else float('nan'):7.3f}  [{low:.2f}, {high:.2f}]    {extra}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
