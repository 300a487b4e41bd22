"""Contradictions within a row, whether or not its model is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.slipped_rows import RowFinding
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.lines import Layout, Unit
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes

_WIDTHS = ("d_model", "n_heads", "head_dim")
_USUAL = 0.7
"""Share of the rows in which heads × width must make d_model before one row is blamed for not: 3 of 4."""
_MONTHS_APART = 12
"""Tolerance in months between a release and the paper or post that its row links."""
_MONTHS_AFTER = 36
"""Months after its paper in which a model may be released: an earlier one of its line may be linked."""
_SHAPE = ("params_total", "n_layers", "d_model")
_SLACK = 4
"""Tolerance as a factor: wide or shared heads, gated networks and two stacks stay within this multiple of
12 × d_model²."""
_LARGEST_VOCABULARY = 260_000
_SHARING = late(r"albert", re.I)
"""Names of models whose layers share their weights."""
_LINKED = late(
    r"arxiv(?:\.org/(?:abs|pdf)/|:\s*)(?P<y>\d\d)(?P<m>\d\d)\.\d{4,5}"
    r"|https?://[^\s)\"']{0,200}?/(?P<year>20\d\d)/(?P<month>\d\d)/",
    re.I,
)


def contradictions(
    layout: Layout, by_row: Mapping[int, Sequence[JudgedCell]], reader: CellReader
) -> list[RowFinding]:
    """Rows and columns with contradicting cells; the likely wrong cell gets its verdict."""
    units = _units(layout, by_row)
    return [
        *_widths(units, reader),
        *_sizes(units, reader),
        *_named_sizes(units, reader),
        *_dates(layout, units, reader),
    ]


def _units(layout: Layout, by_row: Mapping[int, Sequence[JudgedCell]]) -> list[list[JudgedCell]]:
    """The cells grouped by model: rows, or columns of the same table."""
    units: dict[Unit, list[JudgedCell]] = {}
    for judged_cells in by_row.values():
        for judged in judged_cells:
            units.setdefault(layout.unit(judged.row, judged.column), []).append(judged)
    return list(units.values())


def _numbers(
    judged_cells: Sequence[JudgedCell], reader: CellReader
) -> dict[str, tuple[JudgedCell, int]]:
    found = {}
    for judged in judged_cells:
        header = judged.spot.headers[0]
        if header.attribute not in _WIDTHS:
            continue
        reading = reader.read(judged.cell.text, header.attribute, header.scale)
        if len(reading.items) == 1 and not reading.rest and _whole(reading.items[0].value):
            found[header.attribute] = (judged, int(reading.items[0].value))
    return found


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _widths(units: Sequence[Sequence[JudgedCell]], reader: CellReader) -> list[RowFinding]:
    full = [found for unit in units if len(found := _numbers(unit, reader)) == len(_WIDTHS)]
    broken = [
        item for item in full if item["n_heads"][1] * item["head_dim"][1] != item["d_model"][1]
    ]
    if len(full) - len(broken) < _USUAL * len(full):
        return []
    findings = []
    for item in broken:
        width, heads, head = (item[name][1] for name in _WIDTHS)
        judged_cells = [item[name][0] for name in _WIDTHS]
        text = f"{heads} heads of {head} make {heads * head:,}, not {width:,}"
        if all(judged.judgement.verdict == "unsupported" for judged in judged_cells):
            wrong = judged_cells[1] if width % head == 0 else judged_cells[0]
            expected = width // head if width % head == 0 else heads * head
            _contradict(wrong, text, f"{expected:,}")
        elif not any(judged.judgement.is_false for judged in judged_cells):
            continue  # the base has a model whose heads do not multiply to its width
        first = judged_cells[0]
        findings.append(
            RowFinding(first.row, first.spot.name, "contradiction", "self-contradiction", text)
        )
    return findings


def _sizes(units: Sequence[Sequence[JudgedCell]], reader: CellReader) -> list[RowFinding]:
    """Check parameters against layers and width: a dense block has about 12 × d_model² of them.

    The rule is that of Kaplan et al. 2020 (arXiv 2001.08361), section 2.1. A row is only reported where the
    rule holds for most rows of the table, and then only for a factor that no design explains.
    """
    full = [found for unit in units if len(found := _shape(unit, reader)) == len(_SHAPE)]
    broken = [item for item in full if not _fits(item)]
    if len(full) - len(broken) < _USUAL * len(full):
        return []
    findings = []
    for item in broken:
        judged = item["params_total"][0]
        if judged.judgement.verdict != "unsupported" or _SHARING.search(judged.spot.name):
            continue
        layers, width = item["n_layers"][1], item["d_model"][1]
        about = 12 * layers * width**2
        expected = f"about {about / 1e9:.2g}B"
        text = f"{layers:g} layers of width {width:,g} hold {expected} parameters in their blocks"
        _contradict(judged, text, expected)
        findings.append(
            RowFinding(judged.row, judged.spot.name, "contradiction", "self-contradiction", text)
        )
    return findings


def _named_sizes(units: Sequence[Sequence[JudgedCell]], reader: CellReader) -> list[RowFinding]:
    """Check parameters of unknown models against the size in their names, where most rows bear that out."""
    told = [judged for unit in units for judged in unit if _is_total(judged)]
    sized = [(judged, *both) for judged in told if (both := _size_and_name(judged, reader))]
    broken = [one for one in sized if not one[2] / _NOMINAL <= one[1] <= one[2] * _NOMINAL]
    if len(sized) - len(broken) < _USUAL * len(sized):
        return []
    findings = []
    for judged, _, named in broken:
        if judged.subject is None and judged.judgement.verdict == "unsupported":
            expected = f"{named / 1e9:.3g}B"
            text = f"its name says {expected}, not {judged.cell.text.strip()[:40]}"
            _contradict(judged, text, expected)
            findings.append(
                RowFinding(
                    judged.row, judged.spot.name, "contradiction", "self-contradiction", text
                )
            )
    return findings


def _is_total(judged: JudgedCell) -> bool:
    return judged.spot.headers[0].attribute == "params_total"


def _size_and_name(judged: JudgedCell, reader: CellReader) -> tuple[float, float] | None:
    """The parameters of a cell and those in its model's name; None where either has not just one number."""
    sizes = find_sizes(judged.spot.name)
    reading = reader.read(judged.cell.text, "params_total", judged.spot.headers[0].scale)
    if len(sizes) != 1 or len(reading.items) != 1 or _OF_EXPERTS.search(judged.spot.name):
        return None
    named, item = float(sizes[0].parameters or 0), reading.items[0]
    counted = item.low is not None and not item.scale.endswith("?")  # `×1.93` is no size
    return (float(item.value), named) if named and counted else None


_NOMINAL = 1.6
"""Factor by which a model may be larger or smaller than its name says: MiniCPM-2B has 2.7 billion."""
_OF_EXPERTS = late(r"\d\s?[x×]\s?\d|(?<![A-Za-z])[ae]\d", re.IGNORECASE)
"""Sizes in a name that are of one expert, of the active or of the effective parameters."""


def _shape(
    judged_cells: Sequence[JudgedCell], reader: CellReader
) -> dict[str, tuple[JudgedCell, float]]:
    found: dict[str, tuple[JudgedCell, float]] = {}
    for judged in judged_cells:
        header = judged.spot.headers[0]
        if header.attribute in _SHAPE:
            reading = reader.read(judged.cell.text, str(header.attribute), header.scale)
            if len(reading.items) == 1 and reading.items[0].low is not None:
                found[str(header.attribute)] = (judged, float(reading.items[0].value))
    return found


def _fits(item: Mapping[str, tuple[JudgedCell, float]]) -> bool:
    params, layers, width = (item[name][1] for name in _SHAPE)
    blocks = 12 * layers * width**2
    return blocks / _SLACK <= params <= blocks * _SLACK + _LARGEST_VOCABULARY * 2 * width


def _contradict(judged: JudgedCell, text: str, expected: str) -> None:
    judged.judgement = judged.judgement._replace(
        verdict="wrong", cause="self-contradiction", expected=expected, reason=text
    )


def _dates(
    layout: Layout, units: Sequence[Sequence[JudgedCell]], reader: CellReader
) -> list[RowFinding]:
    findings = []
    for unit in units:
        dated = [e for e in unit if e.spot.headers[0].attribute == "release_date"]
        if len(dated) != 1 or dated[0].judgement.verdict not in {"unsupported", "wrong"}:
            continue
        judged = dated[0]
        linked = _linked(layout, judged, unit)
        reading = reader.read(judged.cell.text, "release_date")
        if len(linked) != 1 or len(reading.items) != 1 or len(str(reading.items[0].value)) < 7:
            continue
        year, month = map(int, str(reading.items[0].value).split("-")[:2])
        other = linked.pop()
        later = (year * 12 + month) - (other[0] * 12 + other[1])
        if not -_MONTHS_APART < later < _MONTHS_AFTER:
            text = f"{judged.cell.text} stands beside a link of {other[0]}-{other[1]:02d}"
            if judged.judgement.verdict == "unsupported":
                _contradict(judged, text, f"{other[0]}-{other[1]:02d}")
            findings.append(
                RowFinding(
                    judged.row, judged.spot.name, "contradiction", "self-contradiction", text
                )
            )
    return findings


def _linked(layout: Layout, judged: JudgedCell, unit: Sequence[JudgedCell]) -> set[tuple[int, int]]:
    """Year and month of the papers and posts linked from the row or column."""
    texts = [other.cell.raw for other in unit]
    if not layout.orientation.endswith("columns"):
        texts = [cell.raw for cell in layout.table.rows[judged.row]]
    found = set()
    for text in texts:
        for match in _LINKED.finditer(text):
            year = int(match["year"] or 2000 + int(match["y"]))
            month = int(match["month"] or match["m"])
            if 1 <= month <= 12:
                found.add((year, month))
    return found
