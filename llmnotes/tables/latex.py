"""LaTeX tables: `tabular` and similar environments, with rules, merged cells and comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from llmnotes.pattern import late
from llmnotes.tables.model import Table, TableCell
from llmnotes.tables.source import MOST_COLUMNS, SourceText, blanked
from llmnotes.tables.tex import words

_ENVIRONMENTS = (
    r"tabular\*|tabularx|tabulary|tabular|longtable|xltabular|supertabular|longtabu|tabu|NiceTabular"
    r"|longtblr|tblr"
)
_BEGIN = late(rf"\\begin\s*\{{(?P<name>{_ENVIRONMENTS})\}}")
_WIDTH_FIRST = frozenset({"tabular*", "tabularx", "tabulary", "xltabular"})
_COMMENT = late(r"\\.|%[^\n]*", re.DOTALL)
_VERBATIM = late(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
_TOKEN = late(
    r"\\(?P<open>begin)\s*\{[^{}]*\}|\\(?P<shut>end)\s*\{[^{}]*\}"
    r"|(?P<row>\\\\\*?(?:[ \t]*\[[^\]\n]*\])?|\\tabularnewline(?![A-Za-z])|\\cr(?![A-Za-z]))"
    r"|(?P<part>\\end(?:firsthead|head|foot|lastfoot)(?![A-Za-z]))"
    r"|\\(?:[A-Za-z]+|.)|(?P<brace>[{}])|(?P<cell>&)",
    re.DOTALL,
)
_RULE = late(
    r"\s*(?:\\(?:hline|toprule|bottomrule|firsthline|lasthline|hhline|Xhline|endhead"
    r"|cmidrule|cline|addlinespace|specialrule|rowcolor|arrayrulecolor|noalign|morecmidrules|label"
    r"|centering|small|footnotesize|scriptsize|tiny|rowfont|SetRow|pagebreak|nopagebreak|vspace)\*?"
    r"(?![A-Za-z])(?:\s*\([^)]*\)|\s*\[[^\]]*\]|\{[^{}]*\})*"
    r"|(?P<body>\\(?:midrule)(?:\[[^\]]*\])?))"
)
_CAPTION = late(r"\\caption\*?\s*(?:\[[^\]]{0,2000}\])?\s*\{")
_HEADING = late(
    r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]]*\])?\s*\{"
)
_FLOAT = 20_000
"""Limit in characters of the distance between a table and the ends of its float."""
_LEVELS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_MULTICOLUMN = late(r"\\multicolumn\s*\{\s*(\d{1,4})\s*\}\s*")
_MULTIROW = late(
    r"\\multirow(?:cell)?\*?\s*(?:\[[^\]]*\])?\s*\{\s*(-?\d{1,4}|\*)\s*\}\s*(?:\[[^\]]*\])?\s*"
)


def read(source: SourceText, covered: list[tuple[int, int]] | None = None) -> list[Table]:
    """The tables of a LaTeX text; `covered` stretches (code, other tables) are skipped."""
    text = _masked(source.text, covered or [])
    tables: list[Table] = []
    position, headings = 0, _headings(text)
    while match := _BEGIN.search(text, position):
        start, end = _body(text, match)
        rows = _rows(source, text, start, end)
        if rows:
            place = source.place(match.start(), min(len(text), end))
            above = bisect_right(headings, match.start(), key=lambda entry: entry[0])
            titles = headings[above - 1][1] if above else ()
            tables.append(Table("latex", "table", place, rows, titles, _caption(text, match, end)))
        position = max(end, match.end())
    return tables


def _masked(text: str, covered: list[tuple[int, int]]) -> str:
    """The text with comments and code replaced by blanks of the same length."""

    def blank(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    text = _VERBATIM.sub(blank, text)
    text = _COMMENT.sub(
        lambda match: match[0] if match[0][0] == "\\" else " " * len(match[0]), text
    )
    return blanked(text, covered)


def _group(text: str, start: int, end: int | None = None) -> int:
    """The offset after the braces that open at `start`; `start` where none opens there."""
    if not text.startswith("{", start):
        return start
    depth, position = 0, start
    for match in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, start, end or len(text)):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        position = match.end()
        if depth == 0:
            return position
    return position


def _body(text: str, begin: re.Match[str]) -> tuple[int, int]:
    """The offsets of an environment's rows; an unclosed environment extends to the end of the text."""
    start, groups = begin.end(), 2 if begin["name"] in _WIDTH_FIRST else 1
    while groups:
        blank = re.compile(r"\s*(?:\[[^\]]*\]\s*)?").match(text, start)
        start = blank.end() if blank else start
        after = _group(text, start)
        if after == start:
            break
        start, groups = after, groups - 1
    depth = 1
    for match in re.compile(rf"\\(begin|end)\s*\{{(?:{_ENVIRONMENTS})\}}").finditer(text, start):
        depth += 1 if match[1] == "begin" else -1
        if depth == 0:
            return start, match.start()
    return start, len(text)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The terminators of cells, rows and parts of the table, each with the stretch before it."""
    depth, begun = 0, start
    for match in _TOKEN.finditer(text, start, end):
        if match["open"] or match["brace"] == "{":
            depth += 1
        elif match["shut"] or match["brace"] == "}":
            depth = max(depth - 1, 0)
        elif depth == 0 and (match["cell"] or match["row"] or match["part"]):
            kind = "cell" if match["cell"] else "row" if match["row"] else match["part"][4:]
            yield kind, begun, match.start()
            begun = match.end()
    yield "row", begun, end


def _rows(source: SourceText, text: str, start: int, end: int) -> list[list[TableCell]]:
    rows: list[list[TableCell]] = []
    head: list[list[TableCell]] = []
    row: list[TableCell] = []
    body_at = 0
    for kind, first, last in _pieces(text, start, end):
        if not row:
            first, starts_body = _after_rules(text, first, last)
            body_at = len(rows) if starts_body and rows and not body_at else body_at
        if kind in {"cell", "row"}:
            row.append(_cell(source, text, first, last))
            if len(row) > MOST_COLUMNS:
                raise source.refusal(first, f"a row of more than {MOST_COLUMNS:,} columns")
        if kind == "row":
            if len(row) > 1 or row[0].text:
                rows.append(row)
            row = []
        elif kind in {"firsthead", "head"}:
            head, rows, row = head or rows, [], []
        elif kind in {"foot", "lastfoot"}:
            rows, row = [], []
    rows = head + rows
    heads = max(len(head), body_at, 1)
    return [
        [cell._replace(header=True) if number < heads else cell for cell in cells]
        for number, cells in enumerate(_without_placeholders(rows))
    ]


def _after_rules(text: str, start: int, end: int) -> tuple[int, bool]:
    """The offset after the rules that precede a row, and whether one of them begins the body."""
    body = False
    while match := _RULE.match(text, start, end):
        body = body or bool(match["body"])
        start = match.end()
        if text[match.start() : match.end()].lstrip().startswith(("\\specialrule", "\\noalign")):
            start = _group(text, start)
    if caption := re.compile(r"\s*" + _CAPTION.pattern).match(text, start, end):
        return _group(text, caption.end() - 1, end), body
    return start, body


def _cell(source: SourceText, text: str, start: int, end: int) -> TableCell:
    """One cell; the place of a merged cell is that of its content, so the command survives an edit."""
    colspan = rowspan = 1
    start, end = source.trimmed(start, end)
    while end > start and text[end - 1].isspace():
        end -= 1
    for _ in range(3):
        column, row = _MULTICOLUMN.match(text, start, end), _MULTIROW.match(text, start, end)
        match = column or row
        if match is None:
            break
        behind = _group(text, match.end(), end)
        while text[behind : behind + 1].isspace():
            behind += 1
        if not text.startswith("{", behind):
            break
        if column:
            colspan = max(int(column[1]), 1)
        elif row and row[1].isdigit():
            rowspan = max(int(row[1]), 1)
        start, end = source.trimmed(behind + 1, _group(text, behind, end) - 1)
    return source.cell(start, end, words(text[start:end]), colspan=colspan, rowspan=rowspan)


def _without_placeholders(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    """Rows without the empty cells that LaTeX requires below a `\\multirow`, as in other formats."""
    hanging: dict[int, int] = {}
    found = []
    for row in rows:
        column, kept, opened = 0, list[TableCell](), dict[int, int]()
        for cell in row:
            left = hanging.get(column, 0)
            if not left or cell.text:
                kept.append(cell)
                for step in range(cell.colspan if cell.rowspan > 1 else 0):
                    opened[column + step] = cell.rowspan
            column += cell.colspan
        hanging = {at: left - 1 for at, left in {**hanging, **opened}.items() if left > 1}
        found.append(kept)
    return found


def _caption(text: str, begin: re.Match[str], end: int) -> str:
    """The caption of the float around a table, or of the table itself."""
    start = text.rfind("\\begin{table", max(0, begin.start() - _FLOAT), begin.start())
    closed = text.rfind("\\end{table", max(start, 0), begin.start()) > start
    inside = start >= 0 and not closed
    stop = text.find("\\end{table", end, end + _FLOAT) if inside else end
    first = start if inside else begin.start()
    match = _CAPTION.search(text, first, stop if stop >= 0 else end)
    if match is None:
        return ""
    return words(text[match.end() : _group(text, match.end() - 1) - 1]).replace("\n", " ")


def _headings(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """The offset of every heading with the headings in effect from there on, outermost first."""
    found: list[tuple[int, tuple[str, ...]]] = []
    stack: list[tuple[int, str]] = []
    for match in _HEADING.finditer(text):
        level = _LEVELS.index(match[1])
        title = words(text[match.end() : _group(text, match.end() - 1) - 1])
        stack = [*(item for item in stack if item[0] < level), (level, title)]
        found.append((match.start(), tuple(name for _, name in stack)))
    return found
