"""Errors planted one by one in published tables: which of them `factcheck` tells where they stand.

A cell that is judged true gets another digit, another unit or the cell of another row, where the result is
surely false of its model. Each is judged in its own copy of the table, as a reader would meet it.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import connect
from llmnotes.tables import read_file
from llmnotes.tables.model import Table

SUFFIXES = {".md", ".csv", ".tsv", ".html", ".tex"}
APART = 0.12
"""Share by which a planted number differs from each of the base's."""
MONTHS_APART = 3
NUMBERS = {"integer", "number"}
UNITS = {"T": "B", "B": "M", "M": "B", "K": "M", "k": "M"}
Plant = Callable[[JudgedCell, Sequence[JudgedCell], random.Random], "str | None"]


def slips(folder: Path, each: int = 6, seed: int = 7) -> tuple[Counter[str], Counter[str]]:
    """Plant up to `each` errors in every table below a folder; print and return made and found ones."""
    checker, draw = Checker(connect()), random.Random(seed)
    made: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
        for table in read_file(path):
            for kind, cell, text in _planted(checker, table, draw, each):
                said = _said(checker, table, cell, text)
                told = any(one.is_false for one in said)
                made[kind] += 1
                found[kind] += told
                if not told:
                    why = next((f"{one.verdict}: {one.reason}" for one in said), "not judged")
                    name = cell.spot.name.strip()[:30]
                    print(
                        f"  missed {kind}: {path.parent.name}/{path.name} {name} "
                        f"{cell.judgement.attribute} {cell.cell.text[:30]!r} → {text[:30]!r}: "
                        f"{why[:160]}"
                    )
    for kind in made:
        print(f"{kind:12} {made[kind]:>7} {found[kind]:>7} {found[kind] / made[kind]:>8.2%}")
    print(
        f"{'all':12} {made.total():>7} {found.total():>7} {found.total() / max(made.total(), 1):>8.2%}"
    )
    return made, found


def _planted(
    checker: Checker, table: Table, draw: random.Random, each: int
) -> Iterator[tuple[str, JudgedCell, str]]:
    checked = checker.check(table)
    cells = checked.judged_cells if checked is not None else []
    true = [c for c in cells if c.subject and c.judgement.verdict in TRUE_VERDICTS and _is_value(c)]
    made = 0
    for _ in range(each * 8 if true else 0):
        cell, (kind, plant) = draw.choice(true), draw.choice(list(PLANTS.items()))
        text = plant(cell, true, draw)
        if text is not None and text != cell.cell.text and _is_false(checker, cell, text):
            yield kind, cell, text
            made += 1
        if made == each:
            return


def _is_value(cell: JudgedCell) -> bool:
    header = cell.spot.headers[0]
    kind = ATTRIBUTES[cell.judgement.attribute].kind
    return not header.benchmark and not header.term and kind in NUMBERS | {"date"}


def _digit(cell: JudgedCell, true: Sequence[JudgedCell], draw: random.Random) -> str | None:
    """Another of the first two digits; of a year the last."""
    text = cell.cell.text
    dated = ATTRIBUTES[cell.judgement.attribute].kind == "date"
    places = [m.start() for m in re.finditer(r"\d", text)]
    places = [m.end() - 1 for m in re.finditer(r"20\d\d", text)][:1] if dated else places[:2]
    if not places:
        return None
    place = draw.choice(places)
    digit = draw.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _unit(cell: JudgedCell, true: Sequence[JudgedCell], draw: random.Random) -> str | None:
    match = re.search(r"(?<=\d)\s?([TBMKk])(?![A-Za-z]*\d)", cell.cell.text)
    if match is None:
        return None
    text = cell.cell.text
    return text[: match.start(1)] + UNITS[match[1]] + text[match.end(1) :]


def _other(cell: JudgedCell, true: Sequence[JudgedCell], draw: random.Random) -> str | None:
    """The cell of another model below the same header."""
    others = [
        c for c in true if c.judgement.attribute == cell.judgement.attribute and c is not cell
    ]
    return draw.choice(others).cell.text if others else None


PLANTS: dict[str, Plant] = {"digit": _digit, "unit": _unit, "other model": _other}


def _is_false(checker: Checker, cell: JudgedCell, text: str) -> bool:
    """Whether a text that holds one value differs from every value of its models in the base."""
    name = cell.judgement.attribute
    assert cell.subject is not None
    known = [
        c.value for model in cell.subject.models for c in checker.base.known(model, name).claims
    ]
    readings = checker.spots.reader.readings(text, cell.spot.headers[0])
    if not known or not readings or len(readings[0].items) != 1:
        return False
    item = readings[0].items[0]
    if ATTRIBUTES[name].kind == "date":
        months = [_months(str(value)) for value in known]
        return all(abs(_months(str(item.value)) - month) >= MONTHS_APART for month in months)
    numbers = [value for value in known if isinstance(value, int | float)]
    if item.low is None:  # words, as the header was not read as a number's
        return False
    meant = [float(one.value) for one in (item, *item.others)]
    return bool(numbers) and all(abs(m - n) > APART * abs(n) for m in meant for n in numbers)


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7] or 6)


def _said(checker: Checker, table: Table, cell: JudgedCell, text: str) -> list[Judgement]:
    """What is said of the cell in a copy of the table with another text in it."""
    planted = cell.cell._replace(text=text, raw=cell.cell.raw.replace(cell.cell.text, text))
    rows = [[planted if one is cell.cell else one for one in row] for row in table.rows]
    checked = checker.check(table._replace(rows=rows))
    every = checked.judged_cells if checked is not None else []
    return [one.judgement for one in every if (one.row, one.column) == (cell.row, cell.column)]
