"""Counting conventions under which different numbers or dates agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from llmnotes.attributes.relations import SIZES
from llmnotes.errors import InputError
from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging import tolerance
from llmnotes.factcheck.judging.papers import OF_PAPER, Papers
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.pattern import late
from llmnotes.quantities import parse
from llmnotes.quantities.scales import SCALES
from llmnotes.quantities.sizes import find_sizes
from llmnotes.resolve import Statement
from llmnotes.schema import Attribute


class Agreement(NamedTuple):
    """A claim that agrees with a cell.

    `how` is `same` or a remark on the convention; `kind` is the consequence: `true`, `disputed`, `in-part`,
    or a cause for which it is wrong nevertheless.
    """

    claim: Statement
    how: str = SAME
    kind: str = "true"


class Conventions:
    """The counting conventions, with a cache of lookups."""

    def __init__(self, base: BaseClaims) -> None:
        self._base = base
        self.papers = Papers(base)

    def agreement(self, attribute: Attribute, item: Item, known: Known) -> Agreement | None:
        """The claim that `item` agrees with under another convention."""
        if attribute.id in _COUNTED and item.low is not None:
            embedding = self._embedding(known.model)
            tied = self._base.known(known.model, "tied_embeddings").first
            for claim in (c for c in known.claims if c.attribute == "params_total"):
                if (
                    _is_fine(item)
                    and embedding
                    and tolerance.with_or_without_embeddings(
                        item, claim.value, embedding, tied is not None and bool(tied.value)
                    )
                ):
                    return Agreement(claim, "with the embeddings counted otherwise")
                if _with_predictors(item, claim):
                    return Agreement(claim, "with its module of multi-token prediction")
                blocks = self._of_blocks(claim.value, embedding, known.model)
                telling = _is_fine(item) or (item.digits > 1 and blocks < _TELLING * claim.value)
                if telling and embedding and tolerance.covers_or_cut(item, blocks):
                    return Agreement(claim, "the blocks alone, without embeddings of any kind")
        named = self.named_size(known) if _is_number(item) else 0
        if named and item.value in {named, *self._called_sizes(known.model)}:
            return Agreement(known.claims[0], "the size in its name")
        if attribute.id in SIZES and not named and self._is_of_base(item, known):
            return Agreement(
                known.claims[0], "the size in the name of the model that it was made of"
            )
        for claim in known.claims:
            if (
                attribute.id == "context_length"
                and _is_number(item)
                and _with_end(item, claim.value)
            ):
                return Agreement(claim, "the end of the text counted too")
        for claim in known.claims:
            for number, remark in self._together(claim.value, known):
                if _is_number(item) and item.value == number:
                    return Agreement(claim, remark)
        if stage := self._stage(item, known) or self._corpus(item, known):
            return stage
        if attribute.id == "optimizer" and (decayed := self._decayed(item, known)):
            return Agreement(decayed, "Adam, which the base has with a weight decay")
        if attribute.id == "training_tokens" and (near := _counted_from_steps(item, known)):
            return Agreement(near, "the base counts them from the steps")
        if attribute.id == "release_date" and self.papers.is_month(item, known.model):
            return Agreement(known.claims[0], OF_PAPER)
        return None

    def ways(self, number: float, known: Known) -> Iterator[float]:
        """A number as it is, and under all other conventions."""
        yield number
        if known.attribute.kind == "batch":
            for length in self.lengths(known.model):
                yield from (number * length, number / (length or 1))
        elif known.attribute.id in SIZES and (embedding := self._embedding(known.model)):
            yield from (number + embedding, number - embedding, number - 2 * embedding)
            if (blocks := self._of_blocks(number, embedding, known.model)) < number - embedding:
                yield blocks
        for other, _ in self._together(number, known):
            yield other
        if known.attribute.id == "context_length":
            yield number + 1
        elif known.attribute.id == "training_tokens":
            yield from (size for size, _, _ in self._corpora(known.model))

    def lengths(self, model: str) -> list[int]:
        """The sequence lengths that convert sequences into tokens."""
        found: list[int] = []
        for name in ("context_length_pretraining", "context_length"):
            for claim in self._base.known(model, name).claims:
                found += claim.value if isinstance(claim.value, list) else [claim.value]
        return list(dict.fromkeys(found))

    def named_size(self, known: Known) -> float:
        """The size in the model's name, `72B`, where it is used for this count; else zero.

        For a sparse model it is the total.
        """
        if known.attribute.id == "params_active":
            sparsity = self._base.known(known.model, "sparsity").first
            if sparsity is None or sparsity.value != "dense":
                active = _ACTIVE_IN_NAME.search(self._base.size(known.model))
                return float(active[1]) * 1e9 if active else 0
        elif known.attribute.id not in SIZES:
            return 0
        written = self._base.size(known.model)
        if effective := _EFFECTIVE.fullmatch(written):
            return float(effective[1]) * 1e9
        try:
            quantity = parse(written)
        except InputError:  # `2.5 3B`, `30B-A3B`
            sizes = [] if _EXPERTS.search(written) else find_sizes(written)
            return float(sizes[0].parameters or 0) if sizes else 0
        return float(quantity.value) if quantity.scale else 0

    def _is_of_base(self, item: Item, known: Known) -> bool:
        """Whether a count is the size in the name of a base of the same shape."""
        return _is_number(item) and any(
            item.value == self.named_size(other)
            for base in self._base.bases(known.model)
            if (other := self._base.known(base, known.attribute.id)).first is not None
            and known.first is not None
            and other.first.value == known.first.value
        )

    def _called_sizes(self, model: str) -> set[float]:
        """The sizes in the names of a model: MiniCPM of 2.7 billion parameters is called 2B."""
        rows = self._base.connection.execute(
            "SELECT text FROM names WHERE kind = 'model' AND target = ?", (model,)
        )
        each = (find_sizes(text) for (text,) in rows if not _OF_EXPERTS.search(text))
        return {float(sizes[0].parameters or 0) for sizes in each if len(sizes) == 1}

    def _decayed(self, item: Item, known: Known) -> Statement | None:
        """The claim of Adam where a cell says AdamW and the model's weights decay."""
        decay = self._base.known(known.model, "weight_decay").first
        if item.value != "AdamW" or decay is None or not decay.value:
            return None
        return next((claim for claim in known.claims if "Adam" in str(claim.value)), None)

    def _together(self, value: object, known: Known) -> Iterator[tuple[float, str]]:
        """Sums that others count together: both halves of a gated layer, shared experts."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            return
        if known.attribute.id == "d_ff" and self._is(known.model, "gated_ffn", True):
            yield value * 2, "the gate and the layer counted together"
        if known.attribute.id == "d_ff":
            active = self._base.known(known.model, "n_experts_active").first
            if active is not None and isinstance(active.value, int) and active.value > 1:
                yield value * active.value, "the experts that answer a token counted together"
        if known.attribute.id in {"n_experts", "n_experts_active"}:
            shared = self._base.known(known.model, "n_shared_experts").first
            if shared is not None and shared.value:
                yield value + shared.value, "the shared experts included"

    def _stage(self, item: Item, known: Known) -> Agreement | None:
        """Agreement with the tokens of one stage, where the base has the sum of the stages."""
        if known.attribute.id != "training_tokens" or item.low is None:
            return None
        for claim in known.claims:
            if claim.source != "product" or not _STAGES.search(claim.locator or ""):
                continue
            for figure, scale in _STAGE.findall(claim.locator or ""):
                if item.covers(float(figure.replace(",", "")) * SCALES[scale.lower()]):
                    return Agreement(claim, f"one stage of {claim.locator}")
        return None

    def _corpus(self, item: Item, known: Known) -> Agreement | None:
        """Agreement with the size of the corpus, where the tokens seen in training are claimed."""
        if known.attribute.id != "training_tokens":
            return None
        from llmnotes.factcheck.judging.data_amounts import times_seen

        for size, unit, claim in self._corpora(known.model):
            if tolerance.same_count(known.attribute, item, size) is not None:
                return Agreement(claim, times_seen(size, unit, known.claims[0].value))
        return None

    def _corpora(self, model: str) -> Iterator[tuple[int, str, Statement]]:
        """What each claim of a model's training data gives for the size of all of it."""
        from llmnotes.factcheck.judging.data_amounts import corpus_sizes

        for claim in self._base.known(model, "training_data").claims:
            for size, unit in corpus_sizes(claim.value, claim.parameters):
                yield size, unit, claim

    def _is(self, model: str, attribute: str, value: object) -> bool:
        first = self._base.known(model, attribute).first
        return first is not None and first.value == value

    def _of_blocks(self, total: float, embedding: int, model: str) -> float:
        """A count without the embeddings of tokens, on both sides where they are untied, and of positions."""
        width, rows = (self._base.known(model, name).first for name in ("d_model", "n_positions"))
        if rows is None:
            rows = self._base.known(model, "context_length").first
        learned = self._is(model, "positional_encoding", "learned-absolute")
        positions = (
            int(width.value * rows.value)
            if learned
            and width
            and rows
            and isinstance(width.value, int)
            and isinstance(rows.value, int)
            else 0
        )
        untied = self._is(model, "tied_embeddings", False)
        return total - embedding * (2 if untied else 1) - positions

    def _embedding(self, model: str) -> int:
        sizes = [self._base.known(model, name).first for name in ("vocab_size", "d_model")]
        if any(size is None or not isinstance(size.value, int) for size in sizes):
            return 0
        return int(sizes[0].value * sizes[1].value)  # type: ignore[union-attr]


def _is_fine(item: Item) -> bool:
    """Whether a count is so finely written that it tells whether embeddings are in it: `1.3B`, `124M`.

    `22B` for a model of 24 billion is another size.
    """
    return item.digits > _FINE or (item.digits > 1 and "." in item.text)


_TELLING = 0.85
"""Share of a model below which its blocks alone are no rounding of the whole."""
_OF_EXPERTS = late(r"\d\s?[x×]\s?\d|a\d", re.IGNORECASE)
_EXPERTS = late(r"\dE\b")
"""In a size: `17B-128E` gives the active parameters and the experts."""
_EFFECTIVE = late(r"E(\d+(?:\.\d+)?)B(?:\s.*)?")
"""A size that counts the parameters held at once: Gemma's E2B."""
_ACTIVE_IN_NAME = late(r"-A(\d{1,3}(?:\.\d)?)B\b")
"""The active parameters in a size: `30B-A3B`."""
_STAGES = late(r"\+|\bstages?\b")
_STAGE = late(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)\s?([MBT]|trillion|billion|million)\b")
"""The tokens of a stage, as the base writes them in a locator: `4.2T`, `6,056B`, `4 trillion`."""
_COUNTED = frozenset({"params_total", "params_active"})


def _counted_from_steps(item: Item, known: Known) -> Statement | None:
    """The derived number of tokens that a count is near: RoBERTa's batches hold 2.1T, a survey says 2.2T."""
    if item.low is None or item.bound:
        return None
    for claim in known.claims:
        apart = abs(float(item.value) - claim.value)
        if claim.status == "derived" and apart <= _BY_STEPS * claim.value:
            return claim
    return None


_BY_STEPS = 0.05


def _with_predictors(item: Item, claim: Statement) -> bool:
    """Whether a count has what the note of the base's says that it leaves out: 685B beside 671B."""
    if "multi-token" not in (claim.note or "") or item.digits < _FINE:
        return False
    return bool(0 < float(item.value) - claim.value <= _PREDICTORS * claim.value)


_FINE = 2
"""Fewest digits of a count that tell whether a module of some hundredths is in it."""
_PREDICTORS = 0.03
"""Largest share of a model's parameters that such a module has."""


def _with_end(item: Item, value: object) -> bool:
    """Whether a length is one token more than a claimed one, and a power of two: 8,192 for 8,191."""
    return (
        isinstance(value, int)
        and item.value == value + 1
        and value > 0
        and value & (value + 1) == 0
    )


def _is_number(item: Item) -> bool:
    return isinstance(item.value, int | float | Decimal) and not isinstance(item.value, bool)
