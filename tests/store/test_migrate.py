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


def test_the_last_migration_can_be_taken_back(tmp_path: Path) -> None:
    from alembic import command

    from llmnotes.store.migrate import _config

    store = tmp_path / "store.sqlite"
    migrate(store)
    engine = sqlalchemy.create_engine(f"sqlite:///{store}", poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    migrate(store)


def test_a_new_store_is_as_the_migrations_would_make_it(tmp_path: Path) -> None:
    migrate(tmp_path / "migrated")
    create_empty(tmp_path / "copied")

    one, other = (_dump(tmp_path / name) for name in ("migrated", "copied"))
    assert sorted(one) == sorted(other)
    assert "alembic_version" in "".join(other)


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())
