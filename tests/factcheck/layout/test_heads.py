"""Names that go on in a second header row, and sizes below a family's name."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.grid import grid
from llmnotes.factcheck.layout.heads import header_row_count
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, Table, TableCell

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


class Toys:
    """Knows every name that begins with `Toy` and ends in a size."""

    def find(self, text):
        known = text.startswith("Toy") and text.endswith("B")
        return TableSubject("model", text, (text,)) if known else None


def heads(*rows, marked=1):
    """How many header rows a table has of which so many are marked as such."""
    place = Place(1, 1, 0, 0)
    cells = [
        [TableCell(text, text, place, header=at < marked) for text in row]
        for at, row in enumerate(rows)
    ]
    table = Table("html", "table", place, cells)
    return header_row_count(table, grid(table), Toys())


NAMED = ("Model", "Layers", "Heads", "Params")
GROUPS = ("", "one", "two", "three")
VALUES = ("Toy 7B", "32", "32", "7B")


@pytest.mark.parametrize(
    ("rows", "marked", "count"),
    [
        ([NAMED, VALUES], 1, 1),
        ([GROUPS, NAMED, VALUES], 2, 2),
        ([GROUPS, GROUPS, VALUES, VALUES], 3, 3),  # as many as are marked
        ([GROUPS, VALUES, VALUES], 2, 2),
        ([GROUPS, VALUES, VALUES], 3, 1),  # where all are, none is known by it
        ([GROUPS, ("x", *NAMED[1:]), VALUES], 1, 2),  # else up to the row that names attributes
        ([GROUPS, GROUPS, NAMED, VALUES], 1, 3),
        ([GROUPS, GROUPS, GROUPS, NAMED, VALUES], 1, 1),  # among the first three
        ([("", "Layers", "two", "three"), NAMED, VALUES], 1, 2),
        ([("", "Layers", "Heads", "three"), ("x", *NAMED[1:]), VALUES], 1, 1),  # of which the first names two
        ([("", "one", "two"), ("x", "Layers", "Heads"), ("Toy 7B", "32", "32")], 1, 1),  # two only
        ([NAMED], 1, 1),
        ([], 0, 0),
        ([("Model", "Ctx", "Params"), ("", "tokens", "B"), ("Toy 7B", "2048", "7")], 1, 2),
        ([("Model", "Ctx", "Params"), ("", "tokens", "B")], 1, 1),  # the last row is no header
    ],
)  # fmt: skip
def test_header_rows_are_those_marked_or_up_to_the_one_that_names_attributes(rows, marked, count):
    assert heads(*rows, marked=marked) == count


@pytest.mark.parametrize(
    ("above", "below", "count"),
    [
        (("", "Toy", "Toy"), ("Property", "7B", "70B"), 2),
        (("", "Toy", "Zorg"), ("Property", "7B", "70B"), 1),  # one name alone
        (("", "Toy", "Toy", "Zorg", "Zorg"), ("Property", "7B", "70B", "7B", "70B"), 2),  # half of them
        (("", "Toy", "Toy", "Zorg", "Zorg", "Zorg"), ("x", "7B", "70B", "7B", "70B", "1B"), 1),
        (("", "Toy", "Toy"), ("Params", "7B", "70B"), 1),  # which are values
        (("", "", ""), ("Property", "Toy 7B", "Toy 70B"), 1),
    ],
)  # fmt: skip
def test_names_may_go_on_in_the_row_below_them(above, below, count):
    values = ("Layers", *["32"] * (len(above) - 1))
    assert heads(above, below, values, values) == count


def test_a_row_of_terms_below_a_label_is_none_of_headers(check):
    found = check(
        "| | Setting | Mixtral 8x7B | Mixtral 8x22B | Llama 2 70B |\n|---|---|---|---|---|\n"
        "| | Architecture | MoE | MoE | MoE |\n| | Layers | 32 | 56 | 80 |\n"
    )

    assert [cell.cell.text for cell in found.judged_cells if cell.judgement.is_false] == ["MoE"]
    assert found.summary["agrees"] == 5
