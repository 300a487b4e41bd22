"""The pairs of cells that scripts take as differing are those that `compare` marks."""

from __future__ import annotations

from itertools import combinations

from llmnotes.schema import ATTRIBUTES
from llmnotes.site.library import Library
from llmnotes.site.relations import CellRelations


def test_the_shorter_list_of_pairs_says_the_same(connection) -> None:
    library = Library(connection)
    listed = set()
    for name in ("evaluation", "release_date", "n_layers"):
        item = ATTRIBUTES[name]
        relations = CellRelations(item)
        for key in [("family", family) for family in list(library.members)[:60]]:
            relations.number(library.cell(library.columns[key], item))
        compatible = set(relations.compatible())
        related, grouped = relations.pairs()
        pairs = {(one, other) for one, others in grouped for other in others}
        count = 1 + max(other for pair in (pairs | compatible) for other in pair)
        every = set(combinations(range(count), 2))

        assert pairs & every == (compatible if related == "compatible" else every - compatible)
        assert len(pairs) <= len(compatible) or related == "compatible"
        listed.add(related)

    assert listed == {"apart", "compatible"}
