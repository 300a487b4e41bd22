"""What the tests of formats share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from llmnotes.ingest.formats import read
from llmnotes.ingest.raw import RawContents


def facts(path: Path) -> dict[str, dict[str, list[tuple[Any, str]]]]:
    """Model -> attribute -> values with their statuses."""
    contents = read(str(path))
    assert isinstance(contents, RawContents)
    found: dict[str, dict[str, list[tuple[Any, str]]]] = {}
    for entry in contents.models:
        for item in entry.claims:
            values = found.setdefault(entry.name, {}).setdefault(item.attribute, [])
            values.append((item.value, item.status))
    return found


@pytest.fixture(name="facts")
def facts_of_a_file() -> Any:
    """Reads a file into what it says of each model."""
    return facts
