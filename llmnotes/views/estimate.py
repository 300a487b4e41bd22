"""Estimates as tables: a bar for each part, every figure rounded and in full."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from llmnotes.display import figure_text
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.knowledge.estimate import Estimate, FigureLine
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.quantities import compact, exact
from llmnotes.sizing import HARDWARE, Figure

_WIDE, _NARROW = 14, 8
"""Characters of a bar in a table of one model, and of several."""

_LARGEST = 1e15
"""Larger figures are shown with an exponent; raw formats keep all digits."""

_GROUPS = {
    "cache": "KV cache",
    "memory": "Memory",
    "formats": "Weights by number format",
    "compute": "Compute per token",
    "training": "Training",
}
_TOTALS = 2
"""The figures of the first group: total and active."""

_BOUND = {"compute": "compute-bound", "memory bandwidth": "memory-bound"}

Labelled = tuple[str, str, str, str]
"""Group, key, label and unit of a row."""


def estimate_answer(
    found: Sequence[Estimate],
    group: Subject | None = None,
    refused: Sequence[tuple[str, str]] = (),
    *,
    formulas: bool = False,
) -> Answer:
    """One model's figures in rows, or those of a family or folder with a column for each member."""
    if group is None:
        tables = [_single(found[0])]
        data: Any = found[0].as_json()
    else:
        tables = [_members(found, group)]
        data = {
            group.kind: group.id,
            "name": group.name,
            "models": [item.as_json() for item in found],
            "refused": [{"model": model, "reason": reason} for model, reason in refused],
        }
    if formulas:
        tables += [_formulas(item) for item in found]
    return Answer(tables, data, records=None if group is None else "models")


def hardware_answer() -> Answer:
    """The devices known to `--hardware`, with their peaks and sources."""
    rows = []
    for item in HARDWARE.values():
        peaks = ", ".join(f"{name} {flops / 1e12:g}" for name, flops in item.flops.items())
        texts = (
            item.id,
            item.name,
            f"{item.memory / 1e9:g} GB",
            f"{item.bandwidth / 1e12:g} TB/s",
            peaks,
            item.source,
        )
        rows.append(Row(tuple(Cell(text, text) for text in texts)))
    columns = ("Device", "Name", "Memory", "Bandwidth", "Peak TFLOP/s", "Source")
    return Answer([AnswerTable(columns, rows)], [asdict(item) for item in HARDWARE.values()])


def bar(share: float, width: int = _WIDE) -> str:
    """A bar of `width` characters filled to the share, readable without colour and in ASCII."""
    full = min(width, round(share * width))
    return "█" * full + "░" * (width - full)


def _single(found: Estimate) -> AnswerTable:
    rows = []
    heading: str | None = "Parameters"
    for part, size in found.count.parts.items():
        share = size / found.count.total
        drawn = Cell(f"{bar(share)} {share * 100:.1f} %", f"{share * 100:.1f} %")
        cells = _label(part), drawn, Cell(exact(size), size), _unit("parameters")
        rows.append(Row(cells, heading))
        heading = None
    figures = _rows(found)
    apart = [_apart(what, entry["parameters"]) for what, entry in found.excluded.items()]
    rows += [*figures[:_TOTALS], *apart, *figures[_TOTALS:]]
    caption = f"{_title(found)}: {_counted(found)}"
    columns = ("Figure", "In short", "In full", "Unit")
    return AnswerTable(columns, rows, numeric=frozenset({2}), caption=caption, raw=True)


def _apart(what: str, size: int | None) -> Row:
    """A part of the checkpoint that the total leaves out."""
    cells = (Cell("not counted", "not counted"), Cell(exact(size) if size else "", size))
    return Row((Cell(what, f"excluded.{what}"), *cells, _unit("parameters" if size else "")))


def _counted(found: Estimate) -> str:
    """What is counted and what is not, in one sentence."""
    apart = ", ".join(f"{what} ({entry['why']})" for what, entry in found.excluded.items())
    return found.count.counted + (f"; not counted: {apart}" if apart else "")


def _title(found: Estimate) -> str:
    shape = found.shape
    return shape.id if shape.name == shape.id else f"{shape.name} ({shape.id})"


def _label(part: str) -> Cell:
    return Cell(part.replace("_", " "), f"params.{part}")


def _unit(unit: str) -> Cell:
    """A unit, abbreviated."""
    return Cell(unit.replace("parameter", "param"), unit)


def _lines(found: Sequence[Estimate]) -> list[FigureLine]:
    """The lines to show: the cache's growth only where windows or states limit it, and the cache of another
    sequence only where there is one."""
    whole, growth = "kv_cache_bytes_per_token", "kv_cache_growth_bytes_per_token"
    source = "kv_cache_bytes_per_source_token"
    hidden = set()
    if all(item.value(growth) == item.value(whole) for item in found):
        hidden.add(growth)
    if not any(item.value(source) for item in found):
        hidden.add(source)
    lines = {line.key: line for item in found for line in item.lines}
    return [line for line in lines.values() if line.key not in hidden]


def _rows(found: Estimate) -> list[Row]:
    rows = []
    before = "parameters"
    for line in _lines([found]):
        heading = _heading(line.group) if line.group != before else None
        before = line.group
        figure = line.figure
        cells = (
            Cell(line.label, line.key),
            Cell(short(figure), short(figure)),
            Cell(_full(figure.value), figure.value),
            _unit(figure.unit),
        )
        rows.append(Row(cells, heading))
    return rows


def _heading(group: str) -> str:
    if group in HARDWARE:
        return f"Time on one {group}"
    return _GROUPS[group]


def _full(value: float) -> str:
    """All digits of counts that are short enough; five of other figures, four of a ratio."""
    if abs(value) >= _LARGEST:
        return exact(float(f"{value:.5g}"))
    if float(value).is_integer():
        return exact(value)
    return f"{value:.4g}"


def short(figure: Figure) -> str:
    """A figure rounded for readers: `512 KiB`, `13.2 GFLOP`, `4.02 ms, memory-bound`."""
    value, unit = figure.value, figure.unit.partition("/")[0]
    if unit == "bytes":
        return figure_text(value, "bytes")
    if unit == "FLOP":
        return figure_text(value, "FLOP") if value < 1e18 else f"{value:.3g} FLOP"
    if unit == "s":
        scale, name = (1, "s") if value >= 1 else (1e3, "ms") if value >= 1e-3 else (1e6, "µs")
        return f"{value * scale:.3g} {name}, {_BOUND[str(figure.inputs['bound_by'])]}"
    if unit == "parameters":
        return compact(value)
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _members(found: Sequence[Estimate], group: Subject) -> AnswerTable:
    """A column for each member; bars show each part's share of its own model."""
    parts = list(dict.fromkeys(part for item in found for part in item.count.parts))
    rows = []
    heading: str | None = "Parameters"
    for part in parts:
        cells = [_label(part), *(_share(item, part) for item in found)]
        rows.append(Row((*cells, _unit("parameters")), heading))
        heading = None
    before = "parameters"
    for part, key, label, unit in _labelled(found):
        heading = _heading(part) if part != before else None
        before = part
        cells = [Cell(label, key), *(_figure(item, key) for item in found)]
        rows.append(Row((*cells, _unit(unit)), heading))
    conventions = "; or ".join(dict.fromkeys(_counted(item) for item in found))
    columns = ("Figure", *(item.shape.id for item in found), "Unit")
    return AnswerTable(columns, rows, caption=f"{group.name} ({group.id}): {conventions}", raw=True)


def _share(item: Estimate, part: str) -> Cell:
    size = item.count.parts.get(part, 0)
    share = size / item.count.total
    return Cell(f"{bar(share, _NARROW)} {share * 100:.1f} %", size)


def _labelled(found: Sequence[Estimate]) -> list[Labelled]:
    """The rows that the members have, in order; a length that differs is omitted from the label."""
    same = len({item.context for item in found}) == 1
    return [
        (line.group, line.key, line.label if same else _without_length(line), line.figure.unit)
        for line in _lines(found)
    ]


def _without_length(line: FigureLine) -> str:
    own = {
        "kv_cache_bytes": "at its own length",
        "flops_per_token_at_context": "forward, at its own length",
    }
    key = line.key.rpartition(".")[2]
    times = {"prefill_seconds": "prefill, own length", "decode_seconds": "decode, own length"}
    return own.get(line.key) or times.get(key) or line.label


def _figure(item: Estimate, key: str) -> Cell:
    for line in item.lines:
        if line.key == key:
            return Cell(short(line.figure), line.figure.value)
    return Cell("")


def _formulas(found: Estimate) -> AnswerTable:
    rows = []
    before = ""
    for line in found.lines:
        heading = _heading(line.group) if line.group not in (before, "parameters") else None
        before = line.group
        figure = line.figure
        inputs = ", ".join(f"{key} = {_input(value)}" for key, value in figure.inputs.items())
        note = f" ({figure.note})" if figure.note else ""
        texts = (line.label, figure.formula, inputs, figure.source + note)
        rows.append(Row(tuple(Cell(text, text) for text in texts), heading))
    caption = f"{_title(found)}: how the figures come about"
    return AnswerTable(("Figure", "Formula", "Inputs", "Source"), rows, caption=caption)


def _input(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return exact(value)
