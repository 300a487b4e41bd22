"""Weights: the unit of all counts, each with its part, its size and its use by a token."""

from __future__ import annotations

from dataclasses import dataclass

PARTS = (
    "embeddings",
    "positions",
    "attention",
    "cross_attention",
    "recurrent",
    "ffn",
    "experts",
    "shared_experts",
    "routers",
    "norms",
    "pooler",
    "head",
    "other",
)
"""The parts of a parameter count, in display order."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight tensor (or a bank of equal ones), as a count of parameters.

    Attributes:
        part: one of `PARTS`.
        name: its usual name ("query projection").
        size: parameters in one copy.
        macs: multiply-accumulates one token spends on one copy (0 for norms, biases, lookups).
        copies: number of equal copies (experts).
        used: number of copies that one token uses.
    """

    part: str
    name: str
    size: int
    macs: int = 0
    copies: int = 1
    used: int = 1

    @property
    def total(self) -> int:
        """Parameters of all copies."""
        return self.size * self.copies

    @property
    def active(self) -> int:
        """Parameters of the copies one token uses."""
        return self.size * self.used

    @property
    def active_macs(self) -> int:
        """Multiply-accumulates one token spends."""
        return self.macs * self.used


def linear(part: str, name: str, n_in: int, n_out: int, bias: bool = False) -> Weight:
    """A matrix from `n_in` to `n_out` features, with a bias of `n_out` when `bias` is set."""
    return Weight(part, name, n_in * n_out + (n_out if bias else 0), n_in * n_out)


def vector(part: str, name: str, size: int) -> Weight:
    """Parameters that are added, scaled or looked up rather than multiplied as a matrix."""
    return Weight(part, name, size)
