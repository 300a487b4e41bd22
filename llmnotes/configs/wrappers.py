"""Multimodal models: finds the configuration of their language model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from llmnotes.configs.defaults import ClassDefaults, load
from llmnotes.configs.errors import ConfigError
from llmnotes.configs.fields import MAX_COUNT, shown
from llmnotes.configs.registry import find

Config = Mapping[str, object]

TEXT_KEYS = (
    "text_config",
    "thinker_config",
    "llm_config",
    "language_config",
    "language_model_config",
    "decoder_config",
    "lm_config",
)
"""Keys under which wrappers keep the configuration of their language model."""

SIZES = ("hidden_size", "n_embd", "d_model", "dim")
"""Keys of the width: a configuration without any of them describes no particular model itself."""

_MOST_NESTED = 8

CLASSES = {
    "minimax_m3_vl": ("MiniMaxM3SparseForConditionalGeneration",),
    "nemo_speechlm": ("Nemotron35TranscribeForConditionalGeneration",),
}
"""Wrappers with a class of another name."""

OTHER_CONFIGS = ("vision_config", "audio_config", "visual", "speech_config", "vq_config")

FLAT = frozenset({"fuyu", "hunyuan_vl", "paddleocr_vl", "qwen2_5_vl", "qwen2_vl"})
"""Wrappers that also read the language model's keys from their own level."""

EITHER = frozenset(
    {
        "fast_vlm",
        "glm4v",
        "glm4v_moe",
        "glm_ocr",
        "hunyuan_vl",
        "llava",
        "llava_next_video",
        "llava_onevision",
        "minimax_m3_vl",
        "paddleocr_vl",
        "perception_lm",
        "qwen2_5_vl",
        "qwen2_vl",
        "shieldgemma2",
        "video_llama_3",
    }
)
"""Wrappers that tie their head where either they or their language model say so."""


TEXT_DECIDES = frozenset({"blip-2", "instructblip", "instructblipvideo", "vibevoice"})
"""Wrappers around a whole language model, whose own key decides on tying."""

NEVER_TIED = frozenset(
    {
        "audioflamingo3",
        "mllama",
        "molmo2",
        "musicflamingo",
        "nemo_speechlm",
        "nemotron_h_omni",
        "qwen2_audio",
        "vibevoice_asr",
        "voxtral",
    }
)
"""Wrappers with an untied head whatever the file says."""


class TextPart(NamedTuple):
    """The language model inside a configuration.

    Attributes:
        config, type: its own keys and its type.
        owner, owner_type: the configuration around it that owns the head (itself, if none).
        remarks: the assumptions made in finding it.
    """

    config: Config
    type: str
    owner: Config
    owner_type: str
    remarks: tuple[str, ...] = ()

    @property
    def wrapped(self) -> bool:
        """Whether it is nested in a configuration of another type."""
        return self.type != self.owner_type

    @property
    def flattened(self) -> bool:
        """Whether its keys are on the same level as the wrapper's."""
        return self.wrapped and self.config is self.owner

    @property
    def own_class(self) -> Config:
        """The configuration whose `architectures` determines the head."""
        if self.wrapped and not is_wrapper(self.owner_type) and self.config.get("architectures"):
            return self.config  # the class around it is unknown
        return self.owner if self.wrapped or self.owner.get("architectures") else self.config


def is_wrapper(model_type: str) -> bool:
    """Whether the type's class nests a language model's configuration."""
    return bool(_inner_type(model_type))


def text_part_type(model_type: str) -> str:
    """The default type of the innermost language model of a wrapper."""
    while inner := _inner_type(model_type):
        model_type = inner
    return model_type


def text_part(config: Config, model_type: str, named: Callable[[Config], str]) -> TextPart:
    """The language model's own configuration and type, inside wrappers or not.

    A wrapper's sizes may be at its top level instead of inside, and those of a language model inside any of
    `TEXT_KEYS`, once or several times, as files are flattened and wrapped. `named` gives the type of a
    nested configuration, by its `model_type` or its class; "" for none.

    Raises:
        ConfigError: a nested configuration is missing or not a mapping.
    """
    return _descend(config, model_type, named, 0)


def _descend(
    config: Config, model_type: str, named: Callable[[Config], str], depth: int
) -> TextPart:
    inner = _inner_type(model_type)
    own = model_type if inner else _family_type(model_type)
    key = _text_key(config, own)
    if key is None or not (inner or _descends(config, own, key, named)):
        return _here(config, own, inner)
    nested = _mapping(config, key)
    if depth >= _MOST_NESTED:
        raise ConfigError(f"{key} is nested more than {_MOST_NESTED} times")
    said = named(nested) or inner or own
    if said == own and inner and _text_key(nested, own) is None:
        said = inner
    found = _descend(nested, said, named, depth + 1)
    if found.wrapped:
        return found
    if not inner and own == found.type:  # wrapped in itself: the outer values hold inside too
        outside = {name: value for name, value in config.items() if name not in TEXT_KEYS}
        return TextPart({**outside, **found.config}, own, config, own, found.remarks)
    remarks = found.remarks
    if not inner and find(own) is None:
        remarks += (
            f"the wrapper {shown(own)} is not known here; "
            f"its language model {shown(found.type)} is counted alone",
        )
    return TextPart(found.config, found.type, config, own, remarks)


def _here(config: Config, own: str, inner: str) -> TextPart:
    """The language model of a configuration that nests no other."""
    if not inner:
        return TextPart(config, own, config, own)
    key = _text_key({}, own)
    inner = text_part_type(inner)
    if not is_sized(config) and own not in FLAT:
        raise ConfigError(
            f"{key} is missing; {own} takes the sizes of its language model from there"
        )
    said = (
        f"the sizes stand outside {key}; taken for {inner}, the language model {own} has by default"
    )
    return TextPart(config, inner, config, own, () if own in FLAT else (said,))


def _descends(config: Config, own: str, key: str, named: Callable[[Config], str]) -> bool:
    """Whether a configuration of an unknown wrapper has its language model under `key`."""
    if is_sized(config):
        return False
    nested = _mapping(config, key)
    said = named(nested)
    return is_wrapper(said) or find(said) is not None or find(own) is not None


def _inner_type(model_type: str) -> str:
    """The default type of the language model of a wrapper, or an empty text."""
    entry = load().get(model_type)
    keys = () if entry is None else (key for key in TEXT_KEYS if key in entry.nested)
    return next((entry.nested[key] for key in keys if entry is not None), "")


def _family_type(model_type: str) -> str:
    found = find(model_type)
    return model_type if found is None else found.type


def _text_key(config: Config, own: str) -> str | None:
    """The key of a configuration's language model: its class's own key first."""
    entry = load().get(own)
    usual = [key for key in TEXT_KEYS if entry is not None and key in entry.nested]
    given = [key for key in (*usual, *TEXT_KEYS) if config.get(key) not in (None, {})]
    return next(iter(given or (usual if not config else ())), None)


def _mapping(config: Config, key: str) -> Config:
    nested = config[key]
    if not isinstance(nested, Mapping):
        raise ConfigError(f"{key} is {shown(nested)}; it must be a nested configuration")
    return nested


def is_sized(config: Config) -> bool:
    """Whether a configuration gives a width itself."""
    return any(type(config.get(key)) is int for key in SIZES)


def tied(part: TextPart) -> object:
    """Whether a wrapper ties its head, by its own key, in some wrappers also by the language model's.

    Where the wrapper does not say, the language model's own value precedes the class's default.
    """
    if part.owner_type in NEVER_TIED:
        return False
    text = {} if part.config is part.owner else part.config
    own = text.get("tie_word_embeddings")
    silent = part.owner.get("tie_word_embeddings") is None
    if own is not None and silent and part.owner_type not in EITHER:
        return own
    if part.owner_type in TEXT_DECIDES:
        return _value(part.config, load().get(part.type)) or False
    value = _value(part.owner, load().get(part.owner_type))
    if part.owner_type in EITHER and value is not True:
        value = _value(text, load().get(part.type))
    elif not is_wrapper(part.owner_type):  # whose class is unknown
        said = value if own is None else own
        value = _value({}, load().get(part.type)) if said is None else said
    return False if value is None else value


def _value(config: Config, entry: ClassDefaults | None) -> object:
    value = config.get("tie_word_embeddings")
    if value is None and entry is not None:
        value = entry.values.get("tie_word_embeddings")
    return value


def left_out(config: Config, part: TextPart) -> tuple[tuple[str, str], ...]:
    """The parts of the checkpoint besides the language model that is counted."""
    found = [
        (key.removesuffix("_config"), "not part of the language model")
        for source in ((config,) if part.owner is config else (config, part.owner))
        for key in OTHER_CONFIGS
        if source.get(key)
    ]
    for key in ("num_nextn_predict_layers", "num_mtp_layers", "mtp_num_hidden_layers"):
        number = part.config.get(key)
        if type(number) is int and 0 < number <= MAX_COUNT:
            found.append(("multi-token prediction", f"{key} {number}: not part of the main stack"))
            break
    return tuple(found)
