"""The page: template, style, script and data in one file, under a strict content security policy."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from ... import about
from ...errors import DataError
from .content import content

_POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""Only the page's own script and style run; nothing is fetched; no text can be turned into markup."""


def explore(out: Path | str) -> Path:
    """Write the explorer page.

    Args:
        out: file to write, as explorer.html; an older one is replaced.

    Returns:
        The path written.

    Raises:
        DataError: where the file cannot be written, or the installed data are missing.
    """
    path = Path(out)
    text = page()
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(f"cannot write {path}: {error.strerror}; name a file in a folder that exists") from error
    return path


def page() -> str:
    """The page as text. The same data give the same text."""
    script, style = _part("explorer.js"), _part("explorer.css")
    return Template(_part("explorer.html")).substitute(
        policy=html.escape(_POLICY.format(script=_digest(script), style=_digest(style)), quote=True),
        title=html.escape(about.TITLE), abstract=html.escape(about.ABSTRACT), version=html.escape(about.VERSION),
        style=style, script=script, data=embedded(content()),
    )  # fmt: skip


def embedded(value: Any) -> str:
    """JSON that cannot end the script element it stands in, nor break a line of an old parser."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
