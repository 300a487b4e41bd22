"""Benchmarks in headers, with their settings (`MMLU (5-shot)`, `0-shot BoolQ`)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from llmnotes.data_files import DATA, load
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_SETTING = late(
    r"\b(?:\d{1,3}|zero|one|few|multi)[-\s]?shots?\b|\bcot\b|\bchain[-\s]of[-\s]thought\b|\b(?:dev|test|val|validation)\b"
    r"|\bfine-?tuned\b|\b(?:w/o|no|without|with) tools?\b",
    re.IGNORECASE,
)
_METRIC = late(
    r"\b(?:acc(?:uracy)?(?:[_ ]norm)?|em|exact match|f1|(?:pass|maj|avg|mean|cons)@\d{1,3}|ppl"
    r"|(?:strict[- ]?)?prompt(?:[- ]?strict)?|strict|resolved|(?:lc[- ]?)?win[- ]?rate|rating|correct"
    r"|perplexity|bleu|rouge(?:-[l12])?|score|avg|average|mc[12])\b|[%↑↓()\[\],:]",
    re.IGNORECASE,
)

_FOOTNOTE = late(r"\[\^\w{1,9}\]")
_KEY = late(r"^(?:eval(?:uation)?s?|benchmarks?|scores?|results?)[\s_/.]+", re.IGNORECASE)
"""The beginning of a key of a file that has one benchmark's results: `evaluations_mmlu_pro`."""
_ASIDE = late(r"[(\[]([^()\[\]]{1,60})[)\]]\s*$")
"""A remark on a benchmark after its name: `HumanEval (Python)`."""
_VERSION = late(r"(?<=\w)[-_\s](python|openai)(?!\w)", re.IGNORECASE)
"""A version of a benchmark behind its name: `HumanEval-Python`, `LAMBADA OpenAI`."""
_EDITION = late(r"v?\d[\d.]*|diamond|verified", re.IGNORECASE)
"""Words that distinguish an edition from the benchmark: a version, a year, the standard part."""


class HeadedBenchmark(NamedTuple):
    """A benchmark by the base's name for it, and the words of the header that give the setting."""

    name: str
    setting: str = ""


@cache
def _known() -> tuple[dict[str, str], frozenset[str]]:
    """Names by their folded spellings, and those that are case-sensitive."""
    path = DATA / "entities" / "benchmarks.toml"
    found = load(path).values()
    spellings = {
        fold(word): item["name"]
        for item in found
        for word in (item["name"], *item.get("aliases", ()))
    }
    return spellings, frozenset(word for item in found for word in item.get("exact", ()))


def benchmark_key(name: str) -> str:
    """The folded canonical name of a benchmark, the same for HLE and for its long name."""
    return fold(_known()[0].get(fold(name), name))


@cache
def _wholes() -> dict[str, tuple[str, str]]:
    """Editions and parts named after the whole with one more word: the whole, and the word."""
    found = load(DATA / "entities" / "benchmarks.toml")
    wholes: dict[str, tuple[str, str]] = {}
    for item in found.values():
        whole = found.get(item.get("part_of", ""), {}).get("name", "")
        rest = item["name"].removeprefix(whole).strip(" -")
        if whole and rest != item["name"] and _EDITION.fullmatch(rest):
            wholes[fold(item["name"])] = (fold(whole), fold(rest))
    return wholes


def same_benchmark(asked: str, given: str, setting: str = "") -> bool:
    """Whether a result under the name `given`, in a setting, is of the benchmark called `asked`.

    `GPQA` in the setting `diamond` is `GPQA Diamond`.
    """
    wanted, had = benchmark_key(asked), benchmark_key(given)
    if wanted == had:
        return True
    whole, edition = _wholes().get(wanted, ("", ""))
    return whole == had and edition in fold(setting)


def may_be_same(asked: str, given: str) -> bool:
    """Whether two names may denote one benchmark, where one of them omits the edition."""
    wanted, had = benchmark_key(asked), benchmark_key(given)
    return (
        wanted == had
        or _wholes().get(wanted, ("",))[0] == had
        or (_wholes().get(had, ("",))[0] == wanted)
    )


def read_benchmark(text: str) -> HeadedBenchmark | None:
    """The benchmark named by a header alone; None for any other header."""
    text = _FOOTNOTE.sub(" ", text)
    setting = ", ".join(match[0] for match in _SETTING.finditer(text))
    name = _named(text) or _named(_KEY.sub("", text.replace("_", " ")))
    if name is None and (aside := _ASIDE.search(text)) is not None:
        name = _named(text[: aside.start()] + text[aside.end() :])
        setting = ", ".join(filter(None, (setting, aside[1].strip())))
    if name is None and (version := _VERSION.search(text)) is not None:
        name = _named(text[: version.start()] + text[version.end() :])
        setting = ", ".join(filter(None, (setting, version[1])))
    return HeadedBenchmark(name, setting) if name is not None else None


def _named(text: str) -> str | None:
    """The benchmark named by a text, ignoring its setting and metric."""
    bare = " ".join(_METRIC.sub(" ", _SETTING.sub(" ", text)).split()).strip(" -–—/")
    bare = bare.replace(" +", "+")  # `MBPP +` is MBPP+, not MBPP
    spellings, exact = _known()
    name = spellings.get(fold(bare))
    if name is None or (bare not in exact and any(fold(bare) == fold(word) for word in exact)):
        return None
    return name
