"""Footnotes of corrected files: one for each source, none twice."""

from __future__ import annotations

from llmnotes.factcheck.reporting.footnotes import Footnotes


def cite(source: str) -> str | None:
    return None if source == "nobody" else f"The {source} paper."


def test_a_source_has_one_label_and_its_note_says_what_stood_there():
    notes = Footnotes("", cite)
    assert notes.mark("a", 0, "60 (LLaMA, Layers)") == "[^source1]"
    assert notes.mark("b", 0, "") == "[^source2]"
    assert notes.mark("a", 0, "2k (LLaMA, Context)") == "[^source1]"
    assert notes.below(0) == (
        "\n[^source1]: The a paper. Instead of 60 (LLaMA, Layers); 2k (LLaMA, Context).\n"
        "[^source2]: The b paper.\n"
    )
    assert notes.below(1) == ""


def test_labels_and_notes_of_the_file_are_kept():
    notes = Footnotes(
        "x[^source1] y[^m]\n\n[^source1]: Mine.\n[^m]: The b paper. Read twice.\n", cite
    )
    assert notes.mark("a", 0, "") == "[^source2]"
    assert notes.mark("b", 0, "") == "[^m]"
    assert notes.below(0) == "\n[^source2]: The a paper.\n"


def test_a_source_without_a_reference_gets_no_mark():
    assert Footnotes("", cite).mark("nobody", 0, "x") == ""


def test_markup_in_what_was_removed_stays_words():
    notes = Footnotes("", cite)
    notes.mark("a", 0, "*60* | 61")
    assert r"\*60\* \| 61" in notes.below(0)
