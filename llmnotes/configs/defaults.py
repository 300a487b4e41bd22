"""The class defaults that an omitted key stands for, read once from `defaults.json`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast


class ClassDefaults(NamedTuple):
    """What a configuration class says where its file is silent.

    Attributes:
        aliases: general key -> the family's own name for it, and back.
        values: key -> default.
        nested: key of a nested configuration -> the model type it has by default.
        inner: what its language model's configuration says by default, before its own class does.
    """

    aliases: dict[str, str]
    values: dict[str, object]
    nested: dict[str, str]
    inner: dict[str, object]


NO_DEFAULTS = ClassDefaults({}, {}, {}, {})
"""Of a type that no class is known for."""


@cache
def load() -> dict[str, ClassDefaults]:
    """Model type -> its class's defaults (the library and version are named in the file)."""
    text = files(__package__).joinpath("defaults.json").read_text(encoding="utf-8")
    data = cast("dict[str, dict[str, dict[str, dict[str, object]]]]", json.loads(text))
    return {
        name: ClassDefaults(
            _both_ways(entry.get("aliases", {})),
            entry.get("values", {}),
            {key: str(value) for key, value in entry.get("nested", {}).items()},
            entry.get("inner", {}),
        )
        for name, entry in data["types"].items()
    }


def _both_ways(aliases: dict[str, object]) -> dict[str, str]:
    there = {key: str(value) for key, value in aliases.items()}
    back = {value: key for key, value in there.items()}
    return {**back, **there}
