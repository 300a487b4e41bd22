"""Judges one cell, parsed as one attribute of its models."""

from __future__ import annotations

from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.commercial import weights_of_closed
from llmnotes.factcheck.judging.exemptions import unheard_of
from llmnotes.factcheck.judging.inherited import of_tune, told_of_origin
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.stated import Stated, takes_nothing_else_in
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.factcheck.judging.whole_cells import WholeCells
from llmnotes.factcheck.judging.wider import Wider
from llmnotes.factcheck.judging.without_value import (
    empty_cell,
    is_of_no_size,
    unless_of_another,
    without_value,
)
from llmnotes.factcheck.judging.wording import sizes_text
from llmnotes.factcheck.judging.words import CLOSER, months_apart
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.name_words import TUNED
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.quantities.sizes import without_sizes
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold


class Judge:
    """Judges readings against the base."""

    def __init__(self, base: BaseClaims, names: Names) -> None:
        self.base = base
        self.names = names
        self.stated = Stated(base, names)
        self.comparer = self.stated.comparer
        self.expected = self.stated.expected
        self.agrees = self.stated.agrees
        self.wider = Wider(base, names, self.stated.judge)
        self._whole = WholeCells(base, self.expected)

    def judge(self, reading: CellReading, subject: TableSubject | None) -> Judgement:
        """The judgement of a reading for `subject`."""
        subject = of_tune(subject, reading.attribute)
        if subject is not None and (found := self._whole.no_date(reading, subject)) is not None:
            return found
        found = self._judge(reading, subject)
        if subject is not None and found.verdict == "partly-wrong":
            found = self._of_namesake(reading, subject, found)
        return unless_of_another(found, subject)

    def _of_namesake(
        self, reading: CellReading, subject: TableSubject, found: Judgement
    ) -> Judgement:
        """What is true of the member with its family's own name: `GLM-5`, whose family has GLM-5.2 too."""
        if subject.kind != "family" or subject.id not in subject.models:
            return found
        known = self.base.known(subject.id, found.attribute)
        alone = TableSubject("model", subject.id, (subject.id,))
        if not known.claims or self.stated.judge(reading, alone, [known]).verdict not in _TRUE:
            return found
        why = f"true of {self.base.name(subject.id)} itself; the family has {found.expected}"
        return found._replace(verdict="agrees-normalised", cause=None, false_items=(), reason=why)

    def _judge(self, reading: CellReading, subject: TableSubject | None) -> Judgement:
        name = reading.attribute
        if reading.shape == "absent" and not reading.items:
            return self._absent(reading, subject)
        if subject is not None and (whole := self._whole.judge(reading, subject)) is not None:
            return whole
        formula = _FORMULA.match(reading.text) and ATTRIBUTES[name].is_numeric
        if reading.shape == "unreadable" or not reading.items or formula:
            return Judgement(name, "unreadable", f"not a value of {name}: {reading.text[:60]}")
        if subject is None:
            return Judgement(name, "unsupported", "the base does not know this model")
        known = [self.base.known(model, name) for model in subject.models]
        if name == "availability":
            known = _released(known)
        stated = [item for item in known if item.claims]
        if not stated:
            found = without_value(self.comparer, reading, known)
            unheard = found.is_false and unheard_of(self.base, ATTRIBUTES[name], found.false_items)
            if unheard:  # `in training` says nothing of what has no licence
                return Judgement(name, "unreadable", unheard, models=subject.models)
            if name == "license" and found.is_unknown:
                found = weights_of_closed(self.base, reading, subject) or found
            return self._variants(reading, subject, found) if found.is_unknown else found
        found = self.stated.judge(reading, subject, stated)
        if found.cause == "other-size":
            return found
        if found.is_false and not takes_nothing_else_in(reading):
            found = self._variants(reading, subject, found)
        together = name in {"context_length", *SIZES} and len(reading.items) > 1
        if together and (found.is_false or found.false_items):
            found = self.wider.with_variants(reading, subject, found)
        if found.is_false and (subject.loose or _may_go_on(reading, subject, found)):
            found = self.wider.generations(reading, subject, found)
        if found.is_false and subject.kind == "family":
            found = self.wider.goes_on(reading, subject, found)
        if found.is_false and name == "training_tokens":
            found = self._of_origin(reading, subject, found)
        if found.is_false and (why := told_of_origin(self.base, found)):
            found = withdrawn(found, why)
        silent_ones = any(
            item.withheld and self._came_out(item.model) for item in known if not item.claims
        )
        of_others = name not in SIZES or not is_of_no_size(found)
        if found.is_false and ATTRIBUTES[name].is_numeric and silent_ones and of_others:
            found = withdrawn(found, "and what its publisher withholds of others of its models")
        silent = len(known) - len(stated)
        if found.is_false and silent >= len(stated) and _may_differ(found):
            found = withdrawn(found, f"and nothing of {silent} of its {len(known)} models")
            if name == "license":
                found = weights_of_closed(self.base, reading, subject) or found
        return found

    def _of_origin(
        self, reading: CellReading, subject: TableSubject, found: Judgement
    ) -> Judgement:
        """Tokens as those of the models that these were made of: what LLaMA saw, of its tunes."""
        origins = tuple(origin for model in subject.models for origin in self.base.bases(model))
        known = [self.base.known(origin, reading.attribute) for origin in origins]
        stated = [one for one in known if one.claims]
        if not stated:
            return found
        other = self.stated.judge(reading, subject._replace(models=origins), stated)
        if other.false_items or other.verdict not in _TRUE:
            return found
        why = "those of the model that it was made of"
        return found._replace(verdict="agrees-normalised", cause=None, false_items=(), reason=why)

    def _came_out(self, model: str) -> bool:
        first = self.base.known(model, "availability").first
        return first is None or first.value != "unreleased"

    def judge_flag(self, header: Header, says: bool, subject: TableSubject | None) -> Judgement:
        """The judgement of yes or no under a header that is itself a term, `GQA`."""
        name = str(header.attribute)
        if subject is None:
            return Judgement(name, "unsupported", "the base does not know this model")
        known = [self.base.known(model, name) for model in subject.models]
        stated = [item for item in known if item.claims]
        item = Item(header.term, header.term)
        if not stated:
            cell = CellReading(name, header.term, "one", (item,))
            return without_value(self.comparer, cell, known)
        true = [k.model for k in stated if self.agrees(item, k.model, name) == says]
        claims = tuple(k.claims[0] for k in stated)
        found = Judgement(name, "agrees", "", None, self.expected(stated), subject.models, claims)
        if len(true) == len(stated):
            return found
        others = [k.model for k in stated if k.model not in true]
        reason = f"not of {sizes_text(self.base, others)}: {found.expected}"
        if true:
            return found._replace(verdict="partly-wrong", reason=reason)
        reason = f"the base has {found.expected}"
        if not says and self._is_part(item, stated):
            return found._replace(verdict="unsupported", reason=f"{reason}, which has it in part")
        wrong = found._replace(verdict="wrong", cause="unexplained", reason=reason)
        return unless_of_another(wrong, subject)

    def _is_part(self, item: Item, stated: Sequence[Known]) -> bool:
        """Whether a term that is denied is a general one for what the base has: pre-norm for both norms."""
        found = [self.comparer.agreement(k.attribute, item, k) for k in stated]
        return any(one is not None and one.how != SAME for one in found)

    def _absent(self, reading: CellReading, subject: TableSubject | None) -> Judgement:
        if subject is None:
            return Judgement(reading.attribute, "blank")
        known = [self.base.known(model, reading.attribute) for model in subject.models]
        stated = any(item.claims for item in known)
        return empty_cell(reading, known, self.expected(known) if stated else "")

    def _of_its_version(self, models: tuple[str, ...], own: str, attribute: str) -> tuple[str, ...]:
        """Those of the same version as a model whose name needs it: GLM-5.1 is no GLM-5.2.

        A later version has what an earlier one has, unless it is its date.
        """
        version = _version(self.base.name(own))
        others = {model: _version(self.base.name(model)) for model in models}
        if all(other == version for other in others.values()):
            return models
        bare = _GENERATION.sub(" ", self.base.name(own))
        alone = self.names.find(bare)  # `Vicuna-13B` may mean any version
        if not version or (alone is not None and own in alone.models):
            return models
        return tuple(
            model
            for model, other in others.items()
            if other == version or (attribute != "release_date" and other < version)
        )

    def _variants(self, reading: CellReading, subject: TableSubject, found: Judgement) -> Judgement:
        """Also try the post-trained or base counterparts, and those of longer context."""
        models = tuple(self.base.variants(subject.models, "" if found.is_false else "base"))
        models = tuple(model for model in models if not _QUANTIZED.search(model))
        if subject.kind == "model" and reading.attribute in {"release_date", "context_length"}:
            models = self._of_its_version(models, subject.id, reading.attribute)
        if subject.kind == "model" and reading.attribute == "license" and found.is_false:
            # `MPT-7B` may mean MPT-7B-Chat, and not the reverse.
            own = fold(_OF_VERSION.sub("", self.base.name(subject.id)))
            models = tuple(m for m in models if fold(self.base.name(m)).startswith(own))
        if reading.attribute == "context_length" and _is_tuned(self.base, subject):
            names = {model: self.base.name(model) for model in models}
            models = tuple(
                m for m, name in names.items() if TUNED.search(name) or not _OF_LENGTH.search(name)
            )
        if ATTRIBUTES[reading.attribute].kind == "date":  # a dated version has a day of its own
            models = tuple(m for m in models if not _VERSIONED.search(self.base.name(m)))
        of_family = subject.family_wide or subject.kind == "family"
        if of_family and reading.attribute in SIZES:  # sizes that only others come in
            models += tuple(self.base.of_other_sizes(subject.models))
        stated = [k for model in models if (k := self.base.known(model, reading.attribute)).claims]
        if not stated:
            return found
        other = self.stated.judge(reading, subject._replace(models=models), stated)
        if other.false_items or other.verdict in {"unsupported", "unreadable"}:
            return found
        if found.is_false and other.reason == CLOSER:  # the year alone of a tune bears no day out
            return found
        kinds = {self.base.variant(model) for model in models}
        if kinds & {self.base.variant(model) for model in subject.models}:
            of = " or ".join(self.base.name(model) for model in models[:_MOST_NAMED])
        else:
            of = f"the {self.base.variant(models[0])} model"
        return other._replace(
            verdict="agrees-normalised", reason=f"true of {of}", true_of=models, otherwise=found
        )


def _is_tuned(base: BaseClaims, subject: TableSubject) -> bool:
    return subject.kind == "model" and base.variant(subject.id) == "post-trained"


def _version(name: str) -> tuple[float, ...]:
    """The numbers of a name that tell a generation: `5.1` of GLM-5.1; no size, length or date."""
    return tuple(map(float, _GENERATION.findall(_OF_LENGTH.sub(" ", without_sizes(name)))))


def _may_differ(found: Judgement) -> bool:
    """Whether other sizes may have what is false of those known: a licence of their base, a day near."""
    if found.attribute == "license":
        return True
    known = [str(claim.value) for one in found.known for claim in one.claims]
    return found.attribute == "release_date" and any(
        abs(months_apart(str(item.value), date)) <= 1
        for item in found.false_items
        for date in known
    )


def _may_go_on(reading: CellReading, subject: TableSubject, found: Judgement) -> bool:
    """Whether some of several values may be those of families that the name goes on to."""
    in_part = len(found.false_items) < len(reading.items)
    if reading.shape == "several":
        if reading.attribute in SIZES:
            return subject.kind == "family"
        return reading.attribute == "context_length" and in_part
    return reading.shape in {"range", "ramp"} and in_part


_FORMULA = late(
    r"\s*(?:[A-Za-z]{1,3}\s*[\^²]\s*\d?|\d{1,3}(?:/\d)?\s*[*×·x]?\s*[A-Za-z]{1,8}_[A-Za-z_]{1,20})\s*$"
)
"""A value given by a formula, `lr^2`, `4 * n_embd`, which cannot be compared with a number."""

_MOST_NAMED = 3


def _released(known: list[Known]) -> list[Known]:
    """What is known of those of several models that came out; a table's row does not speak of the others."""
    out = [one for one in known if one.first is None or one.first.value != "unreleased"]
    return out or known


_GENERATION = late(r"(?<![\d.])\d{1,2}(?:\.\d{1,2})?(?![\d.])")
_OF_LENGTH = late(r"(?<!\w)\d{1,4}[kKM](?!\w)")
"""A context in a model's name, which is not that of the one tuned to talk: Yi-34B-200K and Yi-34B-Chat."""
_QUANTIZED = late(r"spinquant|qlora|gptq|awq|(?:^|-)(?:int[48]|fp8|nvfp4)(?:-|$)")
"""Forms of a model that were cut down for small machines, with a context of their own."""
_TRUE = frozenset({"agrees", "agrees-normalised"})
_VERSIONED = late(r"[-_ ]\d{4}\b|\d{6}")
_OF_VERSION = late(r"[-_ ](?:[vV]\d+(?:\.\d+)?|\d{4,6})$")
