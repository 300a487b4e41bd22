"""Upgrades a store to the newest schema by running its migrations."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from llmnotes.store.paths import migrations

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection


def migrate(path: Path, revision: str = "head") -> None:
    """Create the store at `path` if it does not exist, and upgrade it to `revision`."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(f"sqlite:///{path}", poolclass=sqlalchemy.NullPool)
    with engine.begin() as connection:
        upgrade(connection, revision)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Upgrade the connected database, SQLite or PostgreSQL, to `revision` in its transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def newest(connection: sqlite3.Connection) -> str:
    """The newest revision, read from the open curated store without loading Alembic."""
    row = connection.execute("SELECT version_num FROM main.alembic_version").fetchone()
    return str(row[0])


def revisions() -> list[str]:
    """Every known revision, oldest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config())
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations()).replace("%", "%%"))
    return config
