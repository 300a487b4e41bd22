"""The result of building a lake."""

from __future__ import annotations

from dataclasses import asdict

from llmnotes.export.answer import Answer, simple_table
from llmnotes.lake.convert import Made


def lake_answer(made: Made) -> Answer:
    """The numbers of files, rows, counted and refused models."""
    columns = ("lake", "files", "rows", "exact", "refused", "there before")
    exact = made.rows - made.refused
    row = (made.lake, made.files, made.rows, exact, made.refused, made.kept)
    return Answer([simple_table(columns, [row])], {**asdict(made), "exact": exact})
