"""Recognises the family of a table without model names by the sizes it lists."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.lines import Layout, Spot
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject

_FEWEST = 3
"""Minimum number of sizes; fewer would match too many families."""
_MOST_FAMILIES = 2_000


def recognized(layout: Layout, names: Names, reader: CellReader) -> None:
    """Assign a table of sizes without names the only family that has these sizes."""
    if not layout.orientation.startswith("sizes") or any(_spots(layout)):
        return
    sizes: dict[str, Item] = {}
    for line in layout.lines:
        for spot in line.spots:
            reading = reader.read(spot.name, "params_total")
            if len(reading.items) == 1 and reading.items[0].low is not None:
                sizes[spot.name] = reading.items[0]
    if len(sizes) < _FEWEST:
        return
    fitting = [
        members
        for family in names.families(_MOST_FAMILIES)
        if (members := _members(names, family, sizes)) is not None
    ]
    # A tune of every size of another family has no size of its own.
    fitting = [one for one in fitting if names.has_base(one[0])] or fitting
    if len(fitting) == 1:
        family, chosen = fitting[0]
        layout.taken = f"the sizes {', '.join(sizes)}, which are those of {family}"
        for line in layout.lines:
            line.spots[:] = [_named(spot, chosen) for spot in line.spots]


def _spots(layout: Layout) -> Iterable[TableSubject | None]:
    return (spot.subject for line in layout.lines for spot in line.spots)


def _members(
    names: Names, family: str, sizes: dict[str, Item]
) -> tuple[str, dict[str, str]] | None:
    """The member for each size, where every size matches exactly one member."""
    found: dict[str, str] = {}
    for name, item in sizes.items():
        fitting = names.covering(family, item)
        if len(fitting) != 1 or fitting[0] in found.values():
            return None
        found[name] = fitting[0]
    return family, found


def _named(spot: Spot, members: dict[str, str]) -> Spot:
    model = members.get(spot.name)
    if model is None:
        return spot
    return spot._replace(subject=TableSubject("model", model, (model,), taken="sizes"))
