"""`llmnotes import`: invalid entries are reported, the rest is imported."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_one_bad_entry_of_five_thousand_is_named(run: Any, tmp_path: Path) -> None:
    rows: list[Any] = [
        {"name": f"acme/m{number}-7b", "parameters_raw": 7 * 10**9, "context_length": 8192,
         "min_ram_gb": 1}
        for number in range(5_000)
    ]  # fmt: skip
    rows[1_234] = {"name": ["acme"], "parameters_raw": {}}
    (tmp_path / "list.json").write_text(json.dumps(rows))

    done = run("import", "list.json", "-f", "json")
    assert done.code == 0
    assert done.json["counts"]["models_added"] == 4_999
    assert done.json["malformed"] == 2
    assert "left out: model 1235: name: a list where a text belongs" in done.err


def test_a_bad_field_leaves_the_rest_of_its_entry(run: Any, tmp_path: Path) -> None:
    rows = {
        "acme/good": {"litellm_provider": "acme", "mode": "chat", "max_input_tokens": 8192},
        "acme/half": {"litellm_provider": "acme", "mode": "chat", "max_input_tokens": [1],
                      "supports_vision": True},
    }  # fmt: skip
    (tmp_path / "prices.json").write_text(json.dumps(rows))

    done = run("import", "prices.json", "-f", "json")
    assert (done.code, done.json["counts"]["models_added"]) == (0, 2)
    assert "acme/half: max_input_tokens: a list where a whole number" in done.err
    assert run("show", "half", "-f", "json").json["modalities"] == ["image-input", "text"]


def test_a_device_or_pipe_is_no_source(run: Any, tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    for source in ("pipe", "/dev/zero"):
        refused = run("import", source)
        assert refused.code == 2
        assert "neither an ordinary file nor a folder" in refused.err
