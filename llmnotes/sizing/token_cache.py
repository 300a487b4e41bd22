"""What mixers of attention keep of the tokens they have seen."""

from __future__ import annotations

from typing import TYPE_CHECKING


def within(window: int | None, context: int) -> int:
    """The number of `context` tokens within a window (None = all of them)."""
    return context if window is None else min(window, context)


class KeepsTokens:
    """A mixer whose cache has the same size for every token in its window, or for all tokens."""

    __slots__ = ()

    if TYPE_CHECKING:  # fields and properties of the mixers

        @property
        def cache_per_token(self) -> int:
            """Elements cached for each token attended to."""

        @property
        def window(self) -> int | None:
            """Tokens attended to at most (None = all)."""

    @property
    def growth_per_token(self) -> int:
        """Elements added per token once the window is full: none, or the usual number without a window."""
        return self.cache_per_token if self.window is None else 0

    @property
    def state(self) -> int:
        """Elements whose number does not depend on the context length: none."""
        return 0

    def cached(self, context: int) -> int:
        """Elements cached for one sequence of `context` tokens."""
        return self.cache_per_token * within(self.window, context)
