"""Determines the `model_type` of a file, from its own key or from the class in `architectures`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from llmnotes.configs.defaults import load
from llmnotes.configs.errors import ConfigError, UnknownArchitectureError
from llmnotes.configs.fields import shown
from llmnotes.configs.registry import families, find
from llmnotes.configs.wrappers import CLASSES, TEXT_KEYS, is_sized, is_wrapper, text_part_type


@cache
def known_types() -> tuple[str, ...]:
    """Every supported `model_type`, multimodal wrappers included."""
    return tuple(sorted({*families(), *(name for name in load() if _is_known_wrapper(name))}))


def _is_known_wrapper(model_type: str) -> bool:
    entry = load().get(model_type)
    inner = () if entry is None else (entry.nested.get(key) for key in TEXT_KEYS)
    return any(name is not None and find(name) is not None for name in inner)


def model_type_of(config: Mapping[str, object]) -> str:
    """The file's `model_type`; where it is absent or unknown, the type of the class it names.

    Raises:
        ConfigError: the file names neither.
    """
    model_type = config.get("model_type") or None
    if model_type is not None and not isinstance(model_type, str):
        raise ConfigError(f"model_type is {shown(model_type)}; it must be a text such as 'llama'")
    if isinstance(model_type, str) and (is_wrapper(model_type) or find(model_type) is not None):
        if is_wrapper(model_type) or is_sized(config):
            return model_type
        # A wrapper's file may give the type of its inner language model.
        named = _named_type(config)
        return named if is_wrapper(named) else model_type
    named = _named_type(config)
    if named and "auto_map" not in config:
        return named
    if isinstance(model_type, str):
        return model_type
    if named:
        return named
    for key in TEXT_KEYS:
        nested = config.get(key)
        if isinstance(nested, Mapping):
            return model_type_of(nested)
    raise ConfigError("model_type is missing; it must name the architecture, such as 'llama'")


def nested_type(config: Mapping[str, object]) -> str:
    """The type of a nested configuration, by its `model_type` or its class; "" for none.

    Raises:
        ConfigError: its `model_type` is not a string.
    """
    says = config.get("model_type") or _named_type(config)
    return model_type_of(config) if says else ""


def check_class(config: Mapping[str, object], model_type: str, text_type: str) -> tuple[str, ...]:
    """Refuse a class of neither the type nor any known one, whose code cannot be counted.

    Returns a remark where it is the class of another known type.

    Raises:
        UnknownArchitectureError: `architectures` names such a class.
    """
    stem = _stem(_class_name(config))
    if not stem or stem in (_folded(model_type), _folded(text_type), *_own_stems(model_type)):
        return ()
    own = find(text_type)
    names = {model_type, text_type, own.type if own is not None else ""}
    other = _types_by_stem().get(stem)
    if other is not None:
        akin = {other, text_part_type(other)} & names
        return (
            ()
            if akin
            else (
                f"architectures names {shown(_class_name(config))}, the class of {other}; "
                f"counted as {model_type}, which model_type says",
            )
        )
    if any(kind and (kind in stem or stem in kind) for kind in map(_folded, names)):
        return ()
    raise UnknownArchitectureError(
        f"architectures names {shown(config['architectures'])}, which is not the class of "
        f"{shown(model_type)}; nothing is counted"
    )


def _own_stems(model_type: str) -> tuple[str, ...]:
    found = find(model_type) if not is_wrapper(model_type) else None
    names = CLASSES.get(model_type, ()) if found is None else found.classes
    return tuple(_stem(name) for name in names)


def _named_type(config: Mapping[str, object]) -> str:
    """The known type of the class in `architectures`, or an empty text."""
    return _types_by_stem().get(_stem(_class_name(config)), "")


@cache
def _types_by_stem() -> dict[str, str]:
    return {_folded(name): name for name in known_types()}


def _class_name(config: Mapping[str, object]) -> str:
    names = config.get("architectures")
    if not isinstance(names, list) or not names or not isinstance(names[0], str):
        return ""
    return names[0]


def _stem(name: str) -> str:
    """The part of a class's name that names the family."""
    return _folded(name.split("For")[0].removesuffix("Model").removesuffix("LMHead"))


def _folded(name: str) -> str:
    return "".join(c for c in name.lower() if c.isalnum())
