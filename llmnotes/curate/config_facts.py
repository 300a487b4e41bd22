"""Values stated by a model's configuration, each with its key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.curate.fact import LONGEST_PRINTED, PRODUCT, Fact
from llmnotes.curate.published import Published
from llmnotes.ingest.architecture_claims import as_built, shape_claims
from llmnotes.ingest.config_keys import config_claims, text_part
from llmnotes.ingest.raw import RawClaim
from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.values import pattern_of

_ROPE = "rope_parameters"
_GATED = {"SiLU": "SwiGLU", "GELU": "GeGLU", "ReLU": "ReGLU"}


def config_facts(model: Published, architecture: Architecture | None) -> Iterator[Fact]:
    """The values stated by the keys of the configuration; values that import derives are marked derived."""
    name = model.config_name
    if architecture is None:
        raw = list(config_claims(model.config.config, name))
    elif model.config.format == "huggingface":
        raw = list(as_built(config_claims(model.config.config, name), architecture))
    else:
        raw = list(shape_claims(architecture, name))
    gated = architecture is not None and _is_gated(architecture)
    numbers = {claim.attribute: claim for claim in raw}
    for claim in raw:
        key = (claim.locator or "").partition(": ")[2] or name
        fact = Fact(claim.attribute, _written(claim.value), name, _dotted(model, key))
        if claim.attribute == "activation" and gated:
            fact = fact._replace(value=_GATED[claim.value], printed=_printed(model, key))
        elif claim.attribute == "sparsity":
            experts = numbers["n_experts"]
            key = (experts.locator or "").partition(": ")[2]
            fact = fact._replace(at=_dotted(model, key), printed=(str(experts.value),))
        elif claim.attribute == "attention":
            fact = fact._replace(source=PRODUCT, at=_of(numbers, HEADS, KV_HEADS))
            fact = fact._replace(status="derived")
            if claim.value == "MLA":
                fact = fact._replace(at=_of(numbers, "kv_lora_rank"))
        elif claim.attribute in {"positional_encoding", "rope_scaling"}:
            fact = fact._replace(printed=_printed(model, key))
        yield fact
    if architecture is not None and "head_dim" not in numbers:
        yield from _head_dim(architecture, numbers)


def _head_dim(architecture: Architecture, numbers: Mapping[str, RawClaim]) -> Iterator[Fact]:
    """The head width where the file leaves it to the quotient of width and heads."""
    shape = {claim.attribute: claim.value for claim in shape_claims(architecture, "")}
    width, heads = numbers.get("d_model"), numbers.get("n_heads")
    if width and heads and shape.get("head_dim") == width.value / heads.value:
        yield Fact("head_dim", shape["head_dim"], PRODUCT, "d_model / n_heads", "derived")


def _of(numbers: Mapping[str, RawClaim], *names: str) -> str:
    """The inputs of a formula, as written in locators."""
    told = [f"{name} {numbers[name].value}" for name in names if name in numbers]
    return ", ".join(told) or "the configuration's keys"


def _written(value: Any) -> Any:
    """A value as a curated file writes it: a pattern as text, a whole number without a point."""
    pattern = pattern_of(value)
    if pattern is not None:
        return pattern
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _dotted(model: Published, key: str) -> str:
    """The key with the tables it is nested in, `text_config.rope_parameters.rope_theta`.

    The language model's own table is searched first, since a vision part has keys of the same names.
    """
    config = model.config.config
    own = text_part(config)
    parts = [(f"{name}.", part) for name, part in config.items()]
    parts.sort(key=lambda item: item[0] != f"{own}.")
    tables = [*parts[: bool(own)], ("", config), *parts[bool(own) :]]
    for prefix, table in tables:
        if not isinstance(table, Mapping):
            continue
        if key in table:
            return f"{prefix}{key}"
        rope = table.get(_ROPE)
        if isinstance(rope, dict) and key in rope:
            return f"{prefix}{_ROPE}.{key}"
        if isinstance(rope, dict) and key == "rope_scaling":
            return f"{prefix}{_ROPE}"
    return key


def _printed(model: Published, key: str) -> tuple[str, ...]:
    """The text at a key, where it is short enough for `printed`."""
    found: Any = model.config.config
    for part in _dotted(model, key).split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = found.get("rope_type", found.get("type"))
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    text = str(found)
    return (text,) if isinstance(found, str | int) and len(text) <= LONGEST_PRINTED else ()


def _is_gated(architecture: Architecture) -> bool:
    """Whether every feed-forward layer has a gate."""
    layers = [
        layer
        for stack in architecture.stacks
        for run in stack.runs
        for layer in run.block.feed_forwards
    ]
    plain = [layer.gated for layer in layers if isinstance(layer, FeedForward)]
    return bool(layers) and all(plain) and (bool(plain) or is_routed(architecture))


def is_routed(architecture: Architecture) -> bool:
    """Whether any layer is a mixture of experts."""
    return any(
        isinstance(layer, MixtureOfExperts)
        for stack in architecture.stacks
        for run in stack.runs
        for layer in run.block.feed_forwards
    )
