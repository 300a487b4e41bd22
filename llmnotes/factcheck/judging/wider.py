"""Also tries wrong values as those of a model's variants and of the other generations of its line."""

from __future__ import annotations

from collections.abc import Callable

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES

Against = Callable[[CellReading, TableSubject, list[Known]], Judgement]
"""The judgement of a reading against what is stated of some models."""


_BORNE_OUT = TRUE_VERDICTS | {"partly-wrong"}
"""Verdicts of values that are true of some of several models."""
_IN_COMMON = 2
"""Sizes that a family and its continuation share."""


class Wider:
    """Judges values for more models than the one that is named."""

    def __init__(self, base: BaseClaims, names: Names, against: Against) -> None:
        self._base = base
        self._names = names
        self._against = against

    def with_variants(
        self, reading: CellReading, subject: TableSubject, found: Judgement
    ) -> Judgement:
        """Also try several values as those of a model and its variants together: `4K, 128K`."""
        models = (*subject.models, *self._base.variants(subject.models))
        of_family = subject.family_wide or subject.kind == "family"
        if of_family and reading.attribute in SIZES:  # sizes that only others come in
            models += tuple(self._base.of_other_sizes(subject.models))
            models += tuple(self._names.other_sizes(self._base.family(subject.models[0]) or ""))
        if not self._is_true(reading, subject, models):
            return found
        reason = f"true of it and its variants together; it has {found.expected}"
        return found._replace(
            verdict="agrees-normalised", cause=None, false_items=(), reason=reason
        )

    def generations(
        self, reading: CellReading, subject: TableSubject, found: Judgement
    ) -> Judgement:
        """Also try the later generations that the bare name of a line may mean."""
        about = ATTRIBUTES[reading.attribute]  # words are true of too many families of the line
        by_number = about.is_numeric or about.kind == "date"
        wider = self._names.generations if by_number else self._names.named_alike
        if not subject.loose:  # `8K-128K` of GPT-4 goes on to GPT-4 Turbo
            own = self._base.family(subject.models[0]) or ""
            # `8K→128K` of Llama 3 goes on to 3.1
            later = (".",) if reading.shape == "ramp" else (".", "-")
            alike = [
                family
                for family in self._names.generations(own)
                if family.removeprefix(own).startswith(later) and family.startswith(own)
            ]
            return self._together(reading, subject, found, alike)
        sizes = tuple(self._names.other_sizes(self._base.family(subject.models[0]) or ""))
        if sizes and subject.kind == "family" and self._is_true(reading, subject, sizes):
            names = " or ".join(map(self._base.name, sizes))
            return found._replace(
                verdict="agrees-normalised", cause=None, false_items=(),
                reason=f"true of {names}; the others have {found.expected}",
            )  # fmt: skip
        families = wider(subject.id)
        each = {family: tuple(self._base.members(family)) for family in families}
        if len(reading.items) > 1:  # `2k/4k` of LLaMA gives two generations
            every = (*subject.models, *(model for models in each.values() for model in models))
            own_begins = reading.shape == "range" and reading.items[0] not in found.false_items
            if own_begins and self._is_true(reading, subject, every):  # `7B-141B` of Mistral
                why = f"true of all of the line together; {subject.id} has {found.expected}"
                return found._replace(
                    verdict="agrees-normalised", cause=None, false_items=(), reason=why
                )
            each[f"{subject.id} and its successors together"] = every
        for family, models in each.items():
            other = self._of(reading, subject, models)
            if other is None or other.is_false or other.false_items:
                continue
            if other.verdict in _BORNE_OUT:
                return found._replace(
                    verdict="partly-wrong", cause="other-generation", false_items=(),
                    reason=f"true of {family} only; {subject.id} has {found.expected}",
                )  # fmt: skip
            if (
                reading.attribute not in SIZES
            ):  # a family of the line that sees is no generation of it
                return withdrawn(found, f"as for {family}: {other.reason}")
        return found

    def goes_on(self, reading: CellReading, subject: TableSubject, found: Judgement) -> Judgement:
        """Also try a number as that of the family with which a name goes on in the same sizes.

        People call Llama 3.1 Llama 3: `405B`, `128K`.
        """
        if not ATTRIBUTES[reading.attribute].is_numeric:
            return found
        later = f"{subject.id}.1"
        models = (
            tuple(self._base.members(later)) if later in self._names.generations(subject.id) else ()
        )
        sizes = [{self._base.size(one) for one in group} for group in (models, subject.models)]
        if len(sizes[0] & sizes[1]) < _IN_COMMON or not self._is_true(reading, subject, models):
            return found
        return found._replace(
            verdict="partly-wrong", cause="other-generation", false_items=(),
            reason=f"true of {later}; {subject.id} has {found.expected}",
        )  # fmt: skip

    def _is_true(
        self, reading: CellReading, subject: TableSubject, models: tuple[str, ...]
    ) -> bool:
        """Whether all values are true of some of `models`."""
        together = self._of(reading, subject, models)
        return together is not None and together.verdict in _BORNE_OUT and not together.false_items

    def _of(
        self, reading: CellReading, subject: TableSubject, models: tuple[str, ...]
    ) -> Judgement | None:
        """The judgement as a value of other models; None where nothing is stated of them."""
        stated = [k for m in models if (k := self._base.known(m, reading.attribute)).claims]
        return self._against(reading, subject._replace(models=models), stated) if stated else None

    def _together(
        self, reading: CellReading, subject: TableSubject, found: Judgement, families: list[str]
    ) -> Judgement:
        """Also try several values of a model as those of it and of the families that its name goes on to."""
        for family in families:
            models = (*subject.models, *self._base.members(family, None))
            if self._is_true(reading, subject, models):
                return found._replace(
                    verdict="partly-wrong", cause="other-generation", false_items=(),
                    reason=f"true of it and {family} together; {subject.id} has {found.expected}",
                )  # fmt: skip
        return found
