"""The course is tested on the first eleven families: what it does with them it does with all."""

import pytest


@pytest.fixture(autouse=True)
def few_families(request: pytest.FixtureRequest) -> None:
    """The base of eleven families, but for tests of what the whole base holds."""
    if request.node.get_closest_marker("whole_base") is None:
        request.getfixturevalue("on_first_base")
