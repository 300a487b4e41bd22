"""Valid documents of every kind, written by common libraries."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from functools import cache

import pytest
from hypothesis import strategies as st

Grid = Sequence[Sequence[str]]
FALSE: Grid = (
    ("Model", "Layers", "Heads"),
    ("LLaMA 65B", "60", "64"),
    ("BERT-Base", "12", "12"),
    ("GPT-2 XL", "48", "25"),
)
"""Three models; the layers of the first are those of another size."""

WORD = st.text("abcXYZ0123456789.-+,;%&_#<>|*é亿`[]\\", min_size=1, max_size=8)
GRID = st.integers(2, 4).flatmap(
    lambda width: st.lists(
        st.lists(WORD, min_size=width, max_size=width), min_size=2, max_size=5
    )
)  # fmt: skip


def notebook(grid: Grid) -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in grid]
    lines = ["# Models", "", rows[0], "|" + "---|" * len(grid[0]), *rows[1:]]
    source = [f"{line}\n" for line in lines]
    cells = [
        {"cell_type": "code", "metadata": {}, "source": ["x = 1"], "outputs": []},
        {"cell_type": "markdown", "metadata": {}, "source": source},
    ]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}, indent=1).encode()


def word(grid: Grid) -> bytes:
    docx = pytest.importorskip("docx", reason="the extra `documents` is not installed")
    document = docx.Document()
    document.add_heading("Models", 1)
    document.add_paragraph("Some words.")
    table = document.add_table(rows=len(grid), cols=len(grid[0]))
    for row, texts in zip(table.rows, grid, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return _saved(document.save)


def workbook(grid: Grid, row: int = 4, column: int = 2) -> bytes:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra `documents` is not installed")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Models"
    for number, texts in enumerate(grid):
        for at, text in enumerate(texts):
            cell = sheet.cell(row + number, column + at)
            cell.value = int(text) if text.isascii() and text.isdecimal() else text
            if isinstance(cell.value, str):
                cell.data_type = "s"  # a text that begins with =
    return _saved(book.save)


def pdf(grid: Grid) -> bytes:
    fpdf = pytest.importorskip("fpdf", reason="fpdf2 writes the PDFs of the tests")
    document = fpdf.FPDF()
    document.add_page()
    document.set_font("Times", size=11)
    document.cell(0, 5, "Table 1: some models.", new_x="LMARGIN", new_y="NEXT")
    for texts in grid:
        for text in texts:
            document.cell(40, 6, text)
        document.ln()
    return bytes(document.output())


def restructured(grid: Grid) -> bytes:
    width = max(len(text) for texts in grid for text in texts)
    rule = "+" + "+".join("-" * (width + 2) for _ in grid[0]) + "+"
    rows = ["|" + "|".join(f" {text.ljust(width)} " for text in texts) + "|" for texts in grid]
    body = "\n".join(line for row in rows[1:] for line in (row, rule))
    head = "\n".join((rule, rows[0], rule.replace("-", "=")))
    return f"Models\n======\n\nSome words.\n\n{head}\n{body}\n".encode()


SAMPLES: dict[str, Callable[[Grid], bytes]] = {
    "a.ipynb": notebook, "a.docx": word, "a.xlsx": workbook, "a.pdf": pdf, "a.rst": restructured,
}  # fmt: skip


@cache
def sample(name: str) -> bytes:
    """The document of that name with the table `FALSE`, cached because some contain the time."""
    return SAMPLES[name](FALSE)


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()
