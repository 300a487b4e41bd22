"""Finds the likeliest cause of a wrong cell for which there is evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from llmnotes.attributes.printed import PRINTED
from llmnotes.attributes.relations import RELATIONS
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.fused_numbers import impossible, parted
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.known_values import KnownValues, spans, within
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.quantities.scales import SCALES
from llmnotes.spelling import one_edit

_TELLING = 100
"""Smaller numbers are shared by many attributes; they are evidence only where two are swapped."""
_MONTHS_OFF = 24
"""Months up to which a wrong date counts as misremembered; beyond, it is mistyped or another model's."""
_NEXT = 2
"""The number of other models that count as adjacent."""
_UNIT_FACTORS = (10**3, 10**6, 10**9, 10**12, 2**10, 2**20, 10**4, 10**8)
TENFOLD = frozenset(["亿", "億", "十亿", "百亿", "千亿", "万亿"])
"""Scales that are confused with the next one, ten times as large: 7B is 70亿."""


def _ratios(*factors: int) -> list[float]:
    return sorted(ratio for factor in factors for ratio in (factor, 1 / factor))


_RATIOS = _ratios(*_UNIT_FACTORS)
_RATIOS_OF_TENFOLD = _ratios(10, *_UNIT_FACTORS)
_MISPLACING = frozenset({"other-attribute", "other-column", "shifted-row"})


class Cause(NamedTuple):
    """A cause: a key of `CAUSES`, the reason in words, and what the values are true of."""

    name: str
    why: str
    models: tuple[str, ...] = ()
    attribute: str = ""


class Around(NamedTuple):
    """The context of a cell: the other models of the table, nearest first, with their names, and the
    attributes of the table."""

    neighbours: tuple[tuple[str, TableSubject], ...] = ()
    attributes: frozenset[str] = frozenset()


class Causes:
    """Finds the cause of a wrong cell."""

    def __init__(self, base: BaseClaims, names: Names, comparer: Comparer) -> None:
        self._base = base
        self._names = names
        self._comparer = comparer
        self._known_values = KnownValues(base)
        self._words: dict[tuple[Any, str, tuple[str, ...], str], bool] = {}

    def explain(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Judgement:
        """The judgement with its cause and a reason that names it."""
        if found.cause is not None or not found.false_items:
            return found if found.cause else found._replace(cause="unexplained")
        for search in (
            self._other_attribute, self._fused, self._slip_of_unit, self._neighbour, self._other_size,
            self._other_generation, self._wrong_date, self._slip_of_digit, self._other_column,
            self._any_attribute,
        ):  # fmt: skip
            cause = search(found, reading, subject, around)
            if cause is None:
                continue
            if cause.name in _MISPLACING and is_yes_or_no(reading.text):
                continue  # yes and no are true of too many attributes to be evidence
            return found._replace(
                verdict="misplaced" if cause.name in _MISPLACING else "wrong",
                cause=cause.name,
                reason=f"{cause.why}; {found.reason}",
                true_of=cause.models,
                true_as=cause.attribute or found.attribute,
            )
        return found._replace(cause="unexplained")

    def _fused(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        if len(reading.items) != 1 or reading.items[0].low is None:
            return None
        item = reading.items[0]
        for name, parts in self._known_values.parts(subject.models, found.attribute):
            if several := parted(item, parts):
                whole = ", ".join(f"{part:,}" for part in several)
                what = "" if name == found.attribute else f", the {name} of its sizes"
                return Cause("fused-number", f"several numbers run together: {whole}{what}")
        if "," in item.text and impossible(found.attribute, item):
            return Cause(
                "fused-number", f"no {found.attribute} is so large; several numbers run together"
            )
        return None

    def _agrees(self, item: Item, models: Sequence[str], attribute: str) -> bool:
        if item.low is not None:
            return self._is_true(item, models, attribute)
        key = item.value, item.text, tuple(models), attribute
        if key not in self._words:  # words repeat often, numbers rarely
            self._words[key] = self._is_true(item, models, attribute)
        return self._words[key]

    def _is_true(self, item: Item, models: Sequence[str], attribute: str) -> bool:
        if len(models) > 1 and self._comparer.far_from_each(item, tuple(models), attribute):
            return False
        for model in models:
            known = self._base.known(model, attribute)
            agreement = self._comparer.agreement(known.attribute, item, known)
            if agreement is not None and agreement.kind == "true":
                return True
        return False

    def _other_attribute(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        """The cause that the value is an informative one of another attribute: by size, or in the table."""
        for name in self._attributes(found, subject):
            if name in around.attributes or found.attribute in RELATIONS[name].swapped:
                return self._is_of(name, found, subject)
            large = all(_number(item) >= _TELLING for item in found.false_items)
            if large and not RELATIONS[name].common:
                return self._is_of(name, found, subject)
        return None

    def _any_attribute(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        """The cause that the value is one of any attribute of the same kind, as a last resort."""
        for name in self._attributes(found, subject):
            exact = PRINTED[name].exact and PRINTED[found.attribute].exact
            if exact or RELATIONS[name].common:
                return self._is_of(name, found, subject)
        return None

    def _attributes(self, found: Judgement, subject: TableSubject) -> Iterator[str]:
        """The other attributes that have all the wrong values of a cell."""
        items = [_as_written(item) for item in found.false_items]
        if any(item.low is None or isinstance(item.value, bool) for item in items):
            return
        for name in self._known_values.near(subject.models, items[0]):
            if name == found.attribute or found.attribute in RELATIONS[name].alike:
                continue
            values = self._known_values.numbers(subject.models, name)
            if all(any(_is(item, value) for value in values) for item in items):
                yield name

    def _is_of(self, name: str, found: Judgement, subject: TableSubject) -> Cause:
        text = ", ".join(item.text for item in found.false_items)
        verb = "is" if len(found.false_items) == 1 else "are"
        return Cause(
            "other-attribute", f"{text} {verb} the {name} of {subject.id}", subject.models, name
        )

    def _neighbour(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        """The cause that the value is an informative one of an adjacent model."""
        if _is_dated(found):
            return None
        return self._column(found, around.neighbours[:_NEXT], subject)

    def _other_column(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        others = around.neighbours if _is_dated(found) else around.neighbours[_NEXT:]
        return self._column(found, others, subject)

    def _column(
        self, found: Judgement, others: Sequence[tuple[str, TableSubject]], subject: TableSubject
    ) -> Cause | None:
        for name, other in others:
            if set(other.models) & set(subject.models):
                continue
            if all(self._agrees(item, other.models, found.attribute) for item in found.false_items):
                return Cause("other-column", f"true of {name.strip()}", other.models)
        return None

    def _slip_of_unit(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        hits = []
        for item, value in self._pairs(found):
            ratios = _RATIOS_OF_TENFOLD if item.scale in TENFOLD else _RATIOS
            for low, high in spans(item) if item.value else ():
                first, last = bisect_left(ratios, low / value), bisect_right(ratios, high / value)
                hits += [(round(max(ratio, 1 / ratio)), item) for ratio in ratios[first:last]]
        if hits:
            factor, item = min(hits, key=lambda hit: hit[0] % 10 != 0)  # decimal ones before binary
            return Cause("unit-slip", f"{item.text} is off by a factor of {factor:,}")
        return None

    def _slip_of_digit(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        for item, value in self._pairs(found):
            covered = spans(item)
            if any(
                within(covered, value * ten) or within(covered, value / ten) for ten in (10, 100)
            ):
                return Cause("digit-slip", f"{item.text} has a zero or a point too many or too few")
            same_size = 0.05 < abs(float(item.value) / value) < 20
            if same_size and one_edit(_digits(item.value), _digits(value)):
                return Cause("digit-slip", f"{item.text} is one digit away")
        for item in found.false_items:
            for known in found.known:
                dated = known.attribute.kind == "date"
                if dated and any(
                    one_edit(str(item.value), c.value[: len(str(item.value))]) for c in known.claims
                ):
                    return Cause("digit-slip", f"{item.text} is one digit away")
        return None

    def _wrong_date(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        """The cause that a date is near the right one: its year or month is wrong without a typing error."""
        if not _is_dated(found) or not found.false_items:
            return None
        text = str(found.false_items[0].value)
        dates = [str(claim.value) for known in found.known for claim in known.claims]
        if any(_months_apart(text, date) <= _MONTHS_OFF for date in dates):
            return Cause("wrong-date", f"{found.false_items[0].text} is near, and another date")
        return None

    def _pairs(self, found: Judgement) -> list[tuple[Item, float]]:
        return [
            (item, value)
            for item in found.false_items
            if item.low is not None and not isinstance(item.value, bool)
            for known in found.known
            for value in self._known_values.numbers((known.model,), known.attribute.id)
            if isinstance(value, int | float) and value and not isinstance(value, bool)
        ]

    def _other_size(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        for model in subject.models:
            siblings = self._base.siblings(model)
            if not self._agrees(found.false_items[0], siblings, found.attribute):
                continue
            for sibling in siblings:
                if all(
                    self._agrees(item, (sibling,), found.attribute) for item in found.false_items
                ):
                    return Cause("other-size", f"true of {self._base.name(sibling)}", (sibling,))
        return None

    def _other_generation(
        self, found: Judgement, reading: CellReading, subject: TableSubject, around: Around
    ) -> Cause | None:
        family = self._base.family(subject.models[0])
        for other in self._names.generations(family) if family else ():
            members = self._base.members(other)
            if all(self._agrees(item, members, found.attribute) for item in found.false_items):
                return Cause("other-generation", f"true of {other}", tuple(members))
        return None


def _is_dated(found: Judgement) -> bool:
    return bool(found.known) and found.known[0].attribute.kind == "date"


def _months_apart(first: str, second: str) -> int:
    """Months between two dates; years alone are compared by years."""
    if min(len(first), len(second)) < 7:
        return abs(int(first[:4]) - int(second[:4])) * 12
    (a, b), (c, d) = ((int(one[:4]), int(one[5:7])) for one in (first, second))
    return abs(a * 12 + b - c * 12 - d)


def _as_written(item: Item) -> Item:
    """A number without the scale that was assumed for its attribute: `1600` under parameters."""
    if not item.scale.endswith("?") or not isinstance(item.value, int | float):
        return item
    factor = SCALES[item.scale[0].lower()]
    value, rest = divmod(item.value, factor)
    if rest:
        return item
    return item._replace(value=int(value), low=Decimal(value), high=Decimal(value), scale="")


def _number(item: Item) -> float:
    return abs(float(item.value))


def _is(item: Item, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return float(item.value) == float(value) or (value >= _TELLING and item.covers(value))


def _digits(value: Any) -> str:
    """The significant digits of a number, without its point and its outer zeros."""
    return f"{float(value):.6e}".split("e")[0].replace(".", "").rstrip("0")
