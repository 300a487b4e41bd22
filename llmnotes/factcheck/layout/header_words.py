"""The words of the files of headers, by the key under which a header is looked up.

The keys of some thousand words are computed with the curated store and kept beside it, since a run looks up a
few headers only.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from llmnotes import vocabulary
from llmnotes.attributes.headers import header_names, state
from llmnotes.data_files import TWINS, keep, kept, mark
from llmnotes.pattern import ByScript, Keep, either
from llmnotes.schema import ATTRIBUTES, CLAIMABLE
from llmnotes.vocabulary import fold

_TEX = frozenset("$\\{}")
_KEPT = TWINS / "header-keys.json"


def key(text: str) -> str:
    """The key by which header names are compared: equal for `#Layers`, `n_layers` and `n. of layers`.

    Accents are ignored.
    """
    words = unicodedata.normalize("NFKC", text).lower()
    if not _TEX.isdisjoint(words):
        words = re.sub(r"\\(?:text|math)?(?:rm|bf|it)\b|\\text\b|[$\\{}]", "", words)
    if not words.isascii():
        words = "".join(map(_without_accent, words)).translate(_SIMPLIFIED)
    return fold(_NUMBER_OF.sub("n ", words))


_SIMPLIFIED = str.maketrans(
    "層數參發佈構長訓練詞頭維隱開授權許證機語優學習標準歸啟類規稱總資專啟調動單釋釐據網絡處預碼編輸壓縮庫寬範圍時間項雙詳細製與閉體導"
    "態圖廠國價術論鏈點統備註連結選擇勢適場環對視條礎彙務應躍錄認聯萬億產業屬測級個約組織區運評擴質顯內實現營識",
    "层数参发布构长训练词头维隐开授权许证机语优学习标准归启类规称总资专启调动单释厘据网络处预码编输压缩库宽范围时间项双详细制与闭体导"
    "态图厂国价术论链点统备注连结选择势适场环对视条础汇务应跃录认联万亿产业属测级个约组织区运评扩质显内实现营识",
)
"""Traditional signs of headers and the simplified ones that the files of headers write: `層數`."""
_SIMPLIFIED |= str.maketrans("ıأإآىيك", "iاااییک")
"""Letters of Turkish, Arabic and Persian that are often written otherwise: `AÇIK`, `الاصدار`."""


def _without_accent(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0] if "\xc0" <= char < "\u0500" else char


def _number_of(keep: Keep) -> str:
    """The words that introduce a count."""
    words = {"".join(map(_without_accent, word.lower())) for word in header_names().number_of}
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    listed = either(map(re.escape, longest_first), keep)
    return rf"#\s?(?:of\b)?\s?|\b{listed}[_ ]?(?=\w)(?![_ ]?$)|\bn\.?\sof\s|\bn[_ ]"


_NUMBER_OF = ByScript(_number_of)


class _Words(NamedTuple):
    """What is kept of the files of headers."""

    names: dict[str, tuple[str, float]]
    keys: dict[str, str]


def names() -> dict[str, tuple[str, float]]:
    """Every name of an attribute with its certainty."""
    return _words().names


@cache
def keys(words: tuple[str, ...]) -> frozenset[str]:
    """The keys of words that stand in the files of headers."""
    known = _words().keys
    return frozenset(known[word] if word in known else key(word) for word in words)


def keep_words() -> None:
    """Keep the names and keys of all words of the files of headers.

    A change of a file, of an attribute or of `key` discards them.
    """
    keep(_KEPT, _state(), _computed())


@cache
def _words() -> _Words:
    """What is kept, where it is of the current files and code; else computed, but for the keys."""
    found = kept(_KEPT, _state())
    if found is None:
        return _Words(_names(), {})
    named, folded = found
    return _Words({word: (name, sure) for word, (name, sure) in named.items()}, folded)


def _computed() -> _Words:
    said = header_names()
    words = (*said.models, *said.other, *said.otherwise, *said.alone, *said.run)
    asked = (word for group in said.asked.values() for word in group)
    return _Words(_names(), {word: key(word) for word in (*words, *asked)})


def _names() -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for item in CLAIMABLE.values():
        for name in (item.id, item.option_name, item.label):
            found.setdefault(key(name), (item.id, 1.0))
    second = header_names().second
    for identifier, words in header_names().attributes.items():
        for folded in map(key, words):
            if folded in found:
                continue
            if len(folded) == 1 and folded.isascii():
                found[folded] = identifier, 0.6
            elif folded in second and folded.isascii():
                found[folded] = identifier, 0.75
            else:
                found[folded] = identifier, 0.95
    for item in ATTRIBUTES.values():
        if item.row:
            found.setdefault(key(item.row), (item.id, 0.9))
    return found


@cache
def _state() -> int:
    """A checksum of what the names and keys depend on."""
    said = (f"{item.id} {item.option_name} {item.label} {item.row}" for item in CLAIMABLE.values())
    return mark((Path(__file__), Path(vocabulary.__file__)), f"{state()} {' '.join(said)}")
