"""Reads what was published."""

from __future__ import annotations

import csv
from pathlib import Path

csv.field_size_limit(10**7)


def rows(published: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table of CSV."""
    with (published / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def files(folder: Path) -> dict[str, bytes]:
    """The content of every file, by its path in the folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
