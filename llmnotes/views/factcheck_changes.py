"""The result of `factcheck --fix` for a file as lines: every change made, and what was left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.escapes import one_line
from llmnotes.factcheck.reporting.fix import Fixed
from llmnotes.factcheck.reporting.report import where


def change_lines(fixed: Fixed, verdicts: Sequence[str]) -> Iterator[str]:
    """The changes to a file, and the rows and wrong cells that were left unchanged."""
    name = fixed.checked.name
    cells = len(fixed.changes)
    if not cells:
        yield f"{name}: nothing to correct"
    else:
        yield f"{name}: {cells} {'change' if cells == 1 else 'changes'}"
    for change in sorted(fixed.changes, key=lambda change: change.line):
        yield f"{name}:{change.line}: {one_line(str(change))}"
    for checked in fixed.checked.tables:
        left = {finding.row: finding for finding in checked.findings if finding.undecided}
        false: set[int] = set()
        for judged in checked.judged_cells:
            if judged.judgement.verdict not in verdicts:
                continue
            if judged.row in left:
                false.add(judged.row)
            if judged.row in left or judged.judgement.cause == "misheaded-column":
                continue
            cell = ", ".join(part for part in where(checked, judged) if part)
            text = one_line(judged.cell.text)
            yield f"{name}:{judged.cell.place.line}: {cell}: {text} left as it is; no short way to mend it"
        for column in checked.columns:
            if not column.misread:
                line = column.cells[0].cell.place.line
                header = one_line(column.header)
                yield f"{name}:{line}: {header}: left as it is: {column.text}; the header is at fault"
        for row in sorted(false):
            finding = left[row]
            line = checked.table.rows[row][0].place.line
            yield f"{name}:{line}: {one_line(finding.label)}: left as it is: {finding.text}"


def difference(name: str, before: str, after: str) -> str:
    """A unified difference between a file and its corrected text."""
    import difflib

    lines = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), name, f"{name} (fixed)"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
