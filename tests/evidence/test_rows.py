"""A figure that stands in the row of a sibling alone is told from one of the model's own row."""

import pytest

from llmnotes.evidence.rows import OwnRow, labels
from llmnotes.evidence.texts import plain

LABELS = {
    "toy-1b": labels("toy-1b", "Toy 1B", ["lab/Toy-1B"], "1B"),
    "toy-1b-chat": labels("toy-1b-chat", "Toy 1B Chat", [], "1B"),
    "toy-13b": labels("toy-13b", "Toy 13B", [], "13B"),
}
MARKDOWN = """
| Model | Layers | Width | MMLU |
| --- | --- | --- | --- |
| Toy-1B | 24 | 2048 | 40.5 |
| Toy-1B-Chat | 24 | 2048 | 44.1 |
| Toy-13B | 40 | 5120 | 55.0 |
"""
SIZES = "Size Layers Width\n1B 24 2048\n13B 40 5120\n"


def siblings(printed: str, text: str, own: str = "toy-1b") -> str | None:
    return OwnRow(own, LABELS).siblings([printed], [plain(text)])


@pytest.mark.parametrize(
    ("printed", "text", "own", "sibling"),
    [
        ("5120", MARKDOWN, "toy-1b", "toy-13b"),
        ("44.1", MARKDOWN, "toy-1b", "toy-1b-chat"),
        ("40.5", MARKDOWN, "toy-1b-chat", "toy-1b"),
        ("40 5120", SIZES, "toy-1b", "toy-13b"),
        ("2048", SIZES, "toy-13b", "toy-1b"),
    ],
)
def test_a_figure_of_a_siblings_row_is_told(printed, text, own, sibling):
    assert siblings(printed, text, own) == sibling


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("2048", MARKDOWN),
        ("24", SIZES),
        ("5120", SIZES + "A width of 5120 is common.\n"),
        ("5120", "13B 40 5120\n"),
        ("5120", "1B 24 2048 13B 40 5120\n"),
        ("5120", "1B 24 2048\nToy 13B is trained with 5120 sequences.\n"),
        ("5120", "1B 24 2048\n13B-like models have 5120\n"),
        ("7777", MARKDOWN),
    ],
)
def test_what_may_be_the_models_own_is_not(printed, text):
    assert siblings(printed, text) is None


def test_the_same_size_of_two_variants_is_the_row_of_both():
    assert OwnRow("toy-1b-chat", LABELS).siblings(["2048"], [SIZES]) is None


def test_a_size_in_words_and_the_owner_of_a_hub_id_begin_no_row():
    assert labels("toy", "Toy", ["lab/Toy-Base"], "base") == ["Toy", "toy", "Toy-Base"]
