"""The report on checked files for a terminal: each row once, its doubtful cells shown in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from llmnotes.escapes import one_line, printable
from llmnotes.factcheck.judging.checked_table import CheckedTable
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.reporting.report import (
    Checked,
    reported,
    reported_entries,
    summary,
    where,
)


def report(files: Sequence[Checked], width: int, *, everything: bool = False) -> Iterator[str]:
    """Lines for a terminal: each row of a table once, its doubtful cells shown in place."""
    for file in files:
        for checked in file.tables:
            yield from _table_lines(file, checked, width, everything)
        yield from _entry_lines(file, width, everything)
    if any(file.tables or file.entries for file in files):
        yield counts(files)


def _entry_lines(file: Checked, width: int, everything: bool) -> Iterator[str]:
    """The fields of a bibliography, each under its entry."""
    key = None
    for entry in reported_entries(file, everything):
        if entry.key != key:
            yield from ([""] if key is not None else [])
            yield f"{printable(file.name)}:{entry.line}  entry {one_line(entry.key)}"
            key = entry.key
        yield f"  {entry.line:>5} | {entry.field} = {one_line(entry.text)}"
        said = "; ".join(
            filter(None, (entry.reason, entry.expected and f"right: {entry.expected}"))
        )
        yield from _wrapped(
            f"{entry.field}: {entry.verdict}" + (f": {said}" if said else ""), width
        )
        if entry.sources and entry.verdict != "agrees":
            yield from _wrapped(f"see {', '.join(entry.sources)}", width)
    if key is not None:
        yield ""


def _table_lines(
    file: Checked, checked: CheckedTable, width: int, everything: bool
) -> Iterator[str]:
    shown = reported(checked, everything)
    if not (shown or checked.findings or checked.layout.unread):
        return
    orientation = checked.layout.orientation.replace("-", " ")
    place = checked.table.place
    where = f" ({one_line(found)})" if (found := file.where(place)) else ""
    yield f"{printable(file.name)}:{file.line(place)}{where}  table, {orientation}"
    if checked.layout.taken:
        yield f"  read as a table about {one_line(checked.layout.taken)}"
    if unread := checked.layout.unread:
        yield f"  not judged, as no attribute is called so: {one_line(', '.join(unread))}"
    for column in checked.columns:
        what = "read as" if column.misread else "holds"
        yield f"  {one_line(column.header)!r} {what} {column.attribute}: {one_line(column.text)}"
    said = {finding.row: finding for finding in checked.findings}
    rows: dict[int, list[JudgedCell]] = {
        row: [] for row in sorted({e.row for e in shown} | set(said))
    }
    for judged in shown:
        rows[judged.row].append(judged)
    for row, judged_cells in rows.items():
        yield ""
        label = one_line(checked.layout.labels.get(row, ""))
        yield f"  {label}" + (f"  ({said[row].finding}: {said[row].text})" if row in said else "")
        for judged, others in _together(judged_cells):
            yield from _cell_lines(file, checked, judged, others, width)
    yield ""


def _together(judged_cells: Sequence[JudgedCell]) -> Iterator[tuple[JudgedCell, list[JudgedCell]]]:
    """Each cell of a row, grouped with those of the same text and judgement."""
    alike: dict[tuple[str, str, str], list[JudgedCell]] = {}
    for judged in judged_cells:
        found = judged.judgement
        alike.setdefault((judged.cell.text, found.verdict, found.reason), []).append(judged)
    for first, *others in alike.values():
        yield first, others


def _cell_lines(
    file: Checked,
    checked: CheckedTable,
    judged: JudgedCell,
    others: Sequence[JudgedCell],
    width: int,
) -> Iterator[str]:
    found = judged.judgement
    yield from _in_place(file, judged, width)
    columns = dict.fromkeys(one_line(where(checked, one)[1]) for one in (judged, *others))
    column = ", ".join(columns)
    if place := file.where(judged.cell.place):
        column += f" ({place})"
    cause = f" ({found.cause})" if found.cause else ""
    yield from _wrapped(
        f"{column}: {found.verdict}{cause}" + (f": {found.reason}" if found.reason else ""), width
    )
    if found.sources and not found.verdict.startswith("agrees"):
        yield from _wrapped(f"see {', '.join(found.sources[:3])}", width)


def _in_place(file: Checked, judged: JudgedCell, width: int) -> Iterator[str]:
    """The cell's line, cut to the width around the cell, and marks below the cell."""
    text, place = file.text, judged.cell.place
    start = max(text.rfind(end, 0, place.start) for end in "\r\n") + 1
    ends = [end for mark in "\r\n" if (end := text.find(mark, place.start)) >= 0]
    line = printable(text[start : min(ends, default=len(text))]).replace("\t", " ")
    room = max(20, width - 10)
    first, last = place.start - start, min(place.end - start, len(line))
    left = max(0, min(first - room // 3, len(line) - room))
    right = min(len(line), left + room)
    shown = ("…" if left else "") + line[left:right].rstrip() + ("…" if right < len(line) else "")
    before = _columns(("…" if left else "") + line[left:first])
    marks = "^" * max(1, _columns(line[first : min(last, right)]))
    yield f"  {file.line(place):>5} | {shown}"
    yield f"        | {' ' * before}{marks}"


def _columns(text: str) -> int:
    """The display width of a text in terminal columns."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _wrapped(text: str, width: int) -> Iterator[str]:
    import textwrap

    margin = " " * 10
    yield from textwrap.wrap(
        one_line(text), max(40, width), initial_indent=margin, subsequent_indent=margin,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def counts(files: Sequence[Checked]) -> str:
    """How many cells got each verdict, in a line."""
    found = {name: count for name, count in summary(files).items() if count}
    filled = sum(count for name, count in found.items() if name != "blank")
    listed = ", ".join(f"{count} {name}" for name, count in found.items() if name != "blank")
    what = "cell" if any(file.tables for file in files) else "field"
    return f"{filled} {what}{'' if filled == 1 else 's'}: {listed}" if listed else f"no {what}s"
