"""What llmfit writes where it knows nothing is no fact."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_llmfits_defaults_are_no_facts(facts: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    rows = [
        {"name": "a/b", "parameters_raw": 2, "context_length": 4096, "min_ram_gb": 1,
         "release_date": "2022-03-02"},
        {"name": "a/c", "parameters_raw": 10**9, "context_length": 8192, "min_ram_gb": 1,
         "format": "gptq", "num_attention_heads": 8, "num_key_value_heads": 1},
    ]  # fmt: skip
    path.write_text(json.dumps(rows))

    found = facts(path)
    assert found["a/b"] == {"context_length": [(4096, "estimated")]}
    assert found["a/c"]["params_total"] == [(10**9, "estimated")]
    assert found["a/c"]["context_length"] == [(8192, "reported")]
    assert found["a/c"]["attention"] == [("MQA", "derived")]
