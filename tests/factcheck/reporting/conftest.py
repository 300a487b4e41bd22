"""Short ways to correct a text."""

from __future__ import annotations

import pytest

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.reporting.fix import fix
from llmnotes.factcheck.reporting.report import check_text


@pytest.fixture
def corrected(connection):
    """The text as corrected, with the list of changes; footnotes cite `Source ID`."""
    checker = Checker(connection)

    def call(text: str, name: str = "t.md", *, fill: bool = False, verdicts=("wrong", "misplaced")):
        file = check_text(checker, name, text)
        return fix(
            checker, file, verdicts, lambda source: f"Source {source}.", fill=fill, heed=True
        )

    return call
