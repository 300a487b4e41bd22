"""Hugging Face `config.json`: dispatches on `model_type` to the family's builder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from llmnotes.configs.class_names import check_class, known_types, model_type_of, nested_type
from llmnotes.configs.defaults import NO_DEFAULTS, ClassDefaults, load
from llmnotes.configs.errors import ConfigError, UnknownArchitectureError
from llmnotes.configs.fields import Fields, shown
from llmnotes.configs.registry import find
from llmnotes.configs.task_heads import apply_class
from llmnotes.configs.wrappers import TextPart, is_wrapper, left_out, text_part, tied
from llmnotes.sizing.architecture import Architecture
from llmnotes.spelling import nearest


def read_huggingface(config: Mapping[str, object]) -> Architecture:
    """The architecture described by a Hugging Face `config.json`.

    Raises:
        UnknownArchitectureError: the `model_type` is not supported.
        ConfigError: a key is missing, contradictory or out of range.
    """
    model_type = model_type_of(config)
    part = text_part(config, model_type, nested_type)
    own = find(part.type)
    if own is None:
        raise _unknown(part.type)
    if part.config.get("per_layer_config"):
        raise ConfigError(
            "per_layer_config gives layers sizes of their own, which are not known here"
        )
    fields = _fields(config, part)
    remarks = check_class(config, model_type, part.type)
    found = apply_class(own.build(fields), part.own_class)
    if part.flattened:
        _refuse_other_language_model(fields, part)
    return replace(
        found,
        model_type=model_type,
        not_counted=(*found.not_counted, *left_out(config, part)),
        assumptions=tuple(sorted(fields.assumed.items())),
        remarks=(*part.remarks, *remarks),
    )


def _fields(config: Mapping[str, object], part: TextPart) -> Fields:
    """The language model's keys with its class's defaults, and the wrapper's tying of the head."""
    values = dict(part.config)
    entry = load().get(part.type) or NO_DEFAULTS
    for own_key, other in _synonyms(part.config, entry).items():
        values[own_key] = part.config[other]
    if part.wrapped:
        values["tie_word_embeddings"] = tied(part)
    around = load().get(part.owner_type, NO_DEFAULTS).inner if part.wrapped else {}
    nested = part.config is not config
    fields = Fields(values, {**entry.values, **around}, entry.aliases, part.type if nested else "")
    own = find(part.type)
    in_parts = own is not None and any(fields.given(key) for key in own.parts)
    if not (in_parts or (nested and is_wrapper(part.owner_type))):
        _require_sizes(fields)
    return fields


_SYNONYMS = (
    ("n_routed_experts", "num_local_experts", "num_experts", "moe_num_experts"),
    ("num_experts_per_tok", "num_experts_per_token", "moe_top_k", "moe_topk", "moe_k"),
    ("n_shared_experts", "num_shared_experts", "moe_num_shared_experts"),
)
"""Different key names for the same number; files of one family often use another's."""

_MECHANISMS = (("kv_lora_rank",), _SYNONYMS[0])
"""Keys of mechanisms that only some language models have."""


def _synonyms(config: Mapping[str, object], entry: ClassDefaults) -> dict[str, str]:
    """The other name under which alone the file gives a number, by the class's own key."""
    found: dict[str, str] = {}
    for names in _SYNONYMS:
        own = [name for name in names if name in entry.values or name in entry.aliases]
        given = [name for name in names if config.get(name) is not None]
        if own and len(given) == 1 and given[0] not in own:
            found[own[0]] = given[0]
    return found


def _refuse_other_language_model(f: Fields, part: TextPart) -> None:
    """Refuse keys of a flattened wrapper that contradict the assumed type of its language model.

    Raises:
        ConfigError: a key is given that the assumed type does not have.
    """
    known = {*f.read, *f.defaults, *f.aliases}
    unused = [names for names in _MECHANISMS if not known & set(names)]
    strange = [key for names in unused for key in names if f.given(key)]
    if strange:
        raise ConfigError(
            f"{strange[0]} is given, which {part.type} does not have, the language model "
            f"{part.owner_type} has by default; name its type in text_config"
        )


def read_family(model_type: str, values: Mapping[str, object]) -> Architecture:
    """The architecture of a family from values converted from another format.

    Only values that are absent here are taken from the family's class defaults.

    Raises:
        ConfigError: a value is missing, contradictory or out of range.
    """
    entry = load().get(model_type) or NO_DEFAULTS
    fields = Fields(values, entry.values, entry.aliases)
    own = find(model_type)
    if own is None:
        raise _unknown(model_type)
    found = own.build(fields)
    return replace(found, model_type=model_type, assumptions=tuple(sorted(fields.assumed.items())))


_DEPTH = (
    "num_hidden_layers",
    "num_layers",
    "n_layer",
    "hybrid_override_pattern",
    "layers_block_type",
)
_WIDTH = ("hidden_size", "n_embd")


def _require_sizes(f: Fields) -> None:
    """Require width and depth: a file without them describes no particular model."""
    for keys in (_WIDTH, _DEPTH):
        if not any(f.given(key) for key in keys):
            raise f.error(f"{f.name_of(keys[0])} is missing; it must be a whole number")


def _unknown(model_type: str) -> UnknownArchitectureError:
    close = nearest(model_type, known_types())
    hint = f" the closest known are {', '.join(close)}" if close else ""
    sentence = f"the architecture {shown(model_type)} is not known, so nothing is counted;"
    return UnknownArchitectureError(f"{sentence}{hint}".rstrip(";"))
