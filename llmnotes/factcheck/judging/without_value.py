"""Empty cells, and cells of attributes without a value in the base."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.display import status_text, value_text
from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.agreement import Comparer
from llmnotes.factcheck.judging.exemptions import is_something
from llmnotes.factcheck.judging.judgement import Judgement, is_no_length
from llmnotes.factcheck.judging.licences import CLOSED
from llmnotes.factcheck.judging.words import mentioned, months_apart
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES

_OF_EVERY_FORM = {
    *SIZES, "n_layers", "d_model", "n_heads", "n_kv_heads", "vocab_size", "architecture", "sparsity",
    "mixer", "attention", "positional_encoding", "activation", "normalization", "n_experts",
    "n_experts_active",
}  # fmt: skip
"""Attributes that a quantized form or a later version of a model shares with it."""
_OF_A_DAY = {"release_date", "availability", "license", "evaluation"}
"""Attributes in which a preview may differ from what follows it."""
_OF_EVERY_GENERATION = {"organization", "license"}
"""Attributes for which what the generations of a line have had is known, also where one of them is not."""


def empty_cell(reading: CellReading, known: Sequence[Known], expected: str) -> Judgement:
    """The judgement of an empty cell or a word of absence; `expected` is the base's value as text."""
    name = reading.attribute
    claims = tuple(item.claims[0] for item in known if item.claims)
    models = tuple(item.model for item in known)
    if reading.absence == "undisclosed" and not claims and any(k.withheld for k in known):
        return Judgement(name, "agrees", "the publisher does not disclose it")
    if reading.absence == "none" and claims and all(is_something(c) for c in claims):
        denied = "there is something"
    elif reading.absence == "undisclosed" and _is_published(name, known):
        denied = "it is published"
    else:
        return Judgement(name, "blank", expected=expected, claims=claims, models=models)
    return Judgement(
        name, "wrong", f"{denied}: {expected}", "stated-absence", expected,
        models, claims, known=tuple(known),
    )  # fmt: skip


def _is_published(attribute: str, known: Sequence[Known]) -> bool:
    """Whether sources say what a number is, and none that it is withheld, of most of the models.

    A size counted from open weights is as good as said; other derived numbers are the base's own.
    """
    admitted = {"reported", "derived"} if attribute in SIZES else {"reported"}
    said = sum(
        not item.withheld and any(claim.status in admitted for claim in item.claims)
        for item in known
    )
    return ATTRIBUTES[attribute].is_numeric and said * 2 > len(known)


def without_value(comparer: Comparer, reading: CellReading, known: Sequence[Known]) -> Judgement:
    """The judgement where the base has no value: a rumour, withheld, not applicable, or unknown."""
    withheld = tuple(item.withheld for item in known if item.withheld)
    return (
        _tentative(comparer, reading, known, withheld)
        or _withheld(comparer, reading, known, withheld)
        or Judgement(
            reading.attribute,
            "unsupported",
            "the base does not know it",
            models=tuple(item.model for item in known),
        )
    )


def unless_of_another(found: Judgement, subject: TableSubject | None) -> Judgement:
    """The verdict, but that the bare name of a line may mean a generation that the base has not.

    Beside a name that tables use of any of several models, it is enough to be true of one.
    """
    if subject is None or subject.kind not in {"line", "any", "form", "variants", "preview"}:
        return found
    if found.is_false and (
        subject.kind == "variants" or _is_a_slip(found) or _is_of_nothing(found)
    ):
        return found
    if found.is_false and subject.kind == "preview" and found.attribute not in _OF_A_DAY:
        return found
    if found.is_false and found.attribute in _shared(subject):
        return found
    if found.is_false and _is_of_none(found, _SEVERAL.get(subject.kind)):
        return found
    if found.is_false and found.attribute in SIZES and is_of_no_size(found):
        return found
    if subject.kind == "line" and found.is_false and _is_before_the_last(found):
        return found
    if found.is_false and _is_before_the_first(found, _ANNOUNCED.get(subject.kind)):
        return found
    loose = subject.kind != "line"
    if loose and found.verdict == "partly-wrong" and not found.false_items:
        reason = "true of one of those that the name may mean"
        return found._replace(verdict="agrees-normalised", cause=None, reason=reason)
    if found.verdict == "rumour" or (not found.is_false and not (loose and found.false_items)):
        return found
    if found.verdict == "partly-wrong" and subject.kind == "any" and found.attribute in SIZES:
        return found  # the other sizes tell which models are meant
    reason = f"the name may mean another generation than those the base has: {found.expected}"
    return Judgement(found.attribute, "unsupported", reason, models=found.models)


def _shared(subject: TableSubject) -> set[str]:
    """Attributes that all models which a name may mean have from the ones that the base knows.

    Where it knows one alone, those before it may have had another licence.
    """
    if subject.kind == "form":
        return _OF_EVERY_FORM
    alone = subject.kind == "any" and len(subject.models) == 1
    return _OF_EVERY_GENERATION - ({"license"} if alone else set())


def _is_of_none(found: Judgement, several: int | None) -> bool:
    """Whether all of several models have one and the same value, or none is trained on nearly such tokens."""
    values = [claim.value for one in found.known for claim in one.claims]
    if (
        several is None
        or len(found.known) < several
        or found.attribute in {*SIZES, *_OF_A_DAY, "context_length"}
    ):
        return False
    if len({repr(value) for value in values}) == 1:
        return True
    if found.attribute != "training_tokens":
        return False
    known = [float(value) for value in values if isinstance(value, int | float)]
    return all(
        item.low is not None and not min(known) / _FAR <= float(item.value) <= max(known) * _FAR
        for item in found.false_items
    )


_SEVERAL = {"line": 2, "any": 3}
"""How many models must have the same, by the kind of name: of an unknown sister little is known."""
_FAR = 5
"""Factor by which no generation of a line is trained on less or more than all that are known."""


def is_of_no_size(found: Judgement) -> bool:
    """Whether sizes are beyond all that any generation may have: a unit slipped."""
    known = [float(claim.value) for one in found.known for claim in one.claims]
    return bool(known and found.false_items) and all(
        item.low is not None
        and not min(known) / _FARTHEST <= float(item.value) <= max(known) * _FARTHEST
        for item in found.false_items
    )


def _is_a_slip(found: Judgement) -> bool:
    """Whether exact numbers are too near to those of a generation to be another's: 8,096 for 8,192."""
    values = [claim.value for one in found.known for claim in one.claims]
    known = [v for value in values for v in (value if isinstance(value, list) else [value])]
    return (
        found.attribute in _EXACT
        and bool(found.false_items)
        and not any(item.scale for item in found.false_items)
        and all(
            any(isinstance(v, int) and abs(float(item.value) - v) <= _SLIP * v for v in known)
            for item in found.false_items
        )
    )


_EXACT = {"context_length", "d_model", "d_ff"}
_SLIP = 0.02


def _is_of_nothing(found: Judgement) -> bool:
    """Whether no model at all can have what is false: a day to come, a length that nobody would choose."""
    if found.attribute == "release_date":
        _, said = _dates(found)
        return bool(said) and min(said) > _today()[: len(min(said))]
    return (
        found.attribute == "context_length"
        and bool(found.false_items)
        and all(item.low is not None and is_no_length(item) for item in found.false_items)
    )


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _is_before_the_last(found: Judgement) -> bool:
    """Whether dates are earlier than that of the last generation, up to which the base has them all."""
    known, said = _dates(found)
    return bool(said) and all(date < max(known)[: len(date)] for date in said)


def _is_before_the_first(found: Judgement, months: int | None) -> bool:
    """Whether dates are more than so many months before the first of what a name may mean."""
    known, said = _dates(found)
    return (
        bool(said)
        and months is not None
        and all(months_apart(date, min(known)) > months for date in said)
    )


_ANNOUNCED = {"form": 1, "preview": 6, "any": 6}
"""Months by which another form of a model may be older than the base's date of it, by kinds of names."""


def _dates(found: Judgement) -> tuple[list[str], list[str]]:
    """The base's dates and the false ones of a cell; nothing of another attribute."""
    if found.attribute != "release_date":
        return [], []
    known = [str(claim.value) for one in found.known for claim in one.claims]
    items = found.false_items if known else ()
    return known, [str(one.value) for item in items for one in (item, *item.others)]


_FARTHEST = 100
"""Factor between the sizes of a line, beyond which a unit is wrong."""


def _tentative(
    comparer: Comparer,
    reading: CellReading,
    known: Sequence[Known],
    withheld: tuple[Statement, ...],
) -> Judgement | None:
    """The rumour or the estimate that the cell repeats."""
    attribute = ATTRIBUTES[reading.attribute]
    models = tuple(item.model for item in known)
    for item in reading.items:
        for each in known:
            found = comparer.tentative(attribute, item, each)
            if found is None:
                continue
            if withheld or found.status == "rumoured":
                return Judgement(
                    attribute.id, "rumour", f"not disclosed; {found.status} by {found.source}",
                    "undisclosed", "undisclosed", models, (*withheld, found), known=tuple(known),
                )  # fmt: skip
            return Judgement(
                attribute.id, "agrees-normalised", f"an estimate, by {found.source}",
                expected=value_text(attribute, found.value), models=models, claims=(found,),
            )  # fmt: skip
    return None


def _withheld(
    comparer: Comparer,
    reading: CellReading,
    known: Sequence[Known],
    withheld: tuple[Statement, ...],
) -> Judgement | None:
    if not withheld:
        return None
    name, models = reading.attribute, tuple(item.model for item in known)
    if all(claim.status == "not-applicable" for claim in withheld):
        note = withheld[0].note or "not applicable"
        if name == "license" and any(comparer.licence(one) == CLOSED for one in reading.items):
            return Judgement(name, "agrees-normalised", note, models=models, claims=withheld)
        if any(
            mentioned(f"{item.value:g}", note) for item in reading.items if item.low is not None
        ):
            return Judgement(name, "unsupported", f"it has no meaning here: {note}", models=models)
        return Judgement(
            name, "wrong", f"it has no meaning here: {note}",
            None, status_text("not-applicable"), models, withheld, reading.items, tuple(known),
        )  # fmt: skip
    others = {
        f"; {claim.status} {value_text(item.attribute, claim.value)} by {claim.source}": None
        for item in known
        for claim in item.tentative
    }
    verdict = "rumour" if _is_stated_flatly(reading) else "unsupported"
    return Judgement(
        name, verdict, f"the publisher does not disclose it ({withheld[0].locator})" + "".join(others),
        "undisclosed", "undisclosed", models, withheld, reading.items, tuple(known),
    )  # fmt: skip


def _is_stated_flatly(reading: CellReading) -> bool:
    """Whether a cell gives a number and does not say that it is a guess."""
    return (
        ATTRIBUTES[reading.attribute].kind in {"integer", "number"}
        and ATTRIBUTES[reading.attribute].group not in _OF_ANY_RUN
        and not reading.uncertain
        and reading.shape != "range"
        and all(
            item.low is not None and not item.approximate and not item.bound
            for item in reading.items
        )
    )


_OF_ANY_RUN = frozenset({"batch", "optimizer", "compute"})
"""Groups of attributes that differ between the runs of a model, or that anybody may work out."""
