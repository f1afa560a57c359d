"""`cdd publish hub`: the release into a Hugging Face dataset repository, and a tag with the data version.

The order makes every half-way state harmless: one commit carries all files, then what the Hub holds is compared with
what was exported, then the commit is tagged. Cut anywhere, the next run goes on from there: files that arrived are
not sent again, and no tag ever names a commit that was not compared.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..errors import CDDError, DataError, FormatError
from .exporting import export, sha256
from .release import Release

if TYPE_CHECKING:
    from huggingface_hub import HfApi

HUB_FORMATS = ("huggingface", "croissant", "citation", "codebook")
_REPO = re.compile(r"[\w.-]+/[\w.-]+")
_ATTEMPTS = 6
_LONGEST_WAIT = 60.0
_TRANSIENT = frozenset({408, 409, 412, 425, 429, 500, 502, 503, 504})
_WEB_LIBRARIES = frozenset({"requests", "urllib3", "httpx", "httpx2", "httpcore", "httpcore2", "http"})
_REFUSALS = {
    401: "the Hub does not know the token; make a new one with write access and set HF_TOKEN",
    403: "the token may not write to {repo}; use one with write access to it",
    404: "there is no {repo}, or the token may not see it",
}
_Result = TypeVar("_Result")


class HubError(CDDError):
    """The Hub refused something, or could not be reached."""


@dataclass(frozen=True)
class Publication:
    """What was sent where."""

    repo: str
    tag: str
    files: tuple[str, ...]
    outcome: str
    """published, already published, or would publish (dry run)."""
    commit: str | None = None


def publish_hub(
    repo: str, *, dry_run: bool = False, source: Path | None = None, sleep: Callable[[float], None] = time.sleep
) -> Publication:
    """Upload the release to a dataset repository and tag it with the data version.

    Args:
        repo: "ORG/NAME"; made where it does not exist.
        dry_run: export and list the files, send nothing; needs no token.
        source: a folder of built tables; None for the installed ones.
        sleep: waits between attempts.

    Returns:
        The repository, tag, files and outcome.

    Raises:
        FormatError: for a name that is not ORG/NAME.
        HubError: where there is no token, the Hub refuses, another release bears the tag, or the Hub cannot be reached
            after several attempts. The repository then holds the old or the new files as a whole, and no new tag.
        DataError: where the data are damaged or the Hub holds other bytes than were sent.
    """
    if not _REPO.fullmatch(repo):
        raise FormatError(f"{repo!r} is not of the form ORG/NAME")
    release = Release.of(source)
    tag = f"v{release.version}"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "release"
        files = export(folder, formats=HUB_FORMATS, source=release.folder, hub_repository=repo)
        names = tuple(sorted(path.relative_to(folder).as_posix() for path in files))
        if dry_run:
            return Publication(repo, tag, names, "would publish")
        return _Upload(repo, tag, folder, names, sleep).run()


@dataclass
class _Upload:
    repo: str
    tag: str
    folder: Path
    names: tuple[str, ...]
    sleep: Callable[[float], None]

    def run(self) -> Publication:
        api = self._api()
        self._try("make the repository", lambda: api.create_repo(self.repo, repo_type="dataset", exist_ok=True))
        tagged = self._tagged_commit(api)
        if tagged is not None:
            self._compare(
                api,
                tagged,
                f"tag {self.tag} already names other files; a published version never changes: raise the version",
            )
            return Publication(self.repo, self.tag, self.names, "already published", tagged)
        commit = self._try("upload", lambda: self._upload(api))
        self._compare(
            api, commit, "the Hub holds other bytes than were sent; nothing was tagged, run the command again"
        )
        self._try("tag", lambda: self._tag(api, commit))
        return Publication(self.repo, self.tag, self.names, "published", commit)

    def _api(self) -> HfApi:
        from huggingface_hub import HfApi, get_token

        token = get_token()
        if not token:
            raise HubError("no token: set HF_TOKEN, or run `hf auth login`; nothing was sent")
        return HfApi(endpoint=os.environ.get("HF_ENDPOINT"), token=token)

    def _tagged_commit(self, api: HfApi) -> str | None:
        refs = self._try("read the tags", lambda: api.list_repo_refs(self.repo, repo_type="dataset"))
        return next((str(ref.target_commit) for ref in refs.tags if ref.name == self.tag), None)

    def _upload(self, api: HfApi) -> str:
        info = api.upload_folder(
            repo_id=self.repo,
            repo_type="dataset",
            folder_path=self.folder,
            commit_message=f"Version {self.tag[1:]}",
            delete_patterns="*",
        )
        return str(info.oid)

    def _compare(self, api: HfApi, commit: str, otherwise: str) -> None:
        """Raise where the files of a commit are not those of the folder."""
        entries = self._try(
            "read back what the Hub holds",
            lambda: list(api.list_repo_tree(self.repo, repo_type="dataset", revision=commit, recursive=True)),
        )
        held = {entry.path: entry for entry in entries if hasattr(entry, "blob_id") and entry.path != ".gitattributes"}
        differing = sorted(held.keys() ^ set(self.names))
        differing += [name for name in self.names if name in held and not _same(held[name], self.folder / name)]
        if differing:
            raise DataError(f"{self.repo} at {commit}: {otherwise} (first difference: {differing[0]})")

    def _tag(self, api: HfApi, commit: str) -> None:
        try:
            api.create_tag(
                self.repo, repo_type="dataset", tag=self.tag, revision=commit, tag_message=f"Version {self.tag[1:]}"
            )
        except Exception as error:
            # an earlier attempt whose answer was lost may have made it
            if _status(error) != 409 or self._tagged_commit(api) != commit:
                raise

    def _try(self, what: str, action: Callable[[], _Result]) -> _Result:
        """Do something on the Hub; wait and repeat where the fault may pass."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return action()
            except CDDError:
                raise
            except Exception as error:
                status = _status(error)
                if not (status in _TRANSIENT or (status is None and _is_connection_fault(error))):
                    reason = _REFUSALS.get(status or 0, str(error)).format(repo=self.repo)
                    raise HubError(f"cannot {what}: {reason} ({status or type(error).__name__})") from error
                if attempt == _ATTEMPTS:
                    raise HubError(
                        f"cannot {what}: {status or type(error).__name__} after {_ATTEMPTS} attempts; "
                        f"run the command again, it goes on where it stopped"
                    ) from error
                self.sleep(_wait(error, attempt))
        raise AssertionError("unreachable")


def _same(entry: Any, path: Path) -> bool:
    """Whether an entry of the Hub's tree has a file's bytes, by SHA-256 or by Git's blob id."""
    if entry.lfs is not None:
        return str(entry.lfs.sha256) == sha256(path)
    raw = path.read_bytes()
    return str(entry.blob_id) == hashlib.sha1(b"blob %d\0" % len(raw) + raw, usedforsecurity=False).hexdigest()


def _chain(error: BaseException | None) -> list[BaseException]:
    """An error and what it came from: the client wraps the faults of its threads."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _response(error: BaseException) -> Any:
    responses = (getattr(part, "response", None) for part in _chain(error))
    return next((response for response in responses if response is not None), None)


def _status(error: BaseException) -> int | None:
    response = _response(error)
    return int(response.status_code) if response is not None else None


def _is_connection_fault(error: BaseException) -> bool:
    """A cut or refused connection, or an answer that is no JSON, whichever web library the client is built on."""
    return any(
        isinstance(part, (ConnectionError, TimeoutError))
        or type(part).__module__.partition(".")[0] in _WEB_LIBRARIES
        or type(part).__name__ == "JSONDecodeError"
        for part in _chain(error)
    )


def _wait(error: BaseException, attempt: int) -> float:
    """Seconds to wait: what the Hub asks for, else 1, 2, 4, 8…"""
    response = _response(error)
    asked = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(asked), _LONGEST_WAIT) if asked.isdigit() else min(2.0 ** (attempt - 1), _LONGEST_WAIT)
