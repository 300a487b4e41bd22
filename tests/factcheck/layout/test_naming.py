"""Whom a label names: a model, or a size of the family that the words around give."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.layout.naming import (
    ONLY_SIZE,
    FamilyAround,
    context,
    in_series,
    is_name,
    mentioned,
    named_subject,
    of_size,
    series_of,
)
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.tables.model import Place, Table, TableCell

PLACE = Place(1, 1, 0, 0)
FAMILIES = {"toy": ("toy-7b", "toy-13b"), "toy two": ("toy-2-7b",), "zorg": ("zorg-3b",)}


class Names:
    """Three families by their names, and their members by name and size."""

    def find(self, text):
        text = text.lower()
        if text in FAMILIES:
            return TableSubject("family", text, FAMILIES[text], loose=True)
        model = text.replace(" ", "-")
        if any(model in models for models in FAMILIES.values()):
            return TableSubject("model", model, (model,))
        if text == "meta":
            return TableSubject("organization", "meta", ())
        return TableSubject("model", "small-model", ("small-model",)) if text == "small" else None

    def of_size(self, models, text):
        return [model for model in models if model.endswith("-" + text.lower())]


NAMES = Names()


def table(caption="", *headings):
    return Table("md", "table", PLACE, [], headings, caption)


def ids(found):
    return [(one.id, one.taken) for one in found]


@pytest.mark.parametrize(
    "text", ["7B", "(7B)", " 1.5b ", "8x7B", "base", "XL", "57B-A14B", "A 7B".replace("A ", "")]
)
def test_a_size_or_a_word_of_size_is_one(text):
    assert ONLY_SIZE.fullmatch(text)


@pytest.mark.parametrize("text", ["Toy 7B", "based", "7", "", "(" * 10 + "7B"])
def test_what_is_more_or_less_than_a_size_is_none(text):
    assert not ONLY_SIZE.fullmatch(text)


def test_a_name_is_a_model_a_family_or_a_size():
    assert [text for text in ("Toy", "Toy 7B", "7B", "base", "", " ", "Other") if is_name(text, NAMES)] == [
        "Toy", "Toy 7B", "7B", "base",
    ]  # fmt: skip


def test_the_nearest_words_around_a_table_name_its_family():
    around = table("All about zorg.", "Models", "The toy family")
    assert ids(mentioned(around, NAMES)) == [
        ("zorg", "All about zorg."), ("toy", "The toy family"),
    ]  # fmt: skip
    assert context(around, NAMES).id == "zorg"
    assert context(around, NAMES, ["of toy two"]).id == "toy two"
    assert context(table("", "toy", "zorg"), NAMES).id == "zorg"  # the innermost heading
    assert context(table("nothing"), NAMES) is None


def test_the_longest_name_comes_first_and_signs_do_not_count():
    assert ids(mentioned(table("toy/toy two: shapes"), NAMES))[0][0] == "toy two"
    assert [one for one, _ in ids(mentioned(table("(a) zorg; b"), NAMES))] == ["zorg"]


def test_what_stands_in_brackets_comes_last():
    compared = table("Larger vocabulary (up from that of zorg ago)")._replace(headings=("toy",))
    assert [one for one, _ in ids(mentioned(compared, NAMES))] == ["toy", "zorg"]
    assert [one for one, _ in ids(mentioned(table("shapes (of zorg alone)"), NAMES))] == ["zorg"]


def test_a_size_behind_a_name_that_no_model_has_makes_it_another_one():
    assert ids(mentioned(table("toy 7B"), NAMES))[0][0] == "toy-7b"
    assert ids(mentioned(table("toy 99B"), NAMES)) == []
    assert [one for one, _ in ids(mentioned(table("toy `7B`"), NAMES))] == ["toy-7b"]


def test_only_models_and_families_are_whom_a_table_speaks_of():
    assert ids(mentioned(table("meta"), NAMES)) == []


def test_forty_words_are_looked_at_and_eighty_letters_kept():
    assert ids(mentioned(table("a " * 39 + "toy"), NAMES)) == [("toy", ("a " * 39 + "toy")[:80])]
    assert ids(mentioned(table("a " * 40 + "toy"), NAMES)) == []


TOY = TableSubject("family", "toy", FAMILIES["toy"], loose=True, taken="a heading")


def test_a_mere_size_is_one_of_the_family_around():
    around = FamilyAround(table("of toy"), NAMES, ())
    found = named_subject("7B", NAMES, around)
    assert found == TableSubject("model", "toy-7b", ("toy-7b",), taken="of toy")
    assert named_subject("7B", NAMES, FamilyAround(table("nothing"), NAMES, ())) is None
    assert named_subject("99B", NAMES, around) is None
    assert named_subject("Other", NAMES, around) is None
    assert named_subject("Zorg", NAMES, around).id == "zorg"
    assert named_subject("small", NAMES, around).id == "small-model"
    around.family = NAMES.find("zorg")  # a heading inside the table
    assert named_subject("3B", NAMES, around).id == "zorg-3b"
    assert of_size("13B", NAMES, TOY).id == "toy-13b"
    assert of_size("99B", NAMES, TOY) is None


def row(*texts):
    return [TableCell(text, text, PLACE) for text in texts]


def test_a_row_goes_on_with_the_name_to_its_left():
    assert series_of(row("Toy", "7B"), 1, NAMES) == "Toy"
    assert series_of(row("", "Toy", "7B"), 2, NAMES) == "Toy"
    assert series_of(row("Meta", "Toy", "7B"), 2, NAMES) == "Meta"
    assert series_of(row("other", "Toy", "7B"), 2, NAMES) == "Toy"
    assert series_of(row("Toy", "7B"), 0, NAMES) == ""
    assert series_of(row("other", "7B"), 1, NAMES) == ""
    assert series_of(row("Toy", "two"), 1, NAMES) == "Toy"


@pytest.mark.parametrize(
    ("text", "series", "found"),
    [
        ("7B", "Toy", "toy-7b"),
        ("99B", "Toy", None),
        ("—", "Toy", "toy"),
        ("", "Toy", "toy"),
        ("7B", "", None),
        ("7B", "other", None),
        ("two", "Toy", "toy two"),
        ("Zorg", "Toy", "zorg"),
        ("Other", "Toy", None),
    ],
)
def test_a_name_in_a_series_is_a_member_or_for_a_dash_the_series(text, series, found):
    subject = in_series(text, series, NAMES)
    assert (subject and subject.id) == found


SIZED = "| Model | Organization | Context |\n|---|---|---|\n| {name} | {organization} | 2K |\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Phi-2 (1.5B)", {"1.5B": "wrong"}),
        ("Phi-2 (2.7B)", {}),
        ("**Phi-2 (1.5B)**", {"1.5B": "wrong"}),
        ("Phi-2 (MoE, 1.5B)", {}),  # which says more than a size
        ("Llama 2 (7B/13B/65B)", {"7B/13B/65B": "partly-wrong"}),
        ("Llama 2 (7B/13B/70B)", {}),
        ("Zorg (1.5B)", {}),
        ("Qwen3 72B", {"72B": "wrong"}),
        ("qwen2.5-coder-72b-instruct", {"72b": "wrong"}),
        ("Qwen3 32B", {}),
        ("Mixtral 7B", {}),  # of two sizes, beside which the base may lack one
        ("deepseek-coder-1b", {}),  # of 1.3B
        ("Zorg 72B", {}),
    ],
)
def test_a_size_behind_a_name_that_no_such_model_has_is_told(check, name, told):
    found = check(SIZED.format(name=name, organization="Microsoft" if "Phi" in name else "Meta"))

    first = {c.cell.text: c.judgement.verdict for c in found.judged_cells if c.column == 0}
    assert first == told
    if "Phi" in name and "MoE" not in name:
        rest = [c.judgement.verdict for c in found.judged_cells if c.column > 0]
        assert rest == ["agrees", "agrees"]


def test_a_name_said_twice_is_one(check):
    found = check(SIZED.format(name="GPT-3.5 Turbo (`gpt-3.5-turbo`)", organization="OpenAI"))

    assert {c.subject.id for c in found.judged_cells if c.subject} == {"gpt-3.5-turbo"}
    other = check(SIZED.format(name="GPT-3.5 Turbo (Llama 2 7B)", organization="OpenAI"))
    assert other is None or not any(c.subject for c in other.judged_cells)
