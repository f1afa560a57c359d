"""What the project says of itself: the one place for title, authors, licences, addresses and version."""

from __future__ import annotations

from typing import Literal

from .errors import UnknownNameError

VERSION = "0.1.0"
"""Version of package and data alike."""
RELEASED = "2026-11-22"
"""Day of this version, in place of any clock."""
TITLE = "China Defence Dialogues"
ABSTRACT = (
    "An open, versioned event dataset of China's defence and security dialogues with foreign governments: who talked, or "
    "refused to talk, with whom, when, where, by what channel, at what level, about what, and which source says so."
)
AUTHORS = ("The China Defence Dialogues maintainers",)
REPOSITORY = "https://github.com/china-defence-dialogues/china-defence-dialogues"
CODE_LICENCE = "Apache-2.0"
DATA_LICENCE = "CC-BY-4.0"
KEYWORDS = (
    "China",
    "military diplomacy",
    "defence diplomacy",
    "international relations",
    "event data",
    "People's Liberation Army",
)

CitationStyle = Literal["apa", "bibtex", "ris"]


def cite(style: CitationStyle = "apa") -> str:
    """How to cite the data set.

    Args:
        style: "apa", "bibtex" or "ris".

    Returns:
        The citation as text, with the data version.

    Raises:
        UnknownNameError: for another style.
    """
    author, year = AUTHORS[0], RELEASED[:4]
    if style == "apa":
        return f"{author}. ({year}). {TITLE} (Version {VERSION}) [Data set]. {REPOSITORY}"
    if style == "bibtex":
        lines = {
            "author": f"{{{author}}}", "title": TITLE, "year": year, "version": VERSION, "url": REPOSITORY,
            "note": "Data set",
        }  # fmt: skip
        body = ",\n".join(f"  {name} = {{{value}}}" for name, value in lines.items())
        return f"@misc{{china_defence_dialogues_{VERSION.replace('.', '_')},\n{body}\n}}"
    if style == "ris":
        fields = [
            ("TY", "DATA"),
            ("AU", author),
            ("TI", TITLE),
            ("PY", year),
            ("ET", VERSION),
            ("UR", REPOSITORY),
            ("ER", ""),
        ]
        return "\n".join(f"{tag}  - {value}".rstrip() if tag != "ER" else "ER  - " for tag, value in fields)
    raise UnknownNameError("citation style", style, ["apa", "bibtex", "ris"])
