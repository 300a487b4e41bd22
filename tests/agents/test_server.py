"""The server as a client of the protocol sees it: its list of tools, its kinds of protocol, its store."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

import anyio
from mcp import Client

from llmnotes.agents.tools import TOOLS


def listed(agent):
    return agent.ask(lambda client: client.list_tools()).tools


def test_eight_tools_that_only_read_are_listed_in_four_kilobytes_without_output_schemas(agent):
    tools = listed(agent)
    assert [tool.name for tool in tools] == list(TOOLS)
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.output_schema is None for tool in tools)
    wire = [tool.model_dump(mode="json", by_alias=True, exclude_none=True) for tool in tools]
    assert len(json.dumps({"tools": wire}, separators=(",", ":")).encode()) <= 4_096


def test_both_kinds_of_protocol_are_spoken(agent):
    version = agent.ask(lambda client: anyio_value(client.protocol_version))
    assert version in {"2025-11-25", "2026-07-28"}
    info = agent.ask(lambda client: anyio_value(client.server_info))
    assert info.name == "llmnotes"


async def anyio_value(value):
    return value


def test_a_store_that_is_written_between_two_questions_is_read_anew(user_store, run):
    from llmnotes.agents.server import server

    async def twice():
        async with Client(server(user_store)) as client:
            question = ("get", {"name": "bert-base", "attributes": ["knowledge_cutoff"]})
            before = await client.call_tool(*question)
            await anyio.to_thread.run_sync(
                lambda: run("set", "bert-base", "knowledge_cutoff=2018-01", "--source", "mine")
            )
            return before.content[0].text, (await client.call_tool(*question)).content[0].text

    before, after = anyio.run(twice)
    assert "2018-01" not in before
    assert "2018-01 (user layer)" in after
