"""Prompts lead an agent to the tools."""

from __future__ import annotations

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")


def test_two_prompts_lead_to_the_tools(agent):
    found = agent.ask(lambda client: client.list_prompts()).prompts
    assert [prompt.name for prompt in found] == ["check-my-table", "comparison-table"]
    got = agent.ask(lambda c: c.get_prompt("comparison-table", {"models": "llama, llama-2"}))
    text = got.messages[0].content.text
    assert "`compare`" in text
    assert "bibtex" in text
    assert text.endswith("llama, llama-2")
    assert "table" in agent.error(lambda client: client.get_prompt("check-my-table", {}))
