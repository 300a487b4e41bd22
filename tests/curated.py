"""Objects shared by all tests of a process: the curated files, and a checker on their store."""

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
    """The fact-checker on the curated base, without state of the tables it has judged."""
    return Checker(connect())
