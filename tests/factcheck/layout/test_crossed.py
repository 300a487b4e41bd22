"""Tables of models between two of their sizes."""

from __future__ import annotations

import pytest

MINIATURES = """| | H=128 | H={width} |
|---|---|---|
| **{layers}** | **2/128 (BERT-Tiny)** | 2/256 |
| **L=4** | 4/128 | [4/256 (BERT-Mini)][mini] |
"""


@pytest.mark.parametrize(
    ("layers", "width", "wrong"),
    [("L=2", "256", []), ("L=3", "256", ["3"]), ("L=2", "265", ["265"])],
)
def test_what_stands_beside_and_above_a_model_is_held_against_it(check, layers, width, wrong):
    """Those without a name are found by both sizes, and are unknown where one of them is wrong."""
    found = check(MINIATURES.format(layers=layers, width=width))

    assert found.layout.orientation == "crossed"
    told = [one for one in found.judged_cells if one.judgement.is_false]
    assert [one.cell.text for one in told] == wrong
    known = {one.subject.id for one in found.judged_cells if one.subject}
    assert {"bert-l2-h128", "bert-l4-h256"} <= known
    assert (known == {"bert-l2-h128", "bert-l2-h256", "bert-l4-h128", "bert-l4-h256"}) == (
        not wrong
    )


@pytest.mark.parametrize(
    "text",
    [
        "| | H=128 | H=256 |\n|---|---|---|\n| H=1 | BERT-Tiny | BERT-Mini |\n| H=2 | a | b |\n",
        "| | H=128 | L=2 |\n|---|---|---|\n| A=1 | BERT-Tiny | BERT-Mini |\n| A=2 | a | b |\n",
        "| | H=128 | H=256 |\n|---|---|---|\n| L=1 | a | b |\n| L=2 | c | d |\n",
        "| | H=128 |\n|---|---|\n| L=1 | BERT-Tiny |\n| L=2 | BERT-Mini |\n",
    ],
)
def test_other_tables_are_not_crossed(text):
    from llmnotes.tables import read
    from tests.curated import checker

    [table] = read(text, "table.md")
    found = checker().check(table)
    assert found is None or found.layout.orientation != "crossed"


def test_nothing_is_written_into_a_cell_between_two_sizes():
    from llmnotes.factcheck.reporting.fix import fix
    from llmnotes.factcheck.reporting.report import check_text
    from tests.curated import checker

    text = MINIATURES.format(layers="L=3", width="256")
    file = check_text(checker(), "table.md", text)
    assert fix(checker(), file, ("wrong", "misplaced"), str, fill=False, heed=True).text == text
