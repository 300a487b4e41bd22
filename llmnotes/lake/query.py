"""Read-only DuckDB queries on a lake, whose rows are the view `models`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError
from llmnotes.lake.parts import ENDING, parquet_files
from llmnotes.lake.schema import table

if TYPE_CHECKING:
    import duckdb

MISSING = "this needs DuckDB, which is not installed: `pip install 'llmnotes[lake]'`"

NO_LIMIT = 3600.0
"""Seconds that a query of our own may take."""


@contextmanager
def opened(lake: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with access to the lake and to nothing else on the machine.

    Raises `InputError` where DuckDB is not installed, or the folder has no rows.
    """
    try:
        import duckdb
    except ImportError:
        raise InputError(MISSING) from None
    if not parquet_files(lake):
        raise InputError(
            f"--lake {lake}: no lake; `llmnotes import FILE{ENDING} --to {lake}` makes one"
        )
    folder = str(lake.resolve())
    with duckdb.connect() as connection:
        try:
            # The pattern is compared literally with the allowed folders.
            allowed = ", ".join(_text(name) for name in dict.fromkeys([folder, _plain(folder)]))
            connection.execute(f"SET allowed_directories = [{allowed}]")
            connection.execute("SET ieee_floating_point_ops = false")  # a ratio to 0 is unknown
            connection.execute("SET enable_external_access = false")
            connection.execute("SET lock_configuration = true")
            connection.execute(
                f"CREATE VIEW models AS FROM read_parquet({_text(f'{_plain(folder)}/*{ENDING}')})"
            )
            there = connection.execute("SELECT * FROM models LIMIT 0").description or ()
        except duckdb.Error as error:
            raise InputError(f"--lake {lake}: {_sentence(error)}") from None
        missing = [item.name for item in table().fields if item.name not in {c[0] for c in there}]
        if missing:
            raise InputError(f"--lake {lake}: no lake of this version: it lacks `{missing[0]}`")
        yield connection


def run(
    lake: Path, query: str, seconds: float = 60.0
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """The columns and rows of one user's query.

    Raises `InputError` where the query is invalid, not read-only, or takes too long.
    """
    with opened(lake) as connection:
        import duckdb

        try:
            statements = connection.extract_statements(query)
        except duckdb.Error as error:
            raise InputError(f"SQL: {_sentence(error)}") from None
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise InputError("SQL: one SELECT is run at a time; a lake is only read")
        return ask(connection, statements[0], (), seconds)


def ask(
    connection: duckdb.DuckDBPyConnection,
    query: Any,
    parameters: Sequence[Any] | dict[str, Any],
    seconds: float,
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Columns and rows; raises `InputError` where DuckDB refuses or exceeds `seconds`."""
    import duckdb

    watch = Timer(seconds, connection.interrupt)
    watch.start()
    try:
        found = connection.execute(query, parameters)
        columns = tuple(item[0] for item in found.description or ())
        return columns, found.fetchall()
    except duckdb.InterruptException:
        raise InputError(f"SQL: stopped after {seconds:g} seconds (--timeout)") from None
    except duckdb.Error as error:
        raise InputError(f"SQL: {_sentence(error)}") from None
    finally:
        watch.cancel()


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _plain(folder: str) -> str:
    """A folder's name escaped for a glob pattern of DuckDB."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in folder)


def _sentence(error: Exception) -> str:
    return str(error).splitlines()[0]
