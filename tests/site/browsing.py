"""What the tests in a browser share."""

from __future__ import annotations

from typing import Any


def ask(page: Any, query: str) -> None:
    """Navigate to another query of the same page, as the browser's buttons do, without reloading."""
    page.evaluate(
        """(query) => {
          history.replaceState(null, "", query);
          dispatchEvent(new PopStateEvent("popstate"));
        }""",
        query,
    )


def squeezed(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())
