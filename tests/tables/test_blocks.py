"""Plain Markdown is split into the same blocks as by markdown-it-py."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from llmnotes.tables.blocks import parser, plain_blocks

LINE = st.one_of(
    st.sampled_from(["", " ", "# A", "## B c ", "#", "|---|---|", "| a | b |", "| a | b", "a | b",
                     "|-", "word", "3 and more", "3. item", "- item", "> q", "    code", "===", "```",
                     "# a | b", "## c ##", "x  ", "|", "\\| a", "::: note", "<b>", "[a]: b",
                     "Setext", "---"]),
    st.text("ab1.)|-: #*\\", max_size=8),
)  # fmt: skip


@pytest.mark.thorough
@settings(deadline=None, max_examples=400)
@given(lines=st.lists(LINE, max_size=8), end=st.sampled_from(["", "\n", "\n\n"]))
def test_plain_text_is_cut_as_the_parser_cuts_it(lines: list[str], end: str) -> None:
    text = "\n".join(lines) + end
    found = plain_blocks(text)
    assume(found is not None)
    assert found is not None

    wanted = parser().parse(text)

    def told(block: object) -> list[object]:
        names = ("type", "map", "content", "tag", "nesting", "meta")
        if getattr(block, "type", "").endswith("_close"):
            return [getattr(block, name) for name in ("type", "tag", "nesting")]
        return [getattr(block, name) for name in names]

    assert [told(block) for block in found] == [told(token) for token in wanted]


@pytest.mark.parametrize(
    "text",
    ["- item\n", "> q\n", "```\ncode\n```\n", "    code\n", "A\n---\n", "1. one\n", "<div>\n", "# a #\n",
     "***\n", "\tcode\n", "  | a | b |\n"],
)  # fmt: skip
def test_any_other_block_is_left_to_the_parser(text: str) -> None:
    assert plain_blocks(text) is None


def test_a_heading_a_paragraph_and_a_table_are_plain() -> None:
    found = plain_blocks("# Notes\n\nThe sizes:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")

    assert found is not None
    assert [block.type for block in found if block.nesting != -1] == [
        "heading_open", "inline", "paragraph_open", "inline", "pipe_table",
    ]  # fmt: skip
