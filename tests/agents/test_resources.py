"""Resources at addresses: their content and their completions."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from llmnotes.agents.fitting import LARGEST


def test_documents_have_addresses_and_their_ids_are_completed(agent):
    found = agent.ask(lambda client: client.list_resource_templates())
    templates = [item.uri_template for item in found.resource_templates]
    assert templates == [
        "llmnotes://model/{id}",
        "llmnotes://claims/{id}",
        "llmnotes://source/{id}",
    ]
    from mcp_types import ResourceTemplateReference

    def begun(template, text):
        reference = ResourceTemplateReference(uri=template)
        argument = {"name": "id", "value": text}
        return agent.ask(lambda client: client.complete(reference, argument)).completion.values

    assert "llama-2-70b" in begun(templates[0], "llama-2-")
    assert "touvron-2023-llama-2" in begun(templates[2], "touvron")
    assert begun(templates[2], "%") == []
    assert len(begun(templates[2], "")) == 100
    for address, words in (
        ("llmnotes://model/bert-base", "BERT"),
        ("llmnotes://claims/gpt-4", "rumoured"),
        ("llmnotes://source/touvron-2023-llama-2", "2307.09288"),
        ("llmnotes://schema", "context_length"),
    ):
        (content,) = agent.ask(lambda c, address=address: c.read_resource(address)).contents
        assert words in content.text
        assert len(content.text.encode()) <= LARGEST


@pytest.mark.parametrize(
    "address",
    ["llmnotes://model/lama-2", "llmnotes://source/touvron", "llmnotes://models/bert", "file:///etc/hosts"],
)  # fmt: skip
def test_a_document_that_is_not_there_is_refused_with_what_is(modern, address):
    said = modern.error(lambda client: client.read_resource(address))
    assert re.search("llama-2|touvron-2023|llmnotes://model", said)
