"""An edition of the first families, published once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.store.connect import open_curated

pytest.importorskip("pyarrow", reason="publishing needs llmnotes[arrow]")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, first_base: Path) -> Path:
    from llmnotes.publish.write import publish

    out = tmp_path_factory.mktemp("published") / "edition"
    connection = open_curated(first_base)
    publish(connection, out, url="https://data.example/llmnotes")
    connection.close()
    return out


@pytest.fixture(autouse=True)
def few_families(on_first_base: None) -> None:
    """What is published, and what it is compared with, are the first eleven families."""
