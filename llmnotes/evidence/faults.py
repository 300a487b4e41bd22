"""What is wrong at one place of a curated file, with the way to mend it."""

from __future__ import annotations

from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One thing that is wrong: the line, what is meant there, what is wrong and the repair."""

    line: int
    place: str
    problem: str
    repair: str

    @property
    def sentence(self) -> str:
        """Everything in one sentence."""
        return f"line {self.line}: {self.place}: {self.problem}; {self.repair}"

    def as_json(self) -> dict[str, Any]:
        """The fault in the JSON shape."""
        return self._asdict()
