"""Claims from the keys of a Hugging Face config.json, under the names used by different families."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from llmnotes.attributes.config_keys import keys_of
from llmnotes.ingest.head_sharing import FORMULA, LATENT, head_sharing
from llmnotes.ingest.raw import RawClaim

_COUNTS = keys_of("config")

_ACTIVATIONS = ("hidden_act", "activation_function", "hidden_activation")
_PLAIN = {
    "gelu": "GELU", "gelu_new": "GELU", "gelu_fast": "GELU", "gelu_pytorch_tanh": "GELU",
    "relu": "ReLU", "silu": "SiLU", "swish": "SiLU", "relu2": "squared-ReLU",
}  # fmt: skip
_SCALINGS = {
    "linear": "linear", "dynamic": "NTK-aware", "yarn": "YaRN", "longrope": "LongRoPE",
    "su": "LongRoPE", "llama3": "llama3",
}  # fmt: skip
_MOST_THETA = 1e12
"""A larger base of rotary positions is a mistake."""
STATED = frozenset({
    *_COUNTS, "rope_theta", "positional_encoding", "rope_scaling", "activation", "tied_embeddings",
    "sliding_window", "attention", "sparsity",
})  # fmt: skip
"""The attributes that the keys can state."""

_TEXT_PARTS = ("text_config", "llm_config", "language_config", "thinker_config")


def text_part(config: Mapping[str, Any]) -> str:
    """The key under which a wrapped model's configuration nests the language model; empty without."""
    return next((key for key in _TEXT_PARTS if isinstance(config.get(key), dict)), "")


def config_claims(config: Mapping[str, Any], place: str) -> Iterator[RawClaim]:
    """The claims stated by the keys of a config.json."""
    own = text_part(config)
    part = config[own] if own else config
    for attribute, keys in _COUNTS.items():
        for key in keys:
            value = part.get(key)
            if type(value) is int and 0 < value < 2**63:
                yield RawClaim(attribute, value, f"{place}: {key}")
                break
    yield from _terms(part, config, place)


def _terms(part: Mapping[str, Any], config: Mapping[str, Any], place: str) -> Iterator[RawClaim]:
    given = part.get("rope_parameters")
    rope: dict[str, Any] = given if isinstance(given, dict) else {}
    theta: Any = rope.get("rope_theta", part.get("rope_theta"))
    if type(theta) in {int, float} and 0 < theta < _MOST_THETA:
        yield RawClaim("rope_theta", float(theta), f"{place}: rope_theta")
        yield RawClaim("positional_encoding", "RoPE", f"{place}: rope_theta")
    scaling = part.get("rope_scaling") or rope
    kind = scaling.get("rope_type", scaling.get("type")) if isinstance(scaling, dict) else None
    if isinstance(kind, str) and kind in _SCALINGS:
        yield RawClaim("rope_scaling", _SCALINGS[kind], f"{place}: rope_scaling")
    for key in _ACTIVATIONS:
        if isinstance(part.get(key), str) and part[key] in _PLAIN:
            yield RawClaim("activation", _PLAIN[part[key]], f"{place}: {key}")
            break
    tied = part.get("tie_word_embeddings", config.get("tie_word_embeddings"))
    if isinstance(tied, bool):
        yield RawClaim("tied_embeddings", tied, f"{place}: tie_word_embeddings")
    window = part.get("sliding_window")
    if type(window) is int and window > 0 and part.get("use_sliding_window") is not False:
        yield RawClaim("sliding_window", window, f"{place}: sliding_window")
    kind = part.get("model_type")
    latent = (isinstance(kind, str) and kind.startswith(LATENT)) or part.get("kv_lora_rank")
    sharing = head_sharing(part.get("num_attention_heads"), part.get("num_key_value_heads"))
    if latent:
        yield RawClaim("attention", "MLA", f"{place}: kv_lora_rank", "derived", source=FORMULA)
    elif sharing:
        keys = "num_attention_heads, num_key_value_heads"
        yield RawClaim("attention", sharing, f"{place}: {keys}", "derived", source=FORMULA)
    if any(type(part.get(key)) is int and part[key] > 1 for key in _COUNTS["n_experts"]):
        yield RawClaim("sparsity", "moe", f"{place}: experts")
