"""The server over standard streams, and on a port of this machine."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

import anyio
from mcp import Client, StdioServerParameters

from tests.running import REPOSITORY


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server process on a free port."""
    store = tmp_path_factory.mktemp("agents") / "notes.sqlite"
    command = [sys.executable, "-m", "llmnotes", "--db", str(store), "mcp", "--http", "--port", "0"]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        yield next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
        process.terminate()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_it_answers_over_streamable_http(address: str, mode: str) -> None:
    async def asked() -> str:
        async with Client(address, mode=mode) as client:
            done = await client.call_tool("get", {"name": "bert-base", "attributes": ["n_layers"]})
            return str(done.content[0].text)

    assert "| Layers | 12 <sup>1</sup> |" in anyio.run(asked)


@pytest.mark.parametrize("header", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
def test_a_page_of_another_site_cannot_ask_it(address: str, header: dict[str, str]) -> None:
    headers = {"content-type": "application/json", **header}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(address, b"{}", headers), timeout=30)
    refused.value.close()
    assert refused.value.code in {403, 421}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_it_listens_on_this_machine_alone(run, host: str) -> None:
    done = run("mcp", "--http", "--host", host, "--port", "0")
    assert done.code == 2
    assert "127.0.0.1" in done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--port", "3"), "--http"), (("--http", "--port", "70000"), "65535"),
        (("--http", "--port", "x"), "65535"),
    ],
)  # fmt: skip
def test_options_without_use_are_refused(run, arguments: tuple[str, ...], words: str) -> None:
    done = run("mcp", *arguments)
    assert (done.code, done.out) == (2, "")
    assert words in done.err


def test_a_store_that_is_none_is_told_of_at_once(run, tmp_path: Path) -> None:
    (tmp_path / "other").write_text("no store")
    done = run("--db", "other", "mcp")
    assert done.code == 3
    assert "not an llmnotes store" in done.err


def test_without_the_sdk_the_command_says_how_to_install_it(run_process, tmp_path: Path) -> None:
    (tmp_path / "mcp.py").write_text("raise ImportError('no mcp', name='mcp')")
    done = run_process("mcp", PYTHONPATH=f"{tmp_path}:{REPOSITORY}")
    assert (done.code, done.out) == (2, "")
    assert "pip install 'llmnotes[mcp]'" in done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_command_speaks_over_its_standard_streams(user_store, mode):
    started = StdioServerParameters(
        command=sys.executable, args=["-m", "llmnotes", "mcp"],
        env={"LLMNOTES_DB": str(user_store), "PYTHONPATH": str(REPOSITORY)},
    )  # fmt: skip

    async def asked():
        async with Client(started, mode=mode) as client:
            tools = await client.list_tools()
            done = await client.call_tool("compare", {"names": ["llama", "llama-2"]})
            return len(tools.tools), done.content[0].text

    count, text = anyio.run(asked)
    assert count == 8
    assert "4,096" in text


@pytest.mark.thorough
def test_the_oldest_protocol_is_answered_in_plain_lines(user_store):
    """The bytes that a client of 2024 sends, without any current library."""
    asked = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2024-11-05", "capabilities": {},
            "clientInfo": {"name": "old", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/list"},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {
            "name": "get", "arguments": {"name": "bert-base", "attributes": ["n_layers"]}}},
    ]  # fmt: skip
    answers = {}
    with subprocess.Popen(
        [sys.executable, "-m", "llmnotes", "--db", str(user_store), "mcp"], cwd=REPOSITORY,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        for message in asked:
            process.stdin.write(json.dumps(message) + "\n")
            process.stdin.flush()
            if "id" in message:
                found = json.loads(process.stdout.readline())
                answers[found["id"]] = found["result"]
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == ""
    assert answers[1]["protocolVersion"] == "2024-11-05"
    assert len(answers[2]["tools"]) == 8
    assert "| Layers | 12 <sup>1</sup> |" in answers[3]["content"][0]["text"]
