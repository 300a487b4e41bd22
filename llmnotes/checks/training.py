"""Rules on training: compute against tokens, plausible batch sizes, shares and scores."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel
from llmnotes.display import result_name

COMPUTE_TOLERANCE = 2.0
"""Allowed factor in either direction between 6ND and the reported compute: attention, recomputation and
embeddings are counted by some and left out by others (PaLM, arXiv 2204.02311, Tables 21 and 22)."""

MOST_SEQUENCES = 131_072
LEAST_BATCH_TOKENS, MOST_BATCH_TOKENS = 4_096, 268_435_456
"""Larger batches of sequences and tokens than any published: BERT by LAMB took 65,536 sequences
(arXiv 1904.00962), MiniMax-01 ended at 128M tokens (arXiv 2501.08313)."""


@of_model("error")
def compute_differs_from_6nd(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Reported training compute is within a factor of 2 of 6 × active parameters × tokens."""
    compute, tokens = model.claim("training_compute"), model.number("training_tokens")
    active = next(
        (
            found
            for name in ("params_active", "params_total", "params_reported")
            if (found := model.number(name))
        ),
        None,
    )
    if compute is None or not tokens or not active or not compute.value:
        return
    if not model.answers_for("training_compute", "training_tokens"):
        return
    rule = 6.0 * active * tokens
    # A token of an encoder-decoder passes through one of the two sides, so half the compute also agrees.
    least = rule / 2 if model.value("architecture") == "encoder-decoder" else rule
    if least / COMPUTE_TOLERANCE <= compute.value <= rule * COMPUTE_TOLERANCE:
        return
    yield Violation(
        "training_compute",
        f"{compute.value:.3g} FLOP are {compute.value / rule:.3g} times 6 × {active:,} parameters "
        f"× {tokens:,} tokens",
        model.said("training_compute", "training_tokens", "params_active"),
        {"6ND": rule},
    )


@of_model("error")
def batch_unit_implausible(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A batch is as large as its unit allows: a few tokens are sequences, millions of sequences tokens."""
    claim = model.claim("batch_size")
    if claim is None or not model.answers_for("batch_size"):
        return
    stages, unit = claim.value["stages"], claim.value["unit"]
    length = model.number("context_length_pretraining")
    if unit == "sequences":
        wrong = max(stages) > MOST_SEQUENCES
        wrong = wrong or (length is not None and max(stages) * length > MOST_BATCH_TOKENS)
    else:
        wrong = max(stages) > MOST_BATCH_TOKENS or max(stages) < max(
            length or 0, LEAST_BATCH_TOKENS
        )
    if wrong:
        other = "tokens" if unit == "sequences" else "sequences"
        yield Violation(
            "batch_size",
            f"a batch of {max(stages):,} {unit}"
            + (f" of {length:,} tokens" if length and unit == "sequences" else "")
            + f" is out of reach; {other} may be meant",
            model.said("batch_size", "context_length_pretraining"),
        )


@of_model("error")
def data_shares_exceed_whole(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The shares of the training data add up to no more than all of it."""
    claim = model.claim("training_data")
    if claim is None or not model.answers_for("training_data"):
        return
    total = sum(item.get("weight", 0.0) for item in claim.value)
    if total > 1.02:  # printed shares are rounded
        yield Violation("training_data", f"the shares of the data add up to {total:.0%}", (claim,))


_PERCENT = ("accuracy", "exact match", "f1", "pass@", "maj@", "bleu", "rouge")
"""Metrics, or how they begin, that run from 0 to 100."""


@of_model("error")
def score_out_of_range(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A score in percent lies between 0 and 100."""
    claim = model.claim("evaluation")
    if claim is None or not model.answers_for("evaluation"):
        return
    for item in claim.value:
        metric = item.get("metric", "").casefold()
        if metric.startswith(_PERCENT) and not 0 <= item.get("score", 0) <= 100:
            yield Violation("evaluation", f"{result_name(item)}: {item['score']:g}", (claim,))
