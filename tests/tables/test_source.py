"""Offsets of a text named by line and column, however its lines end."""

from __future__ import annotations

import pytest

from llmnotes.tables.source import SourceText


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_whatever_ends_them(end):
    source = SourceText(end.join(["ab", "", "cde", ""]))
    third = source.line_start(3)
    assert source.text[third : third + 3] == "cde"
    assert [source.line(at) for at in (0, third - 1, third)] == [1, 2, 3]
    assert source.place(third + 1, third + 2)[:2] == (3, 2)
    assert source.line_start(4) == source.line_start(9) == len(source.text)
