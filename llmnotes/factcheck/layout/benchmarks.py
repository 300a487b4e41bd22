"""Benchmarks as headers: which one, and in which setting (`MMLU (5-shot)`, `0-shot BoolQ`)."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from llmnotes.data_files import DATA, load
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_SETTING = late(
    r"\b(?:\d{1,3}|zero|one|few|multi)[-\s]?shots?\b|\bcot\b|\bchain[-\s]of[-\s]thought\b|\b(?:dev|test|val|validation)\b"
    r"|\bfine-?tuned\b",
    re.IGNORECASE,
)
_METRIC = late(
    r"\b(?:acc(?:uracy)?(?:[_ ]norm)?|em|exact match|f1|pass@\d{1,3}|maj@\d{1,3}|ppl"
    r"|perplexity|bleu|rouge(?:-[l12])?|score|avg|average|mc[12])\b|[%↑↓()\[\],:]",
    re.IGNORECASE,
)


class HeadedBenchmark(NamedTuple):
    """A benchmark by the name the base has for it, and the words of a header that say the setting."""

    name: str
    setting: str = ""


@cache
def _known() -> tuple[dict[str, str], frozenset[str]]:
    """Names by their folded spellings, and those that count only as they are written."""
    path = DATA / "entities" / "benchmarks.toml"
    found = load(path).values()
    spellings = {
        fold(word): item["name"]
        for item in found
        for word in (item["name"], *item.get("aliases", ()))
    }
    return spellings, frozenset(word for item in found for word in item.get("exact", ()))


def benchmark_key(name: str) -> str:
    """The folded name of the benchmark that has this name among others: of HLE and of its long name."""
    return fold(_known()[0].get(fold(name), name))


def read_benchmark(text: str) -> HeadedBenchmark | None:
    """The benchmark that a header names and nothing else; None for any other header."""
    setting = ", ".join(match[0] for match in _SETTING.finditer(text))
    bare = " ".join(_METRIC.sub(" ", _SETTING.sub(" ", text)).split()).strip(" -–—/")
    spellings, exact = _known()
    name = spellings.get(fold(bare))
    if name is None or (bare not in exact and any(fold(bare) == fold(word) for word in exact)):
        return None
    return HeadedBenchmark(name, setting)
