"""A comparison as a table with footnotes."""

from __future__ import annotations

from llmnotes.display import figure_text
from llmnotes.export.answer import Answer, Cell, Row, Table
from llmnotes.export.footnote import Footnote
from llmnotes.knowledge.compare import SIZE_MARK, Comparison
from llmnotes.knowledge.effects import Effect
from llmnotes.knowledge.sources import short_reference
from llmnotes.schema import GROUPS


def comparison_answer(
    found: Comparison, *, with_sources: bool = True, with_effects: bool = True, caption: str = ""
) -> Answer:
    """The table of a comparison: a row per attribute, groups as headings, sources as footnotes."""
    numbers = {source["id"]: number for number, source in enumerate(found.sources, start=1)}
    rows = []
    group = None
    for row in found.rows:
        heading = GROUPS[row.attribute.group] if row.attribute.group != group else None
        group = row.attribute.group
        cells = [Cell(row.attribute.label, row.attribute.id, marked=row.differs)]
        for cell in row.cells:
            cited = tuple(sorted(numbers[key] for key in cell.sources)) if with_sources else ()
            cells.append(Cell(cell.text, cell.text, cited))
        rows.append(Row(tuple(cells), heading))
    columns = ("Attribute", *(subject.name for subject in found.subjects))
    details = ("", *(_sizes(subject.sizes, subject.kind) for subject in found.subjects))
    notes = [
        Footnote(numbers[source["id"]], short_reference(source), source["url"], source["id"])
        for source in found.sources
    ]
    table = Table(columns, rows, details, footnotes=notes if with_sources else [], caption=caption)
    tables = [table, *(_effects(found) if with_effects else [])]
    return Answer(tables, found.as_json(), records="rows")


def _effects(found: Comparison) -> list[Table]:
    """What the differences cost, each figure with its ratio to the first subject's."""
    if not found.effects:
        return []
    first, *others = found.subjects
    columns: tuple[str, ...] = ("Effect", first.name)
    for subject in others:
        columns += (subject.name, f"against {first.name}")
    rows = []
    for effect in found.effects:
        cells = [Cell(effect.label, effect.quantity), Cell(_figure(effect, 0))]
        for position, ratio in enumerate(effect.ratios, start=1):
            cells += [Cell(_figure(effect, position)), Cell(ratio_text(ratio))]
        rows.append(Row(tuple(cells)))
    return [Table(columns, rows, caption="Effects", aside=True)]


def _figure(effect: Effect, position: int) -> str:
    bounds = effect.values[position]
    if bounds is None:
        return "–"
    low, high = (figure_text(number, effect.unit) for number in bounds)
    return low if low == high else f"{low} – {high}"


def ratio_text(ratio: tuple[float, float] | None) -> str:
    """A quotient as people say it: `+12 %` near one, `×0.25` far from it; a range where it is one."""
    if ratio is None:
        return "–"
    near = all(2 / 3 < number < 1.5 for number in ratio)
    low, high = (_quotient(number, near) for number in ratio)
    return low if low == high else f"{low} – {high}"


def _quotient(number: float, near: bool) -> str:
    if near:
        return "same" if abs(number - 1) < 0.0005 else f"{(number - 1) * 100:+.3g} %"
    return f"×{number:,.0f}" if number >= 1000 else f"×{number:.3g}"


def _sizes(sizes: list[str], kind: str) -> str:
    return SIZE_MARK.join(sizes) if kind == "family" and len(sizes) > 1 else ""
