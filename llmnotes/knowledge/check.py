"""Holds the open base to the rules."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from llmnotes.checks import exceptions, run
from llmnotes.checks.catalogue import chosen
from llmnotes.checks.rules import RULES
from llmnotes.knowledge.checked_subjects import base, groups
from llmnotes.knowledge.names import find


def check(
    connection: sqlite3.Connection,
    names: Iterable[str] = (),
    rules: Iterable[str] = (),
    exceptions_file: Path = exceptions.FILE,
) -> run.Report:
    """What the rules object to in the merged base, or in the models and families named.

    What concerns the base as a whole, unused sources and exceptions among it, is looked at only
    where nothing is named. Raises `InputError` for an unknown name or rule.
    """
    wanted = chosen(rules)
    only = frozenset(find(connection, name).id for name in names)
    return run.run(
        groups(connection, only or None),
        base(connection),
        wanted,
        exceptions.read(exceptions_file, RULES),
        whole=not only,
    )
