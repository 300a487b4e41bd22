"""How well `factcheck` judges: published tables with known errors, and errors planted by a generator.

python benchmarks/factcheck.py                 both
python benchmarks/factcheck.py tables [DIR]    published tables with truth.yaml and errors.yaml
python benchmarks/factcheck.py planted [N]     N planted errors (10,000)
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from llmnotes.display import value_text
from llmnotes.factcheck.judging.check import CheckedTable, Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.connect import connect
from llmnotes.tables import read, read_file
from llmnotes.vocabulary import fold

REFERENCE = Path(__file__).parent.parent.parent / "shared" / "reference" / "tables"
FALSE = {"wrong", "misplaced"}
HARD = {"wrong", "inconsistent"}
HARMLESS = {"convention", "binary-units", "unit-trap", "rounding", "truncated", "off-by-one-day"}
NAMES = {"batch_size_tokens": "batch_size", "batch_size_sequences": "batch_size", "language": "languages",
         "base_model": "based_on"}  # fmt: skip
MARKS = str.maketrans("−–—", "---")


# ---- published tables ----


@dataclass
class Score:
    """What was counted in one file."""

    true: int = 0
    alarms: list[str] = field(default_factory=list)
    hard: int = 0
    missed: list[str] = field(default_factory=list)
    other: int = 0
    other_missed: list[str] = field(default_factory=list)
    read: int = 0
    gold: int = 0

    def __iadd__(self, more: Score) -> Score:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(more, name))
        return self


def tables(folder: Path) -> Score:
    checker = Checker(connect())
    total = Score()
    print(
        f"{'table':38} {'true':>5} {'alarms':>6} {'errors':>6} {'found':>6} {'kinds':>6} {'right':>6}"
    )
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        source = next(place.glob("table.*"), None)
        if source is None:
            continue
        checked = [one for t in read_file(source) if (one := checker.check(t)) is not None]
        score = _score(checker, place, checked)
        total += score
        if score.true or score.hard or score.other:
            print(
                f"{place.name:38} {score.true:>5} {len(score.alarms):>6} {score.hard:>6} "
                f"{score.hard - len(score.missed):>6} {score.other:>6} "
                f"{score.other - len(score.other_missed):>6}"
            )
    print(
        f"{'all':38} {total.true:>5} {len(total.alarms):>6} {total.hard:>6} "
        f"{total.hard - len(total.missed):>6} {total.other:>6} {total.other - len(total.other_missed):>6}"
    )
    for title, found in (
        ("true cells called false", total.alarms),
        ("errors not found", total.missed),
        ("other kinds judged otherwise", total.other_missed),
    ):
        for line in found:
            print(f"  {title}: {line}")
    return total


def _score(checker: Checker, place: Path, checked: list[CheckedTable]) -> Score:
    judged_cells = [judged for table in checked for judged in table.judged_cells]
    errors = _records(place / "errors.yaml")
    score = Score()
    for fact in _records(place / "truth.yaml"):
        if fact.get("disputed"):
            continue
        judged = _entry(
            checker, judged_cells, fact["model"], fact["attribute"], fact.get("raw", "")
        )
        if judged is None or not _held(checker, judged):
            continue
        score.true += 1
        if judged.judgement.verdict in FALSE:
            score.alarms.append(
                f"{place.name}: {fact['model']} {fact['attribute']} {fact.get('raw')}: "
                f"{judged.judgement.reason[:90]}"
            )
    for error in errors:
        judged = _entry(checker, judged_cells, error["model"], error["attribute"], error["printed"])
        if judged is None or not _held(checker, judged):
            continue
        kind, verdict = error["kind"], judged.judgement.verdict
        label = f"{place.name}: {error['cell']} {error['printed']} ({kind}) is {verdict}"
        if kind in HARD:
            score.hard += 1
            if verdict not in FALSE:
                score.missed.append(label)
        elif kind in HARMLESS | {"source-conflict", "typo", "overgeneral", "incomplete"}:
            score.other += 1
            right = {"source-conflict": verdict == "disputed", "typo": verdict == "misspelt"}
            if not right.get(kind, verdict not in FALSE):
                score.other_missed.append(label)
    return score


def _records(path: Path) -> list[dict[str, Any]]:
    return (yaml.safe_load(path.read_text("utf-8")) or []) if path.exists() else []


def _entry(
    checker: Checker, judged_cells: list[JudgedCell], model: str, attribute: str, printed: Any
) -> JudgedCell | None:
    """The entry for a fact: same model, same attribute, same printed value."""
    name = NAMES.get(attribute, attribute)
    wanted = _plain(str(printed))
    subject = checker.names.find(model)
    for judged in judged_cells:
        header = judged.spot.headers[0]
        if name not in header.attributes and not (
            name.startswith("params") and "params" in str(header.attribute)
        ):
            continue
        if wanted not in _plain(judged.cell.text) and wanted not in _plain(judged.cell.raw):
            continue
        same = (
            subject is not None
            and judged.subject is not None
            and set(subject.models) & set(judged.subject.models)
        )
        if same or fold(model) == fold(judged.spot.name):
            return judged
    return None


def _plain(text: str) -> str:
    return fold(text.translate(MARKS))


def _held(checker: Checker, judged: JudgedCell) -> bool:
    if judged.subject is None:
        return False
    name = str(judged.spot.headers[0].attribute)
    return any(checker.base.known(model, name).claims for model in judged.subject.models)


# ---- planted errors ----

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
        sheet = _sheet(checker, names, draw)
        across = draw.random() < 0.5
        _plant(checker, sheet, draw, across)
        text = _markdown(sheet, across) if draw.random() < 0.7 else _csv(sheet, across)
        for checked in (
            checker.check(t)
            for t in read(text, "sheet.md" if text.startswith("|") else "sheet.csv")
        ):
            assert checked is not None
            for judged in checked.judged_cells:
                cells += 1
                place = (
                    (judged.column - 1, judged.row - 1)
                    if across
                    else (judged.row - 1, judged.column - 1)
                )
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
    print(f"{'planted':12} {'errors':>7} {'found':>7} {'recall':>8}")
    for kind in made:
        print(f"{kind:12} {made[kind]:>7} {found[kind]:>7} {found[kind] / made[kind]:>8.2%}")
    print(f"{'all':12} {made.total():>7} {found.total():>7} {found.total() / made.total():>8.2%}")
    print(f"false alarms {alarms} of {clean} true cells: {alarms / max(clean, 1):.3%}")
    print(f"{cells} cells in {seconds:.1f} s")
    for line in shown:
        print("  " + line)
    return made, found, alarms, clean


def _told(judged: JudgedCell) -> str:
    found = judged.judgement
    return (
        f"{judged.spot.name.strip()} {found.attribute} {judged.cell.text!r}: {found.verdict}, "
        f"expected {found.expected[:40]!r} {found.reason[:60]}"
    )


def _sheet(checker: Checker, names: dict[str, str], draw: random.Random) -> Sheet:
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


def _plant(checker: Checker, sheet: Sheet, draw: random.Random, across: bool) -> None:
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
    from llmnotes.quantities import parse

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


def _markdown(sheet: Sheet, across: bool) -> str:
    lines = [f"| {' | '.join(line)} |" for line in _lines(sheet, across)]
    lines.insert(1, "|" + "---|" * (lines[0].count("|") - 1))
    return "\n".join(lines) + "\n"


def _csv(sheet: Sheet, across: bool) -> str:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows(_lines(sheet, across))
    return out.getvalue()


def main(arguments: list[str]) -> int:
    what = arguments[0] if arguments else "both"
    if what in {"both", "tables"}:
        folder = Path(arguments[1]) if len(arguments) > 1 and what == "tables" else REFERENCE
        if folder.is_dir():
            tables(folder)
        else:
            print(f"{folder} is not here; name a folder of tables with truth.yaml and errors.yaml")
    if what in {"both", "planted"}:
        planted(int(arguments[1]) if len(arguments) > 1 and what == "planted" else 10_000)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
