"""Keeping generated files fresh: rewritten, or with `check` only compared."""

from __future__ import annotations

import sys
from pathlib import Path

from ..records.files import write_text


def refresh_file(path: Path, text: str, *, check: bool) -> int:
    """Bring a generated file up to date. Returns 1 where `check` found it stale, else 0."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return 0
    if check:
        print(f"{path} is stale; run the script that makes it", file=sys.stderr)
        return 1
    write_text(path, text)
    print(f"wrote {path}")
    return 0


def refresh_folder(folder: Path, files: dict[str, str], *, check: bool) -> int:
    """Bring a folder of generated files up to date, removing what is no longer made."""
    stale = [refresh_file(folder / name, text, check=check) for name, text in files.items()]
    for extra in sorted({path.name for path in folder.iterdir() if path.is_file()} - files.keys()):
        print(f"{folder / extra} is no longer made", file=sys.stderr)
        stale.append(1 if check else 0)
        if not check:
            (folder / extra).unlink()
    return max(stale, default=0)
