"""Objects shared by the tests of studying, computed once."""

from __future__ import annotations

from contextlib import closing
from functools import cache

from llmnotes.store.connect import connect
from llmnotes.study.items import QuizItem
from llmnotes.study.questions import items


@cache
def all_items() -> tuple[QuizItem, ...]:
    """Every item of the curated base."""
    with closing(connect()) as connection:
        return tuple(items(connection))
