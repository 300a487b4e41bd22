"""Reads the first rows in some order, by an index where that is fast."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any

from llmnotes.knowledge.columns import Order
from llmnotes.pattern import late

_INDEXES = {
    "m.family": "model_record_order",
    "m.params_total": "model_record_params_total",
    "m.release_date_min": "model_record_release_date_min",
    "m.context_length_max": "model_record_context_length_max",
}
"""The index of a large store for the order of a column."""

_STEPS = 1_000_000
"""Limit on the scan of such an index before falling back: steps of SQLite's virtual machine, some
hundredths of a second."""

_LARGE = late(r" FROM user\.model_record m WHERE")


def order_of(order: Order) -> str:
    """The SQL of an order whose first key is NULL in no row or in every row.

    Where the user gave the sort key, ties keep the order of insertion, which an index on one column also
    provides.
    """
    if not order.named:
        return ", ".join(key.sql for key in order.keys)
    first, *others = order.keys[: order.named]
    parts = [f"{first.sql}{' DESC' if first.down else ''}"]
    parts += [f"{key.sql}{' DESC' if key.down else ''} NULLS LAST" for key in others]
    return ", ".join([*parts, f"m.rowid{' DESC' if first.down else ''}"])


def first_rows(
    connection: sqlite3.Connection,
    sql: str,
    parameters: Sequence[Any],
    order: Order,
    limit: int,
) -> list[dict[str, Any]]:
    """The first `limit` rows of a query on a table of records.

    Where many rows match, scanning in order finds the first few at once; where few match, their own indexes
    find them. As this is not known beforehand, the ordered scan is tried with a step limit.
    """
    ending = f" ORDER BY {order_of(order)} LIMIT {limit}"
    index = _INDEXES.get(order.keys[0].sql)
    if index is not None and _LARGE.search(sql):
        forced = _LARGE.sub(f" FROM user.model_record m INDEXED BY {index} WHERE", sql, count=1)
        connection.set_progress_handler(lambda: 1, _STEPS)
        try:
            return rows_of(connection, forced + ending, parameters)
        except sqlite3.OperationalError as error:
            if not re.search("interrupted|no such index|no query solution", str(error)):
                raise
        finally:
            connection.set_progress_handler(None, 0)
    return rows_of(connection, sql + ending, parameters)


def rows_of(
    connection: sqlite3.Connection, sql: str, parameters: Sequence[Any]
) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries by column name."""
    cursor = connection.execute(sql, parameters)
    names = [description[0] for description in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
