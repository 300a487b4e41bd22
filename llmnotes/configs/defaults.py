"""The class defaults for omitted keys, read once from `defaults.json`."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast


class ClassDefaults(NamedTuple):
    """The defaults of a configuration class.

    Attributes:
        aliases: general key -> the family's own name for it, and back.
        values: key -> default.
        nested: key of a nested configuration -> the model type it has by default.
        inner: default values of its language model's configuration, which precede that class's own.
    """

    aliases: dict[str, str]
    values: dict[str, object]
    nested: dict[str, str]
    inner: dict[str, object]


NO_DEFAULTS = ClassDefaults({}, {}, {}, {})
"""The defaults of a type without a known class."""


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
