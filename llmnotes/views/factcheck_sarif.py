"""What was found in files as findings for code review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.export.sarif import Level, ReportingDescriptor, SarifResult
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import CAUSES, ROW_FINDINGS, VERDICTS
from llmnotes.factcheck.reporting.report import Checked, reported

_LEVELS: dict[str, Level] = {
    "wrong": "error", "misplaced": "error", "partly-wrong": "warning", "rumour": "warning",
    "misspelt": "warning", "disputed": "note", "unreadable": "note",
}  # fmt: skip


def rules() -> dict[str, ReportingDescriptor]:
    """A rule for each verdict that is reported and for each finding on a row."""
    found = {
        f"cell/{name}": ReportingDescriptor(VERDICTS[name], level)
        for name, level in _LEVELS.items()
    }
    return found | {
        f"row/{name}": ReportingDescriptor(text, "note") for name, text in ROW_FINDINGS.items()
    }


def findings(files: Sequence[Checked], failing: Sequence[str]) -> Iterator[SarifResult]:
    """The reported cells and rows; a verdict of `failing` is an error."""
    for file in files:
        for checked in file.tables:
            for judged in reported(checked, everything=False):
                yield _cell(file, judged, failing)
            for found in checked.findings:
                row = checked.table.rows[found.row]
                line = row[0].place.line if row else checked.table.place.line
                text = f"{found.label.strip()}: {found.text}"
                yield SarifResult(f"row/{found.finding}", "note", text, file.name, line)


def _cell(file: Checked, judged: JudgedCell, failing: Sequence[str]) -> SarifResult:
    found, place = judged.judgement, judged.cell.place
    cause = f" ({CAUSES[found.cause]})" if found.cause else ""
    inside = file.text[place.start : place.end]
    return SarifResult(
        f"cell/{found.verdict}",
        "error" if found.verdict in failing else _LEVELS[found.verdict],
        f"{judged.cell.text}: {found.verdict}{cause}. {found.reason}",
        file.name,
        place.line,
        place.column,
        place.column + len(inside) if inside and "\n" not in inside else None,
        {
            "model": judged.subject.id if judged.subject else None,
            "attribute": found.attribute,
            "cause": found.cause,
            "expected": found.expected,
            "sources": found.sources,
        },
    )
