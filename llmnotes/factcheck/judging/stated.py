"""Judges a reading against what is stated of its models."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.code_licences import of_code, unmodified
from llmnotes.factcheck.judging.conventions import Agreement
from llmnotes.factcheck.judging.exemptions import (
    estimated_otherwise,
    inside,
    is_exempt,
    left_open,
    unheard_beside,
    unheard_of,
)
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.languages_told import unsaid
from llmnotes.factcheck.judging.spoken_of import asked_of, is_beside, namesakes
from llmnotes.factcheck.judging.stacks import agreements as agreements_of
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.factcheck.judging.wording import (
    dispute_text,
    expected_text,
    items_text,
    sizes_text,
)
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.vocabulary import fold


class Stated:
    """Holds the values of a cell against those of the base."""

    def __init__(self, base: BaseClaims, names: Names) -> None:
        self._base = base
        self._names = names
        self.comparer = Comparer(base)
        self._expected: dict[tuple[tuple[str, str], ...], str] = {}

    def judge(self, reading: CellReading, subject: TableSubject, stated: list[Known]) -> Judgement:
        """The judgement of a reading for the models of `subject` that have values, `stated`."""
        attribute = stated[0].attribute
        alone = takes_nothing_else_in(reading)
        if attribute.kind == "date":  # the year alone of one model bears out no month of the others
            stated = [k for k in stated if len(str(k.claims[0].value)) > _YEAR] or stated
        true_of: dict[str, list[Agreement]] = {item.model: [] for item in stated}
        false_items: list[Item] = []
        denied: list[str] = []
        blamed: list[Agreement] = []
        for position, item in enumerate(reading.items):
            asked = asked_of(self._base, self._names, item, stated)
            found = agreements_of(self.comparer, reading, position, asked)
            good = {
                m: a
                for m, a in found.items()
                if a is not None and a.kind in _STANDING and not (alone and _is_one_of_several(a))
            }
            for model, agreement in good.items():
                true_of[model].append(agreement)
            if not good and is_beside(self.agrees, reading, position, asked):
                continue
            if not good:
                false_items.append(item)
                blamed += [a for a in found.values() if a is not None and a.kind not in _STANDING]
            elif item.qualifier and len(asked) < len(stated):
                denied += [k.model for k in asked if k.model not in good]
        agreements = [a for found in true_of.values() for a in found]
        if false_items and not self._is_exempt(reading, stated, false_items, bool(agreements)):
            # The base need not know all publishers, or all dates and sizes of a family.
            several = reading.shape == "several" and "/" in reading.text
            listed = several and attribute.id in {*SIZES, "batch_size"}  # of sizes, or of phases
            of_family = listed or (
                len(stated) > 1 and (attribute.kind == "date" or attribute.id in SIZES)
            )
            joined = (
                attribute.kind in {"term", "terms", "date"}
                and _JOINED.search(reading.text) is not None
            )
            unsure = reading.uncertain and attribute.kind == "date"
            few = attribute.kind == "datasets" and len(false_items) * 2 < len(reading.items)
            in_part = attribute.kind == "organizations" or of_family or joined or unsure or few
            if agreements and in_part:
                wrong = self._false(reading, stated, false_items, blamed)
                mostly = len(false_items) * 2 > len(reading.items)
                other = mostly and self._are_of_others(attribute, false_items, subject, stated)
                return wrong if other else wrong._replace(verdict="partly-wrong")
            if agreements and (beside := unheard_beside(self._base, reading, false_items)):
                true = self._true(reading, subject, stated, agreements, [], denied)
                return true._replace(verdict="agrees-normalised", reason=beside)
            if _is_too_much(false_items, stated):
                return self._false(reading, stated, false_items, blamed)
            if attribute.id == "license" and self._denies_commerce(false_items, stated):
                return self._false(reading, stated, false_items, blamed)
            if unheard := unheard_of(self._base, attribute, false_items):
                return Judgement(attribute.id, "unreadable", unheard, models=subject.models)
            undecided = left_open(self._base, attribute, reading.text, false_items, stated)
            undecided = undecided or estimated_otherwise(self._base, false_items, stated)
            if attribute.id == "languages":
                undecided = undecided or unsaid(self._base, false_items, stated)
            if undecided := undecided or self._beyond(reading, false_items, stated):
                return Judgement(attribute.id, "unsupported", undecided, models=subject.models)
            wrong = self._false(reading, stated, false_items, blamed)
            if attribute.id == "license" and of_code(self._base, false_items, stated):
                reason = f"{wrong.reason}; so is its code licensed"
                return wrong._replace(verdict="partly-wrong", reason=reason)
            if attribute.id == "license" and unmodified(false_items, stated):
                return wrong._replace(
                    verdict="partly-wrong", reason=f"{wrong.reason}, which differs"
                )
            return wrong
        right = tuple(model for model, agreed in true_of.items() if agreed)
        if meant := namesakes(self._base, reading, subject, stated, right):
            false = self._false(reading, meant, reading.items, ())
            reason = f"true of {self._base.name(right[0])}; {false.reason}"
            return false._replace(cause="other-size", reason=reason, true_of=right)
        missing = [model for model, found in true_of.items() if not found] if agreements else []
        return self._true(reading, subject, stated, agreements, missing, denied)

    def _beyond(self, reading: CellReading, items: Sequence[Item], stated: Sequence[Known]) -> str:
        if not stated[0].attribute.is_numeric:
            return ""
        from llmnotes.factcheck.judging.larger import beyond

        return beyond(self._base, reading, items, stated)

    def _denies_commerce(self, items: Sequence[Item], stated: Sequence[Known]) -> bool:
        from llmnotes.factcheck.judging.licences import denies_commerce

        licences = [claim.value for known in stated for claim in known.claims]
        return all(denies_commerce(self._base, item.text, licences) for item in items)

    def _are_of_others(
        self,
        attribute: Attribute,
        items: Sequence[Item],
        subject: TableSubject,
        stated: Sequence[Known],
    ) -> bool:
        """Whether sizes are those of other generations, and not merely of models that the base has not.

        Those that a name goes on to are left out: a list for Llama 3 may hold what came with 3.1.
        """
        if attribute.id not in SIZES or subject.loose:
            return False
        own = {family for one in stated if (family := self._base.family(one.model))}
        others = [
            model
            for family in own
            for generation in self._names.generations(family)
            if not any(generation.startswith((f"{one}.", f"{one}-")) for one in own)
            for model in self._base.members(generation)
        ]
        return all(any(self.agrees(item, one, attribute.id) for one in others) for item in items)

    def agrees(self, item: Item, model: str, attribute: str) -> bool:
        """Whether a value is true of a model, disputed ones included."""
        known = self._base.known(model, attribute)
        found = self.comparer.agreement(known.attribute, item, known)
        return found is not None and found.kind in _STANDING

    def expected(self, known: Sequence[Known]) -> str:
        """The base's value as text, folded over the sizes where they differ."""
        key = tuple((item.model, item.attribute.id) for item in known)
        if key not in self._expected:
            self._expected[key] = expected_text(self._base, known)
        return self._expected[key]

    def _is_exempt(
        self, reading: CellReading, stated: list[Known], items: Sequence[Item], borne_out: bool
    ) -> bool:
        if reading.shape == "range":
            return inside(reading, stated, items)
        return borne_out and is_exempt(self._base, reading, stated, items)

    def _true(
        self,
        reading: CellReading,
        subject: TableSubject,
        stated: list[Known],
        agreements: list[Agreement],
        missing: list[str],
        denied: list[str],
    ) -> Judgement:
        """A true cell; `missing` are models that it leaves out, `denied` those it names amiss."""
        attribute = stated[0].attribute
        claims = tuple({id(a.claim): a.claim for a in agreements}.values())
        base = Judgement(
            attribute.id, "agrees", "", None, self.expected(stated), subject.models,
            claims or tuple(k.claims[0] for k in stated), known=tuple(stated),
        )  # fmt: skip
        alone = len(reading.items) == 1 or reading.shape == "sum"
        left_out = missing if self._is_partial(reading, attribute, stated, missing) else []
        if left_out and not denied and _is_first_date(reading, attribute, stated, missing):
            reason = f"the first of them: {base.expected}"
            return base._replace(verdict="agrees-normalised", reason=reason)
        if left_out or denied:
            return base._replace(
                verdict="partly-wrong", cause=None if alone or denied else "incomplete",
                reason=f"not of {sizes_text(self._base, left_out + denied)}: {base.expected}",
            )  # fmt: skip
        partial = next((a for a in agreements if a.kind == "in-part"), None)
        if partial is not None:
            return base._replace(
                verdict="partly-wrong", cause="fine-tuning-value",
                reason=f"the base has {base.expected} ({partial.how})",
            )  # fmt: skip
        disputed = next((a for a in agreements if a.kind == "disputed"), None)
        if disputed is not None:
            reason = dispute_text(disputed.claim, stated[0].claims[0], base.expected)
            return base._replace(verdict="disputed", reason=reason)
        if any(item.spelled for item in reading.items):
            wrong = next(item for item in reading.items if item.spelled)
            return base._replace(verdict="misspelt", reason=f"{wrong.spelled!r} is {wrong.value}")
        remark = next((a.how for a in agreements if a.how != SAME), "")
        if remark or not self._literal(reading, attribute):
            return base._replace(verdict="agrees-normalised", reason=remark)
        return base

    def _is_partial(
        self, reading: CellReading, attribute: Attribute, stated: list[Known], missing: list[str]
    ) -> bool:
        """Whether a cell that is not true of some models of the family is partly wrong."""
        if reading.shape == "range":
            order = sorted(stated, key=lambda k: _number(k.claims[0].value))
            return order[0].model in missing or order[-1].model in missing
        largest = any(item.bound == "<=" for item in reading.items)
        of_one = (
            attribute.id in SIZES or attribute.id == "hardware"
        )  # tables give the largest model's
        return not (of_one or reading.shape == "several" or largest)

    def _false(
        self,
        reading: CellReading,
        stated: list[Known],
        false_items: Sequence[Item],
        blamed: Sequence[Agreement],
    ) -> Judgement:
        """A wrong cell; `blamed` are the claims that explain the error."""
        attribute = stated[0].attribute
        causes = {found.kind: found.claim for found in blamed}
        expected = self.expected(stated)
        which = (
            ""
            if len(false_items) == len(reading.items)
            else f"{items_text(false_items)} is false: "
        )
        cause = next(iter(causes), None)
        note = causes[cause].note if cause else ""
        if cause == "other-attribute":
            note = f"this is its {ATTRIBUTES[causes[cause].attribute].label.lower()}"
        return Judgement(
            attribute.id, "wrong", f"{which}the base has {expected}" + (f" ({note})" if note else ""),
            cause, expected, tuple(k.model for k in stated), tuple(k.claims[0] for k in stated),
            tuple(false_items), tuple(stated),
        )  # fmt: skip

    def _literal(self, reading: CellReading, attribute: Attribute) -> bool:
        """Whether the cell uses the base's own words."""
        if reading.rest or reading.qualifiers:
            return False
        if attribute.vocabulary is None:
            return True
        return all(fold(item.text) == fold(str(item.value)) for item in reading.items)


_ALONE = late(
    r"\b(?:only|solo|nur|uniquement|seulement|apenas|somente)\b|纯|仅|のみ|만|только", re.I
)
"""Words that nothing else is taken in: `Text only`."""


def _is_too_much(items: Sequence[Item], stated: Sequence[Known]) -> bool:
    """Whether the cell gives an amount of data that the datasets of no model can hold."""
    if stated[0].attribute.kind != "datasets":
        return False
    from llmnotes.factcheck.judging.data_amounts import cannot_be

    every = [claim.value for known in stated for claim in known.claims]
    return all(cannot_be(item.text, datasets) for item in items for datasets in every)


_YEAR = 4
_JOINED = late(r"\w\s?[+&/]\s?\w|\bhybrid\b|\bmixed\b|\w\sor\s\w", re.I)
"""Terms side by side for parts of one model, `RoPE+NoPE`, of which the base may know some."""

_STANDING = frozenset({"true", "disputed", "in-part"})


def _is_first_date(
    reading: CellReading, attribute: Attribute, stated: Sequence[Known], missing: Sequence[str]
) -> bool:
    """Whether a date is that of the first models of a family, which its name alone means."""
    if attribute.id != "release_date" or reading.shape != "one":
        return False
    return min(stated, key=lambda known: str(known.claims[0].value)).model not in missing


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def takes_nothing_else_in(reading: CellReading) -> bool:
    """Whether a cell says that a model takes nothing else in: `Text only`."""
    return reading.attribute == "modalities" and _ALONE.search(reading.rest) is not None


def _is_one_of_several(found: Agreement) -> bool:
    """Whether a claim that a value agrees with has others beside it."""
    return isinstance(found.claim.value, list) and len(found.claim.value) > 1
