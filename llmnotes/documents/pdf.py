"""PDF files: the text of each page with its layout, aligned columns of words as tables."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from llmnotes.documents.rendition import LineOrigin, RenderedCell, Rendition, plain_words
from llmnotes.errors import InputError
from llmnotes.tables.aligned import AlignedTable, blocks

_MOST_PAGES = 500


def read(data: bytes, name: str) -> Rendition:
    """The text; raises `InputError` where it is not a PDF, is encrypted, or has too many pages."""
    made = Rendition(name)
    for number, page in enumerate(_opened(data, name).pages, start=1):
        render_page(page.extract_text(extraction_mode="layout"), f"page {number}", made)
    return made


def pages(data: bytes, name: str) -> Iterator[str]:
    """The text of each page in reading order; raises `InputError` as `read` does."""
    for page in _opened(data, name).pages:
        yield page.extract_text()


def _opened(data: bytes, name: str) -> Any:
    """The reader of a PDF that can be read."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every broken object
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is encrypted; give a copy without a password")
        count = len(reader.pages)
    except pypdf.errors.PyPdfError as error:
        raise InputError(f"{name} is no PDF that can be read ({error})") from error
    if count > _MOST_PAGES:
        raise InputError(
            f"{name} has {count:,} pages, more than {_MOST_PAGES}; give those with tables"
        )
    return reader


def render_page(text: str, where: str, made: Rendition) -> None:
    """A page's text with its aligned columns as tables."""
    for item in blocks(text):
        if isinstance(item, AlignedTable):
            rows = [[RenderedCell(word) for word in row.words] for row in item.rows]
            made.table(
                rows, [LineOrigin(row.line, f"{where}, line {row.line}") for row in item.rows]
            )
        elif item.text.strip():
            origin = LineOrigin(item.line, f"{where}, line {item.line}")
            made.paragraph(plain_words(item.text.strip()), origin)
