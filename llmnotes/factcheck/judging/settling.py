"""The family of a table of sizes that does not name it, tested against the table's values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.columns import Ask
from llmnotes.factcheck.judging.effort import Effort, sample
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout, Line, Spot
from llmnotes.factcheck.layout.naming import ONLY_SIZE, mentioned
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.spelling import one_edit
from llmnotes.tables.model import Place, TableCell

_ENOUGH = 3
"""Number of true values for each size that make a table a family's."""
_FEWEST_SIZES = 2
_CONVINCING = 12
"""Number of values which, if all are true, are no coincidence."""
_SLIP = 6
"""Of so many values one may be wrong in the table of a family that no other is as near to."""
_APART = 2
"""How many more values must be true than of any other family where some are wrong."""
_MOST_FAMILIES = 2_000


def settle(layout: Layout, names: Names, base: BaseClaims, ask: Ask, effort: Effort) -> None:
    """Keep, exchange or give up the family inferred for a table, and its members for slipped sizes."""
    _settle(layout, names, base, ask, effort)
    if layout.orientation == "sizes-as-rows":
        _take_slipped_sizes(layout, base, ask)


def _settle(layout: Layout, names: Names, base: BaseClaims, ask: Ask, effort: Effort) -> None:
    """Keep a family inferred from the context where the table's values fit it.

    Where more values are wrong than true, the other families in the context and the other generations of
    the line are tried; where none fits, the table's subject is unknown.
    """
    guessed = [spot.subject for spot in _spots(layout) if spot.subject and spot.subject.taken]
    nameless = _is_of_sizes(layout) and not any(s.subject for s in _spots(layout))
    if not guessed and not nameless:
        return
    around = guessed or list(mentioned(layout.table, names))
    family = next((base.family(subject.models[0]) for subject in around), None)
    if guessed and _fits(layout.lines, ask, effort):
        return
    others = [base.family(one.models[0]) for one in mentioned(layout.table, names)]
    generations = names.generations(family) if family else []
    for other in dict.fromkeys([*others, *generations]):
        if other is None or (guessed and other == family):
            continue
        lines = _lines_of(layout, other, names, base)
        true, false = _told(lines, ask, effort)
        if true > len(false):
            _take(layout, lines)
            return
    layout.taken = ""
    for line in layout.lines:
        line.spots[:] = [
            spot._replace(subject=None) if _is_guess(spot.subject) else spot for spot in line.spots
        ]
    if _is_of_sizes(layout):
        _by_values(layout, names, base, ask, effort)


def _is_of_sizes(layout: Layout) -> bool:
    """Whether the models of a table are named by sizes alone, also below `Model`."""
    return layout.orientation.startswith("sizes") or all(
        ONLY_SIZE.fullmatch(spot.name) for spot in _spots(layout)
    )


def _by_values(layout: Layout, names: Names, base: BaseClaims, ask: Ask, effort: Effort) -> None:
    """Assign a table of sizes without a named subject the only family for which its values are true.

    Where every value is true of none, a few may be wrong, and one size of several another than a member's.
    """
    sizes = {spot.name for spot in _spots(layout) if spot.name.strip()}
    if len(sizes) < _FEWEST_SIZES:
        return
    enough = min(_ENOUGH * len(sizes), _CONVINCING)
    candidates = []
    for family in names.families(_MOST_FAMILIES):
        members = tuple(base.members(family))
        lost = sum(not names.of_size(members, size) for size in sizes)
        if lost > (len(sizes) > _FEWEST_SIZES):
            continue
        lines = _lines_of(layout, family, names, base)
        true, false = _told(lines, ask, effort)
        if true >= max(enough, _SLIP * (len(false) + lost)):
            candidates.append(_Candidate(true, false, lost, family, lines))
    whole = [one for one in candidates if not one.false and not one.lost]
    best = _ahead(whole, 1) if whole else _ahead(candidates, _APART)
    if best is not None:
        layout.taken = f"the values of the table, which are those of {best.family}"
        _take(layout, best.lines)


class _Candidate(NamedTuple):
    """A family, how many values of a table are true of it and which wrong, and how many sizes it lacks."""

    true: int
    false: frozenset[Place]
    lost: int
    family: str
    lines: list[Line]


def _ahead(candidates: Sequence[_Candidate], apart: int) -> _Candidate | None:
    """The candidate of which so many more values are true than of any other; None without one.

    Others may be near where what is wrong of it is wrong of them too, as of another generation.
    """
    best = max(candidates, key=lambda one: (one.true, -len(one.false)), default=None)
    if best is None:
        return None
    near = [one for one in candidates if one is not best and one.true + apart > best.true]
    alike = best.false and all(best.false <= one.false and best.lost == one.lost for one in near)
    return best if alike or not near else None


def _take_slipped_sizes(layout: Layout, base: BaseClaims, ask: Ask) -> None:
    """Assign a row with a wrong size the member that its other values are true of.

    A size is wrong that no member has and one has but for a slip, or that stands twice and whose values are
    wrong.
    """
    subjects = [line.spots[0].subject for line in layout.lines if line.spots]
    named = [one for one in subjects if one is not None]
    families = {base.family(model) for one in named for model in one.models}
    if len(families) != 1 or not all(map(_is_guess, named)):
        return
    times = Counter(one.id for one in named)
    free = [one for one in base.members(str(families.pop())) if one not in times]
    for line, subject in zip(layout.lines, subjects, strict=False):
        if subject is None:
            meant = [one for one in free if _is_slip(line.label, base, one)]
        else:
            meant = free if times[subject.id] > 1 and _told([line], ask, Effort())[1] else []
        fitting = [_with_subject(line, model) for model in meant]
        fitting = [one for one in fitting if _is_true(one, ask)]
        sizes = {
            base.size(one.spots[0].subject.id).split()[0] for one in fitting if one.spots[0].subject
        }
        if len(sizes) == 1:  # of a size with two versions the first
            line.spots[:] = fitting[0].spots


def _with_subject(line: Line, model: str) -> Line:
    subject = TableSubject("model", model, (model,), taken="sizes")
    return _with_spots(line, [spot._replace(subject=subject) for spot in line.spots])


def _is_true(line: Line, ask: Ask) -> bool:
    """Whether some values of a row are true, its size excluded, and none wrong."""
    true, false = _told([line], ask, Effort())
    return true >= _FEWEST_TRUE and not false


def _is_slip(size: str, base: BaseClaims, model: str) -> bool:
    """Whether a size is that of a model but for one digit, a zero or the scale."""
    if (written := _FIGURE.fullmatch(size)) is None:
        return False
    figure, scale = written["figure"], written["scale"].upper()
    places = len(figure.partition(".")[2])
    counts = [
        claim.value / 10 ** _POWERS[scale] for claim in base.known(model, "params_total").claims
    ]
    named = _FIGURE.fullmatch(base.size(model))
    if named is not None and figure == named["figure"]:
        return scale != named["scale"].upper()
    near = [f"{count:.{places}f}" for count in counts] + ([named["figure"]] if named else [])
    return any(one_edit(figure, one) for one in near)


_FIGURE = late(r"\W*(?P<figure>\d{1,4}(?:\.\d{1,2})?)\s?(?P<scale>[BM])\W*", re.IGNORECASE)
_POWERS = {"B": 9, "M": 6}
_FEWEST_TRUE = 2
"""True values of a row that tell whose it is, though its size is another."""


def _lines_of(layout: Layout, family: str, names: Names, base: BaseClaims) -> list[Line]:
    return [
        _with_spots(line, [_of_family(spot, family, names, base) for spot in line.spots])
        for line in layout.lines
    ]


def _take(layout: Layout, lines: Sequence[Line]) -> None:
    for line, better in zip(layout.lines, lines, strict=True):
        line.spots[:] = better.spots


def _is_guess(subject: TableSubject | None) -> bool:
    return subject is not None and subject.taken != ""


def _spots(layout: Layout) -> Iterator[Spot]:
    return (spot for line in layout.lines for spot in line.spots)


def _with_spots(line: Line, spots: list[Spot]) -> Line:
    return Line(line.number, line.label, line.cells, spots, line.head)


def _of_family(spot: Spot, family: str, names: Names, base: BaseClaims) -> Spot:
    """The spot as if the context named another family."""
    subject = spot.subject
    if subject is not None and not subject.taken:
        return spot
    members = tuple(base.members(family))
    chosen = tuple(names.of_size(members, spot.name)[:1])
    if chosen:
        return spot._replace(subject=TableSubject("model", chosen[0], chosen, taken="sizes"))
    if subject is not None and subject.family_wide:
        return spot._replace(subject=subject._replace(kind="family", id=family, models=members))
    return spot._replace(subject=None)


def _fits(lines: Sequence[Line], ask: Ask, effort: Effort) -> bool:
    """Whether more values of the rows with inferred names are true than wrong, sizes excluded."""
    true, false = _told(lines, ask, effort)
    return true > len(false) or (true == len(false) == 0)


def _told(lines: Sequence[Line], ask: Ask, effort: Effort) -> tuple[int, frozenset[Place]]:
    """The number of true values, and the places of the wrong ones, of the rows with inferred names.

    Of a long table they are those of a sample.
    """
    true, false = 0, set()
    for cell, spot in sample(list(_guessed(lines))):
        if not effort.may_ask():
            break
        found = ask(cell.text, spot, spot.subject)
        true += found.verdict in TRUE_VERDICTS
        if found.is_false:
            false.add(cell.place)
    return true, frozenset(false)


def _guessed(lines: Sequence[Line]) -> Iterator[tuple[TableCell, Spot]]:
    for line in lines:
        for cell, spot in zip(line.cells, line.spots, strict=False):
            if cell is None or not cell.text.strip() or not spot.headers or cell is line.head:
                continue
            names_it = spot.headers[0].attribute in SIZES and cell.text.strip() == spot.name.strip()
            if _is_guess(spot.subject) and not names_it:
                yield cell, spot
