"""Interprets a header: attributes, the scale and unit of its numbers, the term of a yes-or-no column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from llmnotes.attributes.headers import header_names
from llmnotes.attributes.written import WRITTEN
from llmnotes.factcheck.cells.terms import spellings_of, too_loose
from llmnotes.factcheck.cells.units import Scale, scale_of
from llmnotes.factcheck.layout.benchmarks import read_benchmark
from llmnotes.factcheck.layout.formulas import is_formula
from llmnotes.factcheck.layout.header_words import key, keys, names
from llmnotes.pattern import late
from llmnotes.quantities.notation import normalized
from llmnotes.schema import ATTRIBUTES
from llmnotes.spelling import meant
from llmnotes.vocabulary import fold

Role = Literal["attribute", "name", "other", "formula", "unknown"]
_LONGEST = 200
_BRACKETS = late(r"[(\[]\s*([^()\[\]]*?)\s*[)\]]")
_FOOTNOTE = late(r"\[\^[\w-]{1,20}\]")
"""The mark of a footnote, `DROP[^5]`."""
_GIVEN = late(r"(?P<name>[A-Za-z_ ]{1,30})\s*=\s*(?P<value>[\d.,]+\s*[kKmMbB]?)$")
_GIVEN_NAMES = {"l": "n_layers", "h": "d_model", "a": "n_heads", "d": "d_model"}

COMMERCIAL, PAPER, COUNTRY, FAMILY = "commercial use", "paper", "country", "family"
"""The `term` of a header that asks whether the licence allows commercial use, for the model's paper, for the
country of its publisher, for the family it belongs to."""
_SEES = "image-input"
"""The term of a yes-or-no column such as `Multimodal`."""
_ASKED = (
    ("commercial", COMMERCIAL, "license"),
    ("paper", PAPER, "repository"),
    ("country", COUNTRY, "organization"),
)
"""The groups of names in the files of headers, their terms, and the attributes that answer them."""


class Header(NamedTuple):
    """The meaning of a header.

    - `attributes`: what the cells below contain, the likeliest first, then those that share the cell;
    - `scale`: applies to numbers without one of their own;
    - `term`: the header of a yes-or-no column (`GQA`);
    - `given`: a value in the header itself (`H=128`);
    - `second`: the attribute meant if another header of the table means the first;
    - `beside`: the attribute of terms that it names after its first (`Model type / objective`);
    - `benchmark`: the one whose scores are below, in the `setting` of the header;
    - `certainty`: from 0 to 1.
    """

    text: str
    role: Role = "unknown"
    attributes: tuple[str, ...] = ()
    scale: Scale | None = None
    term: str = ""
    given: str = ""
    second: str = ""
    certainty: float = 0.0
    benchmark: str = ""
    setting: str = ""
    beside: str = ""

    @property
    def attribute(self) -> str | None:
        """The likeliest attribute."""
        return self.attributes[0] if self.attributes else None


def _second() -> Mapping[str, str]:
    return header_names().second


def named(text: str) -> str | None:
    """The attribute that has exactly this name; None where there is none."""
    folded = key(text)
    return names().get(folded, names().get(folded.removeprefix("n"), (None, 0.0)))[0]


def second_meaning(text: str) -> str:
    """The attribute of a name whose first meaning has another column; empty without one."""
    folded = key(text)
    return _second().get(folded, _second().get(folded.removeprefix("n"), ""))


@cache
def _ticked() -> dict[str, tuple[str, str]]:
    return {
        folded: (identifier, term)
        for identifier, written in WRITTEN.items()
        if written.ticked
        for folded, term in spellings_of(identifier).items()
        if term in written.ticked and len(folded) > 2 and folded not in too_loose()
    }


def beside_names(text: str) -> Header | None:
    """The meaning of a header beside the column of names that says `Family`: what the models belong to."""
    if key(text) not in keys(header_names().asked["family"]):
        return None
    return Header(text, "attribute", ("architecture",), term=FAMILY, certainty=0.9)


@lru_cache(maxsize=4096)
def read_header(text: str) -> Header:
    """The meaning of one header by itself."""
    shown = " ".join(normalized(_FOOTNOTE.sub("", text[:_LONGEST])).split()).strip(" :：*")
    if "_" in shown and not any(sign in shown for sign in " $\\{"):
        shown = shown.replace("_", " ")  # a key of a file: `context_window_tokens`
    given = _GIVEN.match(shown)
    if given:
        return _given(text, given)
    if two := _TWO_LENGTHS.fullmatch(shown):
        return read_header(two["first"])._replace(text=text)
    base, scale, inside = parts_of(_NO_EMBEDDINGS.sub("", shown))
    if (counted := _COUNTED.fullmatch(base)) and key(base) not in names():
        base = f"n {counted['thing']}"
    folded = key(base)
    if folded in keys(header_names().models):
        return Header(text, "name", certainty=0.9)
    ticked = _ticked().get(fold(base))
    if ticked and folded not in names():
        return Header(text, "attribute", (ticked[0],), scale, ticked[1], certainty=0.9)
    if folded in keys(header_names().asked["multimodal"]):
        return Header(text, "attribute", ("modalities",), term=_SEES, certainty=0.9)
    for group, term, answer in _ASKED:
        if folded in keys(header_names().asked[group]):
            return Header(text, "attribute", (answer,), term=term, certainty=0.9)
    if folded in keys(header_names().other):
        return Header(text, "other", certainty=0.9)
    if benchmark := read_benchmark(shown):
        name, setting = benchmark
        return Header(
            text, "attribute", ("evaluation",), certainty=0.9, benchmark=name, setting=setting
        )
    if folded not in names() and is_formula(base, named):
        return Header(text, "formula", scale=scale)
    if of_a_run(base):
        return Header(text)
    found = _meaning(base, folded, inside)
    if found is None:
        return Header(text, scale=scale)
    identifier, sure = found
    if identifier == "params_total" and _is_active(inside):
        identifier = "params_active"
    elif identifier == "params_active" and _TOTAL.search(shown):
        identifier = "params_total"
    elif identifier == "training_data" and any(_UNTIL.fullmatch(words) for words in inside):
        identifier = "knowledge_cutoff"
    if _counts_otherwise(identifier, scale, inside):
        return Header(text, "other", scale=scale)
    together = (identifier, *WRITTEN[identifier].companions)
    if folded == "weights" or folded in _KINDS:  # `open` below it, or a size, or `decoder`
        together += ("availability",)
    second, beside = second_meaning(base), _beside(base, identifier) if "/" in base else ""
    return Header(text, "attribute", together, scale, second=second, certainty=sure, beside=beside)


def _beside(base: str, first: str) -> str:
    """The attribute of terms that a header names besides its first: `Model type / objective`; else empty."""
    others = (named(part) for part in base.split("/"))
    return next((o for o in others if o and o != first and ATTRIBUTES[o].vocabulary), "")


_KINDS = frozenset({"category", "type", "kind", "modeltype", "类别", "类型", "模型类型", "分类"})
"""Headers of kinds of models, which may be told by how open they are."""
_COUNTED = late(r"(?P<thing>.{2,40}?)\s+(?:no\.?|nos\.?|count|num\.?)$", re.I)
"""A header with the word of a count behind the thing: `Head no.`, `Layer count`."""
_TWO_LENGTHS = late(
    r"(?P<first>(?:context|input)(?:\s(?:length|window))?)\s?/\s?(?:max\.?\s)?(?:generation|output)(?:\s(?:length|tokens))?",
    re.I,
)
"""A context and the length of an answer in one column: `Context / Generation Length`."""
_UNTIL = late(r"up to|until|through|cut-?off(?: date)?|as of|最大|截至|截止", re.I)
"""In the brackets of training data: the column tells how far it reaches, `Training data (up to)`."""
_TOTAL = late(r"\btotal\b|总", re.I)
"""In the header of active parameters: the total is there too, `Total / Active Params`."""


def _is_active(inside: list[str]) -> bool:
    """Whether brackets indicate active parameters: `#(Activated) Parameters`."""
    words = " ".join(inside).lower()
    return "activ" in words and "total" not in words


_ELSE = late(r"\b(?:[gt]pus?|accelerators?|device|node|hours?|days|weeks?|months?|units?)\b", re.I)
"""In the brackets of a count: it counts something else, or a part (`Batch Size (per GPU)`)."""


def _counts_otherwise(identifier: str, scale: Scale | None, inside: list[str]) -> bool:
    """Whether the brackets give a unit in which the attribute is never counted: `Time (GPU hours)`."""
    about = ATTRIBUTES[identifier]
    if not about.is_numeric and about.kind != "date":
        return False
    if scale is not None and scale.unit and scale.unit not in WRITTEN[identifier].units:
        return True
    return scale is None and any(_ELSE.search(words) for words in inside)


def of_a_run(name: str) -> bool:
    """Whether a header without its brackets belongs to a user's own run of a model: `epochs`, `latency`."""
    return key(name) in keys(header_names().run)


def split_fact(text: str) -> tuple[int, int] | None:
    """The offsets of the end of the attribute's name and the begin of the value in `context length 4k
    tokens`.

    The longest known name at the beginning counts; None without one.
    """
    words = list(re.finditer(r"\S+", text[:_LONGEST]))
    for count in range(min(6, len(words) - 1), 0, -1):
        end, start = words[count - 1].end(), words[count].start()
        if names().get(key(text[:end]), ("", 0.0))[1] >= 0.9:
            link = re.match(r"(?:is|are|of|was|uses?)\s+|[:：=→–—-]\s*", text[start:])
            return end, start + (link.end() if link else 0)
    return None


def _given(text: str, match: re.Match[str]) -> Header:
    folded = key(match["name"])
    identifier = _GIVEN_NAMES.get(folded) or names().get(folded, ("", 0))[0]
    if not identifier:
        return Header(text)
    return Header(text, "attribute", (identifier,), given=match["value"].strip(), certainty=0.8)


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


def _meaning(base: str, folded: str, inside: list[str]) -> tuple[str, float] | None:
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
    meant = {names()[part][0] for part in known if part not in keys(header_names().alone)}
    return (meant.pop(), 0.9) if len(meant) == 1 else None


def _contained(base: str, folded: str) -> tuple[str, float] | None:
    """The longest known name inside a header, if it makes up a large enough part of it."""
    words = re.findall(r"[A-Za-zÀ-ɏ0-9#_]+|[^\W\d_A-Za-zÀ-ɏ]+", base)
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
    share = len(best) / max(len(folded), 1)
    if best in keys(header_names().alone):  # beside a size or a time the other word decides
        return None
    if share < _GOOD_PART or any(key(w) in _otherwise() and key(w) not in best for w in words):
        return None
    return names()[best][0], round(0.45 + share * 0.2, 2)


def without_embeddings(header: str) -> bool:
    """Whether a header counts the parameters without embeddings."""
    return _NO_EMBEDDINGS.search(header) is not None


_NO_EMBEDDINGS = late(
    r"(?:\bnon[\s-]?|\b(?:w/?o|without|excl(?:uding|\.)?)\s(?:the\s)?)emb(?:edding)?s?\b\.?|非(?:嵌入|embedding)",
    re.I,
)


@cache
def _otherwise() -> frozenset[str]:
    return keys(header_names().otherwise)


_GOOD_PART = 0.45
_FIRST_UNSPACED = "\u2e80"
"""Start of the scripts without spaces between words: Chinese, Japanese, Korean."""


@cache
def _unspaced() -> tuple[str, ...]:
    return tuple(name for name in names() if name and name[0] >= _FIRST_UNSPACED)


def _alike(folded: str) -> tuple[str, float] | None:
    """A known name that a misspelt header of sufficient length is similar to."""
    close = meant(folded, names(), cutoff=0.88, shortest=6) if folded.isascii() else None
    return (names()[close][0], 0.55) if close else None
