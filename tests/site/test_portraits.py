"""Portraits from the library equal those of `show`."""

from __future__ import annotations

import pytest

from llmnotes.knowledge.show import show
from llmnotes.site.library import Library
from llmnotes.site.portraits import Portraits


@pytest.mark.thorough
def test_a_portrait_cites_what_show_cites_those_of_inherited_values_too(connection) -> None:
    """A family may take its values from models of another one, as a post-trained one does."""
    library = Library(connection)
    portraits = Portraits(library)
    families = list(library.families)
    assert families
    for family in families:
        found, shown = portraits.of("family", family), show(connection, family)
        cited = {source["id"] for source in found.sources}
        assert cited == {source["id"] for source in shown.sources}, family
        assert all(set(row.cells[0].sources) <= cited for row in found.values.rows), family
