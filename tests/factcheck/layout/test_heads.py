"""Names that go on in a second header row, and sizes below a family's name."""

from __future__ import annotations

TWO_ROWS = """| | LLaMA | Llama 2 | Zorg |
|---|---|---|---|
| Property | 13B | 70B | 5B |
| Layers | 40 | 80 | 12 |
| Context | 2K | 4K | 1K |
"""


def test_names_go_on_in_the_row_below_them(check):
    found = check(TWO_ROWS)

    subjects = {cell.subject.id for cell in found.judged_cells if cell.subject}
    assert subjects == {"llama-13b", "llama-2-70b"}
    assert found.summary["agrees"] == 4


def test_a_row_of_values_does_not_go_on_with_names(check):
    found = check(
        "| | LLaMA 7B | LLaMA 13B |\n|---|---|---|\n| Params | 7B | 13B |\n| Layers | 32 | 40 |\n"
    )

    assert found.summary == {"agrees": 4}


def test_sizes_below_a_familys_name_are_its_members(check):
    found = check(
        "| Pythia model | Layers | Equivalent models |\n|---|---|---|\n"
        "| 70M | 6 | — |\n| 160M | 12 | OPT-125M |\n| 410M | 24 | OPT-350M |\n"
    )

    assert [cell.subject.id for cell in found.judged_cells] == [
        "pythia-70m",
        "pythia-160m",
        "pythia-410m",
    ]
    assert found.summary == {"agrees": 3}
