"""Which column names the models, and what stands to its left."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.headers import read_header
from llmnotes.factcheck.layout.name_column import name_column, name_columns
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, TableCell


def by_row(checked):
    """The subject of each row, by its number."""
    return {
        judged.row: judged.subject.id if judged.subject else None for judged in checked.judged_cells
    }


def test_half_names_make_a_column_of_names_whatever_heads_it(check):
    found = check("| Architecture | Layers |\n|---|---|\n| llama-7b | 32 |\n| llama-block | 1 |\n")
    assert by_row(found) == {1: "llama-7b", 2: None}


def test_the_models_that_others_are_based_on_name_no_rows(check):
    found = check(
        "| Weights version | Base Model | Layers |\n|---|---|---|\n| v1 | LLaMA 7B | 31 |\n"
    )
    assert not any(judged.judgement.is_false for judged in found.judged_cells)


def test_a_member_goes_on_with_the_name_of_its_series(check):
    found = check(
        "| Model Family | Variant | Layers |\n|---|---|---|\n"
        "| GPT-2 | Small | 12 |\n| | XL | 48 |\n| LLaMA | 7B | 32 |\n| | 65B | 80 |\n"
        "| DeepSeek | V3 | 61 |\n| PaLM | – | 64 |\n"
    )
    assert by_row(found) == {
        1: "gpt-2-small", 2: "gpt-2-xl", 3: "llama-7b", 4: "llama-65b", 5: "deepseek-v3", 6: "palm",
    }  # fmt: skip


def test_a_new_series_without_a_known_name_ends_the_one_before(check):
    found = check(
        "| Model Family | Variant | Layers |\n|---|---|---|\n"
        "| GPT-2 | Small | 12 |\n| | XL | 48 |\n| Somebody's | Medium | 13 |\n"
    )
    assert by_row(found) == {1: "gpt-2-small", 2: "gpt-2-xl", 3: None}


def test_the_words_of_a_link_are_no_value_of_another_attribute(check):
    found = check("| Model | Link | Size |\n|---|---|---|\n| LLaMA | 7B, 13B | 7B, 13B |\n")
    assert not any(judged.judgement.is_false for judged in found.judged_cells)


class Toys:
    """Knows every name that begins with `Toy`."""

    def find(self, text):
        return TableSubject("model", text, (text,)) if text.startswith("Toy") else None


def column(heads, *rows):
    """The column of names of a table with such headers and rows."""
    place = Place(1, 1, 0, 0)
    body = [[TableCell(text, text, place) for text in row] for row in rows]
    read = [read_header(text) for text in heads]
    return name_column(body, [one if one.attribute else None for one in read], heads, Toys())


@pytest.mark.parametrize(
    ("heads", "rows", "found"),
    [
        (["Model", "Layers"], [("Toy 1", "32")], 0),
        (["Layers", "Model"], [("32", "Toy 1")], 1),
        (["Model", "Name", "Layers"], [("a", "Toy 1", "32"), ("a", "Toy 2", "40")], 1),  # two names tell more
        (["Model", "Name", "Layers"], [("a", "Toy 1", "32")], 1),  # or a known one
        (["Model", "Name", "Layers"], [("a", "b", "32")], 0),  # or else the first
        (["", "Layers"], [("Toy 1", "32")], 0),
        (["x", "y", "Layers"], [("a", "Toy 1", "32"), ("Toy 9", "Toy 2", "40")], 1),  # most are names
        (["x", "Layers"], [("a", "32")], 0),  # nobody known: the first without a header
        (["x", "Layers"], [("", "32")], None),  # and empty
        (["Layers", "Heads"], [("32", "32")], None),
        (["Tokenizer", "Layers"], [("Toy 1", "32"), ("b", "40")], 0),  # half of them are names
        (["Tokenizer", "Layers"], [("Toy 1", "32"), ("b", "40"), ("c", "60")], None),
        (["Base model", "Layers"], [("Toy 1", "32")], None),  # other models
        (["Toy model", "Layers"], [("7B", "32"), ("13B", "40")], 0),  # sizes of the family above
        (["x", "Toy model", "Layers"], [("a", "7B", "32"), ("b", "13B", "40")], 1),
        (["x", "Toy model", "Layers"], [("Toy 1", "7B", "32"), ("Toy 2", "c", "40")], 0),
        (["x", "Zorg model", "Layers"], [("Toy 1", "7B", "32")], 0),
    ],
)  # fmt: skip
def test_the_column_of_names_is_headed_so_or_holds_most_names(heads, rows, found):
    assert column(heads, *rows) == found


@pytest.mark.parametrize(
    ("heads", "model", "found"),
    [
        (["Model", "Layers", "Model", "Layers"], 0, [0, 2]),
        (["Model", "Layers", "model", "Heads"], 0, [0, 2]),
        (["Model", "Layers", "Model"], 0, [0]),  # nothing follows the second
        (["Model", "Layers", "Heads"], 0, [0]),
        (["", "Layers", "", "Layers"], 0, [0, 2]),
        (["", "Layers", "", "Heads"], 0, [0]),
        (["", "Layers", "Layers"], 0, [0]),
    ],
)
def test_tables_side_by_side_have_each_its_names(heads, model, found):
    assert name_columns(heads, model) == found


def test_a_family_beside_an_unknown_header_of_names_is_not_the_name(check):
    table = (
        "| {} | Model family | Organization |\n|---|---|---|\n"
        "| mBART-large-cc25 | BART | Meta |\n| BART-Large | BART | Meta |\n"
        "| DeBERTa-Base | BERT | Microsoft |\n"
    )
    found = check(table.format("Thing"))
    assert found.judged_cells[-1].judgement.verdict == "agrees"
    assert found.judged_cells[-1].subject.id == "deberta-base"


def test_the_models_of_a_family_are_named_beside_it(check):
    found = check(
        "| Family | Model | Layers |\n|---|---|---|\n"
        "| Llama | LLaMA 7B | 32 |\n| GPT-2 | GPT-2 XL | 48 |\n"
    )
    assert set(by_row(found).values()) == {"llama-7b", "gpt-2-xl"}
