"""The log of writes: increasing numbers, and deleted rows are kept."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from llmnotes.store.log import TABLES, begin, columns, entries, finish, now, remove
from llmnotes.store.write import writing


@pytest.fixture
def opened(user_store: Path) -> Iterator[sqlite3.Connection]:
    with writing(user_store) as connection:
        yield connection


def tag(connection: sqlite3.Connection, subject: str, word: str, write: int) -> None:
    connection.execute("INSERT INTO user.tag VALUES ('model', ?, ?, ?)", (subject, word, write))


def test_the_present_is_told_in_utc_to_the_second() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())


def test_writes_are_numbered_from_one_on_in_the_order_they_began(
    opened: sqlite3.Connection,
) -> None:
    first = begin(opened, "set")
    second = begin(opened, "undo", first)

    assert (first, second) == (1, 2)
    finish(opened, first, "said something")
    latest, before = entries(opened)
    assert (before["id"], before["command"], before["summary"]) == (1, "set", "said something")
    assert (before["undoes"], before["undone_by"]) == (None, None)
    assert (latest["id"], latest["summary"], latest["undoes"]) == (2, "", 1)
    assert re.fullmatch(r"20\d\d-.*Z", latest["at"])


def test_a_number_is_one_more_than_the_largest_though_smaller_ones_are_free(
    opened: sqlite3.Connection,
) -> None:
    for _ in range(3):
        begin(opened, "set")
    opened.execute("DELETE FROM user.write_log WHERE id < 3")

    assert begin(opened, "set") == 4


@pytest.mark.parametrize(
    ("limit", "told"), [(None, [3, 2, 1]), (2, [3, 2]), (0, []), (9, [3, 2, 1])]
)
def test_as_many_entries_are_told_as_are_asked_for_the_latest_first(
    opened: sqlite3.Connection, limit: int | None, told: list[int]
) -> None:
    for _ in range(3):
        begin(opened, "set")

    assert [entry["id"] for entry in entries(opened, limit)] == told


def test_rows_that_meet_a_condition_go_and_are_kept_whole(opened: sqlite3.Connection) -> None:
    first, second = begin(opened, "tag"), begin(opened, "untag")
    for subject, word in (("a", "x"), ("b", "x"), ("b", "y")):
        tag(opened, subject, word, first)

    taken = remove(opened, second, "tag", "r.subject = ? AND r.tag = ?", "b", "x")
    assert taken == 1
    left = opened.execute("SELECT subject, tag FROM user.tag ORDER BY 1, 2").fetchall()
    assert [tuple(row) for row in left] == [("a", "x"), ("b", "y")]
    [(write, table, row)] = opened.execute("SELECT write, table_name, row FROM user.removed")
    assert (write, table) == (second, "tag")
    assert json.loads(row) == {
        "subject_kind": "model", "subject": "b", "tag": "x", "write": first,
    }  # fmt: skip


def test_where_nothing_meets_the_condition_nothing_goes(opened: sqlite3.Connection) -> None:
    write = begin(opened, "untag")
    tag(opened, "a", "x", write)

    assert remove(opened, write, "tag", "r.tag = ?", "z") == 0
    assert opened.execute("SELECT count(*) FROM user.removed").fetchone()[0] == 0
    assert opened.execute("SELECT count(*) FROM user.tag").fetchone()[0] == 1


def test_every_table_of_the_log_says_by_which_write_its_rows_came(
    opened: sqlite3.Connection,
) -> None:
    """And no other of the user's tables does but what the log itself keeps."""
    names = [
        row[0] for row in opened.execute("SELECT name FROM user.sqlite_master WHERE type = 'table'")
    ]
    with_write = {name for name in names if "write" in columns(opened, name)}

    assert with_write - {"removed"} == set(TABLES)


def test_what_is_referred_to_comes_before_what_refers_to_it() -> None:
    place = {name: at for at, name in enumerate(TABLES)}

    assert place["family"] < place["model"] < place["claim"]
    assert place["source"] < place["claim"]
    assert max(place[name] for name in ("organization", "family", "model")) < place["name"]
