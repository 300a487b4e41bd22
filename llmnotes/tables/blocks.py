"""The blocks of a Markdown text.

markdown-it-py finds them. A text of only headings, paragraphs and tables, as most short notes are, is split
here into the same blocks, because loading the parser takes longer than everything else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from llmnotes.pattern import late

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

RULER = late(r"\s*(?:\|\s*)?:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*(?:\|\s*)?$")
PIPE = late(r"\|(?<!\\\|)")
"""Said from the pipe backwards, as a search for a plain letter is the fastest there is."""
_HEADING = late(r"(#{1,6}) [ \t]*([^\s#|][^#|]*)$")
_PLAIN = late(r"[^\W\d_]|\d{1,9}(?![\d.)])|\|")
"""The beginning of a line that can only belong to a paragraph or a table."""
_ODD = "\0\t\v\f\ufeff\x1c\x1d\x1e\x1f\x85\u2028\u2029"


class MarkdownBlock(NamedTuple):
    """A block with the fields of markdown-it-py's tokens; `map` is its first line and the one after it."""

    type: str
    map: list[int] | None = None
    content: str = ""
    tag: str = ""
    nesting: int = 0
    markup: str = ""
    info: str = ""
    meta: dict[str, Any] = {}  # noqa: RUF012  never written to


def blocks(text: str) -> Sequence[MarkdownBlock | Token]:
    """The blocks of a text whose line breaks are single characters."""
    found = plain_blocks(text)
    return found if found is not None else parser().parse(_shown(text))


def _shown(text: str) -> str:
    return text.replace("\0", "\ufffd").replace("\ufeff", " ")


def plain_blocks(text: str) -> list[MarkdownBlock] | None:
    """The blocks of a text of headings, paragraphs and tables; None where it may have others."""
    if any(map(text.__contains__, _ODD)):
        return None
    lines = text.split("\n")
    if not all(_PLAIN.match(line) or _HEADING.match(line) or not line.strip(" ") for line in lines):
        return None
    return _BlockLines(lines).cut()


class _BlockLines:
    """Lines that begin a heading, are blank, or belong to a paragraph or a table."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines if lines[-1] else lines[:-1]
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def cut(self) -> list[MarkdownBlock]:
        found: list[MarkdownBlock] = []
        at = 0
        while at < len(self._lines):
            line = self._lines[at]
            end = at + 1
            if self._table_at(at):
                while end < len(self._lines) and (end == at + 1 or self._goes_on(end)):
                    end += 1
                found.append(self._table(at, end))
            elif heading := _HEADING.match(line):
                found += _wrapped("heading", heading[2].strip(), at, end, f"h{len(heading[1])}")
            elif line.strip():
                while end < len(self._lines) and self._goes_on(end) and not self._table_at(end):
                    end += 1
                content = "\n".join(self._lines[at:end]).strip()
                found += _wrapped("paragraph", content, at, end, "p")
            at = end
        return found

    def _goes_on(self, number: int) -> bool:
        line = self._lines[number]
        return bool(line.strip()) and not line.startswith("#")

    def _table_at(self, number: int) -> bool:
        if number + 1 >= len(self._lines):
            return False
        return begins_table(self._lines[number], self._lines[number + 1])

    def _table(self, start: int, end: int) -> MarkdownBlock:
        spans = [
            (self._starts[n], self._starts[n] + len(self._lines[n])) for n in range(start, end)
        ]
        header = is_ruled(self._lines[start], self._lines[start + 1])
        return MarkdownBlock("pipe_table", [start, end], meta={"lines": spans, "header": header})


def _wrapped(kind: str, content: str, start: int, end: int, tag: str) -> list[MarkdownBlock]:
    span = [start, end]
    return [
        MarkdownBlock(f"{kind}_open", span, tag=tag, nesting=1), MarkdownBlock("inline", span, content),
        MarkdownBlock(f"{kind}_close", tag=tag, nesting=-1),
    ]  # fmt: skip


def is_ruled(first: str, second: str) -> bool:
    """Whether two lines are the header of a table and the ruler below it."""
    if not first.strip() or RULER.match(first) or not RULER.match(second):
        return False
    return "|" in second + first and ("|" in second or ":" in second)


def begins_table(first: str, second: str) -> bool:
    """Whether a table begins with these two lines, even without a ruler."""
    bare = first.startswith("|") and second.startswith("|") and first.rstrip().endswith("|")
    return bare or is_ruled(first, second)


@cache
def parser() -> MarkdownIt:
    """The block parser, which does not parse inline content."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark").disable(["inline", "normalize", "reference"])
    made.block.ruler.before("code", "pipe_table", _rule, {"alt": ["paragraph", "reference"]})
    return made


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule that matches a table's lines; its token has the offsets of each line."""
    if start + 1 >= end or state.is_code_block(start) or state.sCount[start + 1] < state.blkIndent:
        return False
    first, second = _line(state, start), _line(state, start + 1)
    if not begins_table(first, second):
        return False
    if silent:
        return True
    line = start
    while line < end and not _ends(state, line, start, end):
        line += 1
    token = state.push("pipe_table", "", 0)
    token.map = [start, line]
    token.meta["lines"] = [
        (state.bMarks[number] + state.tShift[number], state.eMarks[number])
        for number in range(start, line)
    ]
    token.meta["header"] = is_ruled(first, second)
    state.line = line
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _ends(state: StateBlock, line: int, start: int, end: int) -> bool:
    if line <= start + 1:
        return False
    text = _line(state, line)
    if not text.strip() or state.sCount[line] < state.blkIndent or text.startswith(":::"):
        return True
    if PIPE.search(text):
        return False
    rules = state.md.block.ruler.getRules("blockquote")
    return any(rule(state, line, end, True) for rule in rules)
