"""What is the same for all tests of a process: the curated files as read, the checker on their store."""

from __future__ import annotations

from functools import cache

from llmnotes import catalog
from llmnotes.factcheck.judging.check import Checker
from llmnotes.store.connect import connect


@cache
def curated() -> catalog.Catalog:
    """The curated files, read once."""
    return catalog.load()


@cache
def checker() -> Checker:
    """The fact-checker on the curated base alone; it keeps nothing of the tables it has judged."""
    return Checker(connect())
