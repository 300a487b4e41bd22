"""Rows and columns of a family that give a size: the member that has it."""

from __future__ import annotations

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.neighbours import Neighbours
from llmnotes.factcheck.judging.spot_judge import SpotJudge
from llmnotes.factcheck.layout.lines import Layout, Unit
from llmnotes.factcheck.layout.table_subject import TableSubject


def narrowed(layout: Layout, spots: SpotJudge) -> dict[Unit, TableSubject]:
    """The member for each row or column of a family whose size is given."""
    found: dict[Unit, TableSubject] = {}
    neighbours = Neighbours(layout)
    for line in layout.lines:
        for cell, spot in zip(line.cells, line.spots, strict=False):
            subject = spot.subject
            if cell is None or subject is None or not spot.headers or not subject.family_wide:
                continue
            header = spot.headers[0]
            if header.attribute not in SIZES or not spots.effort.may_read(cell.text):
                continue
            reading = spots.reader.readings(cell.text, header)[0]
            member = _member(spots.judge, reading, subject)
            if member is not None:
                found[neighbours.unit(line, spot)] = member
    return found


def _member(judge: Judge, reading: CellReading, subject: TableSubject) -> TableSubject | None:
    items = reading.items
    if len(items) != 1:
        return None
    judgement = judge.judge(reading, subject)
    if judgement.verdict not in {"agrees", "agrees-normalised"}:
        return None
    models = [
        model for model in subject.models if judge.agrees(items[0], model, judgement.attribute)
    ]
    if not models and subject.kind == "family":
        others = judge.names.other_sizes(judge.base.family(subject.models[0]) or "")
        models = [one for one in others if judge.agrees(items[0], one, judgement.attribute)]
    if len(models) != 1:
        return None
    kind = "any" if subject.kind == "any" else "model"  # sizes of others may be the same
    return subject._replace(kind=kind, id=models[0], models=(models[0],), loose=False)
