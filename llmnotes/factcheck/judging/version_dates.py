"""Dates of the versions of one model: those in their names, and several of one model in a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_DATE = "release_date"
_TAG = late(r"(?<!\d)(?:(20\d\d)[-_]?)?([01]\d)[-_]?([0-3]\d)(?!\d)")
"""The day of a version in a name: `gpt-4-0125-preview`, `claude-3-haiku-20240307`."""


def leave_dates_of_versions(judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong dates of versions: the day in the row's own name, or one of several dates that the
    table gives for one model."""
    dated = [cell for cell in judged_cells if cell.judgement.attribute == _DATE and cell.filled]
    by_model: dict[tuple[str, ...], set[str]] = {}
    for cell in dated:
        if cell.subject is not None and len(cell.subject.models) == 1:
            by_model.setdefault(cell.subject.models, set()).add(cell.cell.text.strip())
    for cell in dated:
        found = cell.judgement
        if not found.is_false or cell.subject is None:
            continue
        if _is_in_name(cell):
            cell.judgement = withdrawn(found, "it is the day of the version in the name")
        elif len(by_model.get(cell.subject.models, ())) > 1:
            cell.judgement = withdrawn(
                found, "the table gives several dates of it, perhaps of its versions"
            )


def _is_in_name(cell: JudgedCell) -> bool:
    """Whether every wrong date has the month and day, and the year if any, of the row's name."""
    tags = _TAG.findall(cell.spot.name)
    days = [str(item.value) for item in cell.judgement.false_items]
    return bool(days) and all(
        any(re.fullmatch(rf"{year or r'20..'}-{month}-{day}", date) for year, month, day in tags)
        for date in days
    )


_SERVICE = late(
    r"\b(?:retire\w*|deprecat\w*|discontinu\w*|shut\s?-?down|sunset|end[\s-]of[\s-]life|eol)\b|退役|下线|弃用|停用",
    re.IGNORECASE,
)
"""Headers of a list of what a service offers, and until when."""


def leave_dates_of_service(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong dates beside those of retirement: a service offers a version for itself."""
    heads = [cell.text for row in layout.table.rows[:2] for cell in row]
    sign = next((text for text in heads if len(text) < _LONGEST and _SERVICE.search(text)), "")
    for cell in judged_cells if sign else ():
        if cell.judgement.is_false and cell.judgement.attribute == _DATE:
            why = f"{sign.strip()!r} tells of a service, which has its own days"
            cell.judgement = withdrawn(cell.judgement, why)


_LONGEST = 40


def leave_dates_before_versions(base: BaseClaims, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong dates of a bare name before those of its later versions, which alone the base has.

    `Doubao` of May 2024 came before Doubao Seed 1.6.
    """
    for cell in judged_cells:
        found = cell.judgement
        dated = found.is_false and found.attribute == _DATE and found.false_items
        if not dated or any(map(str.isdigit, cell.spot.name)):
            continue
        first, model = min(
            (str(claim.value), known.model) for known in found.known for claim in known.claims
        )
        version = _VERSION.search(base.name(model))
        earlier = all(
            str(int(first[:4]) - _YEARS) <= str(item.value)[:4] and str(item.value) < first
            for item in found.false_items
        )
        later = version and float(version[0]) > 1
        if earlier and (later or _goes_on(cell.spot.name, base.name(model))):
            why = f"the base has only later versions than the first, from {first}"
            cell.judgement = withdrawn(found, why)


def _goes_on(name: str, model: str) -> bool:
    """Whether a model's name goes on from a bare one by a word: `Hunyuan-Turbo`, not `Pythia 70M`."""
    own = fold(name)
    rest = fold(model).removeprefix(own)
    return own != "" and rest != fold(model) and _WORD.match(rest) is not None


_WORD = late(r"(?!base|pretrain|chat|instruct|small|medium|large|tiny|mini|xl)[^\W\d_]{3}")


_VERSION = late(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})?(?![\d.]|\s?[BM]\b)", re.IGNORECASE)
"""The first number in a name that is no size."""
_YEARS = 2
