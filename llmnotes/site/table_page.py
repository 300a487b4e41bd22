"""A table whose rows link to models or families, as pages of their own."""

from __future__ import annotations

from typing import NamedTuple

from llmnotes.site.edition import Site
from llmnotes.site.parts import Part, size_of
from llmnotes.site.render import render


class TableRow(NamedTuple):
    """A row; its first cell is the link to the subject."""

    kind: str
    id: str
    cells: list[str]


def row_size(row: TableRow) -> int:
    """The approximate size in bytes of a row on its page."""
    return 60 + size_of(row.id, *row.cells) + 11 * len(row.cells)


def table_part(site: Site, title: str, columns: list[str], part: Part[str, TableRow]) -> str:
    """The page of a part of a table."""
    return render(
        "table.html", part.path, site=site, title=title + part.suffix, picture=None,
        description="Every row leads to its page.", columns=columns, parts=part.links,
        rows=[row for _, rows in part.groups for row in rows],
    )  # fmt: skip
