"""Readers of configuration files: one file per outside format, each returning an `Architecture`.

The format is recognised from the keys. An unknown format or architecture raises `UnknownArchitectureError`
with the closest known name, a wrong key `ConfigError` with the repair.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from llmnotes.broken import json_fault, placed, yaml_fault
from llmnotes.configs.class_names import known_types
from llmnotes.configs.errors import ConfigError, UnknownArchitectureError
from llmnotes.configs.formats import reader, recognised
from llmnotes.configs.huggingface import read_huggingface
from llmnotes.sizing.architecture import Architecture

__all__ = [
    "ConfigError",
    "UnknownArchitectureError",
    "format_of",
    "known_types",
    "parsed",
    "read_config",
    "read_text",
]

MAX_CHARACTERS = 4_000_000
"""Size limit of a configuration text; the longest real ones have some tens of thousands of characters."""


def format_of(config: Mapping[str, object]) -> str:
    """The format of these keys: maxtext, litgpt, grok, params, megatron, huggingface; "" for none."""
    named = recognised(config)
    return named or ("huggingface" if config.keys() & {"model_type", "architectures"} else "")


def read_config(config: Mapping[str, object]) -> Architecture:
    """The architecture of a configuration, whatever its format.

    Raises:
        UnknownArchitectureError: the format or the architecture is unknown.
        ConfigError: a key is missing, contradictory or out of range.
    """
    if not isinstance(config, Mapping):
        raise ConfigError("a configuration must be a mapping of keys to values")
    if not config:
        raise ConfigError("the configuration is empty")
    named = recognised(config)
    return reader(named)(config) if named else read_huggingface(config)


def read_text(text: str, name: str = "") -> Architecture:
    """The architecture of a configuration's text: JSON, or YAML where it is not JSON.

    Error messages begin with `name`.

    Raises:
        UnknownArchitectureError: the format or the architecture is unknown.
        ConfigError: the text is no configuration, or a key is wrong.
    """
    place = f"{name}: " if name else ""
    config = parsed(text, name)
    try:
        return read_config(config)
    except ConfigError as error:
        raise type(error)(f"{place}{error}") from None


def parsed(text: str, name: str = "") -> Mapping[str, object]:
    """The keys and values of a configuration's text: JSON, or YAML where it is not JSON.

    Error messages begin with `name`, line and column.

    Raises:
        ConfigError: it is neither, or not a mapping.
    """
    place = f"{name}: " if name else ""
    if len(text) > MAX_CHARACTERS:
        raise ConfigError(f"{place}longer than {MAX_CHARACTERS:,} characters")
    if text.lstrip()[:1] == "<":
        raise ConfigError(f"{place}a web page or XML, not a configuration; fetch the raw file")
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        found = _yaml(text, name, error)
    except (ValueError, RecursionError):
        found = _yaml(text, name)
    if not isinstance(found, Mapping):
        raise ConfigError(f"{place}a configuration must be a mapping of keys to values")
    return found


def _yaml(text: str, name: str, json_error: json.JSONDecodeError | None = None) -> object:
    import yaml

    place = f"{name}: " if name else ""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        # Anchors can make a small text expand without limit; no configuration needs them.
        aliased = any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(text, Loader=loader))
        found: object = None if aliased else yaml.load(text, Loader=loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        # A text that begins with a bracket is meant as JSON.
        if json_error is not None and text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
            raise ConfigError(placed(name, json_fault(text, json_error))) from None
        raise ConfigError(placed(name, yaml_fault(error))) from None
    if aliased:
        raise ConfigError(f"{place}YAML aliases are not read; write the values out")
    return found
