"""Models that also see or hear: where the language model's own configuration stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from llmnotes.configs.defaults import ClassDefaults, load
from llmnotes.configs.errors import ConfigError
from llmnotes.configs.fields import MAX_COUNT, shown
from llmnotes.configs.registry import find

Config = Mapping[str, object]

TEXT_KEYS = ("text_config", "thinker_config", "llm_config", "language_config")
"""Where a wrapper keeps the configuration of its language model."""

CLASSES = {
    "minimax_m3_vl": ("MiniMaxM3SparseForConditionalGeneration",),
    "nemo_speechlm": ("Nemotron35TranscribeForConditionalGeneration",),
}
"""Wrappers whose class does not bear their name."""

OTHER_CONFIGS = ("vision_config", "audio_config", "visual", "speech_config", "vq_config")

FLAT = frozenset({"fuyu", "hunyuan_vl", "paddleocr_vl", "qwen2_5_vl", "qwen2_vl"})
"""Wrappers that also take the language model's keys from beside their own."""

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
"""Wrappers that tie their head when they or their language model say so."""


TEXT_DECIDES = frozenset({"blip-2", "instructblip", "instructblipvideo", "vibevoice"})
"""Wrappers around a whole language model, whose own key decides."""

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
"""Wrappers that keep a head of their own whatever the file says."""


class TextPart(NamedTuple):
    """The language model inside a configuration.

    Attributes:
        config, type: its own keys and its type.
        owner, owner_type: the configuration around it that owns the head (itself, if none).
    """

    config: Config
    type: str
    owner: Config
    owner_type: str

    @property
    def wrapped(self) -> bool:
        """Whether another configuration stands around it."""
        return self.type != self.owner_type


def text_part(config: Config, model_type: str) -> TextPart:
    """The language model's own configuration and type, inside a wrapper or not.

    Raises:
        ConfigError: the wrapper's nested configuration is missing or no mapping.
    """
    own, entry = model_type, load().get(model_type)
    if entry is None and (known := find(model_type)) is not None:
        own, entry = known.type, load().get(known.type)
    key = next((key for key in TEXT_KEYS if entry is not None and key in entry.nested), None)
    if entry is None or key is None:
        return TextPart(config, own, config, own)
    nested, default = config.get(key), entry.nested[key]
    if nested is None:
        if own not in FLAT:
            raise ConfigError(
                f"{key} is missing; {own} takes the sizes of its language model from there"
            )
        return TextPart(config, default, config, own)
    if not isinstance(nested, Mapping):
        raise ConfigError(f"{key} is {shown(nested)}; it must be a nested configuration")
    inner = nested.get("model_type") or default
    if not isinstance(inner, str):
        raise ConfigError(f"{key}: model_type is {shown(inner)}; it must be a text")
    found = text_part(nested, default if inner == own else inner)
    return found if found.wrapped else TextPart(nested, found.type, config, own)


def tied(part: TextPart) -> object:
    """Whether a wrapper ties its head: its own key decides, in some the language model's too."""
    if part.owner_type in NEVER_TIED:
        return False
    value = _value(part.owner, load().get(part.owner_type))
    if part.owner_type in TEXT_DECIDES or (part.owner_type in EITHER and value is not True):
        text = {} if part.config is part.owner else part.config
        value = _value(text, load().get(part.type))
    return False if value is None else value


def _value(config: Config, entry: ClassDefaults | None) -> object:
    value = config.get("tie_word_embeddings")
    if value is None and entry is not None:
        value = entry.values.get("tie_word_embeddings")
    return value


def left_out(config: Config, part: TextPart) -> tuple[tuple[str, str], ...]:
    """What the checkpoint holds beside the language model that is counted."""
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
