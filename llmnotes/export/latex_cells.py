"""Cells, heads and notes of LaTeX tables, shared by all kinds of tables."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from llmnotes.escapes import citation_key, latex
from llmnotes.export.answer import AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote, footnote_latex
from llmnotes.export.typesetting import Typesetting

_LONG_WORD, _SHORT_WORD = 15, 7
_JOINTS = re.compile(r"(?<=[\w}])(?:/|-(?!-)|\\_|\.(?=\w)|,(?=[^\s\d]))")
_NARROW_JOINTS = re.compile(
    r"(?<=[\w}:/])(?:/|-(?!-)|\\_|\.(?=[^\W\d])|,(?=[^\s\d]))|\$\\rightarrow\$|(?<=\d\.\d)(?=[A-Za-z]{3})"
)
_ADDRESS_PART = re.compile(r"(?<![\\A-Za-z\d])[A-Za-z\d]{7,}")
_HUMPS = re.compile(r"(?<=[^\W\dA-Z_]{2})(?=[A-Z][a-z]{3})")
_SIZES = ((4, ""), (7, r"\footnotesize"), (10, r"\scriptsize"), (10_000, r"\tiny"))
"""The number of columns up to which a font size is readable and still fits."""


def type_size(columns: int) -> str:
    """The font size command for a number of columns."""
    return next(name for limit, name in _SIZES if columns <= limit)


def breakable(text: str, *, narrow: bool = False) -> str:
    """Allow line breaks after the punctuation in long words, such as ids and addresses.

    In a `narrow` column shorter words may break too, and also within their longest parts.
    """
    if narrow:
        return " ".join(
            _narrowed(word) if len(word) > _SHORT_WORD else word for word in text.split(" ")
        )
    return " ".join(
        _JOINTS.sub(r"\g<0>\\allowbreak{}", word) if len(word) > _LONG_WORD else word
        for word in text.split(" ")
    )


def _narrowed(word: str) -> str:
    """A word that breaks at its punctuation; its parts are hyphenated, those of an address only broken."""
    if "/" in word:
        word = _ADDRESS_PART.sub(lambda part: _pieces(part[0]), word)
        return _NARROW_JOINTS.sub(r"\g<0>\\allowbreak{}", word)
    joined = _NARROW_JOINTS.sub(r"\g<0>\\hspace{0pt}", _HUMPS.sub(r"\\-", word))
    return joined.replace(
        r"-\hspace{0pt}", r"\nobreak-\hspace{0pt}"
    )  # lets TeX hyphenate before it


def _pieces(part: str) -> str:
    """A part of an address in pieces of at most six letters, as equal as possible."""
    count = math.ceil(len(part) / 6)
    ends = [len(part) * number // count for number in range(count + 1)]
    return r"\allowbreak{}".join(map(part.__getitem__, map(slice, ends, ends[1:])))


class Marks:
    """The footnote marks of cells: numbers, `\\cite`, letters for formulas."""

    def __init__(self, notes: Iterable[Footnote], style: Typesetting | None) -> None:
        self._notes = {note.number: note for note in notes}
        self._cites = style.cites if style else ""
        self.narrow = style is not None
        self._raised = _breakable_marks if style else _raised
        formulas = [note.number for note in self._notes.values() if note.formula]
        self._letters = {number: _letter(at) for at, number in enumerate(formulas)}

    def of(self, numbers: Iterable[int]) -> str:
        """The marks of a cell for the notes with these numbers."""
        if not self._cites:
            return self._raised(list(map(str, numbers)))
        keys = [number for number in numbers if number not in self._letters]
        marks = [self._letters[number] for number in numbers if number in self._letters]
        if self._cites == "notes":
            marks, keys = [*map(str, keys), *marks], []
        cited = rf" \cite{{{','.join(map(self._key, keys))}}}" if keys else ""
        return self._raised(marks) + cited

    def _key(self, number: int) -> str:
        return citation_key(self._notes[number].key)

    def below(self, rows: Iterable[Row]) -> Iterator[str]:
        """The notes for the marks of these rows; none where everything is cited in the cells."""
        used = {number for row in rows for cell in row.cells for number in cell.notes}
        for number, note in self._notes.items():
            if number not in used or not self._cites:
                continue
            if number in self._letters:
                mark = self._letters[number]
                yield rf"\textsuperscript{{{mark}}}~{breakable(latex(note.formula))}"
            elif self._cites == "notes":
                yield rf"\textsuperscript{{{number}}}~\cite{{{self._key(number)}}}"


def _raised(marks: list[str]) -> str:
    return rf"\textsuperscript{{{','.join(marks)}}}" if marks else ""


def _breakable_marks(marks: list[str]) -> str:
    """Marks that may break between each other and do not prevent hyphenation of the preceding word."""
    if not marks:
        return ""
    parts = [rf"\textsuperscript{{{mark},}}\allowbreak{{}}" for mark in marks[:-1]]
    return "".join([r"\,", *parts, rf"\textsuperscript{{{marks[-1]}}}"])


def _letter(position: int) -> str:
    """a, b, … z, aa, ab, …"""
    before, at = divmod(position, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + at)


def head(name: str, detail: str) -> str:
    """A column's name in a narrow column, with its detail below."""
    shown = rf"\textbf{{{breakable(latex(name), narrow=True)}}}"
    return f"{shown} {breakable(latex(detail), narrow=True)}" if detail else shown


def cell_text(cell: Cell, marks: Marks) -> str:
    """A cell with its marks, separated from what `\\\\` would read as an option."""
    text = breakable(latex(cell.text), narrow=marks.narrow)
    if text.startswith(("[", "*")):
        text = "{}" + text
    return text + marks.of(cell.notes)


def row_lines(row: Row, columns: int, marks: Marks, *, first: bool) -> Iterator[str]:
    """A row, preceded by the heading of its group."""
    if row.heading:
        space = "" if first else r"\addlinespace" + "\n"
        yield (
            rf"{space}\multicolumn{{{columns}}}{{@{{}}l}}{{\textit{{{latex(row.heading)}}}}} \\*"
        )
    label, *cells = (cell_text(cell, marks) for cell in row.cells)
    mark = rf" {latex(row.cells[0].mark)}" if row.cells[0].mark else ""
    yield " & ".join([label + mark, *cells]) + (r" \\[2pt]" if marks.narrow else r" \\")


def source_list(table: AnswerTable, style: Typesetting | None) -> Iterator[str]:
    """The sources as a numbered list, unless they are cited."""
    if table.footnotes and not (style and style.cites):
        ragged = r"\raggedright" if style else ""  # words like arXiv:2005.14165 never break
        yield from ("", r"\begin{footnotesize}", r"\begin{enumerate}" + ragged)
        yield from (rf"\item {footnote_latex(note)}" for note in table.footnotes)
        yield from (r"\end{enumerate}", r"\end{footnotesize}")
