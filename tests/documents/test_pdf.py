"""PDF files: pages, columns, and what cannot be read."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("pypdf", reason="the extra `documents` is not installed")

import pypdf

from llmnotes.documents.pdf import read
from llmnotes.errors import InputError
from llmnotes.tables import read as tables
from tests.documents.conftest import FALSE, pdf


def test_each_page_says_which_it_is():
    writer = pypdf.PdfWriter()
    for _ in range(2):
        writer.append(io.BytesIO(pdf(FALSE)))
    file = io.BytesIO()
    writer.write(file)
    made = read(file.getvalue(), "a.pdf")
    first, second = tables(made.text, "a.pdf", "markdown")
    assert made.origin(first.place).where.startswith("page 1,")
    assert made.origin(second.place).where.startswith("page 2,")


def test_the_line_above_is_the_caption():
    (table,) = tables(read(pdf(FALSE), "a.pdf").text, "a.pdf", "markdown")
    assert "some models" in table.caption


def test_a_locked_file_is_refused():
    writer = pypdf.PdfWriter()
    writer.append(io.BytesIO(pdf(FALSE)))
    writer.encrypt("secret", algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(InputError, match="encrypted"):
        read(file.getvalue(), "a.pdf")


def test_a_file_of_too_many_pages_is_refused():
    writer = pypdf.PdfWriter()
    for _ in range(501):
        writer.add_blank_page(100, 100)
    file = io.BytesIO()
    writer.write(file)
    with pytest.raises(InputError, match="501 pages"):
        read(file.getvalue(), "a.pdf")
