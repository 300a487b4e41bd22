"""Offers of one model become its claims."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_offers_of_one_model_become_its_claims(facts: Any, tmp_path: Path) -> None:
    path = tmp_path / "prices.json"
    offers = {
        "sample_spec": {"litellm_provider": "one of", "max_input_tokens": "prose"},
        "azure/gpt-x": {"litellm_provider": "azure", "mode": "chat", "max_input_tokens": 8192.0},
        "gpt-x": {"litellm_provider": "openai", "mode": "chat", "max_input_tokens": 8192},
        "cheap/gpt-x": {"litellm_provider": "cheap", "mode": "chat", "max_input_tokens": 4000},
        "paint": {"litellm_provider": "openai", "mode": "image_generation"},
    }
    path.write_text(json.dumps(offers))

    assert facts(path) == {
        "gpt-x": {"context_length": [(8192, "reported"), (4000, "reported")]}
    }  # fmt: skip
