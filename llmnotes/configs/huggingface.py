"""Hugging Face `config.json`: from `model_type` to the family's builder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from llmnotes.configs.deberta import deberta, deberta_v2
from llmnotes.configs.decoder import decoder
from llmnotes.configs.defaults import NO_DEFAULTS, load
from llmnotes.configs.dense_families import DENSE
from llmnotes.configs.encoder_families import ENCODER_BUILDERS
from llmnotes.configs.errors import ConfigError, UnknownArchitectureError
from llmnotes.configs.fields import Fields, shown
from llmnotes.configs.heads import apply_class
from llmnotes.configs.hybrid_families import HYBRID
from llmnotes.configs.latent_families import LATENT, deepseek_v4, latent, longcat_flash
from llmnotes.configs.legacy_families import LEGACY
from llmnotes.configs.moe_families import MOE
from llmnotes.configs.per_layer_families import PER_LAYER
from llmnotes.configs.recent_families import RECENT
from llmnotes.configs.remote_families import REMOTE
from llmnotes.configs.searched_families import SEARCHED
from llmnotes.configs.seq2seq_families import SEQ2SEQ
from llmnotes.configs.special_families import SPECIAL
from llmnotes.configs.state_families import STATE
from llmnotes.configs.traits import Traits
from llmnotes.configs.wrappers import ALIASES, TEXT_KEYS, left_out, text_part, tied
from llmnotes.errors import nearest
from llmnotes.sizing.architecture import Architecture

Builder = Callable[[Fields], Architecture]


def _traits_builder(traits: Traits) -> Builder:
    return lambda f: decoder(f, traits)


BUILDERS: dict[str, Builder] = {
    **{name: _traits_builder(traits) for name, traits in {**DENSE, **MOE}.items()},
    **{name: latent(name) for name in LATENT},
    "deepseek_v4": deepseek_v4,
    "longcat_flash": longcat_flash,
    **SPECIAL,
    **PER_LAYER,
    **HYBRID,
    **STATE,
    **ENCODER_BUILDERS,
    "deberta": deberta,
    "deberta-v2": deberta_v2,
    **SEQ2SEQ,
    **REMOTE,
    **RECENT,
    **SEARCHED,
    **LEGACY,
}
"""Model type -> builder, for every family whose arithmetic is known."""


@cache
def known_types() -> tuple[str, ...]:
    """Every `model_type` that can be read, wrappers that also see or hear included."""
    wrappers = [
        name
        for name, entry in load().items()
        if any(entry.nested.get(key) in BUILDERS for key in TEXT_KEYS)
    ]
    return tuple(sorted({*BUILDERS, *ALIASES, *wrappers}))


def read_huggingface(config: Mapping[str, object]) -> Architecture:
    """The architecture that a Hugging Face `config.json` describes.

    Raises:
        UnknownArchitectureError: the `model_type` is none whose arithmetic is known.
        ConfigError: a key is missing, contradictory or out of range.
    """
    model_type = _model_type(config)
    part = text_part(config, model_type)
    builder = BUILDERS.get(part.type)
    if builder is None:
        raise _unknown(part.type)
    nested = part.config is not config
    if part.config.get("per_layer_config"):
        raise ConfigError(
            "per_layer_config gives layers sizes of their own, which are not known here"
        )
    values = dict(part.config)
    if part.wrapped:
        values["tie_word_embeddings"] = tied(part)
    entry = load().get(part.type) or NO_DEFAULTS
    around = load().get(part.owner_type, NO_DEFAULTS).inner if part.wrapped else {}
    given = {**entry.values, **around}
    fields = Fields(values, given, entry.aliases, part.type if nested else "")
    if not nested:
        _require_sizes(fields)
    _check_class(config, model_type, part.type)
    found = apply_class(builder(fields), config)
    return replace(
        found,
        model_type=model_type,
        not_counted=(*found.not_counted, *left_out(config, part)),
        assumptions=tuple(sorted(fields.assumed.items())),
    )


def read_family(model_type: str, values: Mapping[str, object]) -> Architecture:
    """The architecture of a family from values worked out of another format.

    Only a default that is absent here is taken from the family's class.

    Raises:
        ConfigError: a value is missing, contradictory or out of range.
    """
    entry = load().get(model_type) or NO_DEFAULTS
    fields = Fields(values, entry.values, entry.aliases)
    found = BUILDERS[model_type](fields)
    return replace(found, model_type=model_type, assumptions=tuple(sorted(fields.assumed.items())))


def _model_type(config: Mapping[str, object]) -> str:
    """The file's `model_type`; where it is absent or unknown, the type of the class it names."""
    model_type = config.get("model_type")
    if model_type is not None and not (isinstance(model_type, str) and model_type):
        raise ConfigError(f"model_type is {shown(model_type)}; it must be a text such as 'llama'")
    named = _types_by_stem().get(_stem(config))
    if isinstance(model_type, str) and _types_by_stem().get(_folded(model_type)) == model_type:
        # A wrapper's file may bear the type of the language model inside it.
        bare = not config.get("hidden_size") and model_type in BUILDERS
        around = bare and any(config.get(key) for key in TEXT_KEYS)
        return named if around and named is not None else model_type
    if named is not None and "auto_map" not in config:
        return named
    if isinstance(model_type, str):
        return model_type
    if named is not None:
        return named
    raise ConfigError("model_type is missing; it must name the architecture, such as 'llama'")


@cache
def _types_by_stem() -> dict[str, str]:
    return {_folded(name): name for name in known_types()}


def _stem(config: Mapping[str, object]) -> str:
    """The family's part of the class that `architectures` names, or an empty text."""
    names = config.get("architectures")
    if not isinstance(names, list) or not names or not isinstance(names[0], str):
        return ""
    return _folded(names[0].split("For")[0].removesuffix("Model").removesuffix("LMHead"))


_DEPTH = (
    "num_hidden_layers",
    "num_layers",
    "n_layer",
    "hybrid_override_pattern",
    "layers_block_type",
)
_WIDTH = ("hidden_size", "n_embd")


def _require_sizes(f: Fields) -> None:
    """Width and depth must be given: a file without them describes no particular model."""
    for keys in (_WIDTH, _DEPTH):
        if not any(f.given(key) for key in keys):
            raise f.error(f"{f.name_of(keys[0])} is missing; it must be a whole number")


_OWN_CLASSES = {
    "hunyuan_v1_dense": "hunyuandensev1",
    "hunyuan_v1_moe": "hunyuanmoev1",
    "minimax_m3_vl": "minimaxm3sparse",
    "nemo_speechlm": "nemotron35transcribe",
    "nemotron-nas": "decilm",
    "RefinedWeb": "rw",
    "RefinedWebModel": "rw",
}
"""Types whose class does not bear their name."""


def _check_class(config: Mapping[str, object], model_type: str, text_type: str) -> None:
    """A class that belongs to neither the type nor any known one is other code: not counted.

    Raises:
        UnknownArchitectureError: `architectures` names such a class.
    """
    stem = _stem(config)
    if not stem:
        return
    types = {_folded(name) for name in (model_type, text_type, ALIASES.get(model_type, ""))}
    types.add(_OWN_CLASSES.get(model_type, ""))
    if any(kind and (kind in stem or stem in kind) for kind in types):
        return
    if stem not in _types_by_stem():
        raise UnknownArchitectureError(
            f"architectures names {shown(config['architectures'])}, which is not the class of "
            f"{shown(model_type)}; nothing is counted"
        )


def _folded(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())


def _unknown(model_type: str) -> UnknownArchitectureError:
    close = nearest(model_type, known_types())
    hint = f" the closest known are {', '.join(close)}" if close else ""
    sentence = f"the architecture {shown(model_type)} is not known, so nothing is counted;"
    return UnknownArchitectureError(f"{sentence}{hint}".rstrip(";"))
