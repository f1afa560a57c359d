"""`cdd publish zenodo`: the files of a release as a new version of a Zenodo record, published as a whole or not at all.

Everything goes into a draft first; the draft is compared with what was sent and then published. Whatever fails before
that, the draft is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

from ..errors import CDDError, DataError
from . import metadata

ENDPOINT = "https://zenodo.org"
_ATTEMPTS = 6
_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
_TIMEOUT = 300


class ZenodoError(CDDError):
    """Zenodo refused something, or could not be reached."""


def publish_zenodo(files: Sequence[Path], *, dry_run: bool = False, sleep: Callable[[float], None] = time.sleep) -> str:
    """Publish files as one version of a Zenodo record, described by the project's own metadata.

    Args:
        files: the files to deposit.
        dry_run: check the files and say what would be sent, send nothing; needs no token.
        sleep: waits between attempts.

    Returns:
        The DOI; for a dry run, an empty text.

    The token comes from ZENODO_TOKEN; ZENODO_CONCEPT is the number of an earlier version, of which this becomes the
    next; ZENODO_ENDPOINT another server, as the sandbox.

    Raises:
        ZenodoError: without a token, or where Zenodo refuses or cannot be reached.
        DataError: for a file that is not there, or that Zenodo holds with other bytes.
    """
    if not files:
        raise DataError("no files to deposit")
    for path in files:
        if not path.is_file():
            raise DataError(f"{path} is no file")
    if len({path.name for path in files}) < len(files):
        raise DataError("two files bear the same name; Zenodo knows no folders")
    if dry_run:
        return ""
    token = os.environ.get("ZENODO_TOKEN")
    if not token:
        raise ZenodoError("no token: set ZENODO_TOKEN; nothing was sent")
    zenodo = _Zenodo(os.environ.get("ZENODO_ENDPOINT", ENDPOINT), token, sleep)
    draft = zenodo.new_draft(os.environ.get("ZENODO_CONCEPT") or None)
    try:
        for path in files:
            zenodo.upload(draft, path)
        zenodo.describe(draft, metadata.zenodo())
        zenodo.compare(draft, files)
    except BaseException:
        zenodo.discard(draft)
        raise
    return zenodo.publish(draft)


@dataclass
class _Zenodo:
    endpoint: str
    token: str
    sleep: Callable[[float], None]

    def new_draft(self, earlier: str | None) -> dict[str, Any]:
        """An empty draft: of a new record, or of the next version of an earlier one."""
        if earlier is None:
            fresh: dict[str, Any] = self._json("POST", f"{self.endpoint}/api/deposit/depositions", {})
            return fresh
        answer = self._json("POST", f"{self.endpoint}/api/deposit/depositions/{earlier}/actions/newversion", {})
        draft: dict[str, Any] = self._json("GET", answer["links"]["latest_draft"])
        for file in draft.get("files", ()):
            self._json("DELETE", f"{draft['links']['self']}/files/{file['id']}")
        return draft

    def upload(self, draft: dict[str, Any], path: Path) -> None:
        self._send("PUT", f"{draft['links']['bucket']}/{path.name}", path.read_bytes(), "application/octet-stream")

    def describe(self, draft: dict[str, Any], facts: dict[str, Any]) -> None:
        self._json("PUT", draft["links"]["self"], {"metadata": facts})

    def compare(self, draft: dict[str, Any], files: Sequence[Path]) -> None:
        held = {
            file["filename"]: file["checksum"].removeprefix("md5:")
            for file in self._json("GET", draft["links"]["self"])["files"]
        }
        sent = {path.name: hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() for path in files}
        if held != sent:
            differing = sorted(name for name in held.keys() | sent.keys() if held.get(name) != sent.get(name))
            raise DataError(f"Zenodo holds other bytes than were sent ({differing[0]}); nothing was published")

    def publish(self, draft: dict[str, Any]) -> str:
        try:
            answer = self._json("POST", draft["links"]["publish"])
        except ZenodoError:
            # an earlier attempt whose answer was lost may have done it
            answer = self._json("GET", draft["links"]["self"])
            if not answer.get("submitted"):
                self.discard(draft)
                raise
        return str(answer["doi"])

    def discard(self, draft: dict[str, Any]) -> None:
        try:
            self._json("DELETE", draft["links"]["self"])
        except ZenodoError:
            return  # the first fault is the one to tell; a draft is seen by no one but its owner

    def _json(self, method: str, url: str, value: Any = None) -> Any:
        raw = None if value is None else json.dumps(value).encode()
        answer = self._send(method, url, raw, "application/json")
        try:
            return json.loads(answer) if answer else {}
        except ValueError as error:
            raise ZenodoError(f"{url} answered with something that is no JSON") from error

    def _send(self, method: str, url: str, raw: bytes | None, kind: str) -> bytes:
        """Send a request; wait and repeat where the fault may pass."""
        for attempt in range(1, _ATTEMPTS + 1):
            request = urllib.request.Request(url, data=raw, method=method)
            request.add_header("Content-Type", kind)
            request.add_header("Authorization", f"Bearer {self.token}")
            try:
                with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
                    return bytes(answer.read())
            except urllib.error.HTTPError as error:
                told = error.read().decode("utf-8", "replace")[:500]
                fault = f"{method} {url}: {error.code} {told}"
                if error.code not in _TRANSIENT:
                    refused = "; the token is unknown or may not deposit" if error.code in (401, 403) else ""
                    raise ZenodoError(f"{fault}{refused}") from error
            except (urllib.error.URLError, ConnectionError, TimeoutError, HTTPException) as error:
                fault = f"{method} {url}: {error}"
            if attempt < _ATTEMPTS:
                self.sleep(2.0 ** (attempt - 1))
        raise ZenodoError(f"{fault} after {_ATTEMPTS} attempts; run the command again")
