"""Parameter counts of a model: from its architecture, and from its checkpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.curate.config_facts import is_routed
from llmnotes.curate.fact import PRODUCT, WEIGHTS, Fact
from llmnotes.curate.published import Published
from llmnotes.errors import InputError
from llmnotes.ingest.architecture_claims import counted_claims
from llmnotes.model_files.stored import INDEX
from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.parameters import FROM_SHAPE

_SHAPE = (
    "d_model", "n_layers", "d_ff", "d_expert", "n_experts", "n_experts_active", "n_shared_experts",
    HEADS, KV_HEADS, "head_dim", "q_lora_rank", "kv_lora_rank", "vocab_size",
)  # fmt: skip


def counted_facts(
    model: Published, architecture: Architecture, shown: Mapping[str, Fact], comments: list[str]
) -> Iterator[Fact]:
    """The exact count of the architecture, with its inputs."""
    told = [f"{name} {shown[name].value}" for name in _SHAPE if name in shown]
    tied = "tied" if architecture.head.tied else "untied"
    inputs = ", ".join([*told, tied])
    try:
        claims = list(counted_claims(architecture, model.config_name))
    except InputError as error:
        comments.append(f"the parameters are not counted: {error}")
        return
    routed = is_routed(architecture)
    for claim in claims:
        if claim.attribute == "architecture":
            kind = f"model_type {architecture.model_type}" if architecture.model_type else inputs
            yield Fact("architecture", claim.value, PRODUCT, kind, "derived")
        elif claim.attribute == "params_active" and not routed:
            yield Fact("params_active", claim.value, PRODUCT, "params_total (dense)", "derived")
        else:
            yield Fact(claim.attribute, claim.value, FROM_SHAPE, inputs, "derived")
        if claim.note and claim.attribute == "params_total":
            comments.append(claim.note)
    for name, value in architecture.assumptions:
        comments.append(
            f"{name} = {value}: the file omits it; the class's default was counted with"
        )


def checkpoint_facts(
    model: Published, found: Sequence[Fact], comments: list[str]
) -> Iterator[Fact]:
    """The count of the checkpoint beside ours, and their difference."""
    stored = model.stored
    if stored is None:
        return
    if stored.parameters is None:
        comments.append(f"the checkpoint's count cannot be told: {stored.how}")
        return
    if stored.how == "metadata.total_parameters":
        yield Fact("params_total", stored.parameters, INDEX, stored.how)
    elif stored.place == INDEX:
        yield Fact("params_total", stored.parameters, PRODUCT, f"{INDEX}: {stored.how}", "derived")
    else:
        yield Fact("params_total", stored.parameters, WEIGHTS, f"{stored.place}: {stored.how}")
    counted = next((fact.value for fact in found if fact.attribute == "params_total"), None)
    if counted is None:
        return
    difference = stored.parameters - counted
    if difference:
        comments.append(
            f"the checkpoint holds {stored.parameters:,} parameters, {abs(difference):,} "
            f"{'more' if difference > 0 else 'fewer'} than the configuration counts "
            f"({counted:,}): find out why, keep one as `preferred` with the `reason`"
        )
    else:
        comments.append(f"the checkpoint holds the {counted:,} parameters that are counted")
