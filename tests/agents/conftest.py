"""A client that talks to the server in this process, over either kind of protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

import anyio
from mcp import Client, MCPError

MODES = ("auto", "legacy")
"""The newest protocol, and the one with a handshake that older clients speak."""


class Agent:
    """Asks the server one thing at a time."""

    def __init__(self, store: Path, mode: str) -> None:
        self._store, self._mode = store, mode

    def ask(self, question: Callable[[Client], Any]) -> Any:
        from llmnotes.agents.server import server

        async def asked() -> Any:
            async with Client(server(self._store), mode=self._mode) as client:
                return await question(client)

        return anyio.run(asked)

    def error(self, question: Callable[[Client], Any]) -> str:
        """The sentence of the protocol error that a question ends with."""

        async def refused(client: Client) -> str:
            try:
                await question(client)
            except MCPError as error:
                return str(error)
            raise AssertionError("it was answered")

        return str(self.ask(refused))

    def call(self, tool: str, **arguments: Any) -> str:
        """What a tool answers; it must not refuse."""
        result = self.ask(lambda client: client.call_tool(tool, arguments))
        (content,) = result.content
        assert not result.is_error, content.text
        assert result.structured_content is None
        return str(content.text)

    def refusal(self, tool: str, **arguments: Any) -> str:
        """The sentence by which a tool refuses."""
        result = self.ask(lambda client: client.call_tool(tool, arguments))
        (content,) = result.content
        assert result.is_error, content.text
        return str(content.text)


@pytest.fixture(params=MODES)
def agent(request: pytest.FixtureRequest, user_store: Path) -> Agent:
    return Agent(user_store, request.param)


@pytest.fixture
def modern(user_store: Path) -> Agent:
    """The newest protocol alone, where the protocol makes no difference."""
    return Agent(user_store, "auto")
