"""An edition, published once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from llmnotes.store.connect import open_curated

pytest.importorskip("pyarrow", reason="publishing needs llmnotes[arrow]")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from llmnotes.publish.write import publish

    out = tmp_path_factory.mktemp("published") / "edition"
    connection = open_curated()
    publish(connection, out, url="https://data.example/llmnotes")
    connection.close()
    return out
