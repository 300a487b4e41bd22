"""Rules on mixtures of experts: number of experts, active experts, and sparsity."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel


@of_model("error")
def active_experts_exceed_experts(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A token passes through no more experts than there are."""
    active, experts = model.number("n_experts_active"), model.number("n_experts")
    if (
        active
        and experts
        and active > experts
        and model.answers_for("n_experts_active", "n_experts")
    ):
        yield Violation(
            "n_experts_active",
            f"{active:,} experts per token of {experts:,}",
            model.said("n_experts_active", "n_experts"),
        )


@of_model("error")
def sparsity_contradicts_experts(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A model with several experts is a mixture, one called dense has none."""
    sparsity, experts = model.value("sparsity"), model.number("n_experts")
    if experts is None or sparsity is None or not model.answers_for("sparsity", "n_experts"):
        return
    if (sparsity == "dense") == (experts > 1):
        yield Violation(
            "sparsity",
            f"the model is called {sparsity} and has {experts:,} experts",
            model.said("sparsity", "n_experts"),
        )


@of_model("warning")
def mixture_without_experts(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Of a mixture whose shape is known the number of experts is known too, or said to be withheld."""
    if model.value("sparsity") != "moe" or model.claims.get("n_experts"):
        return
    if model.claim("d_model") and model.claim("n_layers") and model.answers_for("sparsity"):
        yield Violation(
            "n_experts",
            "the model is called a mixture of experts, but nothing is said of their number",
            model.said("sparsity"),
        )
