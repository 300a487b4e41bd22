"""Hand-made rows with given verdicts, and their alignment."""

from __future__ import annotations

from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.slipped_rows import align
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Line, Spot
from llmnotes.tables.model import Place, TableCell

HEADER = Header("Layers", attributes=("n_layers",), certainty=1.0)
PLACE = Place(1, 1, 0, 0)


class Row:
    """A hand-made row: its texts, and the verdict of each of them by column."""

    def __init__(self, *texts, columns=None, head=None, unread=(), names=None, **verdicts):
        columns = len(texts) if columns is None else columns
        names = names or [f"n{at}" for at in range(columns)]
        spots = [
            Spot(None, names[at], () if at in unread else (HEADER,), at) for at in range(columns)
        ]
        cells = [text if text is None else TableCell(text, text, PLACE) for text in texts]
        self.line = Line(7, "label", cells, spots)
        self.line.head = cells[head] if head is not None else None
        self.verdicts = verdicts
        self.asked = 0
        self.judged = [
            JudgedCell(7, at, cell, spots[at], None, self.ask(cell.text, spots[at]))
            for at, cell in enumerate(cells)
            if cell is not None and at < columns and at != head and spots[at].headers
        ]

    def ask(self, text, spot, subject=None):
        """`a=2` makes the text `a` true in column 2, `a={2: "rumour"}` a rumour there."""
        self.asked += 1
        found = self.verdicts.get(text.strip(), {})
        found = found if isinstance(found, dict) else {found: "agrees"}
        verdict = found.get(spot.column, found.get("else", "wrong")) if text.strip() else "blank"
        verdict, _, cause = verdict.partition("/")
        return Judgement("n_layers", verdict, "so it is", cause or None)

    def aligned(self, effort=None, may=None):
        return align(
            self.line,
            self.judged,
            self.ask,
            may or (lambda text, spot, subject: True),
            effort or Effort(),
        )

    def told(self):
        return [cell.judgement.verdict for cell in self.judged]
