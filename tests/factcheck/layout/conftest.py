"""The names of a table, resolved on the curated base."""

from __future__ import annotations

import sqlite3

import pytest

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.subjects import Names


@pytest.fixture
def names(connection: sqlite3.Connection) -> Names:
    """Whom names stand for."""
    return Names(connection, BaseClaims(connection))
