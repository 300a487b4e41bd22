"""The Model Context Protocol server of the tools, resources and prompts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio.to_thread
import mcp_types as types
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError

from llmnotes.agents import prompts, resources
from llmnotes.agents.arguments import input_schema
from llmnotes.agents.tools import TOOLS, answer
from llmnotes.errors import InputError, LlmnotesError
from llmnotes.escapes import one_line
from llmnotes.version import __version__

INSTRUCTIONS = (
    "A cited knowledge base of language models. Every value names its source by id; `sources` tells "
    "what an id stands for. `undisclosed` means withheld, `unknown` that nobody was found to say it; "
    "rumours and estimates are marked and are no facts: pass the mark on. Names are forgiving; an "
    "unknown one is answered with the nearest. Never fill a gap from memory."
)
_LONGEST_SENTENCE = 1_000
"""Characters of an error that are told."""


def server(user: Path | None) -> Server[Any]:
    """The server of the base, joined with the user's store where there is one.

    Every request opens the base read-only in its own thread, so that it reads the current state.
    """
    asked = _Requests(user)
    return Server(
        "llmnotes", version=__version__, title="llmnotes", instructions=INSTRUCTIONS,
        on_list_tools=asked.list_tools, on_call_tool=asked.call_tool,
        on_list_resources=asked.list_resources, on_list_resource_templates=asked.list_templates,
        on_read_resource=asked.read_resource, on_list_prompts=asked.list_prompts,
        on_get_prompt=asked.get_prompt, on_completion=asked.complete,
    )  # fmt: skip


class _Requests:
    """The answer to each kind of request, on the base joined with a user's store."""

    def __init__(self, user: Path | None) -> None:
        self._user = user

    async def _ask(self, question: Callable[[Any], Any]) -> Any:
        return await anyio.to_thread.run_sync(lambda: _asked(self._user, question))

    async def list_tools(self, _: Any, params: Any) -> types.ListToolsResult:
        """All tools."""
        return types.ListToolsResult(tools=_tools())

    async def call_tool(self, _: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        """The answer of a tool, or the sentence of what is wrong with the call."""
        try:
            text = await self._ask(
                lambda connection: answer(connection, params.name, params.arguments)
            )
        except LlmnotesError as error:
            return _said(_sentence(error), is_error=True)
        return _said(text)

    async def list_resources(self, _: Any, params: Any) -> types.ListResourcesResult:
        """The one resource without a parameter: the attributes."""
        found = types.Resource(
            uri=resources.SCHEMA, name="schema", mime_type="text/markdown",
            description="The attributes: id, kind, unit, meaning",
        )  # fmt: skip
        return types.ListResourcesResult(resources=[found])

    async def list_templates(self, _: Any, params: Any) -> types.ListResourceTemplatesResult:
        """The addresses of documents by id."""
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=document.template(kind), name=kind, description=document.says,
                    mime_type="text/markdown",
                )
                for kind, document in resources.DOCUMENTS.items()
            ]
        )  # fmt: skip

    async def read_resource(
        self, _: Any, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        """A document as Markdown."""
        address = str(params.uri)
        text = await _or_refused(self._ask(lambda connection: resources.read(connection, address)))
        contents = types.TextResourceContents(uri=address, mime_type="text/markdown", text=text)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(self, _: Any, params: Any) -> types.ListPromptsResult:
        """All prompts."""
        return types.ListPromptsResult(prompts=_prompts())

    async def get_prompt(
        self, _: Any, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        """A prompt with its arguments filled in."""
        try:
            text = prompts.prompt_text(params.name, params.arguments)
        except InputError as error:
            raise MCPError(types.INVALID_PARAMS, _sentence(error)) from None
        message = types.PromptMessage(role="user", content=types.TextContent(text=text))
        return types.GetPromptResult(messages=[message])

    async def complete(self, _: Any, params: types.CompleteRequestParams) -> types.CompleteResult:
        """Ids that may stand in the address of a document."""
        address = getattr(params.ref, "uri", "")
        found: list[str] = await _or_refused(
            self._ask(lambda base: resources.completions(base, address, params.argument.value))
        )
        shown = found[: resources.MOST_COMPLETIONS]
        completion = types.Completion(
            values=shown, total=len(found), has_more=len(found) > len(shown)
        )
        return types.CompleteResult(completion=completion)


def _asked(user: Path | None, question: Callable[[Any], Any]) -> Any:
    from llmnotes.store.connect import connect

    connection = connect(user)
    try:
        return question(connection)
    except LlmnotesError:
        raise
    except Exception as error:
        raise InputError(
            f"an error of llmnotes itself ({type(error).__name__}); please report the question"
        ) from error
    finally:
        connection.close()


async def _or_refused(asked: Any) -> Any:
    try:
        return await asked
    except LlmnotesError as error:
        raise MCPError(types.INVALID_PARAMS, _sentence(error)) from None


def _sentence(error: LlmnotesError) -> str:
    """The error's first sentence without a drawing below it; options are called arguments here."""
    text = one_line(str(error).partition("\n")[0])
    text = re.sub(r"(?<![\w-])--(?=[a-z])", "", text)
    return text if len(text) <= _LONGEST_SENTENCE else text[:_LONGEST_SENTENCE] + "…"


def _said(text: str, *, is_error: bool = False) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=is_error)


def _tools() -> list[types.Tool]:
    read_only = types.ToolAnnotations(read_only_hint=True, open_world_hint=False)
    return [
        types.Tool(
            name=name, description=tool.says, input_schema=input_schema(tool.parameters),
            annotations=read_only,
        )
        for name, tool in TOOLS.items()
    ]  # fmt: skip


def _prompts() -> list[types.Prompt]:
    return [
        types.Prompt(
            name=name, description=prompt.says,
            arguments=[
                types.PromptArgument(name=key, description=says, required=True)
                for key, says in prompt.arguments.items()
            ],
        )
        for name, prompt in prompts.PROMPTS.items()
    ]  # fmt: skip
