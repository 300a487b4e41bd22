"""A fault at one place of a curated file, with its repair."""

from __future__ import annotations

from typing import Any, NamedTuple


class Fault(NamedTuple):
    """One fault: the line, the place in words, the fault and the repair."""

    line: int
    place: str
    problem: str
    repair: str

    @property
    def sentence(self) -> str:
        """The fault in one sentence."""
        return f"line {self.line}: {self.place}: {self.problem}; {self.repair}"

    def as_json(self) -> dict[str, Any]:
        """The fault in the JSON shape."""
        return self._asdict()
