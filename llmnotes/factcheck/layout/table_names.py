"""Names that tables use for any of several models, from `llmnotes/data/table_names.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from llmnotes.data_files import DATA, load
from llmnotes.vocabulary import fold


@cache
def _meant() -> dict[str, tuple[str, ...]]:
    found = load(DATA / "table_names.toml")["names"]
    return {fold(item["name"]): tuple(item["means"]) for item in found}


def may_mean(keys: Iterable[str]) -> tuple[str, ...]:
    """The names of the models that the first known of some folded names may mean; empty without one."""
    return next((_meant()[key] for key in keys if key in _meant()), ())
