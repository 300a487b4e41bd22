"""The migrations lead to exactly the declared tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from llmnotes.store.migrate import migrate
from llmnotes.store.tables import metadata
from llmnotes.store.write import create_empty


def test_the_migrations_lead_to_exactly_the_declared_tables(tmp_path: Path) -> None:
    store = tmp_path / "store.sqlite"
    migrate(store)
    engine = sqlalchemy.create_engine(f"sqlite:///{store}", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_all_migrations_can_be_taken_back_and_made_again(tmp_path: Path) -> None:
    from alembic import command

    from llmnotes.store.migrate import _config

    store = tmp_path / "store.sqlite"
    migrate(store)
    engine = sqlalchemy.create_engine(f"sqlite:///{store}", poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(sqlalchemy.inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(store)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_new_store_is_as_the_migrations_would_make_it(tmp_path: Path) -> None:
    migrate(tmp_path / "migrated")
    create_empty(tmp_path / "copied")

    one, other = (_dump(tmp_path / name) for name in ("migrated", "copied"))
    assert sorted(one) == sorted(other)
    assert "alembic_version" in "".join(other)


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_names_and_elements_are_the_same_in_the_tree_of_their_key(tmp_path: Path) -> None:
    from alembic import command

    from llmnotes.store.migrate import _config

    store = tmp_path / "store.sqlite"
    migrate(store, "0013")
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", NAMES)
        connection.executemany("INSERT INTO model_value VALUES (?, ?, ?, ?, ?)", ELEMENTS)
    trees = _trees(store)

    migrate(store)
    assert _held(store) == (sorted(NAMES), sorted(ELEMENTS))
    assert trees - _trees(store) == {"sqlite_autoindex_name_1", "sqlite_autoindex_model_value_1"}

    engine = sqlalchemy.create_engine(f"sqlite:///{store}", poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0013")
    assert _held(store) == (sorted(NAMES), sorted(ELEMENTS))
    assert _trees(store) == trees


NAMES = [
    ("model", "toy", "toy-1b", "Toy", 0, 2),
    ("model", "toy", "toy-2b", "Toy", 0, None),
    ("family", "toy", "toy", "toy", 1, 1),
]
ELEMENTS = [
    ("toy-1b", "n_heads", 1, "8", 8.0),
    ("toy-1b", "n_heads", 0, "16", 16.0),
    ("toy-1b", "languages", 0, "Português", None),
]


def _held(path: Path) -> tuple[list[tuple[object, ...]], ...]:
    with closing(sqlite3.connect(path)) as connection:
        return tuple(
            connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
            for table in ("name", "model_value")
        )


def _trees(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        }
