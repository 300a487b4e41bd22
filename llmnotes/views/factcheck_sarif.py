"""The verdicts on files as SARIF findings for code review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from llmnotes.export.sarif import Level, ReportingDescriptor, SarifResult
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import CAUSES, ROW_FINDINGS, VERDICTS
from llmnotes.factcheck.reporting.report import Checked, reported, reported_entries

if TYPE_CHECKING:
    from llmnotes.factcheck.references import EntryFinding

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
                line = file.line(row[0].place if row else checked.table.place)
                text = f"{found.label.strip()}: {found.text}"
                yield SarifResult(f"row/{found.finding}", "note", text, file.name, line)
        for entry in reported_entries(file, everything=False):
            yield _entry(file, entry, failing)


def _entry(file: Checked, entry: EntryFinding, failing: Sequence[str]) -> SarifResult:
    expected = f" Right: {entry.expected}." if entry.expected else ""
    return SarifResult(
        f"cell/{entry.verdict}",
        "error" if entry.verdict in failing else _LEVELS[entry.verdict],
        f"{entry.key}, {entry.field}: {entry.text}: {entry.verdict}. {entry.reason}.{expected}",
        file.name,
        entry.line,
        properties={"expected": entry.expected, "sources": list(entry.sources)},
    )


def _cell(file: Checked, judged: JudgedCell, failing: Sequence[str]) -> SarifResult:
    found, place = judged.judgement, judged.cell.place
    cause = f" ({CAUSES[found.cause]})" if found.cause else ""
    inside = file.text[place.start : place.end]
    where = file.where(place)
    known = (
        not where and file.rendition is None
    )  # columns of the rendition are not those of the document
    return SarifResult(
        f"cell/{found.verdict}",
        "error" if found.verdict in failing else _LEVELS[found.verdict],
        f"{f'{where}: ' if where else ''}{judged.cell.text}: {found.verdict}{cause}. {found.reason}",
        file.name,
        file.line(place),
        place.column if known else None,
        place.column + len(inside) if known and inside and "\n" not in inside else None,
        {
            "model": judged.subject.id if judged.subject else None,
            "attribute": found.attribute,
            "cause": found.cause,
            "expected": found.expected,
            "sources": found.sources,
        },
    )
