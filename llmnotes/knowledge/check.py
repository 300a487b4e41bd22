"""Applies the rules of `llmnotes.checks` to the open base."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from llmnotes.checks import exceptions, run
from llmnotes.checks.catalogue import chosen
from llmnotes.checks.rules import RULES
from llmnotes.knowledge.checked_subjects import base, groups
from llmnotes.knowledge.names import find
from llmnotes.knowledge.remembered import remember, remembered


def check(
    connection: sqlite3.Connection,
    names: Iterable[str] = (),
    rules: Iterable[str] = (),
    exceptions_file: Path = exceptions.FILE,
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> run.Report:
    """The findings of the rules on the merged base, or on the models and families named.

    Rules on the base as a whole, such as those on unused sources and exceptions, are run only where nothing
    is named. For the curated base alone, the report stored with it is returned unless something has
    changed since it was built. `progress` is called with the number of families done and in total.
    Raises `InputError` for an unknown name or rule.
    """
    names, rules = list(names), list(rules)
    if not names and not rules and exceptions_file == exceptions.FILE:
        report = remembered(connection)
        if report is not None:
            return report
    wanted = chosen(rules)
    only = frozenset(find(connection, name).id for name in names)
    count = None if only else connection.execute("SELECT count(*) FROM families").fetchone()[0]

    def counted() -> Iterator[run.FamilyModels]:
        for number, group in enumerate(groups(connection, only or None)):
            progress(number, count)
            yield group

    return run.run(
        counted(),
        base(connection),
        wanted,
        exceptions.read(exceptions_file, RULES),
        whole=not only,
    )


def check_curated() -> run.Report:
    """Run all rules on the curated base as built now, and store the report for `check`."""
    from contextlib import closing

    from llmnotes.store.connect import open_curated

    with closing(open_curated()) as connection:
        report = check(connection)
        remember(connection, report)
    return report


if __name__ == "__main__":
    check_curated()
