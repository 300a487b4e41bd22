"""An in-process client of the server, for each version of the protocol."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

import anyio
from mcp import Client, MCPError

MODES = ("auto", "legacy")
"""The newest protocol, and the older one with a handshake."""


class Agent:
    """Sends requests to the server one at a time."""

    def __init__(self, store: Path, mode: str) -> None:
        self._store, self._mode = store, mode

    def ask(self, question: Callable[[Client], Any]) -> Any:
        from llmnotes.agents.server import server

        async def asked() -> Any:
            async with Client(server(self._store), mode=self._mode) as client:
                return await question(client)

        return anyio.run(asked)

    def error(self, question: Callable[[Client], Any]) -> str:
        """The message of the protocol error raised by a request."""

        async def refused(client: Client) -> str:
            try:
                await question(client)
            except MCPError as error:
                return str(error)
            raise AssertionError("it was answered")

        return str(self.ask(refused))

    def call(self, tool: str, **arguments: Any) -> str:
        """The answer of a tool, which must succeed."""
        result = self.ask(lambda client: client.call_tool(tool, arguments))
        (content,) = result.content
        assert not result.is_error, content.text
        assert result.structured_content is None
        return str(content.text)

    def refusal(self, tool: str, **arguments: Any) -> str:
        """The message with which a tool refuses a request."""
        result = self.ask(lambda client: client.call_tool(tool, arguments))
        (content,) = result.content
        assert result.is_error, content.text
        return str(content.text)


@pytest.fixture(params=MODES)
def agent(request: pytest.FixtureRequest, user_store: Path) -> Agent:
    return Agent(user_store, request.param)


@pytest.fixture
def modern(user_store: Path) -> Agent:
    """A client of the newest protocol, for tests where the version does not matter."""
    return Agent(user_store, "auto")
