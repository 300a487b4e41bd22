"""`db push` to a real PostgreSQL server, started by the tests in a temporary folder."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from llmnotes.errors import InputError, StoreError
from llmnotes.store.connect import connect
from llmnotes.store.postgres import push

pytestmark = pytest.mark.thorough

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

PASSWORD = "open sesame/1@:%"


@dataclass
class Server:
    """A PostgreSQL server, and the port it listens on."""

    port: int

    def address(self, database="postgres", user="llm", password="open%20sesame%2F1%40%3A%25"):
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def ask(self, query, database="postgres"):
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            found = connection.execute(query.encode())
            return found.fetchall() if found.description else []


@pytest.fixture(scope="module")
def server():
    programs = [shutil.which("initdb"), *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    found = next((path for path in programs if path), None)
    if found is None:
        pytest.skip("PostgreSQL's initdb is not installed")
    programs = Path(found).resolve().parent
    folder = Path(tempfile.mkdtemp(prefix="llmnotes-pg-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(program, *arguments):
        # PostgreSQL refuses to run for root.
        who = {}
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            os.chown(folder, entry.pw_uid, entry.pw_gid)
        with (folder / "said").open("ab") as said:
            subprocess.run(
                [programs / program, "-D", folder / "data", *arguments],
                check=True, stdout=said, stderr=said, cwd=folder, timeout=60, **who,
            )  # fmt: skip

    try:
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        call("initdb", "-U", "llm", "-A", "scram-sha-256", f"--pwfile={folder}/password",
             "--no-sync", "-E", "UTF8", "--locale=C")  # fmt: skip
        settings = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        call("pg_ctl", "-w", "-o", settings, "-l", str(folder / "log"), "start")
        try:
            yield Server(port)
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def database(server):
    """The name of a database for one test."""
    name = f"t{secrets.token_hex(4)}"
    server.ask(f"CREATE DATABASE {name}")
    return name


TABLES = """
    SELECT table_name FROM information_schema.tables
    WHERE table_schema = 'llmnotes' AND table_type = 'BASE TABLE' ORDER BY 1
"""


def everything(server, database):
    """Every row of every table, sorted."""
    return {
        table: sorted(str(row) for row in server.ask(f'SELECT * FROM llmnotes."{table}"', database))
        for (table,) in server.ask(TABLES, database)
    }


def test_a_push_holds_what_the_base_shows_and_a_second_one_the_same(run, server, database):
    done = run("db", "push", server.address(database))
    assert done.code == 0, done.err
    assert PASSWORD not in done.out + done.err
    assert f"127.0.0.1:{server.port}/{database}, schema llmnotes (" in done.out
    pushed = everything(server, database)
    with closing(connect()) as base:
        for view in ("models", "claims", "sources", "families", "names", "techniques", "entities"):
            columns = [f'"{row[1]}"' for row in base.execute(f"PRAGMA table_info({view})")]
            query = f"SELECT {', '.join(columns)} FROM"
            told = base.execute(f"{query} {view}").fetchall()
            assert sorted(map(str, server.ask(f"{query} llmnotes.{view}", database))) == sorted(
                map(str, told)
            )
        values = "SELECT model, attribute, position, number, value FROM"
        told = base.execute(f"{values} model_value").fetchall()
        assert set(server.ask(f"{values} llmnotes.model_values", database)) == set(told)
    assert run("db", "push", server.address(database)).code == 0
    assert everything(server, database) == pushed


def test_ones_own_claims_go_along_and_notes_stay(run, server, database):
    run("set", "llama-2-7b", "n_layers=99", "--source", "my count")
    run("add", "Mine 1B", "n_layers=3")
    run("note", "llama-2-7b", "for me alone")
    run("tag", "llama-2-7b", "mine")
    assert run("db", "push", server.address(database)).code == 0
    shown = server.ask(
        "SELECT id, n_layers FROM llmnotes.models WHERE id IN ('llama-2-7b', 'mine-1b') ORDER BY 1",
        database,
    )
    assert shown == [("llama-2-7b", 99), ("mine-1b", 3)]
    claims = "SELECT layer, value FROM llmnotes.claims WHERE subject = 'llama-2-7b' AND"
    found = server.ask(f"{claims} attribute = 'n_layers' ORDER BY 1", database)
    assert found == [("curated", "32"), ("user", "99")]
    assert server.ask("SELECT 1 FROM llmnotes.model WHERE id = 'mine-1b'", database) == [(1,)]
    numbers = server.ask("SELECT count(*), count(DISTINCT id) FROM llmnotes.claims", database)[0]
    assert numbers[0] == numbers[1]
    for table in ("note", "tag", "write_log", "removed"):
        assert server.ask(f"SELECT * FROM llmnotes.{table}", database) == [], table
    run("undo")
    run("undo")


def test_a_push_that_fails_leaves_the_rows_and_tables_as_they_were(run, server, database):
    run("db", "push", server.address(database))
    server.ask(
        "ALTER TABLE llmnotes.claim ADD CONSTRAINT refused CHECK (layer <> 'user') NOT VALID",
        database,
    )
    before = everything(server, database)
    run("set", "llama-2-7b", "n_layers=99", "--source", "my count")
    done = run("db", "push", server.address(database))
    assert done.code == 3
    assert done.err.count("\n") == 1
    assert '"refused"; nothing was changed' in done.err
    assert everything(server, database) == before


def test_tables_of_an_older_version_are_migrated_and_others_views_stay(server, database):
    import sqlalchemy

    from llmnotes.store.migrate import upgrade

    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(server.address(database)),
        poolclass=sqlalchemy.NullPool,
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE SCHEMA llmnotes")
        connection.exec_driver_sql("SET LOCAL search_path TO llmnotes")
        upgrade(connection, "0003")
    server.ask("CREATE VIEW public.wide AS SELECT id, d_model FROM llmnotes.models", database)
    server.ask("CREATE ROLE board", database)
    server.ask("GRANT SELECT ON llmnotes.models TO board", database)
    with closing(connect()) as base:
        made = push(base, server.address(database))
        assert made.rows["model_record"] == len(server.ask("TABLE public.wide", database))
    granted = "SELECT has_table_privilege('board', 'llmnotes.models', 'SELECT')"
    assert server.ask(granted, database) == [(True,)]
    coverage = "SELECT count(*) FROM llmnotes.models WHERE coverage = 'full'"
    assert server.ask(coverage, database)[0][0] > 100, "a view shows columns that came later"


def test_the_migrations_lead_to_exactly_the_declared_tables(server, database):
    import sqlalchemy
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from llmnotes.store.tables import metadata

    with closing(connect()) as base:
        push(base, server.address(database))
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(
            server.address(database), options="-c search_path=llmnotes"
        ),
        poolclass=sqlalchemy.NullPool,
    )
    # The full text is SQLite's own.
    options = {"include_name": lambda name, kind, _: True,
               "include_object": lambda item, name, kind, *_: not name.startswith("text_index")}  # fmt: skip
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={**options, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_another_schema_is_another_copy_and_a_strange_one_is_refused(server, database, run):
    server.ask("CREATE SCHEMA shop", database)
    server.ask("CREATE TABLE shop.model (id int)", database)
    done = run("db", "push", server.address(database), "--schema", "shop")
    assert done.code == 3
    assert "the schema shop holds other tables than llmnotes's (model); --schema" in done.err
    assert run("db", "push", server.address(database), "--schema", "two").code == 0
    assert server.ask("SELECT count(*) > 100 FROM two.models", database) == [(True,)]
    server.ask("UPDATE two.alembic_version SET version_num = '9999'", database)
    done = run("db", "push", server.address(database), "--schema", "two")
    assert (done.code, "was written by a newer llmnotes" in done.err) == (3, True)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"password": "guess"}, 'password authentication failed for user "llm"'),
        ({"database": "nowhere"}, 'database "nowhere" does not exist'),
    ],
)
def test_what_the_server_refuses_is_said_in_a_sentence(server, run, change, told):
    done = run("db", "push", server.address(**change))
    assert done.code == 3
    assert done.err.count("\n") == 1
    assert told in done.err
    assert not {"guess", "sesame"} & set(done.err.split())


def test_a_role_that_may_not_make_a_schema_is_told_so(server, database, run):
    server.ask("CREATE ROLE reader LOGIN PASSWORD 'reads'")
    done = run("db", "push", server.address(database, user="reader", password="reads"))
    assert done.code == 3
    assert f"permission denied for database {database}; nothing was changed" in done.err


def test_no_server_there_is_said_in_a_sentence(run):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        done = run("db", "push", f"postgresql://me:hidden@127.0.0.1:{port}/base")
    assert done.code == 3
    assert done.err.count("\n") == 1
    assert f"PostgreSQL at 127.0.0.1:{port}/base: " in done.err
    assert "onnection refused" in done.err
    assert "hidden" not in done.err


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sqlite:///x", "push takes an address as postgresql://USER@HOST/DATABASE"),
        ("mysql://me:hidden@host/base", "push takes an address as postgresql://USER@HOST/DATABASE"),
        ("me:hidden", "push takes an address as postgresql://USER@HOST/DATABASE"),
        ("postgresql://me:hidden@[host/base", "the address cannot be read"),
        ("postgresql://me:hidden@127.0.0.1:port/base", 'invalid integer value "port"'),
        ("postgresql://me:hid%den@host/base", "the address cannot be read"),
    ],
)
def test_an_address_that_is_none_is_refused_without_its_password(run, address, told):
    done = run("db", "push", address)
    assert done.code in {2, 3}
    assert told in done.err
    assert "hid" not in done.err


@pytest.mark.parametrize("schema", ["Ours", "pg_ours", 'a"b', "", "x" * 64])
def test_a_schema_is_a_plain_name(run, schema):
    done = run("db", "push", "postgresql://me@127.0.0.1:1/base", "--schema", schema)
    assert (done.code, "--schema takes a name of small letters" in done.err) == (2, True)


def test_without_the_library_the_extra_is_named(connection, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r"pip install 'llmnotes\[postgres\]'"):
        push(connection, "postgresql://me@127.0.0.1/base")


def test_errors_of_the_store_are_store_errors(connection):
    with pytest.raises(StoreError):
        push(connection, "postgresql://me@127.0.0.1:1/base")
