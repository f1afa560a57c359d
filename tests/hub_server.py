"""A small server that speaks the part of the Hugging Face Hub's HTTP interface that publishing and loading use.

It keeps commits, tags and large files in memory and can be told to fail: `server.faults` is a list of
(method, part of the path, status or "cut", how often).
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_of_the_test"


@dataclass
class Repository:
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    head: str = ""
    tags: dict[str, str] = field(default_factory=dict)

    def commit(self, files: dict[str, bytes]) -> str:
        digest = hashlib.sha1(f"{len(self.commits)}".encode())
        for name, raw in sorted(files.items()):
            digest.update(name.encode() + hashlib.sha1(raw).digest())
        self.head = digest.hexdigest()
        self.commits[self.head] = files
        return self.head

    def at(self, revision: str) -> tuple[str, dict[str, bytes]] | None:
        commit = self.head if revision == "main" else self.tags.get(revision, revision)
        return (commit, self.commits[commit]) if commit in self.commits else None


class Hub(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories: dict[str, Repository] = {}
        self.large: dict[str, bytes] = {}
        self.requests: list[tuple[str, str]] = []
        self.received: list[str] = []
        """Large files as they came in, repeats included."""
        self.faults: list[list[Any]] = []
        self.writers = {TOKEN}
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Cut connections are part of the tests."""


def blob_id(raw: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(raw) + raw).hexdigest()


def is_large(name: str) -> bool:
    return name.endswith(".parquet")


class _Handler(BaseHTTPRequestHandler):
    server: Hub
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None: ...

    def do_GET(self) -> None:
        self._handle(b"")

    def do_HEAD(self) -> None:
        self._handle(b"")

    def do_POST(self) -> None:
        self._handle(self._body())

    def do_PUT(self) -> None:
        self._handle(self._body())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") == "chunked":
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def _answer(self, status: int, value: Any = None, headers: dict[str, str] | None = None) -> None:
        raw = value if isinstance(value, bytes) else json.dumps(value if value is not None else {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        for name, text in (headers or {}).items():
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _cut(self) -> None:
        self.close_connection = True
        self.connection.shutdown(2)

    def _fault(self, path: str, when: str) -> bool:
        with self.server.lock:
            for fault in self.server.faults:
                method, part, what, times, moment = (*fault, "before")[:5]
                if times and moment == when and self.command == method and re.search(part, path):
                    fault[3] -= 1
                    break
            else:
                return False
        if what == "cut":
            self._cut()
        else:
            self._answer(what, {"error": f"told to fail with {what}"}, {"Retry-After": "1"} if what == 429 else None)
        return True

    def _handle(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        with self.server.lock:
            self.server.requests.append((self.command, path))
        if self._fault(path, "before"):
            return
        writes = self.command in ("POST", "PUT") and "/lfs/" not in path
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if writes and token not in self.server.writers and not path.endswith("/paths-info/main"):
            self._answer(401, {"error": "Invalid credentials"})
            return
        for method, pattern, handler in _ROUTES:
            match = re.fullmatch(pattern, path)
            if match and self.command in method:
                answer = handler(self.server, body=body, query=parse_qs(parts.query), **match.groupdict())
                if not self._fault(path, "after"):  # the deed is done, the answer is lost
                    self._answer(*answer)
                return
        self._answer(404, {"error": f"no route {self.command} {path}"}, {"X-Error-Code": "RepoNotFound"})


def _create(hub: Hub, body: bytes, **_: Any) -> tuple[Any, ...]:
    asked = json.loads(body)
    repo = f"{asked['organization']}/{asked['name']}" if asked.get("organization") else asked["name"]
    url = {"url": f"{hub.url}/datasets/{repo}", "name": repo}
    if repo in hub.repositories:
        return 409, url | {"error": "You already created this dataset repo"}
    hub.repositories[repo] = Repository()
    hub.repositories[repo].commit({".gitattributes": b"*.parquet filter=lfs\n"})
    return 200, url


def _refs(hub: Hub, repo: str, **_: Any) -> tuple[Any, ...]:
    found = hub.repositories.get(repo)
    if found is None:
        return 404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"}
    tags = [{"name": name, "ref": f"refs/tags/{name}", "targetCommit": commit} for name, commit in found.tags.items()]
    return 200, {
        "branches": [{"name": "main", "ref": "refs/heads/main", "targetCommit": found.head}],
        "converts": [],
        "tags": tags,
    }


def _info(hub: Hub, repo: str, revision: str | None = None, **_: Any) -> tuple[Any, ...]:
    found = hub.repositories.get(repo)
    if found is None:
        return 404, {"error": "Repository not found"}, {"X-Error-Code": "RepoNotFound"}
    at = found.at(revision or "main")
    if at is None:
        return 404, {"error": f"Invalid rev id: {revision}"}, {"X-Error-Code": "RevisionNotFound"}
    siblings = [{"rfilename": name} for name in sorted(at[1])]
    return 200, {
        "id": repo,
        "_id": "x",
        "sha": at[0],
        "private": False,
        "tags": [],
        "downloads": 0,
        "likes": 0,
        "siblings": siblings,
    }


def _entry(name: str, raw: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = {"type": "file", "path": name, "size": len(raw), "oid": blob_id(raw)}
    if is_large(name):
        entry["lfs"] = {"oid": hashlib.sha256(raw).hexdigest(), "size": len(raw), "pointerSize": 100}
    return entry


def _tree(
    hub: Hub, repo: str, revision: str, query: dict[str, list[str]], folder: str = "", **_: Any
) -> tuple[Any, ...]:
    at = hub.repositories[repo].at(revision)
    if at is None:
        return 404, {"error": "no revision"}, {"X-Error-Code": "RevisionNotFound"}
    recursive = query.get("recursive", ["false"])[0].lower() in ("true", "1")
    prefix = f"{folder}/" if folder else ""
    entries = []
    folders = set()
    for name, raw in sorted(at[1].items()):
        rest = name.removeprefix(prefix)
        if not name.startswith(prefix):
            continue
        if "/" in rest:
            folders.add(prefix + rest.split("/")[0])
        if recursive or "/" not in rest:
            entries.append(_entry(name, raw))
    if not entries and not folders:
        return 404, {"error": "no entry"}, {"X-Error-Code": "EntryNotFound"}
    return 200, [{"type": "directory", "path": name, "oid": "0" * 40, "size": 0} for name in sorted(folders)] + entries


def _paths(hub: Hub, repo: str, revision: str, body: bytes, **_: Any) -> tuple[Any, ...]:
    at = hub.repositories[repo].at(revision)
    asked = parse_qs(body.decode()).get("paths", []) if not body.startswith(b"{") else json.loads(body)["paths"]
    found = []
    for path in asked:
        if at and path in at[1]:
            found.append(_entry(path, at[1][path]))
        elif at and any(name.startswith(f"{path}/") for name in at[1]):
            found.append({"type": "directory", "path": path, "oid": "0" * 40, "size": 0})
    return 200, found


def _preupload(hub: Hub, repo: str, revision: str, body: bytes, **_: Any) -> tuple[Any, ...]:
    at = hub.repositories[repo].at(revision)
    assert at is not None
    held = at[1]
    files = [
        {
            "path": item["path"],
            "uploadMode": "lfs" if is_large(item["path"]) else "regular",
            "shouldIgnore": False,
            "oid": None if item["path"] not in held else hashlib.sha256(held[item["path"]]).hexdigest() if is_large(item["path"]) else blob_id(held[item["path"]]),
        }
        for item in json.loads(body)["files"]
    ]  # fmt: skip
    return 200, {"files": files}


def _batch(hub: Hub, body: bytes, **_: Any) -> tuple[Any, ...]:
    objects = []
    for item in json.loads(body)["objects"]:
        entry = {"oid": item["oid"], "size": item["size"], "authenticated": True}
        if item["oid"] not in hub.large:
            entry["actions"] = {"upload": {"href": f"{hub.url}/lfs/{item['oid']}"}}
        objects.append(entry)
    return 200, {"transfer": "basic", "objects": objects}


def _store(hub: Hub, oid: str, body: bytes, **_: Any) -> tuple[Any, ...]:
    if hashlib.sha256(body).hexdigest() != oid:
        return 400, {"error": "other bytes than promised"}
    with hub.lock:
        hub.large[oid] = body
        hub.received.append(oid)
    return 200, {}


def _commit(hub: Hub, repo: str, body: bytes, **_: Any) -> tuple[Any, ...]:
    found = hub.repositories[repo]
    files = dict(found.commits[found.head])
    for line in body.splitlines():
        item = json.loads(line)
        value = item["value"]
        if item["key"] == "file":
            files[value["path"]] = base64.b64decode(value["content"])
        elif item["key"] == "lfsFile":
            if value["oid"] not in hub.large:
                return 400, {"error": f"no object {value['oid']}"}
            files[value["path"]] = hub.large[value["oid"]]
        elif item["key"] == "deletedFile":
            files.pop(value["path"])
    commit = found.commit(files)
    return 200, {
        "success": True,
        "commitOid": commit,
        "commitUrl": f"{hub.url}/datasets/{repo}/commit/{commit}",
        "hookOutput": "",
    }


def _tag(hub: Hub, repo: str, revision: str, body: bytes, **_: Any) -> tuple[Any, ...]:
    found, name = hub.repositories[repo], json.loads(body)["tag"]
    if name in found.tags:
        return 409, {"error": f"Tag {name} already exists"}
    at = found.at(revision)
    if at is None:
        return 404, {"error": "no revision"}
    found.tags[name] = at[0]
    return 200, {}


def _resolve(hub: Hub, repo: str, revision: str, path: str, **_: Any) -> tuple[Any, ...]:
    found = hub.repositories.get(repo)
    at = found.at(revision) if found else None
    if at is None:
        return 404, {"error": "no revision"}, {"X-Error-Code": "RevisionNotFound"}
    if path not in at[1]:
        return 404, {"error": "no entry"}, {"X-Error-Code": "EntryNotFound"}
    raw = at[1][path]
    etag = hashlib.sha256(raw).hexdigest() if is_large(path) else blob_id(raw)
    return 200, raw, {"X-Repo-Commit": at[0], "ETag": f'"{etag}"', "Accept-Ranges": "none"}


_REPO = r"(?P<repo>[\w.-]+/[\w.-]+)"
_ROUTES = (
    (("POST",), "/api/repos/create", _create),
    (("POST",), "/api/validate-yaml", lambda hub, **_: (200, {"errors": [], "warnings": []})),
    (("GET",), f"/api/datasets/{_REPO}/refs", _refs),
    (("GET",), f"/api/datasets/{_REPO}", _info),
    (("GET",), f"/api/datasets/{_REPO}/revision/(?P<revision>[^/]+)", _info),
    (("GET",), f"/api/datasets/{_REPO}/tree/(?P<revision>[^/]+)(/(?P<folder>.*))?", lambda hub, folder=None, **kw: _tree(hub, folder=folder or "", **kw)),
    (("POST",), f"/api/datasets/{_REPO}/paths-info/(?P<revision>[^/]+)", _paths),
    (("POST",), f"/api/datasets/{_REPO}/preupload/(?P<revision>[^/]+)", _preupload),
    (("POST",), f"/datasets/{_REPO}.git/info/lfs/objects/batch", _batch),
    (("PUT",), "/lfs/(?P<oid>[0-9a-f]{64})", _store),
    (("POST",), f"/api/datasets/{_REPO}/commit/(?P<revision>[^/]+)", _commit),
    (("POST",), f"/api/datasets/{_REPO}/tag/(?P<revision>[^/]+)", _tag),
    (("GET", "HEAD"), f"/datasets/{_REPO}/resolve/(?P<revision>[^/]+)/(?P<path>.+)", _resolve),
)  # fmt: skip
