"""Translation of key names."""

from __future__ import annotations

from collections.abc import Mapping

from llmnotes.configs.fields import Fields


def renamed(f: Fields, names: Mapping[str, str]) -> Fields:
    """The configuration with the family's own key names replaced by the general ones.

    Raises:
        ConfigError: both names are given with different values.
    """
    found: dict[str, object] = {}
    for general, own in names.items():
        value = f.config.get(own)
        if value is None:
            continue
        said = f.config.get(general)
        if said is not None and said != value:
            raise f.error(f"{general} is {said!r} and {own} is {value!r}; they must agree")
        found[general] = value
    return f.replaced(found)
