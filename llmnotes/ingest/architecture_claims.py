"""Claims derived from an architecture that was built from a configuration of any program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from llmnotes.ingest.head_sharing import FORMULA
from llmnotes.ingest.raw import RawClaim
from llmnotes.ingest.sources import source_row
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing.architecture import Architecture, Block
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.compressed_attention import LatentAttention
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.sizing.parameters import count_parameters

ARITHMETIC = source_row(
    "formula-params-from-config", "Parameters counted from the configuration", kind="formula"
)
_MOST = 2**63


def counted_claims(architecture: Architecture, place: str) -> Iterator[RawClaim]:
    """The parameters counted from the architecture, and its kind.

    Raises `InputError` where they cannot be counted.
    """
    counted = count_parameters(architecture)
    note = "; ".join(f"{what} not counted: {why}" for what, why in counted.not_counted) or None
    if not 0 < counted.total < _MOST:
        return
    for attribute, value in (("params_total", counted.total), ("params_active", counted.active)):
        yield RawClaim(attribute, value, place, "derived", note, source=ARITHMETIC)
    yield RawClaim("architecture", architecture.kind, place, "derived", source=ARITHMETIC)


def as_built(claims: Iterable[RawClaim], architecture: Architecture) -> Iterator[RawClaim]:
    """The values stated by a configuration's keys, corrected for how the layers use them.

    Where every feed-forward layer is routed, `intermediate_size` is the width of an expert (Mixtral), or
    unused (Qwen3-30B-A3B, which has a separate key for it).
    """
    found = list(claims)
    blocks = [run.block for stack in architecture.stacks for run in stack.runs]
    experts = {mixture.d_expert for block in blocks if (mixture := _mixture(block))}
    if experts and not any(map(_dense, blocks)):
        told = any(claim.attribute == "d_expert" for claim in found)
        for claim in [claim for claim in found if claim.attribute == "d_ff"]:
            found.remove(claim)
            if claim.value in experts and not told:
                found.append(replace(claim, attribute="d_expert"))
    yield from found


def shape_claims(architecture: Architecture, place: str) -> Iterator[RawClaim]:
    """Sizes of the architecture: of the whole, and of its layers where they have them."""
    stacks = {stack.name: stack for stack in architecture.stacks}
    layers = {name: sum(run.count for run in stack.runs) for name, stack in stacks.items()}
    whole = {
        "d_model": architecture.d_model, "vocab_size": architecture.vocab_size,
        "context_length": architecture.context_length, "n_layers": sum(layers.values()),
        "tied_embeddings": architecture.head.tied,
    }  # fmt: skip
    if len(stacks) > 1:
        whole |= {f"n_{name}_layers": count for name, count in layers.items()}
    for attribute, value in whole.items():
        if value is not None:
            yield RawClaim(attribute, value, place, canonical=True)
    runs = [(run.count, run.block) for stack in architecture.stacks for run in stack.runs]
    for attribute, read in _OF_LAYERS.items():
        value = _over_layers(attribute, [(count, read(block)) for count, block in runs])
        if value is not None:
            yield RawClaim(attribute, value, place, canonical=True)
    kinds = _over_layers("attention", [(count, _sharing(block)) for count, block in runs])
    if kinds is not None:
        yield RawClaim("attention", kinds, place, "derived", canonical=True, source=FORMULA)


def _over_layers(attribute: str, values: list[tuple[int, Any]]) -> Any:
    """One value where all layers that have one agree, else the runs of a per-layer attribute."""
    runs: list[list[Any]] = []
    for count, value in values:
        if value is None:
            continue
        if runs and runs[-1][1] == value:
            runs[-1][0] += count
        else:
            runs.append([count, value])
    if len({run[1] for run in runs}) == 1:
        return runs[0][1]
    gaps = any(value is None for _, value in values)
    if not runs or gaps or not ATTRIBUTES[attribute].per_layer:
        return None
    return {"runs": runs}


def _attention(block: Block) -> Attention | None:
    return next((m for m in block.mixers if isinstance(m, Attention) and not m.cross), None)


def _latent(block: Block) -> LatentAttention | None:
    return next((m for m in block.mixers if isinstance(m, LatentAttention)), None)


def _dense(block: Block) -> FeedForward | None:
    return next((f for f in block.feed_forwards if isinstance(f, FeedForward)), None)


def _mixture(block: Block) -> MixtureOfExperts | None:
    return next((f for f in block.feed_forwards if isinstance(f, MixtureOfExperts)), None)


def _of(part: Callable[[Block], Any], name: str) -> Callable[[Block], Any]:
    return lambda block: getattr(part(block), name, None)


def _shared(block: Block) -> int | None:
    mixture = _mixture(block)
    if mixture is None or mixture.shared is None or not mixture.d_expert:
        return None
    return mixture.shared.d_ff // mixture.d_expert or None


def _sharing(block: Block) -> str | None:
    if _latent(block):
        return "MLA"
    found = _attention(block)
    return None if found is None else found.kind


def _kv_source(block: Block) -> str | None:
    found = next((m for m in block.mixers if isinstance(m, Attention)), None)
    if found is None or (found.cross and len(block.mixers) > 1):
        return None
    if found.cross:
        return "other-sequence"
    return "earlier-layer" if found.reuses_kv else "key-as-value" if found.key_is_value else "own"


def _either(block: Block) -> Attention | LatentAttention | None:
    return _attention(block) or _latent(block)


def _named(part: Callable[[Block], Any], kind: type) -> dict[str, Callable[[Block], Any]]:
    """The numeric fields of these parts that have the name of an attribute."""
    return {
        field.name: _of(part, field.name)
        for field in fields(kind)
        if field.name in ATTRIBUTES
        and ATTRIBUTES[field.name].is_numeric
        and field.name != "d_model"
    }


_OF_LAYERS: dict[str, Callable[[Block], Any]] = {
    **_named(_latent, LatentAttention),
    **_named(_either, Attention),
    **_named(_dense, FeedForward),
    **_named(_mixture, MixtureOfExperts),
    "kv_source": _kv_source,
    "sliding_window": _of(_attention, "window"),
    "gated_ffn": _of(_dense, "gated"),
    "n_experts_active": _of(_mixture, "n_active"),
    "n_shared_experts": _shared,
}
"""The functions that read an attribute from a layer."""

DESCRIBED = frozenset({
    "params_total", "params_active", "architecture", "d_model", "vocab_size", "context_length",
    "n_layers", "n_encoder_layers", "n_decoder_layers", "tied_embeddings", "attention", *_OF_LAYERS,
})  # fmt: skip
"""The attributes that can be derived from an architecture."""
