"""Rules that compare the members of a family."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from llmnotes.checks.rounding import rounds_to
from llmnotes.checks.rules import Violation, of_family, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedFamily, CheckedModel
from llmnotes.display import value_text
from llmnotes.errors import InputError
from llmnotes.quantities import exact, parse
from llmnotes.schema import ATTRIBUTES

SHARED = (
    "architecture", "mixer", "objective", "tokenizer", "tokenizer_library", "positional_encoding",
    "attention_mask", "activation", "gated_ffn", "normalization", "norm_placement", "bias",
    "parallel_blocks", "optimizer", "lr_schedule",
)  # fmt: skip
"""Attributes that rarely differ between the sizes of a family."""

SHAPE = ("n_layers", "d_model", "n_heads", "vocab_size", "params_total", "tokenizer", "activation")
"""Attributes that, once known for one size of a family, are expected for its other sizes."""


@of_family("warning")
def member_stands_alone(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """One size does not differ alone from three or more siblings in what families share."""
    for name in SHARED:
        claims = [(model, claim) for model in family.base_members if (claim := model.claim(name))]
        texts = [json.dumps(claim.value, sort_keys=True) for _, claim in claims]
        counts = Counter(texts)
        if len(claims) < 4 or sorted(counts.values()) != [1, len(claims) - 1]:
            continue
        lonely = texts.index(min(counts, key=lambda text: counts[text]))
        model, claim = claims[lonely]
        other = claims[0 if lonely else 1][1]
        yield Violation(
            name,
            f"{value_text(ATTRIBUTES[name], claim.value)}, where its {len(claims) - 1} siblings "
            f"have {value_text(ATTRIBUTES[name], other.value)}",
            (claim, other),
            subject=model.id,
        )


@of_family("warning")
def sizes_out_of_order(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """The members of a family are listed from the smallest to the largest."""
    sized = [
        (model, claim)
        for model in family.base_members
        if (claim := model.claim("params_total") or model.claim("params_reported"))
    ]
    if any(claim.layer != "curated" for _, claim in sized):
        return  # only curated files guarantee an order
    for (before, smaller), (model, claim) in pairwise(sized):
        if claim.value < smaller.value:
            yield Violation(
                claim.attribute,
                f"{claim.value:,} parameters, fewer than the {smaller.value:,} of {before.id}, "
                "which is listed before it",
                (claim, smaller),
                subject=model.id,
            )


@of_family("warning")
def learning_rate_grows_with_size(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """A larger size is not trained at more than twice the learning rate of a smaller sibling."""
    rated = [
        (size.value, rate.value, model, rate)
        for model in family.base_members
        if (size := model.claim("params_total") or model.claim("params_reported"))
        and (rate := model.claim("learning_rate"))
    ]
    for size, rate, model, claim in rated:
        least = min((other for smaller, other, *_ in rated if smaller < size), default=rate)
        if rate > 2 * least:
            yield Violation(
                "learning_rate",
                f"a learning rate of {exact(rate)}, where a smaller sibling has {exact(least)}",
                (claim,),
                subject=model.id,
            )


@of_family("info")
def declared_for_some_sizes(family: CheckedFamily, base: CheckedBase) -> Iterator[Violation]:
    """What is known of the shape of most sizes is known of all, or said to be withheld."""
    members = family.base_members
    for name in SHAPE:
        silent = [model for model in members if not model.claims.get(name)]
        if not silent or 2 * len(silent) >= len(members):
            continue
        for model in silent:
            if name == "params_total" and model.claims.get("params_reported"):
                continue
            yield Violation(
                name,
                f"nothing is said, though it is known of {len(members) - len(silent)} of "
                f"{len(members)} sizes",
                subject=model.id,
            )


@of_family("info")
def vocabulary_differs_from_siblings(
    family: CheckedFamily, base: CheckedBase
) -> Iterator[Violation]:
    """Sizes that share a tokenizer have embeddings of as many rows; padding makes them differ."""
    rows = [
        (model, claim)
        for model in family.base_members
        if (claim := model.claim("vocab_size")) and isinstance(claim.value, int)
    ]
    tokenizers = {json.dumps(model.value("tokenizer")) for model, _ in rows}
    counts = Counter(claim.value for _, claim in rows)
    if len(counts) < 2 or len(tokenizers) > 1:
        return
    usual = max(counts, key=lambda value: (counts[value], -value))
    for model, claim in rows:
        if claim.value == usual:
            continue
        padded = claim.value % 64 == 0 or usual % 64 == 0
        near = abs(claim.value - usual) <= 0.02 * usual
        cause = "padding explains it" if padded and near else "padding does not explain it"
        yield Violation(
            "vocab_size",
            f"{claim.value:,} rows, where {counts[usual]} of {len(rows)} sizes with its tokenizer "
            f"have {usual:,}; {cause}",
            (claim,),
            severity=None if padded and near else "warning",
            subject=model.id,
        )


@of_model("warning")
def size_differs_from_parameters(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The size in a model's name is its number of parameters, rounded."""
    claims = model.said("params_reported", "params_total")
    if not model.size or not claims or not model.answers_for("params_reported", "params_total"):
        return
    try:
        quantity = parse(model.size)
    except InputError:
        return  # Large, 8x7B: not a number of parameters
    size = float(quantity.value)
    if quantity.unit or size < 1_000_000:
        return
    figures = [claim.value for claim in claims]
    if any(figure / 1.1 <= size <= figure * 1.1 or rounds_to(figure, size) for figure in figures):
        return
    yield Violation(
        claims[0].attribute,
        f"{claims[0].value:,} parameters in a model of the size {model.size}",
        claims,
    )
