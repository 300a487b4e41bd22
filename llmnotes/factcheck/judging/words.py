"""Compares words with the base's, allowing for more general ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from llmnotes import dates
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold, included

GENERAL = {
    ("tokenizer", "BPE"): {"byte-level BPE", "byte-fallback BPE"},
    ("optimizer", "Adam"): {"AdamW"},
    ("attention_span", "sparse"): {"sliding", "chunked"},
    ("attention_span", "sliding"): {"chunked"},
    ("availability", "open-weights"): {"gated-weights"},
    ("activation", "SiLU"): {"SwiGLU"},
    ("activation", "GELU"): {"GeGLU"},
    ("normalization", "LayerNorm"): {"non-parametric LayerNorm"},
    ("normalization", "RMSNorm"): {"non-parametric RMSNorm"},
    ("norm_placement", "post-norm"): {"output-norm", "sandwich-norm"},
    ("objective", "MLM"): {"span-corruption"},
    ("mixer", "ssm"): {"hybrid", "parallel-hybrid", "shared-hybrid"},
    ("norm_placement", "pre-norm"): {"sandwich-norm"},
    ("architecture", "causal-decoder"): {"prefix-decoder"},
}  # fmt: skip
"""More general terms: the possible specific terms by attribute and general term."""

_LICENCE_FILLERS = late(
    r"\((?:not|non|nicht|no|kein[e]?)\b[^()]{0,40}\)|\b(the|community|licen[cs]e|agreement|bespoke|custom|v(?:ersion)?|meta|google"
    r"|licen[cz]i?a|licença|lizenz|d[aeo]l?)\b",
    re.I,
)
"""Words of a licence's name that do not distinguish it, also those of publishers with one licence."""


def same_term(attribute: str, claimed: str, value: str) -> str | None:
    """How a term agrees: `same`, a remark where it is more general, or None."""
    if claimed == value:
        return SAME
    special = included(ATTRIBUTES[attribute].vocabulary or "", claimed)
    if value in special or value in GENERAL.get((attribute, claimed), ()):
        return f"the base says it more closely: {value}"
    return None


_RELATIVE = frozenset({"Transformer-XL"})
"""Terms that `relative` may mean besides a bias."""


def same_terms(attribute: str, claimed: str, values: Iterable[str]) -> str | None:
    """How a term agrees with one of several."""
    values = list(values)
    found = [how for value in values if (how := same_term(attribute, claimed, value)) is not None]
    if attribute == "bias" and claimed == "all" and set(values) - {"none"}:
        return SAME
    if (
        attribute == "positional_encoding"
        and claimed == "relative-bias"
        and _RELATIVE & set(values)
    ):
        return "a kind of relative positions"
    return SAME if SAME in found else (found[0] if found else None)


CLOSER = "more precise than the base"
"""How a day or a month agrees where the base has the year or the month alone."""


def same_date(claimed: str, value: str) -> str | None:
    """How a date agrees at the coarser of the two precisions; one day is tolerated for time zones."""
    if value.startswith(claimed):
        return SAME
    if claimed.startswith(value):
        return CLOSER
    if len(claimed) == len(value) == 10 and days_apart(claimed, value) <= 1:
        return "a day apart, as time zones make it"
    return None


def days_apart(first: str, second: str) -> int:
    """The days between two days."""
    from datetime import date

    return abs((date.fromisoformat(first) - date.fromisoformat(second)).days)


def months_apart(first: str, second: str) -> int:
    """The months from one date to a later one, negative for an earlier one; a year alone is its end."""
    one, other = ((*map(int, date.split("-")[:2]), 12)[:2] for date in (first, second))
    return (other[0] - one[0]) * 12 + other[1] - one[1]


def same_licence(claimed: str, value: str) -> str | None:
    """How a licence's name agrees: its distinctive words must be those of the base."""
    if fold(claimed) == fold(value):
        return SAME
    mine, theirs = telling(claimed), telling(value)
    if not any(
        word[0].isdigit() for word in theirs
    ):  # the terms of all Gemma are those of `Gemma 3`
        mine = frozenset(word for word in mine if not word[0].isdigit())
    if not mine or not theirs or (mine ^ theirs) & _ALTERED or _of_other_versions(mine, theirs):
        return None
    if fold(value).startswith(fold(claimed)) or mine <= theirs or theirs <= mine:
        return "another form of the same licence's name"
    if mine & theirs & {"noncommercial", "research"} or (
        "noncommercial" in mine and "nc" in theirs
    ):
        return "another form of the same licence's name"
    return None


def is_of_generation(text: str, licence: str) -> bool:
    """Whether a licence is told by the name of its generation alone: `Llama 3` for that of Llama 3.2."""
    generation = _GENERATION.fullmatch(text)
    return generation is not None and licence.startswith(f"Llama {generation[1]}.")


_GENERATION = late(r"\W*(?:Meta\s)?Llama[\s-]?(\d)\W*", re.IGNORECASE)


def _of_other_versions(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether both names have numbers and none in common: the licence of Llama 3 is not that of Llama 3.3."""
    first, second = ({word for word in one if word[0].isdigit()} for one in (mine, theirs))
    return bool(first and second) and not first & second


MODIFIED = "modified"
_ALTERED = frozenset({MODIFIED})
"""Words that make a different licence of one and must therefore agree."""
_RAIL = late(r"\b(?:open\s?-?\s?rail(?:[-\s]?(?:m|s|d)\b)?|responsible ai)", re.I)
_ONE_NAME = (("non-commercial", "noncommercial"), ("tongyi qianwen", "qwen"))
"""Different spellings or translations of one name."""


@lru_cache(maxsize=4096)
def telling(text: str) -> frozenset[str]:
    """The words of a licence's name that distinguish it."""
    plain = _RAIL.sub("rail", text.lower())
    for other, name in _ONE_NAME:
        plain = plain.replace(other, name)
    plain = re.sub(r"\bv(?=\d)", "", _LICENCE_FILLERS.sub(" ", plain))
    words = re.findall(r"[a-z]+|\d+(?:\.\d+)?", plain)
    return frozenset(word.removesuffix(".0") for word in words)


def same_organization(claimed: str, ids: Iterable[str], aliases: dict[str, str]) -> str | None:
    """How a publisher agrees; `aliases` maps folded names to ids."""
    wanted = set(ids)
    found = aliases.get(fold(claimed))
    if found in wanted:
        return SAME
    if found is None and wanted & organizations_in(claimed, aliases):
        return "a part or a former name of the same publisher"
    return None


def close_organization(
    claimed: str, ids: Iterable[str], aliases: dict[str, str], remarks: dict[str, str]
) -> str | None:
    """What the base's remark on one publisher says of the other: who led, bought or merged with it."""
    named, wanted = organizations_in(claimed, aliases), set(ids)
    for told_of, others in ((wanted, named), (named, wanted)):
        for one in sorted(told_of & remarks.keys()):
            if others & organizations_in(remarks[one], aliases):
                return remarks[one].rstrip(".")
    return None


def organizations_in(text: str, aliases: dict[str, str]) -> set[str]:
    """The ids of the publishers named in a text: `TII, Abu Dhabi`."""
    words = re.findall(r"[^\W_]+", text.lower())
    found = {
        target
        for start in range(len(words))
        for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1)
        if (target := aliases.get("".join(words[start:end]))) is not None
    }
    folded = fold(text)
    if not found and len(folded) <= _LONGEST_NAME:
        found = {target for name, target in aliases.items() if len(name) > 3 and name in folded}
    return found


_MOST_WORDS = 6
_LONGEST_NAME = 80

_DATASETS = {
    "enwiki": "wikipedia", "englishwikipedia": "wikipedia", "wiki": "wikipedia",
    "bookcorpus": "bookscorpus", "torontobookscorpus": "bookscorpus", "cc": "commoncrawl",
    "githubcode": "github",
}  # fmt: skip
_PUBLIC = late(r"\bpublic(?:ly)?\b", re.I)
_SOURCE_WORDS = late(
    r"[(（][^)）]{0,200}[)）]|\s\d+(?:\.\d+)?$|\b(dataset|corpus|english|filtered|multilingual|data)\b",
    re.I,
)


_PART = 5
"""Minimum letters of a name that may be a part of another one."""


class _Dataset(NamedTuple):
    """A dataset's name folded, without uninformative words, and in its parts."""

    folded: str
    key: str
    parts: frozenset[str]
    public: bool


def same_dataset(claimed: str, value: str) -> str | None:
    """How a dataset's name agrees: equal letters, a known alias, or one contained in the other."""
    mine, theirs = _dataset(claimed), _dataset(value)
    if mine.folded == theirs.folded:
        return SAME
    if mine.folded in theirs.parts:
        return "a part of it"
    return _other_name(mine, theirs)


def _other_name(mine: _Dataset, theirs: _Dataset) -> str | None:
    first, second = mine.key, theirs.key
    shorter = min(len(first), len(second))
    same = first == second or (shorter >= _PART and (first in second or second in first))
    if (first and same) or (mine.public and theirs.public):
        return "another name of the same data"
    return None


def is_any_dataset(claimed: str, values: tuple[str, ...]) -> bool:
    """Whether a name is that of one of many datasets: `same_dataset` for all at once."""
    mine, known = _dataset(claimed), _together(values)
    if mine.folded in known.parts or mine.key in known.keys or (mine.public and known.public):
        return True
    longer = len(mine.key) >= _PART and any(mine.key in key for key in known.keys)
    return longer or any(key in mine.key for key in known.keys if len(key) >= _PART)


class _Datasets(NamedTuple):
    """An index of many datasets."""

    keys: frozenset[str]
    parts: frozenset[str]
    public: bool


@lru_cache(maxsize=64)
def _together(values: tuple[str, ...]) -> _Datasets:
    found = [_dataset(value) for value in values]
    parts = frozenset().union(*(one.parts | {one.folded} for one in found))
    return _Datasets(frozenset(one.key for one in found), parts, any(one.public for one in found))


@lru_cache(maxsize=4096)
def _dataset(name: str) -> _Dataset:
    folded = fold(name)
    key = _DATASETS.get(folded)
    if key is None:
        key = fold(_SOURCE_WORDS.sub(" ", name)) or folded
        key = _DATASETS.get(key, key)
    parts = frozenset(fold(part) for part in name.split("/"))
    return _Dataset(folded, key, parts, _PUBLIC.search(name) is not None)


def mentioned(text: str, note: str | None) -> bool:
    """Whether a note contains exactly the number or date in the cell."""
    if not note or not text:
        return False
    plain = note.replace(",", "") if "," not in text else note
    if text not in plain:
        return False
    return re.search(rf"(?<![\d.]){re.escape(text)}(?![\d]|\.\d)", plain) is not None


@lru_cache(maxsize=4096)
def counts_in(note: str) -> tuple[int, ...]:
    """The numbers of millions and more written out in a note, as those of a model with its encoder."""
    found = re.findall(r"(?<![\d.,])\d{1,3}(?:,\d{3}){2,4}(?![\d,]*\d)", note)
    return tuple(int(number.replace(",", "")) for number in found)


def dates_in(note: str | None) -> list[str]:
    """The dates in a note, in canonical form."""
    found = re.findall(r"\b(?:19|20)\d\d-\d\d(?:-\d\d)?\b", note or "")
    for month, year in re.findall(r"\b([A-Z][a-z]{2,8}) ((?:19|20)\d\d)\b", note or ""):
        try:
            found.append(dates.parse(f"{month} {year}"))
        except ValueError:
            continue
    return found
