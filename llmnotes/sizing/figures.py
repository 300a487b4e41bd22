"""A computed figure with its derivation: value, unit, formula, inputs and source of the formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One computed figure.

    Attributes:
        name: its id ("kv_cache_bytes_per_token").
        value: the number.
        unit: its unit ("parameters", "bytes", "FLOP/token", "s").
        formula: the computation, in words and symbols that a reader can repeat.
        inputs: the numbers it depends on, by name.
        source: the paper or code the formula is from.
        note: what the figure leaves out, or which kind of bound it is.
    """

    name: str
    value: float
    unit: str
    formula: str
    inputs: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    note: str = ""
