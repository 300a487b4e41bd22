"""Yes and no in words, ticks and crosses."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.cells.flags import answer, flag, is_yes_or_no


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        (True, ["yes", "Yes.", "(Y)", "TRUE", "on", "1", "used", "tied", "shared", "ja", "oui", "v", "✓", "✔",
                "✅", "✔\ufe0f", "☑", "√", "●", "•", "有", "是", "对", "支持", "yes!", "yes, all",
                "yes (70B)",
                "是（部分层）", "有, 7B", "tak", "Evet", "Sì, con limiti", "Tak (Apache 2.0)", "có", "نعم",
                "✓ (70B)", "✔;", "yes: GQA"]),
        (False, ["no", "No.", "N", "false", "off", "0", "x", "X", "unused", "untied", "nein", "non", "×", "✗",
                 "✘", "❌", "✖", "✖\ufe0f", "❎", "✕", "⨯", "╳", "○", "☐", "无", "否", "错", "不支持", "没有",
                 "no, none", "no (7B)", "Nie, tylko API",
                 "否（强调效率）", "hayır", "không", "لا", "✗ 7B", "❌:"]),
        (None, ["", "GQA", "yesterday", "none", "2", "10", "x2", "7B yes", "yes-no", "v2", "✓✓",
                "是否", "有效（7B）", "tied (all)", "takie, inne",
                "on all"]),
    ],
)  # fmt: skip
def test_a_cell_says_yes_or_no_or_something_else(says, texts):
    assert {text: flag(text) for text in texts} == dict.fromkeys(texts, says)


def test_a_number_is_no_word_of_yes_or_no():
    assert {text: is_yes_or_no(text) for text in ("1", " 0 ", "yes", "x", "(1)", "7B")} == {
        "1": False, " 0 ": False, "yes": True, "x": True, "(1)": True, "7B": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "text", "says"),
    [
        ("parallel_blocks", "Parallel", True),
        ("parallel_blocks", "Serial", False),
        ("parallel_blocks", "yes", True),
        ("tied_embeddings", "Serial", None),
        ("parallel_blocks", "sometimes", None),
    ],
)
def test_an_attribute_has_words_of_its_own_for_yes_and_no(attribute, text, says):
    assert answer(text, attribute) is says
