"""Published tables with known errors: which errors `factcheck` finds, and which true cells it calls false."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.store.connect import connect
from llmnotes.tables import read_file
from llmnotes.vocabulary import fold

_NEAR = Path(__file__).parent.parent.parent / "shared" / "reference"
REFERENCE = Path(os.environ.get("LLMNOTES_REFERENCE", _NEAR)) / "tables"
FALSE = {"wrong", "misplaced"}
HARD = {"wrong", "inconsistent"}
HARMLESS = {"convention", "binary-units", "unit-trap", "rounding", "truncated", "off-by-one-day"}
NAMES = {"batch_size_tokens": "batch_size", "batch_size_sequences": "batch_size", "language": "languages",
         "base_model": "based_on"}  # fmt: skip
MARKS = str.maketrans("−–—", "---")


@dataclass
class Score:
    """What was counted in one file."""

    facts: int = 0
    true: int = 0
    agrees: int = 0
    alarms: list[str] = field(default_factory=list)
    hard: int = 0
    missed: list[str] = field(default_factory=list)
    other: int = 0
    other_missed: list[str] = field(default_factory=list)

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
        score = scored(checker, place, source)
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


def scored(checker: Checker, place: Path, source: Path) -> Score:
    """What is found in one published table, held against what is known of it."""
    checked = [one for t in read_file(source) if (one := checker.check(t)) is not None]
    judged_cells = [judged for table in checked for judged in table.judged_cells]
    errors = _records(place / "errors.yaml")
    score = Score()
    for fact in _records(place / "truth.yaml"):
        if fact.get("disputed"):
            continue
        score.facts += 1
        judged = _entry(
            checker, judged_cells, fact["model"], fact["attribute"], fact.get("raw", "")
        )
        if judged is None or not _held(checker, judged):
            continue
        score.true += 1
        score.agrees += judged.judgement.verdict in TRUE_VERDICTS
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
