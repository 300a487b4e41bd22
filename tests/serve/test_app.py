from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlparse

import pytest

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.notes import add_note
from llmnotes.serve.tables import LARGEST
from tests.running import REPOSITORY

TABLE = b"| Model | Context |\n|---|---|\n| Llama 2 7B | 4096 |\n| LLaMA 7B | 9999 |\n"


def test_pages_are_those_of_the_site(server: Any) -> None:
    for path in (
        "/",
        "/models/llama-2-7b.html",
        "/compare/",
        "/assets/site.css",
        "/assets/data.js",
        "/changes.xml",
        "/changes/",
        "/models/llama-2-7b.png",
    ):
        assert server.get(path).status == 200
    assert "Llama 2 7B" in server.get("/models/llama-2-7b.html").text


def test_a_page_that_is_not_there_is_said_to_be_so(server: Any) -> None:
    found = server.get("/models/llama-9.html")
    assert found.status == 404
    assert "no page /models/llama-9.html" in found.text


@pytest.mark.parametrize(
    "path", ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/models/..%2f..%2fsetup.cfg"]
)
def test_no_path_leads_out_of_the_site(server: Any, path: str) -> None:
    connection = HTTPConnection(urlparse(server.url).netloc, timeout=30)
    connection.request("GET", path)
    assert connection.getresponse().status == 404
    connection.close()


def test_every_answer_carries_what_keeps_a_browser_safe(server: Any) -> None:
    for path in ("/", "/api/search?q=llama", "/nowhere", "/api/compare?x=1"):
        headers = server.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "192.0.2.1"])
def test_a_request_under_another_name_is_refused(server: Any, host: str) -> None:
    assert server.get("/", Host=host).status == 400


def test_a_request_under_this_machines_name_is_answered(server: Any) -> None:
    assert server.get("/", Host="localhost:8000").status == 200


@pytest.mark.parametrize(
    ("path", "command"),
    [
        (
            "/api/compare?m=llama,llama-2&attributes=context_length",
            ("compare", "llama", "llama-2", "--attributes", "context_length"),
        ),
        ("/api/filter?attention=GQA&params=7B..70B", ("filter", "--attention", "GQA", "--params", "7B..70B")),
        ("/api/show?m=gpt-4", ("show", "gpt-4")),
        ("/api/search?q=rotary", ("search", "rotary")),
    ],
)  # fmt: skip
def test_json_answers_have_the_commands_shapes(
    server: Any, run: Any, path: str, command: tuple[str, ...]
) -> None:
    found, expected = server.get(path).json, run(*command, "-f", "json").json
    if command[0] == "filter":
        assert [item["id"] for item in found] == [item["id"] for item in expected]
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/api/compare?m=llama-9", "unknown model or family 'llama-9'"),
        ("/api/show?m=someone/Llama-2-7b-AWQ", "repackaged weights of llama-2-7b"),
        ("/api/compare?mm=llama", "unknown parameter 'mm'"),
        ("/api/compare", "the parameter m is missing"),
        ("/api/filter?attention=GQAA", "GQA"),
        ("/api/filter?limit=-1", "limit is a whole number"),
        ("/api/estimate?m=" + quote("/etc/passwd"), "unknown model"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_sentence(server: Any, path: str, says: str) -> None:
    found = server.get(path)
    assert found.status == 400
    assert says in found.json["error"]


def test_an_unknown_question_names_those_there_are(server: Any) -> None:
    found = server.get("/api/compair")
    assert found.status == 404
    assert "compare" in found.json["error"]


def test_the_interface_describes_itself(server: Any) -> None:
    found = server.get("/openapi.json").json
    assert found["openapi"].startswith("3.")
    for path, methods in found["paths"].items():
        if "get" in methods:
            assert server.get(path).status in {200, 400}, path
    names = {item["name"] for item in found["paths"]["/api/filter"]["get"]["parameters"]}
    assert {"attention", "params", "where"} <= names


def test_a_table_is_checked_cell_by_cell(server: Any) -> None:
    found = server.post("/api/factcheck", TABLE).json
    verdicts = {
        cell["text"]: cell["verdict"] for table in found["tables"] for cell in table["cells"]
    }
    assert verdicts["4096"] == "agrees"
    assert verdicts["9999"] in {"wrong", "misplaced"}


def test_a_pasted_table_is_shown_with_its_verdicts(server: Any) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="table"\r\n\r\n' + TABLE + b"\r\n--x--\r\n"
    text = server.post("/check/index.html", body, "multipart/form-data; boundary=x").text
    assert 'class="verdict agrees"' in text
    assert "9999" in text


def test_no_cell_of_a_table_becomes_markup(server: Any) -> None:
    from tests.site.hostile_store import HOSTILE, unsafe

    cells = [text.replace("|", " ").replace("\n", " ")[:200] for text in HOSTILE]
    lines = "".join(f"| {cell} | {cell} |\n| LLaMA 7B | {cell} |\n" for cell in cells)
    table = ("| Model | Context |\n|---|---|\n" + lines).encode("utf-8", "replace")
    body = b'--x\r\nContent-Disposition: form-data; name="table"\r\n\r\n' + table + b"\r\n--x--\r\n"
    faults, text = unsafe(
        server.post("/check/index.html", body, "multipart/form-data; boundary=x").text
    )
    assert faults == []
    assert "alert(1)" in text


def test_an_uploaded_file_is_checked(server: Any) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="<b>.md"\r\n\r\n'
        + TABLE
        + b"\r\n--x--\r\n"
    )
    assert "9999" in server.post("/check/index.html", body, "multipart/form-data; boundary=x").text


@pytest.mark.parametrize("size", [LARGEST + 1, 10_000_000])
def test_a_table_that_is_too_large_is_refused_in_one_sentence(server: Any, size: int) -> None:
    found = server.post("/api/factcheck", b"a" * size)
    assert found.status == 413
    assert "larger than 2,000,000 bytes" in found.json["error"]


def test_an_upload_that_is_too_large_is_refused_in_one_sentence(server: Any) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\n'
    body = head + b"a" * 10_000_000 + b"\r\n--x--\r\n"
    found = server.post("/check/index.html", body, "multipart/form-data; boundary=x")
    assert found.status == 413
    assert "larger than 2,000,000 bytes" in found.text


def test_a_table_as_large_as_may_be_is_looked_at(server: Any) -> None:
    found = server.post("/api/factcheck", TABLE + b" " * (LARGEST - len(TABLE)))
    assert found.status == 200


def test_text_without_a_table_is_told_so(server: Any) -> None:
    found = server.post("/api/factcheck", b"no table here")
    assert found.status == 400
    assert "no table" in found.json["error"]


def test_the_users_own_claims_and_notes_are_shown_once_written(server: Any) -> None:
    before = server.get("/models/llama-2-13b.html").text
    set_claims(server.store, "llama-2-13b", ["context_length=8192"], Provenance(source="our wiki"))
    add_note(server.store, "llama-2-13b", "a note of <mine>")
    deadline = time.monotonic() + 90
    text = before
    while "a note of" not in text and time.monotonic() < deadline:
        time.sleep(0.2)
        text = server.get("/models/llama-2-13b.html").text
    assert "8,192 (yours)" in text
    assert "a note of &lt;mine&gt;" in text
    assert "8,192 (yours)" not in before


@pytest.mark.thorough
def test_fifty_readers_get_whole_answers_while_another_process_writes(server: Any) -> None:
    load = _benchmark()
    writer = subprocess.Popen(
        [sys.executable, "-c", load.WRITER, str(server.store)],
        cwd=REPOSITORY, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "1\n"
        found = load.Clients(int(urlparse(server.url).port or 0), 50, 2.0)
    finally:
        writer.terminate()
        writer.communicate()
    assert found.faults == []
    assert len(found.times) >= 50
    assert {"text/html", "application/json"} <= set(found.kinds)


def _benchmark() -> Any:
    """What `benchmarks/serve.py` does for a minute."""
    spec = importlib.util.spec_from_file_location(
        "serve_benchmark", REPOSITORY / "benchmarks" / "serve.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_store_that_cannot_be_read_leaves_the_last_state_on_show(tmp_path: Path) -> None:
    pytest.importorskip("jinja2", reason="the extra `site` is not installed")
    from llmnotes.serve.snapshot import Snapshots

    store = tmp_path / "notes.sqlite"
    set_claims(store, "llama-2-7b", ["context_length=5000"], Provenance(source="w"))
    snapshots = Snapshots(store)

    def shown() -> Any:
        query = "SELECT context_length_max FROM models WHERE id = 'llama-2-7b'"
        return snapshots.ask_now(lambda snapshot: snapshot.connection.execute(query).fetchone()[0])

    assert shown() == 5000
    whole = store.read_bytes()
    store.write_bytes(b"no store at all" * 100)
    assert _until(lambda: bool(shown()) and snapshots.failed), "it is noticed"
    assert shown() == 5000
    store.write_bytes(whole)
    set_claims(store, "llama-2-7b", ["context_length=6000"], Provenance(source="w"))
    assert _until(lambda: shown() == 6000)
    snapshots.close()


def _until(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether something comes to hold."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True
