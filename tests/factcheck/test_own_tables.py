"""What `compare` writes is read back: no value of it contradicts the base that it came from."""

from __future__ import annotations

from collections import Counter

import pytest

WAYS = [(), ("--transpose",), ("--each-size",)]


@pytest.mark.parametrize("subjects", [("llama-2", "mixtral"), ("llama", "jamba"), ("t5", "gpt-4")])
@pytest.mark.parametrize("format", ["markdown", "html", "latex", "csv"])
def test_a_comparison_agrees_with_the_base_in_every_form(run, tmp_path, subjects, format):
    suffix = {"markdown": "md", "latex": "tex"}.get(format, format)
    for way in WAYS:
        run("compare", *subjects, *way, "--format", format, "--output", f"comparison.{suffix}")
        found = run("factcheck", f"comparison.{suffix}", "--format", "json").json

        cells = [cell for table in found["tables"] for cell in table["cells"]]
        verdicts = Counter(cell["verdict"] for cell in cells)
        told = [cell for cell in cells if cell["verdict"] in {"wrong", "misplaced"}]
        assert [(cell["name"], cell["attribute"], cell["text"]) for cell in told] == []
        assert verdicts["agrees"] > 0
