"""What DataCite, Zenodo and schema.org want to know, all from `about`."""

from __future__ import annotations

from typing import Any

from .. import about

LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
PUBLISHER = about.TITLE


def creators() -> list[dict[str, str]]:
    """Authors as schema.org organisations."""
    return [{"@type": "Organization", "name": author} for author in about.AUTHORS]


def datacite() -> dict[str, Any]:
    """DataCite 4.5 fields; the DOI is given by the repository that registers it."""
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Event data"},
        "titles": [{"title": about.TITLE, "lang": "en"}],
        "creators": [{"name": author, "nameType": "Organizational"} for author in about.AUTHORS],
        "publisher": {"name": PUBLISHER},
        "publicationYear": about.RELEASED[:4],
        "version": about.VERSION,
        "language": "en",
        "dates": [{"date": about.RELEASED, "dateType": "Issued"}],
        "descriptions": [{"description": about.ABSTRACT, "descriptionType": "Abstract", "lang": "en"}],
        "subjects": [{"subject": keyword} for keyword in about.KEYWORDS],
        "rightsList": [
            {
                "rights": "Creative Commons Attribution 4.0 International",
                "rightsUri": LICENCE_URL,
                "rightsIdentifier": about.DATA_LICENCE,
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            }
        ],
        "relatedIdentifiers": [
            {"relatedIdentifier": about.REPOSITORY, "relatedIdentifierType": "URL", "relationType": "IsSupplementTo"}
        ],
    }


def zenodo() -> dict[str, Any]:
    """.zenodo.json."""
    return {
        "upload_type": "dataset",
        "title": about.TITLE,
        "description": about.ABSTRACT,
        "creators": [{"name": author} for author in about.AUTHORS],
        "publication_date": about.RELEASED,
        "version": about.VERSION,
        "language": "eng",
        "access_right": "open",
        "license": about.DATA_LICENCE.lower(),
        "keywords": list(about.KEYWORDS),
        "related_identifiers": [
            {"identifier": about.REPOSITORY, "relation": "isSupplementTo", "resource_type": "software"}
        ],
    }


def schema_org(files: list[dict[str, str]]) -> dict[str, Any]:
    """schema.org/Dataset as JSON-LD, with the given files as its distribution."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about.TITLE,
        "description": about.ABSTRACT,
        "creator": creators(),
        "datePublished": about.RELEASED,
        "version": about.VERSION,
        "license": LICENCE_URL,
        "url": about.REPOSITORY,
        "keywords": list(about.KEYWORDS),
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "citation": about.cite(),
        "distribution": files,
    }
