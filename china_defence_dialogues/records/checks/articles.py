"""Articles must agree with their documents and with each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..findings import Finding
from ..seeds import Seeds


def documents(seeds: Seeds) -> Iterator[Finding]:
    """Every document has one article with its hash, and the other way round."""
    owners: dict[str, str] = {}
    for article_id, article in seeds.articles.items():
        if article.document is None:
            continue
        owners[article.document] = article_id
        actual = seeds.document_hashes.get(article.document)
        if article.document != f"{article_id}.txt":
            yield seeds.finding(
                "F006",
                "article",
                article_id,
                ("document",),
                f"document {article.document!r} is not named after the article",
                f"name it {article_id}.txt",
            )
        if actual is None and not article.redistributable:
            yield seeds.finding(
                "F008",
                "article",
                article_id,
                ("document",),
                "the press text is not in this copy, so its spans cannot be checked",
                "work in a checkout to check them",
            )
        elif actual is None:
            yield seeds.finding(
                "F006",
                "article",
                article_id,
                ("document",),
                "the document is missing",
                f"put {article.document} into seeds/documents/",
            )
        elif actual != article.text_sha256:
            yield seeds.finding(
                "F006",
                "article",
                article_id,
                ("text_sha256",),
                f"the document's SHA-256 is {actual}",
                "restore the document, or write its hash here and check every span",
            )
    for name in sorted(seeds.document_hashes.keys() - owners.keys()):
        yield Finding(
            f"documents/{name}",
            1,
            1,
            "F006",
            "-",
            "no article owns this document",
            "add the article, or remove the file",
            name,
        )


def conflicts(seeds: Seeds) -> Iterator[Finding]:
    """One address or one text belongs to one article."""
    by_key: dict[tuple[str, str], list[str]] = defaultdict(list)
    for article_id, article in seeds.articles.items():
        if article.url:
            by_key["url", _address(article.url)].append(article_id)
        if article.text_sha256:
            by_key["text_sha256", article.text_sha256].append(article_id)
    for (field, _), ids in sorted(by_key.items()):
        for other in sorted(ids)[1:]:
            first = min(ids)
            yield seeds.finding(
                "C006",
                "article",
                other,
                (field,),
                f"the same {field} as article {first!r}",
                f"cite {first!r} and remove this one",
            )


def _address(url: str) -> str:
    """An address without what does not tell pages apart."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
