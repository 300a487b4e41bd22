"""Memory kept during generation: the key-value cache, and the state of recurrent layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from llmnotes.sizing.architecture import ENCODER, Architecture, Mixer
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.numbers import number_format

_SOURCES = {
    "MHA": "Attention Is All You Need, arXiv 1706.03762",
    "MQA": "Fast Transformer Decoding, arXiv 1911.02150",
    "GQA": "GQA, arXiv 2305.13245",
    "MLA": "DeepSeek-V2, arXiv 2405.04434, section 2.1",
}


@dataclass(frozen=True, slots=True)
class _Layers:
    """Equal mixers and the number of them that a token passes through."""

    mixer: Mixer
    count: int


def _layers(model: Architecture) -> Iterator[_Layers]:
    for stack in model.stacks:
        if stack.name == "encoder":
            continue
        for run in stack.distinct():
            for mixer in run.block.mixers:
                yield _Layers(mixer, run.count)


def _is_cross(mixer: Mixer) -> bool:
    return isinstance(mixer, Attention) and mixer.cross


def _merged(model: Architecture, added: Callable[[Mixer], float]) -> list[_Layers]:
    """Layers grouped by equal cache formula, in the order of first appearance."""
    found: dict[tuple[str, float], _Layers] = {}
    for layer in _layers(model):
        elements = added(layer.mixer)
        if not elements:
            continue
        key = (layer.mixer.kind, elements)
        before = found.get(key)
        count = layer.count + (before.count if before else 0)
        found[key] = _Layers(layer.mixer, count)
    return list(found.values())


def _kept(mixer: Mixer) -> float:
    return 0 if _is_cross(mixer) else mixer.cache_per_token


def _growing(model: Architecture, mixer: Mixer) -> float:
    """The growth of a mixer's cache; a window as long as the model's context counts as none."""
    window, longest = mixer.window, model.context_length
    ends = window is not None and (longest is None or window < longest)
    return 0 if _is_cross(mixer) else mixer.growth_per_token if ends else mixer.cache_per_token


def _of_source(mixer: Mixer) -> float:
    return mixer.cache_per_token if _is_cross(mixer) else 0


def kv_cache_per_token(model: Architecture, dtype: str = "bf16") -> Figure:
    """Bytes of cache per token, all layers together.

    Every layer counts, including those with windows: the growth once they are full is `kv_cache_growth`,
    and the cache of a whole context `kv_cache`. Layers that reuse an earlier layer's keys, recurrent
    layers, and those that attend to another sequence add nothing.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    note = "layers x KV heads x (key width + value width); for MLA layers x (latent + rotary key)"
    return _per_token(model, dtype, "kv_cache_bytes_per_token", note, _kept)


def kv_cache_growth(model: Architecture, dtype: str = "bf16") -> Figure:
    """Bytes that one more token adds to the cache once every sliding or chunked window is full.

    Only full attention and the compressed entries of compressed attention then grow; where no layer has a
    window this is `kv_cache_per_token`. Beyond the longest window `kv_cache` of a context is this times its
    tokens plus a constant.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    note = "the layers whose cache grows with the whole context; full windows add nothing"
    name = "kv_cache_growth_bytes_per_token"
    return _per_token(model, dtype, name, note, partial(_growing, model), growing=True)


def kv_cache_per_source_token(model: Architecture, dtype: str = "bf16") -> Figure:
    """Bytes that cross-attention caches for each token of the sequence it attends to.

    That is a token of an encoder-decoder's input, or of an image that a decoder attends to. It is written
    once and does not grow with the output; without cross-attention it is 0.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    note = "for each token of the input or image attended to; it does not grow while generating"
    return _per_token(model, dtype, "kv_cache_bytes_per_source_token", note, _of_source)


def _per_token(
    model: Architecture,
    dtype: str,
    name: str,
    note: str,
    added: Callable[[Mixer], float],
    *,
    growing: bool = False,
) -> Figure:
    width = number_format(dtype)
    layers = _merged(model, added)
    elements = sum(added(layer.mixer) * layer.count for layer in layers)
    terms = [f"{each.count} x {each.mixer.cache_formula(growing=growing)}" for each in layers]
    kinds = list(dict.fromkeys(layer.mixer.kind for layer in layers))
    inputs: dict[str, object] = {
        "elements": elements,
        "layers": sum(layer.count for layer in layers),
        "bytes_per_element": width.bytes_per_element,
        "dtype": width.name,
    }
    return Figure(
        name,
        elements * width.bytes_per_element,
        "bytes/token",
        f"({' + '.join(terms) or '0'}) x {width.bytes_per_element:g} bytes",
        inputs,
        "; ".join(_SOURCES[kind] for kind in kinds if kind in _SOURCES) or _SOURCES["MHA"],
        "an encoder keeps no cache" if model.kind == ENCODER else note,
    )


def kv_cache(
    model: Architecture,
    context: int,
    batch: int = 1,
    dtype: str = "bf16",
    source_length: int | None = None,
) -> Figure:
    """Bytes cached for `batch` sequences of `context` tokens, windows respected.

    `source_length` is the length a cross-attention attends to (default: `Architecture.source_length`); a
    recurrent layer's state counts whatever the context.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    width = number_format(dtype)
    source = model.source_length(context) if source_length is None else source_length
    attention = cross = state = 0
    for layer in _layers(model):
        if _is_cross(layer.mixer):
            cross += layer.mixer.cached(source) * layer.count
        else:
            attention += layer.mixer.cached(context) * layer.count
        state += layer.mixer.state * layer.count
    elements = (attention + cross + state) * batch
    return Figure(
        "kv_cache_bytes",
        elements * width.bytes_per_element,
        "bytes",
        "batch x (attention + cross_attention + state elements) x bytes per element",
        {
            "context": context,
            "source_length": source,
            "batch": batch,
            "attention_elements": attention,
            "cross_attention_elements": cross,
            "state_elements": state,
            "bytes_per_element": width.bytes_per_element,
            "dtype": width.name,
        },
        "sum over layers of min(context, window) x cached elements per token",
        "state is counted at the same number format; some programs keep it at fp32",
    )
