"""Parses cells as the attributes that their header may mean."""

from __future__ import annotations

import re
from functools import lru_cache

from llmnotes.factcheck.cells.flags import flag, is_yes_or_no
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.cells.units import Scale
from llmnotes.factcheck.layout.headers import Header
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES

_TERMS = frozenset({"term", "terms"})
_EXPERTS = late(r"\s*(\d{1,4})\s*(?:E\b|experts?\b)?\s*(?:\+\s*\d{1,2})?\s*(?:$|[,(/;])", re.I)
"""Experts below `MoE`: `256+1, top-8`, `128E, 8 active`."""
_TWO_LENGTHS = late(r"(?:context|input)[^/]{0,60}/.{0,60}(?:generation|output)", re.I)
"""A header of a context and the length of an answer, of which the first is read."""
_MOE = late(r"moe\W*$|mixture[\s-]of[\s-]experts", re.I)
"""A header of yes and no that asks for experts."""
_OF_EXPERTS = late(r"moe|experts?\b|专家", re.I)
"""Words without which `sparse` below `Attention` is no mixture of experts."""
_BYTES = late(r"\s?[~≈>]?\s?\d[\d.,]{0,12}\s?[KMGT]i?B\+?\s?", re.I)
"""A size of data below the number of its tokens: `570 GB`."""
_OF_TUNING = late(
    r"[,;]?\s?(?:and\s)?[\w-]{2,20}\s(?:in|for|during|at)\s(?:the\s)?fine-?tuning\b", re.I
)
"""The optimizer of another training, beside that of pretraining: `Adam, Adafactor in fine-tuning`."""
_BOTH = late(r"\W*(?:both|mixed|两者|beides|les deux|ambos)\W*", re.I)
"""Dense and sparse models in one family."""
_TOKENS = late(r"\s?[~≈>]?\s?\d[\d.,]{0,15}\s?(?:[BT]|trillion|billion|万亿|亿|億|兆)\+?\s?", re.I)
"""An amount of data that is no name and has no bytes: `300B`, `1.4T`."""
_LINKS = late(r"\b(?:or|and)\b|\s", re.I)
_MORE = late(r"[^\W\d_]{2}|A\d|\bof\b")
"""Characters of cells with more than a number, a scale or a mark."""


def read_all(text: str, header: Header) -> list[CellReading]:
    """The readings of a cell as its header's attributes: always the first, the others if present."""
    if not header.attributes:
        return []
    if _TWO_LENGTHS.search(header.text) and "/" in text:
        text = text.split("/")[0]
    if _MOE.search(header.text) and header.attributes[0] == "sparsity" and is_yes_or_no(text):
        return [read_cell("moe" if flag(text) else "dense", "sparsity")._replace(text=text)]
    if header.attributes[0] == "sparsity" and _BOTH.fullmatch(text):
        return [read_cell("dense, moe", "sparsity")._replace(text=text)]
    if (
        header.attributes[0] == "params_total"
        and "availability" in header.attributes
        and is_yes_or_no(text)
    ):
        return [read_cell(text, "availability")]  # a tick: they can be had
    if header.attributes[0] == "modalities" and not header.term and is_yes_or_no(text):
        return [
            read_cell("image-input" if flag(text) else "text", "modalities")._replace(text=text)
        ]
    if (
        header.attributes[0] == "training_data"
        and "training_tokens" in header.attributes
        and _TOKENS.fullmatch(text)
    ):
        return [read_cell(text, "training_tokens", header.scale)]
    if header.attributes[0] == "training_tokens" and _BYTES.fullmatch(text):
        return [read_cell(text, "training_data")]
    if header.attributes[0] == "optimizer" and (plain := _OF_TUNING.sub("", text)).strip():
        return [one._replace(text=text) for one in _with_others(plain, header)]
    return _with_others(text, header)


def _with_others(text: str, header: Header) -> list[CellReading]:
    """The reading as the first attribute, and as those that may share the cell."""
    first = read_cell(text, header.attributes[0], header.scale, term=header.term)
    if first.shape == "absent" or header.term:
        return [first]
    if header.beside and (first.rest or not first.items):
        other = read_cell(text, header.beside, header.scale)
        if other.items and not _LINKS.sub("", other.rest):
            return [first, other] if first.items else [other]
    if not _MORE.search(text):
        return [first]
    others = [
        read_cell(text, attribute, header.scale, strict=True)
        for attribute in header.attributes[1:]
        if _may_share(attribute, text, header)
    ]
    found = [reading for reading in others if reading.items]
    if header.attributes[0] == "sparsity" and not first.items and (count := _EXPERTS.match(text)):
        return [read_cell(count[1], "n_experts")._replace(text=text)]
    if not found and not first.items:  # `full` under Attention is a value of another attribute
        loosely = [read_cell(text, name, header.scale) for name in _worded(header.attributes[1:])]
        found = [reading for reading in loosely if reading.items]
    return [first, *found] if first.items or not found else found


def _may_share(attribute: str, text: str, header: Header) -> bool:
    """Whether a cell's text may hold another attribute than its header's first."""
    if attribute == "sparsity" and header.attributes[0] == "attention":
        return _OF_EXPERTS.search(text) is not None
    return attribute != "warmup" or "warm" in text.lower()  # `batch=3.2M tokens` is none


def _worded(attributes: tuple[str, ...]) -> list[str]:
    return [name for name in attributes if ATTRIBUTES[name].kind in _TERMS and name != "sparsity"]


@lru_cache(maxsize=65_536)
def _read(text: str, attribute: str, scale: Scale | None) -> CellReading:
    return read_cell(text, attribute, scale)


@lru_cache(maxsize=65_536)
def _read_all(text: str, header: Header) -> tuple[CellReading, ...]:
    return tuple(read_all(text, header))


class CellReader:
    """Parses cells as the attributes that their header may mean, with a cache by text."""

    def read(self, text: str, attribute: str, scale: Scale | None = None) -> CellReading:
        """The reading of a cell as one attribute."""
        return _read(text, attribute, scale)

    def readings(self, text: str, header: Header) -> tuple[CellReading, ...]:
        """The readings of a cell as the header's attribute, and as those that may share the cell."""
        return _read_all(text, header)

    def flag(self, text: str, header: Header) -> bool | None:
        """Yes or no below a header that is itself a term (`GQA`); None otherwise."""
        return flag(text) if header.term else None
