"""The parts of a header's text: the name, the scale, and what else stands in brackets."""

from __future__ import annotations

import re

from llmnotes.factcheck.cells.units import Scale, scale_of
from llmnotes.factcheck.layout.header_words import key, names
from llmnotes.pattern import late

_BRACKETS = late(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
NO_EMBEDDINGS = late(
    r"(?:\bnon[\s-]?|\b(?:w/?o|without|excl(?:uding|\.)?)\s(?:the\s)?)emb(?:edding)?s?\b\.?|非(?:嵌入|embedding)",
    re.I,
)
"""The words that leave the embeddings out of a count of parameters."""


def parts_of(shown: str) -> tuple[str, Scale | None, list[str]]:
    """A header without its brackets, the scale found in it, and the rest of the brackets."""
    scale, inside = None, []
    for words in _BRACKETS.findall(shown):
        found = scale_of(words)
        scale = scale or found
        if found is None or found.unit == "parameters":
            inside.append(words)
    base = _BRACKETS.sub(" ", shown)
    tail = re.search(
        r"(?:\sin\s|\s?[/,]\s?|\s)(?P<scale>[^\s/,]+(?:\stokens)?)$|[x×*]\s?10\S{0,12}$", base
    )
    if scale is None and tail and key(base) not in names():
        found = scale_of(tail["scale"] or tail[0])
        if found and found.text:  # a unit alone is the name: `Total Params`
            scale, base = found, base[: tail.start()]
    return base.strip(), scale, inside


def without_embeddings(header: str) -> bool:
    """Whether a header counts the parameters without embeddings."""
    return NO_EMBEDDINGS.search(header) is not None
