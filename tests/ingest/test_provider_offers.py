"""Offers of providers, and the models that they name."""

from __future__ import annotations

import pytest

from llmnotes.ingest.provider_offers import offered_model


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ("bedrock/us-gov-east-1/anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku-20240307"),
        ("eu.anthropic.claude-x-v1:0", "claude-x"),
        ("together_ai/meta-llama/Llama-3-8b", "meta-llama/Llama-3-8b"),
        ("azure_ai/gpt-4o", "gpt-4o"),
        ("gpt-3.5-turbo", "gpt-3.5-turbo"),
    ],
)
def test_an_offers_key_names_its_model(key: str, model: str) -> None:
    assert offered_model(key) == model
