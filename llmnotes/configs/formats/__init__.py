"""Configuration formats of other programs: litgpt, MaxText, Megatron, the publishers' own.

A format is recognised from its keys alone; its reader is imported on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from llmnotes.sizing.architecture import Architecture

Reader = Callable[[Mapping[str, object]], Architecture]

_FILES = {
    "maxtext": "maxtext",
    "litgpt": "litgpt",
    "grok": "original",
    "params": "original",
    "megatron": "megatron",
}


def recognised(config: Mapping[str, object]) -> str:
    """The format of these keys: maxtext, litgpt, grok, params or megatron; "" for none of them."""
    if "base_emb_dim" in config:
        return "maxtext"
    typed = "model_type" in config
    if "n_embd" in config and "mlp_class_name" in config and not typed:
        return "litgpt"
    if typed and config.get("model_type") != "gpt":
        return ""
    model = config.get("model")
    if isinstance(model, Mapping) and "widening_factor" in model and "emb_size" in model:
        return "grok"
    if {"dim", "n_layers", "n_heads"} <= config.keys():
        return "params"
    keys = {key.replace("-", "_") for key in config if isinstance(key, str)}
    return "megatron" if {"num_layers", "hidden_size", "num_attention_heads"} <= keys else ""


def reader(name: str) -> Reader:
    """The reader of a format returned by `recognised`."""
    found: Reader = getattr(import_module(f"{__name__}.{_FILES[name]}"), f"read_{name}")
    return found
