"""Errors planted by a generator in tables of the base: which of them `factcheck` finds.

An error is a value of another model, a column that slips by one, another unit or another digit. It is
planted only where the result is surely false of its model.
"""

from __future__ import annotations

import csv
import io
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from llmnotes.display import value_text
from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.quantities import parse
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import connect
from llmnotes.tables import read

FALSE = {"wrong", "misplaced"}
COLUMNS = (
    "params_total", "n_layers", "d_model", "n_heads", "n_kv_heads", "head_dim", "d_ff", "vocab_size",
    "context_length", "training_tokens", "learning_rate", "batch_size", "release_date", "attention",
    "activation", "normalization", "positional_encoding", "architecture", "optimizer", "weight_decay",
    "n_encoder_layers", "rope_theta", "organization", "license",
)  # fmt: skip


@dataclass
class Sheet:
    """A table from the base: models by attributes, and which cells were made false by what."""

    models: list[str]
    names: list[str]
    attributes: list[str]
    cells: list[list[str]]
    planted: dict[tuple[int, int], str] = field(default_factory=dict)
    moved: set[tuple[int, int]] = field(default_factory=set)


def planted(count: int, seed: int = 7) -> tuple[Counter[str], Counter[str], int, int]:
    checker = Checker(connect())
    rows = (
        connect()
        .execute("SELECT id, name FROM models WHERE variant = 'base' ORDER BY id")
        .fetchall()
    )
    names = dict(rows)
    draw = random.Random(seed)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    alarms = clean = 0
    shown: list[str] = []
    started = time.perf_counter()
    cells = 0
    while sum(made.values()) < count:
        sheet = draw_sheet(checker, names, draw)
        across = draw.random() < 0.5
        plant(checker, sheet, draw, across)
        text = markdown(sheet, across) if draw.random() < 0.7 else csv_text(sheet, across)
        for checked in (
            checker.check(t)
            for t in read(text, "sheet.md" if text.startswith("|") else "sheet.csv")
        ):
            assert checked is not None
            for judged in checked.judged_cells:
                cells += 1
                place = place_of(judged, across)
                kind = sheet.planted.get(place)
                false = judged.judgement.verdict in FALSE
                if kind is None:
                    if place not in sheet.moved and judged.filled:
                        clean += 1
                        alarms += false
                        if false and len(shown) < 12:
                            shown.append(f"false alarm: {_told(judged)}")
                    continue
                made[kind] += 1
                found[kind] += false
                if not false and len(shown) < 40:
                    shown.append(f"missed {kind}: {_told(judged)}")
    seconds = time.perf_counter() - started
    _print_recall(made, found)
    print(f"false alarms {alarms} of {clean} true cells: {alarms / max(clean, 1):.3%}")
    print(f"{cells} cells in {seconds:.1f} s")
    for line in shown:
        print("  " + line)
    return made, found, alarms, clean


def place_of(judged: JudgedCell, across: bool) -> tuple[int, int]:
    """The row and column of the sheet that a cell was written from; `across` has models in columns."""
    row, column = judged.row - 1, judged.column - 1
    return (column, row) if across else (row, column)


def _print_recall(made: Counter[str], found: Counter[str]) -> None:
    print(f"{'planted':12} {'errors':>7} {'found':>7} {'recall':>8}")
    for kind in made:
        print(f"{kind:12} {made[kind]:>7} {found[kind]:>7} {found[kind] / made[kind]:>8.2%}")
    print(f"{'all':12} {made.total():>7} {found.total():>7} {found.total() / made.total():>8.2%}")


def _told(judged: JudgedCell) -> str:
    found = judged.judgement
    return (
        f"{judged.spot.name.strip()} {found.attribute} {judged.cell.text!r}: {found.verdict}, "
        f"expected {found.expected[:40]!r} {found.reason[:60]}"
    )


def draw_sheet(checker: Checker, names: dict[str, str], draw: random.Random) -> Sheet:
    models = draw.sample(sorted(names), 8)
    attributes = draw.sample(COLUMNS, 8)
    cells = [[_text(checker, model, name, draw) for name in attributes] for model in models]
    return Sheet(models, [names[m] for m in models], attributes, cells)


def _text(checker: Checker, model: str, name: str, draw: random.Random) -> str:
    first = checker.base.known(model, name).first
    if first is None:
        return ""
    if isinstance(first.value, int) and not isinstance(first.value, bool) and draw.random() < 0.3:
        return str(first.value)
    return value_text(ATTRIBUTES[name], first.value)


def _values(checker: Checker, model: str, name: str) -> list[Any]:
    return [claim.value for claim in checker.base.known(model, name).claims]


def _differs(checker: Checker, model: str, other: str, name: str) -> bool:
    """Whether another model's value is surely false of this one."""
    mine, theirs = _values(checker, model, name), _values(checker, other, name)
    if not mine or not theirs or theirs[0] in mine:
        return False
    if name == "release_date":
        return not any(str(theirs[0])[:7] == str(m)[:7] for m in mine)
    if isinstance(theirs[0], int | float):
        numbers = [m for value in mine for m in (value if isinstance(value, list) else [value])]
        return all(
            abs(n - theirs[0]) > 0.08 * abs(n) for n in numbers if isinstance(n, int | float)
        )
    pair = {str(theirs[0]), *map(str, mine)}
    related = ({"Adam", "AdamW"}, {"BPE", "byte-level BPE"}, {"BPE", "byte-fallback BPE"})
    return not any(len(pair & alike) > 1 for alike in related)


def plant(checker: Checker, sheet: Sheet, draw: random.Random, across: bool) -> None:
    """Three errors, each of one kind, in cells that nothing was done to yet."""
    for _ in range(3):
        kind = draw.choice(["swap", "shift", "unit slip", "digit slip", "neighbour"])
        _PLANTS[kind](checker, sheet, draw)


def _free(sheet: Sheet, row: int, column: int) -> bool:
    return (
        (row, column) not in sheet.planted
        and (row, column) not in sheet.moved
        and bool(sheet.cells[row][column])
    )


def _swap(checker: Checker, sheet: Sheet, draw: random.Random) -> None:
    for _ in range(20):
        first, second = draw.sample(range(len(sheet.models)), 2)
        column = draw.randrange(len(sheet.attributes))
        name = sheet.attributes[column]
        a, b = sheet.models[first], sheet.models[second]
        if (
            _free(sheet, first, column)
            and _free(sheet, second, column)
            and _differs(checker, a, b, name)
            and _differs(checker, b, a, name)
        ):
            cells = sheet.cells
            cells[first][column], cells[second][column] = (
                cells[second][column],
                cells[first][column],
            )
            sheet.planted[first, column] = sheet.planted[second, column] = "swap"
            return


def _neighbour(checker: Checker, sheet: Sheet, draw: random.Random) -> None:
    for _ in range(20):
        row, column = draw.randrange(len(sheet.models) - 1), draw.randrange(len(sheet.attributes))
        if (
            _free(sheet, row, column)
            and _free(sheet, row + 1, column)
            and _differs(
                checker, sheet.models[row], sheet.models[row + 1], sheet.attributes[column]
            )
        ):
            sheet.cells[row][column] = sheet.cells[row + 1][column]
            sheet.planted[row, column] = "neighbour"
            return


def _shift(checker: Checker, sheet: Sheet, draw: random.Random) -> None:
    """One attribute's values slip by one model from some model on; the last falls off."""
    for _ in range(20):
        column, start = (
            draw.randrange(len(sheet.attributes)),
            draw.randrange(1, len(sheet.models) - 2),
        )
        rows = range(start, len(sheet.models))
        if any((row, column) in sheet.planted or (row, column) in sheet.moved for row in rows):
            continue
        values = [sheet.cells[row][column] for row in rows]
        if sum(map(bool, values)) < 3:
            continue
        name = sheet.attributes[column]
        for row, value in zip(rows, ["", *values[:-1]], strict=True):
            sheet.cells[row][column] = value
            sheet.moved.add((row, column))
            if value and _differs(checker, sheet.models[row], sheet.models[row - 1], name):
                sheet.planted[row, column] = "shift"
        return


def _unit(checker: Checker, sheet: Sheet, draw: random.Random) -> None:
    steps = {"T": "B", "B": "M", "M": "B", "k": "M"}
    for _ in range(30):
        row, column = draw.randrange(len(sheet.models)), draw.randrange(len(sheet.attributes))
        text = sheet.cells[row][column]
        attribute = ATTRIBUTES[sheet.attributes[column]]
        if not _free(sheet, row, column) or attribute.kind not in {"integer", "batch"}:
            continue
        letter = next(
            (c for c in text if c in steps and text[: text.index(c)].replace(".", "").isdigit()),
            None,
        )
        if letter:
            sheet.cells[row][column] = text.replace(letter, steps[letter], 1)
        elif text.replace(",", "").isdigit() and attribute.unit in {"tokens", "parameters"}:
            sheet.cells[row][column] = text.replace(",", "") + draw.choice("kM")
        else:
            continue
        sheet.planted[row, column] = "unit slip"
        return


def _digit(checker: Checker, sheet: Sheet, draw: random.Random) -> None:
    for _ in range(30):
        row, column = draw.randrange(len(sheet.models)), draw.randrange(len(sheet.attributes))
        text = sheet.cells[row][column]
        attribute = ATTRIBUTES[sheet.attributes[column]]
        if not _free(sheet, row, column) or attribute.kind not in {
            "integer",
            "number",
            "batch",
            "date",
        }:
            continue
        if "→" in text or "·" in text:
            continue
        places = [i for i, c in enumerate(text) if c.isdigit()][:2]
        if attribute.kind == "date":
            places = [3] if len(text) == 4 else [3, 6]
        if not places or "e" in text[: places[-1]]:
            continue
        place = draw.choice(places)
        digit = draw.choice([d for d in "123456789" if d != text[place]])
        new = text[:place] + digit + text[place + 1 :]
        if attribute.kind == "date" and not 1 <= int((new + "-01")[5:7] or 1) <= 12:
            continue
        if draw.random() < 0.3 and attribute.kind == "integer" and text.replace(",", "").isdigit():
            new = text + "0"
        if _near(checker, sheet.models[row], sheet.attributes[column], new, text):
            continue
        sheet.cells[row][column] = new
        sheet.planted[row, column] = "digit slip"
        return


def _near(checker: Checker, model: str, name: str, new: str, old: str) -> bool:
    """Whether a changed number is still one of the model's published figures, as it is rounded."""
    if name == "release_date":
        return any(str(v).startswith(new[:7]) for v in _values(checker, model, name))
    try:
        number = float(parse(new).value)
    except ValueError:
        return True
    numbers = []
    for value in _values(checker, model, name):
        value = value["stages"] if isinstance(value, dict) and "stages" in value else value
        numbers += value if isinstance(value, list) else [value]
    return any(abs(number - n) <= 0.06 * abs(n) for n in numbers if isinstance(n, int | float))


_PLANTS = {
    "swap": _swap,
    "shift": _shift,
    "unit slip": _unit,
    "digit slip": _digit,
    "neighbour": _neighbour,
}


def _lines(sheet: Sheet, across: bool) -> Iterator[list[str]]:
    labels = [ATTRIBUTES[name].label for name in sheet.attributes]
    if across:
        yield ["", *sheet.names]
        for column, label in enumerate(labels):
            yield [label, *(row[column] for row in sheet.cells)]
    else:
        yield ["Model", *labels]
        for name, row in zip(sheet.names, sheet.cells, strict=True):
            yield [name, *row]


def markdown(sheet: Sheet, across: bool) -> str:
    lines = [f"| {' | '.join(line)} |" for line in _lines(sheet, across)]
    lines.insert(1, "|" + "---|" * (lines[0].count("|") - 1))
    return "\n".join(lines) + "\n"


def csv_text(sheet: Sheet, across: bool) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(_lines(sheet, across))
    return out.getvalue()
