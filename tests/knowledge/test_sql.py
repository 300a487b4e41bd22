"""Read-only SQL."""

import math
import os
import signal
import sqlite3
import threading
import time

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge import sql
from llmnotes.knowledge.sql import VIEWS, limit_memory, run
from llmnotes.store.connect import connect
from tests.running import forked


def test_models_can_be_asked_for(connection):
    columns, rows = run(
        connection,
        "select id, n_layers, d_model from models where attention = 'GQA' and variant = 'base' "
        "and family in ('llama-2', 'mistral', 'mixtral', 'gpt-3')",
    )

    assert columns == ("id", "n_layers", "d_model")
    assert set(rows) == {
        ("llama-2-34b", 48, 8192), ("llama-2-70b", 80, 8192),
        ("mistral-7b", 32, 4096), ("mixtral-8x7b", 32, 4096),
    }  # fmt: skip


@pytest.mark.parametrize(
    "view",
    [
        "models",
        "model_values",
        "claims",
        "sources",
        "families",
        "organizations",
        "techniques",
        "topics",
        "editions",
        "changes",
        "names",
    ],
)
def test_every_public_view_answers(connection, view):
    columns, rows = run(connection, f"select * from {view} limit 1")

    assert columns
    assert rows


@pytest.mark.parametrize(
    "query",
    [
        "drop table claim",
        "delete from claims",
        "update model set name = 'x'",
        "insert into fact values ('a', 'b')",
        "create table t (a)",
        "create temp table t (a)",
        "attach 'x.sqlite' as x",
        "detach main",
        "pragma writable_schema = 1",
        "pragma table_info(model)",
        "vacuum",
        "begin",
        "select load_extension('x')",
        "select 1; drop table claim",
        "",
        "select",
        "select nothing from models",
        "not sql at all",
        "select '\x00'",
    ],
)
def test_what_does_more_than_read_is_refused_with_a_reason(connection, query):
    with pytest.raises(InputError) as refused:
        run(connection, query)

    assert str(refused.value).startswith("sql")
    assert connection.execute("select count(*) from claim").fetchone()[0] > 0


def test_a_runaway_query_is_stopped(connection):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    begun = time.monotonic()

    with pytest.raises(InputError, match="stopped after 0.3 seconds"):
        run(connection, endless, 0.3)

    assert time.monotonic() - begun < 30


def test_columns_of_one_name_are_numbered(connection):
    columns, rows = run(connection, "select 1 as a, 2 as a, x'ff' as b")

    assert columns == ("a", "a_2", "b")
    assert rows == [(1, 2, "ff")]


@pytest.mark.parametrize("size", ["randomblob(900000000)", "hex(zeroblob(400000000))"])
def test_a_value_that_would_fill_the_memory_is_refused(connection, size):
    with pytest.raises(InputError, match="a value is longer than 50 MB"):
        run(connection, f"select {size}", 5.0)

    assert connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) > 50_000_000


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_a_person_can_interrupt_a_query(connection):
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    # Tests that run in the background may have been started with the signal ignored.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    asked = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
    asked.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run(connection, endless, 60.0)
    finally:
        signal.signal(signal.SIGINT, former)


@pytest.mark.parametrize("seconds", [math.nan, math.inf, -math.inf, -1.0, 0.0])
def test_a_limit_of_time_that_is_none_is_refused(connection, seconds):
    with pytest.raises(InputError, match="above 0"):
        run(connection, "select 1", seconds)


def test_the_shortest_limit_is_enough_for_a_short_query(connection):
    assert run(connection, "select 1", 5e-324) == (("1",), [(1,)])


@pytest.mark.parametrize(("size", "kept"), [(100, True), (101, False)])
def test_the_text_of_an_answer_is_bounded(connection, monkeypatch, size, kept):
    monkeypatch.setattr(sql, "_MOST_BYTES", 2 * 100)
    query = f"select printf('%.*c', {size}, 'x') union all select zeroblob(100)"

    if kept:
        assert len(run(connection, query)[1]) == 2
    else:
        with pytest.raises(InputError, match="add a `limit`"):
            run(connection, query)


@pytest.mark.parametrize(("rows", "kept"), [(10, True), (11, False)])
def test_the_rows_of_an_answer_are_bounded(connection, monkeypatch, rows, kept):
    monkeypatch.setattr(sql, "_MOST_ROWS", 10)
    query = f"select * from names limit {rows}"

    if kept:
        assert len(run(connection, query)[1]) == rows
    else:
        with pytest.raises(InputError, match="more than 10 rows"):
            run(connection, query)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the bound holds for the rest of a process")
def test_a_sort_without_end_is_stopped_before_it_eats_the_machine():
    def child() -> None:
        opened = connect()
        limit_memory(opened, 20_000_000)
        endless = (
            "with recursive n(i) as (select 1 union all select i + 1 from n) "
            "select i from n order by -i"
        )
        with pytest.raises(InputError, match="too much memory"):
            run(opened, endless, 60.0)

    assert forked(child) == 0


def test_names_are_shown_of_the_view_that_was_asked(connection):
    with pytest.raises(InputError, match=r"select \* from claims limit 1"):
        run(connection, "select model from claims")
    with pytest.raises(InputError, match="views: models, model_values, claims"):
        run(connection, "select model from claimz")
    for view in VIEWS:
        assert run(connection, f"select * from {view} limit 1")[0]
