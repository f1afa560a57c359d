"""`cdd publish zenodo` against a small deposit server on loopback."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import china_defence_dialogues as cdd
from china_defence_dialogues import about
from china_defence_dialogues.cli.main import cli
from china_defence_dialogues.publishing.zenodo import ZenodoError, publish_zenodo


class Deposits(ThreadingHTTPServer):
    """Drafts and published records in memory; `faults` is a list of [method, path pattern, status or "cut", times, moment]."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.records: dict[str, dict[str, Any]] = {}
        self.faults: list[list[Any]] = []
        self.requests: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def new(self, files: dict[str, bytes]) -> dict[str, Any]:
        number = str(len(self.records) + 1)
        self.records[number] = {"id": number, "files": files, "metadata": None, "submitted": False}
        return self.shown(number)

    def shown(self, number: str) -> dict[str, Any]:
        record, base = self.records[number], f"{self.url}/api/deposit/depositions/{number}"
        files = [{"id": name, "filename": name, "checksum": hashlib.md5(raw).hexdigest()} for name, raw in record["files"].items()]  # fmt: skip
        links = {"self": base, "publish": f"{base}/actions/publish", "bucket": f"{self.url}/api/files/{number}", "latest_draft": base}  # fmt: skip
        doi = {"doi": f"10.5072/zenodo.{number}"} if record["submitted"] else {}
        return {"id": number, "links": links, "files": files, "submitted": record["submitted"], **doi}


class _Handler(BaseHTTPRequestHandler):
    server: Deposits

    def log_message(self, *_: Any) -> None: ...

    def _answer(self, status: int, value: Any) -> None:
        raw = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _fault(self, moment: str) -> bool:
        for fault in self.server.faults:
            method, pattern, what, times, when = (*fault, "before")[:5]
            if times and when == moment and method == self.command and re.search(pattern, self.path):
                fault[3] -= 1
                if what == "cut":
                    self.connection.shutdown(2)
                else:
                    self._answer(what, {"message": "told to fail"})
                return True
        return False

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.requests.append(f"{self.command} {self.path}")
        if self._fault("before"):
            return
        answer = self._act(body)
        if not self._fault("after"):
            self._answer(*answer)

    def _act(self, body: bytes) -> tuple[int, Any]:
        if self.headers.get("Authorization") != "Bearer token-of-the-test":
            return 401, {"message": "no"}
        records = self.server.records
        match = re.fullmatch(r"/api/(deposit/depositions|files)(?:/(\d+))?(?:/(files|actions)?/?([^/]+))?", self.path)
        assert match, self.path
        kind, number, part, name = match.groups()
        if self.command == "POST" and number is None:
            return 201, self.server.new({})
        if self.command == "POST" and name == "newversion":
            self.server.new(dict(records[number]["files"]))
            return 201, {"links": {"latest_draft": f"{self.server.url}/api/deposit/depositions/{len(records)}"}}
        if number not in records:
            return 404, {"message": "no such deposit"}
        if self.command == "POST" and name == "publish":
            if records[number]["submitted"]:
                return 400, {"message": "published already"}
            records[number]["submitted"] = True
        elif self.command == "PUT" and kind == "files":
            records[number]["files"][name] = body
        elif self.command == "PUT":
            records[number]["metadata"] = json.loads(body)["metadata"]
        elif self.command == "DELETE" and part == "files":
            del records[number]["files"][name]
        elif self.command == "DELETE":
            del records[number]
            return 200, {}
        return 200, self.server.shown(number)

    do_GET = do_POST = do_PUT = do_DELETE = _handle


@pytest.fixture
def zenodo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deposits]:
    server = Deposits()
    monkeypatch.setenv("ZENODO_ENDPOINT", server.url)
    monkeypatch.setenv("ZENODO_TOKEN", "token-of-the-test")
    monkeypatch.delenv("ZENODO_CONCEPT", raising=False)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name in ("a.whl", "b.tar.gz"):
        (tmp_path / name).write_bytes(name.encode() * 1000)
    return [tmp_path / "a.whl", tmp_path / "b.tar.gz"]


def publish(files: list[Path]) -> str:
    return publish_zenodo(files, sleep=lambda seconds: None)


def test_a_new_record_holds_the_files_and_the_metadata(zenodo: Deposits, files: list[Path]) -> None:
    assert publish(files) == "10.5072/zenodo.1"
    record = zenodo.records["1"]
    assert record["files"] == {path.name: path.read_bytes() for path in files}
    assert (record["metadata"]["title"], record["metadata"]["version"]) == (about.TITLE, about.VERSION)


def test_the_next_version_holds_no_file_of_the_last(
    zenodo: Deposits, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    zenodo.new({"old.whl": b"old"})
    zenodo.records["1"]["submitted"] = True
    monkeypatch.setenv("ZENODO_CONCEPT", "1")
    assert publish(files) == "10.5072/zenodo.2"
    assert zenodo.records["2"]["files"].keys() == {"a.whl", "b.tar.gz"}
    assert zenodo.records["1"]["files"] == {"old.whl": b"old"}


@pytest.mark.parametrize("step", [("POST", "depositions$"), ("PUT", "/files/"), ("PUT", "depositions/"), ("GET", "depositions/"), ("POST", "/publish")])  # fmt: skip
@pytest.mark.parametrize("fault", [429, 503, "cut"])
def test_faults_that_pass_are_waited_out(
    zenodo: Deposits, files: list[Path], step: tuple[str, str], fault: Any
) -> None:
    zenodo.faults.append([*step, fault, 2])
    assert publish(files) == "10.5072/zenodo.1"


def test_a_lost_answer_to_publish_is_not_a_failure(zenodo: Deposits, files: list[Path]) -> None:
    zenodo.faults.append(["POST", "/publish", "cut", 1, "after"])
    assert publish(files) == "10.5072/zenodo.1"


@pytest.mark.parametrize("step", [("PUT", "/files/"), ("PUT", "depositions/"), ("POST", "/publish")])
@pytest.mark.parametrize("status", [401, 403, 503])
def test_failures_leave_no_draft(zenodo: Deposits, files: list[Path], step: tuple[str, str], status: int) -> None:
    zenodo.faults.append([*step, status, 99])
    with pytest.raises(ZenodoError, match=str(status)):
        publish(files)
    assert zenodo.records == {}


def test_altered_bytes_are_not_published(zenodo: Deposits, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Deposits.shown
    monkeypatch.setattr(Deposits, "shown", lambda self, number: shown(self, number) | {"files": [{"filename": "a.whl", "checksum": "0"}]})  # fmt: skip
    with pytest.raises(cdd.DataError, match=r"other bytes than were sent \(a\.whl\)"):
        publish(files)
    assert zenodo.records == {}


def test_no_token_and_no_files(
    zenodo: Deposits, files: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(cdd.DataError, match="is no file"):
        publish([tmp_path / "nothing"])
    monkeypatch.delenv("ZENODO_TOKEN")
    with pytest.raises(ZenodoError, match="set ZENODO_TOKEN"):
        publish(files)
    dry = CliRunner().invoke(cli, ["publish", "zenodo", "--dry-run", *map(str, files)])
    assert dry.output.splitlines() == ["would send a.whl", "would send b.tar.gz", "would publish"]
    assert zenodo.requests == []
