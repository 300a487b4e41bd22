"""Compares one value of a cell with all claims about one model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from llmnotes.attributes.relations import RELATIONS
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging import tolerance, words
from llmnotes.factcheck.judging.conventions import Agreement, Conventions
from llmnotes.factcheck.judging.counted import another_size, input_alone, numbers_of, same_number
from llmnotes.factcheck.judging.eval_settings import all_settings, only_settings
from llmnotes.factcheck.judging.kinship import related
from llmnotes.factcheck.judging.notes import MISPRINT, noted, warns
from llmnotes.factcheck.judging.papers import Papers
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.factcheck.judging.words import CLOSER
from llmnotes.pattern import late
from llmnotes.resolve import Statement
from llmnotes.schema import Attribute
from llmnotes.values import elements, kinds_of
from llmnotes.vocabulary import fold

if TYPE_CHECKING:
    from llmnotes.factcheck.judging.made_of import MadeOf

_LENGTH = late(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d.])|(?<![\d.])\d{3,7}(?![\d.])")
"""A number in a note that may be a context length."""
_EARLIER = "context_length_pretraining"
_BEYOND = late(r"\binference\b|extrapolat", re.I)
"""In the note of a context length: the model was trained on a shorter one."""

_LONG_NAME = 60
"""Characters of a licence's longest name: more of them tell what it says."""
_CAUSAL = late(r"causal|casual|因果", re.I)

_NEAR_COUNT = 0.01


class Comparer:
    """Compares values with claims, with a cache of lookups."""

    def __init__(self, base: BaseClaims) -> None:
        self._base = base
        self._conventions = Conventions(base)
        self._counts: dict[tuple[str, str], tuple[tuple[float, ...], bool]] = {}
        self._together: dict[tuple[tuple[str, ...], str], tuple[float, ...] | None] = {}
        self._reach: tuple[Item | None, list[tuple[float, float]] | None] = (None, None)

    def agreement(self, attribute: Attribute, item: Item, known: Known) -> Agreement | None:
        """The claim that `item` agrees with, the best first; None where it agrees with none."""
        if not known.claims:
            return None
        counts, more = self._counts_of(known)
        far = bool(counts) and self._is_far(item, counts)
        if far and not more:
            return None
        best: Agreement | None = None
        for claim in () if far else known.claims:
            how = self.same(attribute, item, claim, known)
            if how is None:
                continue
            found = Agreement(claim, how, self._kind(attribute, claim, known))
            if found.kind == "true" and how == SAME:
                return found
            best = found if best is None or _rank(found) < _rank(best) else best
        if best is not None and best.how == CLOSER and self._is_counted(item, best.claim, known):
            best = None  # a rounded size is not made finer where the weights are counted
        if best is None and item.low is not None and not item.value:
            return None  # a zero that rounds all that is small counts nothing by another convention
        return (
            best
            or self._conventions.agreement(attribute, item, known)
            or noted(item, known)
            or self._estimated(attribute, item, known)
        )

    def _is_counted(self, item: Item, claim: Statement, known: Known) -> bool:
        """Whether a size as published stands beside one that is counted, which the cell is not near to."""
        of_size = claim.attribute in {"params_total", "params_reported"}
        return (
            of_size
            and claim.status != "derived"
            and any(
                abs(float(item.value) - one.value) > _NEAR_COUNT * one.value
                for one in known.claims
                if one.attribute == "params_total" and one.status == "derived"
            )
        )

    def _counts_of(self, known: Known) -> tuple[tuple[float, ...], bool]:
        """All numbers that a count may be written as, and whether there are others besides the claims."""
        key = known.model, known.attribute.id
        if key not in self._counts:
            numbers = tuple(
                float(way)
                for claim in known.claims
                for number in self._written(claim, known)
                for way in self._conventions.ways(number, known)
            )
            if named := self._conventions.named_size(known):
                numbers += (named,)
            noted = any(
                claim.note
                and (warns(claim.note) or words.counts_in(claim.note) or _LENGTH.search(claim.note))
                for claim in known.claims
            )
            self._counts[key] = numbers, noted or bool(known.tentative)
        return self._counts[key]

    def _written(self, claim: Statement, known: Known) -> list[float]:
        """The numbers of a claim; none where its attribute is not a count."""
        kind, value = known.attribute.kind, claim.value
        if kind == "batch":
            return list(value["stages"])
        if kind not in {"integer", "number"}:
            return []
        left = input_alone(claim)
        counts = [one for one in numbers_of(value) if isinstance(one, int | float)]
        return [*counts, left] if left else counts

    def far_from_each(self, item: Item, models: tuple[str, ...], attribute: str) -> bool:
        """Whether a count is outside of the tolerance of every one of `models`."""
        key = models, attribute
        if key not in self._together:
            known = [k for model in models if (k := self._base.known(model, attribute)).claims]
            each = [self._counts_of(k) for k in known]
            mere = all(counts and not more for counts, more in each)
            self._together[key] = tuple(n for counts, _ in each for n in counts) if mere else None
        counts = self._together[key]
        return counts is not None and self._is_far(item, counts)

    def _is_far(self, item: Item, counts: Sequence[float]) -> bool:
        """Whether a value agrees with none of `counts` under any convention; a fast check for many models."""
        if item is not self._reach[0]:
            self._reach = item, tolerance.reach(item)
        spans = self._reach[1]
        return spans is not None and not any(
            low <= one <= high for one in counts for low, high in spans
        )

    @property
    def papers(self) -> Papers:
        """What the base knows of the models' papers."""
        return self._conventions.papers

    def _estimated(self, attribute: Attribute, item: Item, known: Known) -> Agreement | None:
        """Agreement with a third party's estimate where another source states something else."""
        claim = self.tentative(attribute, item, known) if known.claims and known.tentative else None
        if claim is None or claim.status != "estimated":
            return None
        return Agreement(claim, kind="disputed")

    def tentative(self, attribute: Attribute, item: Item, known: Known) -> Statement | None:
        """The estimate or rumour that `item` repeats."""
        for claim in known.tentative:
            if self.same(attribute, item, claim, known) is not None:
                return claim
        return None

    def _kind(self, attribute: Attribute, claim: Statement, known: Known) -> str:
        first = known.first
        if first is None or claim is first or claim.value == first.value:
            return "true"
        if claim.note and MISPRINT.search(claim.note):
            return "source-misprint"
        if attribute.id == first.attribute == "context_length" != claim.attribute:
            # The initial training length is not the context length after an extension.
            beyond = first.note and _BEYOND.search(first.note)
            return "other-attribute" if claim.attribute == _EARLIER and not beyond else "true"
        if RELATIONS[attribute.id].side_by_side or claim.attribute != first.attribute:
            return "disputed" if another_size(claim, first) else "true"
        return "disputed"

    def same(self, attribute: Attribute, item: Item, claim: Statement, known: Known) -> str | None:
        """How one claim agrees with one item, by the kind of the attribute."""
        value, kind = claim.value, attribute.kind
        if isinstance(item.value, bool):
            return _yes_or_no(attribute, item.value, claim)
        if kind in {"integer", "number"}:
            return same_number(attribute, item, claim)
        if kind == "batch":
            return tolerance.same_batch(item, value, self._conventions.lengths(known.model))
        if kind == "quantity":
            return tolerance.same_quantity(item, value) if item.low is not None else None
        if kind == "date":
            said = (item, *item.others)  # all months of a part of a year
            return _best(words.same_date(str(one.value), value) for one in said)
        if kind == "organizations":
            claimed, aliases = str(item.value), self._base.organizations
            return words.same_organization(claimed, value, aliases) or words.close_organization(
                claimed, value, aliases, self._base.remarks
            )
        if kind == "text":
            return self._same_licence(item, value)
        if kind == "datasets":
            named = self._same_dataset(item, [one["name"] for one in value])
            return named or _same_amount(item, claim) or self._corpus_of_base(item, known)
        if kind == "results":
            return self._same_result(item, claim, known)
        if attribute.id == "availability" and _is_closed(item) and value == "unreleased":
            return "not to be had"
        if attribute.id == "availability" and value != "open-weights" and _is_limited(item):
            return "access to it is limited"
        if kind == "models" and self._base.named(str(item.value)) & set(value):
            return SAME
        if kind == "models" and (how := related(self._base, item, value, known)):
            return how
        if kind == "models" and self._base.of_line(str(item.value)) & set(value):
            return "a generation of that line"
        if attribute.id == "languages":
            from llmnotes.factcheck.judging.languages_told import told_otherwise

            if how := told_otherwise(item, [str(one) for one in value]):
                return how
        if (
            attribute.id == "mixer"
            and item.value == "hybrid"
            and len(set(map(str, kinds_of(value)))) > 1
        ):
            return "of several kinds of layers"
        if attribute.id == "hardware":
            from llmnotes.factcheck.judging.devices import same_devices

            return _best(same_devices(str(item.value), str(one)) for one in value)
        if item.value == "causal-decoder" and _CAUSAL.search(item.text):
            return SAME if item.value == value else None  # not merely `decoder-only`
        if kind in {"term", "terms"}:
            return words.same_terms(
                attribute.id, str(item.value), map(str, elements(attribute, value))
            )
        return _best(words.same_dataset(str(item.value), str(one)) for one in value)

    def _same_dataset(self, item: Item, names: list[str]) -> str | None:
        """Agreement by name, by the name in brackets, or as what one of them was made of."""
        texts = (str(item.value), item.qualifier) if item.qualifier else (str(item.value),)
        found = (words.same_dataset(text, name) for text in texts for name in names)
        told = (self._made_of.told(texts[0], name) for name in names)
        return _best(found) or next((how for how in told if how), None)

    def _corpus_of_base(self, item: Item, known: Known) -> str | None:
        """How data agrees that is called by the model that another was made of: `LLaMA corpus`."""
        found = _CORPUS_OF.fullmatch(item.text.strip())
        of_base = found and self._base.named(found["name"]) & self._base.bases(known.model)
        return "the data of the model that it was made of" if of_base else None

    @cached_property
    def _made_of(self) -> MadeOf:
        from llmnotes.factcheck.judging.made_of import MadeOf

        return MadeOf(self._base.connection)

    def _same_licence(self, item: Item, value: str) -> str | None:
        """How a licence agrees, by its name or without what is true beside it."""
        text: str | None = str(item.value)
        if words.is_of_generation(str(text), value):
            return "the generation's, of which each version has its own"
        if text and (text[-1] in ")）" or "," in text or "，" in text):
            from llmnotes.factcheck.judging.licences import without_remark

            text = without_remark(self._base, text, value)
        if text is None:
            return None
        alone = item._replace(value=text)
        return words.same_licence(text, value) or self._same_entity(alone, value)

    def _same_entity(self, item: Item, licence: str) -> str | None:
        """How a licence agrees by another of its names: `propietaria`, `no comercial`."""
        named = self.licence(item)
        if named is None:
            return None
        if named == self._base.licences.get(fold(licence)):
            return "another name of the same licence"
        from llmnotes.factcheck.judging.licences import is_kind_of, of_kind

        if how := of_kind(self._base, named, licence):
            return how
        if is_kind_of(self._base, licence, named):
            return "a licence of that kind, which is all that the base knows"
        return words.same_licence(named, licence)

    def licence(self, item: Item) -> str | None:
        """The id of the licence that an item names, or begins with; None without one."""
        text = str(item.value)
        if named := self._base.licences.get(fold(text)):
            return named
        if len(text) <= _LONG_NAME:
            return None
        from llmnotes.factcheck.judging.licences import begins_with

        return begins_with(self._base, text)

    def _same_result(self, item: Item, claim: Statement, known: Known) -> str | None:
        """Agreement with a benchmark of the list, or with the settings of the results."""
        named = only_settings(item.text)
        if named:
            named_in_base = all_settings(one for other in known.claims for one in other.value)
            return "named by the settings alone" if named <= named_in_base else None
        return _best(words.same_dataset(str(item.value), one["benchmark"]) for one in claim.value)


_CORPUS_OF = late(
    r"(?P<name>.{2,40}?)(?:['’]s)?\s(?:(?:pre-?training|training)\s)?(?:corpus|corpora|data(?:set)?)",
    re.I,
)


def _same_amount(item: Item, claim: Statement) -> str | None:
    """How a size of data alone agrees, `40GB`."""
    if not item.text[:1].isdigit() and item.text[:1] not in "~≈":
        return None
    from llmnotes.factcheck.judging.data_amounts import same_amount

    return same_amount(str(item.value), claim.value, claim.note)


def _is_closed(item: Item) -> bool:
    """Whether a cell says only that a model is not open."""
    return item.value == "api-only" and "api" not in item.text.lower()


def _is_limited(item: Item) -> bool:
    """Whether a cell says only that access is limited, as lists of open and closed models do."""
    return item.text.strip().lower() == "limited"


def _yes_or_no(attribute: Attribute, says: bool, claim: Statement) -> str | None:
    """How a bare yes or no agrees: the claimed thing exists, or does not."""
    if attribute.kind == "flag":
        return SAME if claim.value == says else None
    there = claim.value not in ([], ["none"], "none", 0, 0.0)
    if there == says:
        return "says that there is one, not which"
    return None


def _rank(found: Agreement) -> tuple[int, bool]:
    order = ("true", "disputed")
    return (order.index(found.kind) if found.kind in order else 2, found.how != SAME)


def _best(found: Any) -> str | None:
    hows = [how for how in found if how is not None]
    return SAME if SAME in hows else (hows[0] if hows else None)
