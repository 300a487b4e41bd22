"""Corrects the files whose tables were checked, or shows what would change."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from llmnotes import console
from llmnotes.commands.common import say_text
from llmnotes.errors import InputError

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.check import Checker
    from llmnotes.factcheck.reporting.report import Checked

Spare = Callable[["Checked"], None]
"""A filter that leaves out what exceptions cover."""


class Correcting(NamedTuple):
    """Options of the correction of files."""

    fill: bool
    diff: bool
    heed: bool
    spared: Spare


def failing_cells(file: Checked, verdicts: list[str]) -> int:
    """The number of cells of a file with one of these verdicts."""
    from llmnotes.factcheck.reporting.report import failing

    return failing([file], verdicts)


def correct(
    checker: Checker,
    files: list[Checked],
    verdicts: list[str],
    output: str | None,
    how: Correcting,
) -> int:
    """Show or make the corrections; returns the number of wrong cells left, or with `diff` found."""
    from llmnotes.factcheck.reporting.files import STANDARD_INPUT_NAME
    from llmnotes.factcheck.reporting.fix import fix
    from llmnotes.output import write_whole
    from llmnotes.views.factcheck_changes import change_lines, difference

    if output is not None and len(files) > 1 and not how.diff:
        raise InputError(
            f"--output takes one corrected file, not {len(files)}; leave it out to correct each in place"
        )
    differences, left = [], 0
    for file in files:
        if file.rendition is not None or file.entries:
            left += failing_cells(file, verdicts)
            console.remark(f"{file.name}: not corrected, as only tables in text files are written")
            continue
        fixed = fix(
            checker, file, verdicts, _citing(checker.base.connection),
            fill=how.fill, heed=how.heed, spared=how.spared,
        )  # fmt: skip
        left += failing_cells(file if how.diff else fixed.checked, verdicts)
        if how.diff:
            differences.append(difference(file.name, file.text, fixed.text))
            continue
        for line in change_lines(fixed, verdicts):
            console.remark(line)
        if file.name == STANDARD_INPUT_NAME or output is not None:
            say_text(fixed.text, output)
        elif fixed.text != file.text:
            write_whole(file.name, fixed.text.encode())
    if how.diff:
        say_text("".join(differences), output)
    return left


def _citing(connection: sqlite3.Connection) -> Callable[[str], str | None]:
    """A cached lookup of the short reference of a source by id."""
    from functools import cache

    from llmnotes.knowledge.sources import short_reference, sources

    @cache
    def cite(source: str) -> str | None:
        found = sources(connection, [source])
        return short_reference(found[0]) if found else None

    return cite
