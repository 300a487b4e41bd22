"""What `compare` prints for families is true, whatever their sizes are called."""

from __future__ import annotations

from typing import Any

import pytest

from tests.running import Result


@pytest.mark.parametrize(
    "names",
    [
        ["seallm", "glm-4-0414", "qwen-2.5-coder"],  # sizes alike, told apart by names
        ["sphinx", "starchat", "mobilellm"],  # post-trained models alone; many sources
        ["zephyr", "llama-3", "llama-2"],
    ],
)
def test_a_comparison_of_families_says_nothing_false(
    run: Any, tmp_path: Any, names: list[str]
) -> None:
    table = tmp_path / "table.md"
    assert run("compare", *names, "-f", "markdown", "-o", str(table)).code == 0
    checked: Result = run("factcheck", str(table), "-f", "json")

    found = [
        cell
        for one in checked.json["tables"]
        for cell in one["cells"]
        if cell["verdict"] in {"wrong", "misplaced", "misspelt", "partly-wrong", "unreadable"}
    ]
    assert found == []


def test_a_changed_figure_in_such_a_cell_is_still_false(run: Any, tmp_path: Any) -> None:
    table = tmp_path / "table.md"
    true = "32 (7B) · 40 (13B) · 48 (34B) · 80 (70B)"
    table.write_text(f"| Attribute | Llama 2 |\n|---|---|\n| Layers | {true} |\n", "utf-8")
    assert run("factcheck", str(table), "-f", "json").json["summary"]["agrees"] == 1

    table.write_text(
        f"| Attribute | Llama 2 |\n|---|---|\n| Layers | {true.replace('48', '49')} |\n", "utf-8"
    )
    told = run("factcheck", str(table), "-f", "json").json["summary"]
    assert told["agrees"] == 0
    assert told["wrong"] + told["partly-wrong"] == 1
