"""Interprets a header: attributes, the scale and unit of its numbers, the term of a yes-or-no column."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from llmnotes.attributes.headers import header_names
from llmnotes.attributes.written import WRITTEN
from llmnotes.factcheck.cells.sizes import ACTIVE, TOTAL
from llmnotes.factcheck.cells.terms import spellings_of, too_loose
from llmnotes.factcheck.cells.units import Scale
from llmnotes.factcheck.layout.benchmarks import read_benchmark
from llmnotes.factcheck.layout.formulas import is_formula
from llmnotes.factcheck.layout.header_meaning import meaning, named, second_meaning
from llmnotes.factcheck.layout.header_parts import NO_EMBEDDINGS, parts_of
from llmnotes.factcheck.layout.header_words import key, keys, names
from llmnotes.pattern import late
from llmnotes.quantities.notation import normalized
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold

Role = Literal["attribute", "name", "other", "formula", "unknown"]
_LONGEST = 200
"""Characters of a header that are read."""
_ABOUT = late(r"^(?:approx(?:imate(?:ly)?)?|about)\b[.\s]{1,3}(?=\S)", re.I)
"""The beginning of a header that makes its numbers no other quantity: `Approx. Parameters`."""
_FOOTNOTE = late(r"\[\^[\w-]{1,20}\]")
"""The mark of a footnote, `DROP[^5]`."""
_GIVEN = late(r"(?P<name>[A-Za-z_ ]{1,30})\s*=\s*(?P<value>[\d.,]+\s*[kKmMbB]?)$")
"""A header that states the value itself: `H=128`."""
_GIVEN_NAMES = {"l": "n_layers", "h": "d_model", "a": "n_heads", "d": "d_model"}
"""Letters that mean an attribute before a value alone, by their keys."""
_KINDS = frozenset({"category", "type", "kind", "modeltype", "类别", "类型", "模型类型", "分类"})
"""Headers of kinds of models, which may be told by how open they are."""
_COUNTED = late(r"(?P<thing>.{2,40}?)\s+(?:no\.?|nos\.?|count|num\.?)$", re.I)
"""A header with the word of a count behind the thing: `Head no.`, `Layer count`."""
_TWO_LENGTHS = late(
    r"(?P<first>(?:context|input)(?:\s(?:length|window))?)\s?/\s?(?:max\.?\s)?(?:generation|output)(?:\s(?:length|tokens))?",
    re.I,
)
"""A context and the length of an answer in one column: `Context / Generation Length`."""
_TWO_LANGUAGES = late(
    r"([\x20-\u024f]{2,60}?)\s*[—–|/-]\s*([\u0400-\u04ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][^—–|]{1,40})"
)
"""A header in English and again in another script: `Learning Data Size — 训练数据量`."""
_UNTIL = late(r"up to|until|through|cut-?off(?: date)?|as of|最大|截至|截止", re.I)
"""In the brackets of training data: the column tells how far it reaches, `Training data (up to)`."""
_ELSE = late(r"\b(?:[gt]pus?|accelerators?|device|node|hours?|days|weeks?|months?|units?)\b", re.I)
"""In the brackets of a count: it counts something else, or a part (`Batch Size (per GPU)`)."""

_PARTS_NAMED = frozenset({"llm", "languagemodel"})
"""Headers of names, beside another of which they name the language model inside."""

COMMERCIAL, PAPER, COUNTRY, FAMILY = "commercial use", "paper", "country", "family"
"""The `term` of a header that asks whether the licence allows commercial use, for the model's paper, for the
country of its publisher, for the family it belongs to."""
REMARKS = "remarks"
"""The `term` of a header of remarks in free words."""
_SEES = "image-input"
"""The term of a yes-or-no column such as `Multimodal`."""
_ASKED = (
    ("multimodal", _SEES, "modalities"),
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
    """The meaning of a name's header beside the column of names: `Family`, or `LLM` of what sees or hears."""
    if key(text) in _PARTS_NAMED:
        return Header(text, "attribute", ("based_on",), certainty=0.6)
    if key(text) not in keys(header_names().asked["family"]):
        return None
    return Header(text, "attribute", ("architecture",), term=FAMILY, certainty=0.9)


def of_remarks(text: str) -> Header | None:
    """The meaning of a header of remarks, which asks for no attribute; None for any other."""
    if key(text) not in keys(header_names().asked["remarks"]):
        return None
    return Header(text, "attribute", ("preprocessing",), term=REMARKS, certainty=0.5)


@lru_cache(maxsize=4096)
def read_header(text: str) -> Header:
    """The meaning of one header by itself."""
    shown = " ".join(normalized(_FOOTNOTE.sub("", text[:_LONGEST])).split()).strip(" :：*")
    if "_" in shown and not any(sign in shown for sign in " $\\{"):
        shown = shown.replace("_", " ")  # a key of a file: `context_window_tokens`
    shown = _ABOUT.sub("", shown)
    if given := _GIVEN.match(shown):
        return _given(text, given)
    if two := _TWO_LENGTHS.fullmatch(shown):
        return read_header(two["first"])._replace(text=text)
    base, scale, inside = parts_of(NO_EMBEDDINGS.sub("", shown))
    if (counted := _COUNTED.fullmatch(base)) and key(base) not in names():
        base = f"n {counted['thing']}"
    found = (
        _listed(base, scale)
        or _benchmark(shown)
        or _of_no_attribute(base, scale)
        or _of_attribute(shown, base, scale, inside)
    )
    if not shown.isascii() and (two := _TWO_LANGUAGES.fullmatch(shown)) is not None:
        found = max(found, *map(read_header, two.groups()), key=lambda one: one.certainty)
    return found._replace(text=text)


def _listed(base: str, scale: Scale | None) -> Header | None:
    """The meaning of a header that the files of headers list beside attributes, or of a term to tick off."""
    folded, listed = key(base), header_names()
    if folded in keys(listed.models):
        return Header(base, "name", certainty=0.9)
    ticked = _ticked().get(fold(base))
    if ticked and folded not in names():
        return Header(base, "attribute", (ticked[0],), scale, ticked[1], certainty=0.9)
    for group, term, answer in _ASKED:
        if folded in keys(listed.asked[group]):
            return Header(base, "attribute", (answer,), term=term, certainty=0.9)
    return Header(base, "other", certainty=0.9) if folded in keys(listed.other) else None


def _benchmark(shown: str) -> Header | None:
    """The meaning of a header that names a benchmark alone."""
    found = read_benchmark(shown)
    if found is None:
        return None
    name, setting = found
    return Header(
        shown, "attribute", ("evaluation",), certainty=0.9, benchmark=name, setting=setting
    )


def _of_no_attribute(base: str, scale: Scale | None) -> Header | None:
    """The meaning of a formula or of a header of somebody's own run; None where it may name an attribute."""
    if key(base) not in names() and is_formula(base, named):
        return Header(base, "formula", scale=scale)
    return Header(base) if of_a_run(base) else None


def _of_attribute(shown: str, base: str, scale: Scale | None, inside: list[str]) -> Header:
    """The meaning of a header by the attribute that its words and brackets name, if any."""
    folded = key(base)
    found = meaning(base, folded, inside)
    if found is None:
        return Header(base, scale=scale)
    identifier, sure = found
    if identifier == "params_total" and _is_active(inside):
        identifier = "params_active"
    elif identifier == "params_active" and TOTAL.search(shown):
        identifier = "params_total"
    elif identifier == "training_data" and any(_UNTIL.fullmatch(words) for words in inside):
        identifier = "knowledge_cutoff"
    if _counts_otherwise(identifier, scale, inside):
        return Header(base, "other", scale=scale)
    together = (identifier, *WRITTEN[identifier].companions)
    if folded == "weights" or folded in _KINDS:  # `open` below it, or a size, or `decoder`
        together += ("availability",)
    second, beside = second_meaning(base), _beside(base, identifier) if "/" in base else ""
    return Header(base, "attribute", together, scale, second=second, certainty=sure, beside=beside)


def _beside(base: str, first: str) -> str:
    """The attribute of terms that a header names besides its first: `Model type / objective`; else empty."""
    others = (named(part) for part in base.split("/"))
    return next((o for o in others if o and o != first and ATTRIBUTES[o].vocabulary), "")


def _is_active(inside: list[str]) -> bool:
    """Whether brackets indicate active parameters: `#(Activated) Parameters`."""
    words = " ".join(inside)
    return ACTIVE.search(words) is not None and TOTAL.search(words) is None


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


def _given(text: str, match: re.Match[str]) -> Header:
    folded = key(match["name"])
    identifier = _GIVEN_NAMES.get(folded) or names().get(folded, ("", 0))[0]
    if not identifier:
        return Header(text)
    return Header(text, "attribute", (identifier,), given=match["value"].strip(), certainty=0.8)
