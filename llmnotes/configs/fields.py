"""Checked access to the keys of one configuration: aliases, class defaults, kinds and bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from llmnotes.configs.errors import ConfigError

MAX_LAYERS, MAX_KERNEL = 4_096, 1_024
"""Layers of a model, and positions that a convolution sees; larger numbers are mistakes."""
MAX_WIDTH = 1 << 22
MAX_COUNT = 1 << 24
"""The largest width, and the largest number of anything else."""
Flag = bool | str
"""A trait that is either fixed, or given by the key with this name."""


class Fields:
    """The keys of one configuration, read with their aliases and their class's defaults.

    `assumed` collects every (key, value) taken from a default because the file omits it, `read` every key
    that was read.
    """

    def __init__(
        self,
        config: Mapping[str, object],
        defaults: Mapping[str, object] | None = None,
        aliases: Mapping[str, str] | None = None,
        place: str = "",
    ) -> None:
        self.config = config
        self.defaults = defaults or {}
        self.aliases = aliases or {}
        self.place = place
        self.assumed: dict[str, object] = {}
        self.read: set[str] = set()

    def replaced(self, values: Mapping[str, object]) -> Fields:
        """The configuration with computed values added as if the file gave them."""
        other = Fields({**self.config, **values}, self.defaults, self.aliases, self.place)
        other.assumed, other.read = self.assumed, self.read
        return other

    def error(self, message: str) -> ConfigError:
        """A `ConfigError` prefixed with the configuration's place."""
        return ConfigError(f"{self.place}: {message}" if self.place else message)

    def given(self, key: str) -> bool:
        """Whether the file gives `key`, under its name or its alias, and not as null."""
        alias = self.aliases.get(key)
        return self.config.get(key) is not None or (
            alias is not None and self.config.get(alias) is not None
        )

    def raw(self, key: str) -> object:
        """The value of `key` unchecked, else the class's default, else None."""
        alias = self.aliases.get(key)
        self.read.update((key, alias or key))
        if key in self.config:
            value = self.config[key]
            if alias is not None and alias in self.config and self.config[alias] != value:
                other = self.config[alias]
                raise self.error(
                    f"{key} is {shown(value)} and its other name {alias} is {shown(other)}; "
                    "give one of them, or both the same"
                )
            return value
        if alias is not None and alias in self.config:
            return self.config[alias]
        value = self.defaults.get(key)
        if value is None and alias is not None:
            value = self.defaults.get(alias)
        if value is not None:
            self.assumed[key] = value
        return value

    def optional_int(self, key: str, low: int = 1, high: int = MAX_WIDTH) -> int | None:
        """An integer between `low` and `high`, or None where absent or null.

        Raises:
            ConfigError: the value is of another kind or out of bounds.
        """
        value = self.raw(key)
        if value is None:
            return None
        if type(value) is int:
            number = value
        elif isinstance(value, float) and math.isfinite(value) and value.is_integer():
            number = int(value)
        else:
            raise self.error(f"{key} is {shown(value)}; it must be a whole number from {low:,} up")
        if number < low or number > high:
            raise self.error(f"{key} is {number:,}; it must lie between {low:,} and {high:,}")
        return number

    def integer(self, key: str, low: int = 1, high: int = MAX_WIDTH) -> int:
        """A required integer.

        Raises:
            ConfigError: it is absent, of another kind or out of bounds.
        """
        number = self.optional_int(key, low, high)
        if number is None:
            raise self.error(f"{self.name_of(key)} is missing; it must be a whole number")
        return number

    def name_of(self, key: str) -> str:
        """The key in the spelling of this family's files."""
        alias = self.aliases.get(key)
        return f"{key} (or {alias})" if alias is not None else key

    def flag(self, trait: Flag) -> bool:
        """A fixed trait, or the truth value of the key it names (absent = False)."""
        if isinstance(trait, bool):
            return trait
        value = self.raw(trait)
        if value is None:
            return False
        if isinstance(value, bool):
            return value
        if type(value) is int and value in (0, 1):
            return bool(value)
        raise self.error(f"{trait} is {shown(value)}; it must be true or false")

    def number(self, key: str, default: float) -> float:
        """A finite number, or `default` where absent.

        Raises:
            ConfigError: the value is not a finite number.
        """
        value = self.raw(key)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.error(f"{key} is {shown(value)}; it must be a number")
        if not math.isfinite(value) or abs(value) > 1e12:
            raise self.error(f"{key} is {shown(value)}; it must be a finite number")
        return float(value)

    def text(self, key: str) -> str | None:
        """A string, or None where absent.

        Raises:
            ConfigError: the value is not a string.
        """
        value = self.raw(key)
        if value is None or isinstance(value, str):
            return value
        raise self.error(f"{key} is {shown(value)}; it must be a text")

    def items(self, key: str, length: int | None = None) -> Sequence[object] | None:
        """A list, of `length` items where that is given, or None where absent.

        Raises:
            ConfigError: the value is not a list, or has another length.
        """
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, (list, tuple)):
            raise self.error(f"{key} is {shown(value)}; it must be a list")
        if length is not None and len(value) != length:
            raise self.error(
                f"{key} has {len(value):,} items and the model {length:,} layers; "
                "it must have one item for each layer"
            )
        if len(value) > MAX_LAYERS:
            raise self.error(f"{key} has {len(value):,} items; at most {MAX_LAYERS:,} make sense")
        return value

    def words(self, key: str, length: int | None = None) -> list[str] | None:
        """A list of strings, or None where absent."""
        items = self.items(key, length)
        if items is None:
            return None
        found: list[str] = []
        for item in items:
            if not isinstance(item, str):
                raise self.error(f"{key} holds {shown(item)}; it must be a list of names")
            found.append(item)
        return found

    def indices(self, key: str) -> set[int] | None:
        """A list of layer numbers, or None where absent."""
        items = self.items(key)
        if items is None:
            return None
        found: set[int] = set()
        for item in items:
            if type(item) is not int or abs(item) > MAX_LAYERS:
                raise self.error(f"{key} holds {shown(item)}; it must be a list of layer numbers")
            found.add(item)
        return found

    def counts(self, key: str, length: int) -> list[int] | None:
        """One integer for all layers, or a list with one per layer; None where absent."""
        if not isinstance(self.raw(key), (list, tuple)):
            number = self.optional_int(key, 0, MAX_COUNT)
            return None if number is None else [number] * length
        found: list[int] = []
        for item in self.items(key, length) or ():
            if type(item) is not int or not 0 <= item <= MAX_COUNT:
                raise self.error(f"{key} holds {shown(item)}; it must be a list of whole numbers")
            found.append(item)
        return found

    def nested(self, key: str) -> Mapping[str, object] | None:
        """A nested configuration, or None where absent.

        Raises:
            ConfigError: the value is not a mapping.
        """
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self.error(f"{key} is {shown(value)}; it must be a nested configuration")
        return value


def shown(value: object) -> str:
    """A value as one short line for an error message, without control characters."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(c if c.isprintable() else " " for c in text[:60])
    quoted = f"{text!r}" if isinstance(value, str) else text
    return quoted if len(str(value)[:61]) <= 60 else f"{quoted}…"
