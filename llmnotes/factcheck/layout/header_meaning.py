"""The attribute that a header means by its words: a known name, also within others or misspelt."""

from __future__ import annotations

import re
from functools import cache

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.layout.header_words import key, keys, names
from llmnotes.spelling import meant

_GOOD_PART = 0.45
"""The share of a header, from 0 to 1, that a known name within it makes up at least."""
_FIRST_UNSPACED = "\u2e80"
"""Start of the scripts without spaces between words: Chinese, Japanese, Korean."""


def named(text: str) -> str | None:
    """The attribute that has exactly this name; None where there is none."""
    folded = key(text)
    return names().get(folded, names().get(folded.removeprefix("n"), (None, 0.0)))[0]


def second_meaning(text: str) -> str:
    """The attribute of a name whose first meaning has another column; empty without one."""
    folded, second = key(text), header_names().second
    return second.get(folded, second.get(folded.removeprefix("n"), ""))


def meaning(base: str, folded: str, inside: list[str]) -> tuple[str, float] | None:
    """The attribute of a header and how surely it is meant, from 0 to 1; None where no name is near enough.

    `base` is the header without its brackets, `folded` its key, `inside` what stands in the brackets.
    """
    known = names()
    for name in (folded, folded.removeprefix("n"), *(key(words) for words in inside if not folded)):
        if name and name in known:
            identifier, sure = known[name]
            return identifier, sure if name == folded else round(sure - 0.05, 2)
    return (
        _explained(inside)
        or _translated(base, inside)
        or _contained(base, folded)
        or _alike(folded)
    )


def _translated(base: str, inside: list[str]) -> tuple[str, float] | None:
    """The attribute of a header that has its English name in brackets: `并行层 (Parallel Layer)`."""
    if base.isascii() or len(inside) != 1 or not inside[0].isascii():
        return None
    folded = key(inside[0])
    found = names().get(folded) or _alike(folded)
    return found if found is not None and len(folded) > 2 else None


def _explained(inside: list[str]) -> tuple[str, float] | None:
    """The attribute that all keys in a header's brackets name: `blocks (n_layer, num_hidden_layers)`."""
    parts = [key(part) for words in inside for part in re.split(r"[,、;/]", words) if part.strip()]
    known = [part for part in parts if len(part) > 2 and part in names()]
    attributes = {names()[part][0] for part in known if part not in keys(header_names().alone)}
    return (attributes.pop(), 0.9) if len(attributes) == 1 else None


def _contained(base: str, folded: str) -> tuple[str, float] | None:
    """The longest known name inside a header, if it makes up a large enough part of it."""
    words = re.findall(r"[A-Za-zÀ-ɏḀ-ỿ0-9#_]+|[^\W\d_A-Za-zÀ-ɏḀ-ỿ]+", base)
    best = ""
    for start in range(len(words)):
        for end in range(start + 1, min(start + 6, len(words)) + 1):
            part = " ".join(words[start:end])
            if len(part) < _GOOD_PART * len(folded):
                continue
            name = key(part)
            if name in names() and len(name) > max(len(best), 2):
                best = name
    for name in () if folded.isascii() else _unspaced():
        if len(name) > max(len(best), 1) and name in folded:
            best = name
    share, otherwise = len(best) / max(len(folded), 1), keys(header_names().otherwise)
    if best in keys(header_names().alone):  # beside a size or a time the other word decides
        return None
    if share < _GOOD_PART or any(key(w) in otherwise and key(w) not in best for w in words):
        return None
    return names()[best][0], round(0.45 + share * 0.2, 2)


@cache
def _unspaced() -> tuple[str, ...]:
    return tuple(name for name in names() if name and name[0] >= _FIRST_UNSPACED)


def _alike(folded: str) -> tuple[str, float] | None:
    """A known name that a misspelt header of sufficient length is similar to."""
    close = meant(folded, names(), cutoff=0.88, shortest=6) if folded.isascii() else None
    return (names()[close][0], 0.55) if close else None
