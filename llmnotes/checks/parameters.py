"""Rules on parameters: the count from the shape, the exact count and the published figure."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS, SHAPE
from llmnotes.checks.rounding import is_rounded, rounds_to
from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel
from llmnotes.sizing.parameters import FROM_SHAPE, ParameterCount


def conventions(count: ParameterCount) -> dict[str, int]:
    """The totals that may be stated for one shape, by what they include."""
    found = {"as declared": count.total}
    if count.head_apart:
        found["with the output matrix"] = count.total + count.head_apart
    if pooler := count.parts.get("pooler"):
        found["without the pooler"] = count.total - pooler
    return found


@of_model("error")
def parameters_differ_from_shape(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The parameters counted from the declared shape are those of the exact count."""
    claim, count = model.claim("params_total"), model.recount
    if claim is None or count is None or not model.answers_for("params_total", *SHAPE):
        return
    if _explained(claim.value, count) or _other_tying(claim.value, count):
        return
    gap = count.total - claim.value
    yield Violation(
        "params_total",
        f"{claim.value:,} parameters are claimed, but the shape has {count.total:,} "
        f"({abs(gap):,} {'more' if gap > 0 else 'fewer'})",
        (claim,),
        {FROM_SHAPE: count.total},
    )


@of_model("info")
def shape_not_counted(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Of a curated model with an exact count the shape is complete and of a kind that can be counted."""
    claim = model.claim("params_total")
    if claim is None or claim.layer != "curated" or is_rounded(claim.value):
        return
    heads, kv = model.number(HEADS), model.number(KV_HEADS)
    if heads and kv and heads % kv:
        return  # `heads_do_not_divide` reports that
    if model.recount is None and model.answers_for("params_total"):
        yield Violation("params_total", f"not recounted: {model.uncounted}", (claim,))


@of_model("error")
def tied_flag_contradicts_count(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The exact count belongs to the tying of embeddings that is declared."""
    claim, count = model.claim("params_total"), model.recount
    if claim is None or count is None or not model.answers_for("params_total", *SHAPE):
        return
    if _other_tying(claim.value, count) and not _explained(claim.value, count):
        declared = "tied" if count.tied else "untied"
        yield Violation(
            "tied_embeddings",
            f"the embeddings are declared {declared}, but {claim.value:,} parameters are the count "
            f"of a model whose embeddings are {'untied' if count.tied else 'tied'}",
            model.said("tied_embeddings", "params_total"),
            {FROM_SHAPE: count.total},
        )


@of_model("error")
def active_differ_from_shape(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The active parameters of a mixture counted from the shape are those claimed."""
    claim, count = model.claim("params_active"), model.recount
    if claim is None or count is None or model.claim("n_experts") is None:
        return
    if claim.value > (_total(model) or claim.value):
        return  # `active_exceed_total` reports that
    if not model.answers_for("params_active", *SHAPE):
        return
    printed = is_rounded(claim.value) and rounds_to(count.active, claim.value)
    if claim.value != count.active and not printed:
        yield Violation(
            "params_active",
            f"{claim.value:,} active parameters are claimed, but the shape has {count.active:,}",
            (claim,),
            {FROM_SHAPE: count.active},
        )


@of_model("warning")
def parameters_differ_from_published(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The publisher's figure is the exact count rounded or cut off at the digits printed."""
    published, exact, count = (
        model.claim("params_reported"),
        model.claim("params_total"),
        model.recount,
    )
    if published is None or not model.answers_for("params_reported", "params_total"):
        return
    figures = set(conventions(count).values()) if count else set()
    if count:
        figures |= {count.tied_total, count.untied_total}
    if exact is not None:
        figures |= {item.value for item in model.claims["params_total"] if item.value}
    if not figures or any(rounds_to(figure, published.value) for figure in figures):
        return
    best = exact.value if exact is not None else next(iter(figures))
    yield Violation(
        "params_reported",
        f"{published.value:,} parameters are published, which is not {best:,} rounded",
        model.said("params_reported", "params_total"),
        None if count is None else {FROM_SHAPE: count.total},
    )


@of_model("error")
def active_exceed_total(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The active parameters are no more than all parameters."""
    active, total = model.claim("params_active"), _total(model)
    if active is None or total is None or not model.answers_for("params_active", "params_total"):
        return
    claim, count = model.claim("params_total") or model.claim("params_reported"), model.recount
    if count and active.value == count.active and total != count.total:
        return  # the total is wrong, which `parameters_differ_from_shape` reports
    rounded = is_rounded(total) and rounds_to(active.value, total)
    if claim and active.value > total and not rounded:
        yield Violation(
            "params_active",
            f"{active.value:,} active parameters are more than the {total:,} there are",
            (active, claim),
        )


@of_model("error")
def active_of_dense_differ(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """In a dense model every parameter is active."""
    active, total = model.claim("params_active"), model.claim("params_total")
    if active is None or total is None or model.value("sparsity") != "dense":
        return
    if not model.answers_for("params_active", "params_total", "sparsity"):
        return
    figures = {total.value} | ({model.recount.total} if model.recount else set())
    if active.value <= total.value and not any(
        active.value == figure or (is_rounded(active.value) and rounds_to(figure, active.value))
        for figure in figures
    ):
        yield Violation(
            "params_active",
            f"{active.value:,} active parameters of {total.value:,}, though the model is dense",
            model.said("params_active", "params_total", "sparsity"),
        )


@of_model("warning")
def active_of_mixture_are_all(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """In a mixture of experts fewer parameters are active than there are."""
    active, total = model.claim("params_active"), model.claim("params_total")
    if active is None or total is None or model.value("sparsity") != "moe":
        return
    if active.value == total.value and model.answers_for("params_active", "params_total"):
        yield Violation(
            "params_active",
            f"all {total.value:,} parameters are called active, though the model is a mixture",
            model.said("params_active", "params_total", "sparsity"),
        )


def _total(model: CheckedModel) -> int | None:
    found = model.number("params_total")
    return found if found is not None else model.number("params_reported")


def _explained(total: int, count: ParameterCount) -> bool:
    figures = conventions(count).values()
    return total in figures or (
        is_rounded(total) and any(rounds_to(figure, total) for figure in figures)
    )


def _other_tying(total: int, count: ParameterCount) -> bool:
    return total == (count.untied_total if count.tied else count.tied_total)
