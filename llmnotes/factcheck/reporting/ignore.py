"""Comments in a file that exclude cells from the report.

`llmnotes-ignore` in a comment in the file's own syntax: on a row's line it applies to that row, on a line
of its own to the following table or row; `llmnotes-ignore-file` applies to the file. After a colon it may
name verdicts or attributes: `<!-- llmnotes-ignore: rumour, n_layers -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.pattern import late
from llmnotes.tables.model import Table

_COMMENT = late(
    r"(?:<!--|%|#|//)\s*llmnotes-ignore(?P<file>-file)?(?:\s*:\s*(?P<what>[\w, -]*?))?\s*(?:-->|$)",
    re.MULTILINE,
)


class Ignored(NamedTuple):
    """One comment: its line, whether it is alone on it, and what it excludes."""

    line: int
    alone: bool
    whole_file: bool
    what: frozenset[str]

    def covers(self, judged: JudgedCell, table: Table) -> bool:
        """Whether a cell is excluded from the report."""
        found = judged.judgement
        if self.what and not self.what & {found.verdict, found.attribute, found.cause or ""}:
            return False
        if self.whole_file or judged.cell.place.line == self.line:
            return True
        if not self.alone:
            return False
        return judged.cell.place.line == self.line + 1 or 0 < table.place.line - self.line <= 2


def comments(text: str) -> list[Ignored]:
    """The comments of a text."""
    if "llmnotes-ignore" not in text:
        return []
    found = []
    for match in _COMMENT.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.end())
        line = text[start : end if end >= 0 else len(text)]
        what = frozenset(part.strip() for part in (match["what"] or "").split(",") if part.strip())
        alone = line.strip() == match[0].strip()
        found.append(
            Ignored(text.count("\n", 0, match.start()) + 1, alone, bool(match["file"]), what)
        )
    return found


def apply(checked: CheckedTable, ignored: Iterable[Ignored]) -> int:
    """Remove ignored cells and return their number."""
    rules = list(ignored)
    if not rules:
        return 0
    kept = [e for e in checked.judged_cells if not any(r.covers(e, checked.table) for r in rules)]
    count = len(checked.judged_cells) - len(kept)
    checked.judged_cells[:] = kept
    return count
