"""Tables of models."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_table_becomes_claims_with_file_line_and_cell(run: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(
        "| Model | Params | Context | Licence |\n|---|---|---|---|\n"
        "| Mine 3B | 3B | 8k | undisclosed |\n| llama-2-7b | 6.7B | - | MIT |\n"
    )
    assert run("import", "notes.md").code == 0

    record = run("show", "mine-3b", "-f", "json").json
    assert (record["params_total"], record["context_length"]) == (3 * 10**9, 8192)
    assert record["status"]["license"] == "undisclosed"
    claim = record["claims"]["context_length"][0]
    assert (claim["layer"], claim["locator"]) == ("user", "notes.md:3:3")
    assert run("show", "llama-2-7b", "-f", "json").json["params_total"] == 6_738_415_616


def test_models_across_keep_their_columns_where_rows_are_short(facts: Any, tmp_path: Path) -> None:
    """A row without its last cells says nothing of the last models."""
    path = tmp_path / "across.csv"
    path.write_text("Model,One 1B,Two 2B\nLayers,12\nHeads,,16\n")

    found = facts(path)
    assert found["One 1B"] == {"n_layers": [("12", "reported")]}
    assert found["Two 2B"] == {"n_heads": [("16", "reported")]}
