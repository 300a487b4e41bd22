"""Edits of cells: where a text is written, and what is refused."""

from __future__ import annotations

import html

import pytest

from llmnotes.errors import InputError
from llmnotes.tables import Place, Raw, replace
from tests.tables.reading import only


def test_core_leaves_bold_links_and_marks_alone() -> None:
    text = "| a | b |\n|---|---|\n| 1 | **[2048](u)**[^1] |\n"
    cell = only(text).rows[1][1]

    changed = replace(text, [(cell.core, "4096")], "markdown")

    assert changed == text.replace("2048", "4096")


def test_raw_words_are_written_as_they_are() -> None:
    place = only("| a | b |\n|---|---|\n| 1 | 2 |\n").rows[1][1].place

    assert replace(" " * 40, [(place, Raw("2[^1]"))], "markdown").strip() == "2[^1]"


def test_overlapping_edits_are_refused() -> None:
    with pytest.raises(InputError, match="two edits"):
        replace("abcd", [(Place(1, 1, 0, 3), "x"), (Place(1, 2, 1, 4), "y")], "markdown")


def test_markup_in_words_is_shown_not_obeyed() -> None:
    words = "<b> & *x* | y_"
    [row] = only(f"<table><tr><td>{html.escape(words)}<td>1</table>").rows

    assert row[0].text == words
