"""Marks of missing and of uncertain values in a cell."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.cells.reading import Absence
from llmnotes.pattern import ByScript, either, late

_DASHES = late(r"[-–—―‒−_/\\.…·]+|\\?-{1,3}|—+")
_QUESTION = late(r"[?？¿❔❓]+|\(\?\)")
_WORDS: dict[Absence, tuple[str, ...]] = {
    "not-applicable": ("n/a", "na", "n.a.", "n.a", "not applicable", "不适用", "nan", "n / a"),
    "unknown": (
        "unknown", "unk", "unk.", "unclear", "not known", "未知", "不详", "不明", "not available",
        "unavailable", "null", "missing", "?", "not specified", "unspecified", "not stated",
        "not reported", "not given", "未说明", "未提及", "tbc", "no data", "x?",
    ),
    "undisclosed": (
        "undisclosed", "undisc.", "not disclosed", "not public", "not released", "unreleased",
        "not published", "withheld", "secret", "confidential", "private",
        "未公开", "未披露", "未公布", "保密",
    ),
    "planned": ("tbd", "tba", "to be announced", "to be determined", "coming soon", "待定", "待公布", "wip"),
    "none": ("none", "无", "没有", "no", "nil"),
}  # fmt: skip


@cache
def _by_word() -> dict[str, Absence]:
    """Every word of absence, those of the other languages included."""
    every = (*_WORDS.items(), *header_names().absence.items())
    return {word: cast("Absence", why) for why, words in every for word in words}


_SILENT = (
    r"(?P<unknown>unknown|unspecified|various|varies"
    r"|not (?:publicly |officially )?(?:known|specified|stated|documented))",
    r"undisclosed|not (?:publicly |officially )?(?:disclosed|released|public|published)",
    r"non (?:divulguée?s?|communiquée?s?|publiée?s?)", r"no (?:divulgad|revelad|publicad)[oa]s?",
    r"nicht veröffentlicht", r"nicht (?:offengelegt|bekannt)", r"não (?:divulgad|revelad)[oa]s?",
    r"non (?:divulgat|pubblicat|rivelat|dichiarat)[oaie]", r"nie (?:ujawni|opublikowa)(?:ono|on[eyai])",
    r"nie(?:ujawnion|opublikowan)[eyai]", r"(?:kamuya )?(?:açıklan|paylaşıl)ma(?:dı|mış(?:tır)?)",
    r"(?:tidak|belum) (?:di(?:ungkap(?:kan)?|publikasikan|umumkan))", r"niet (?:bekend ?gemaakt|openbaar)",
    r"(?:không|chưa) (?:được )?(?:công bố|tiết lộ)", r"nezveřejněn[oaéy]?",
    r"не (?:розкри|оприлюдне|опубліков)\w+", r"(?:غير معلنة?|لم ي[ُ]?علن)(?: عنه[اه]?)?",
)  # fmt: skip
_IN_PUBLIC = (
    " publiquement", " públicamente", " publicamente", " öffentlich", " pubblicamente", " publicznie",
    " secara publik", " secara resmi", " công khai", " veřejně", " публічно", " رسميا", " رسميًا", " openlijk",
)  # fmt: skip
_TOLD = ByScript(
    lambda keep: (
        rf"{either(_SILENT, keep)}{either(_IN_PUBLIC, keep)}?"
        r"(?:$|\s*[;,:(–—-](?!.*\d[\d.,]*\s?[kmbt]\b))"
    ),
    re.IGNORECASE,
)
"""Words of absence before a remark without a value: `Unknown; no official record`."""
_WITHHELD = (
    "undisclosed", "not (?:publicly )?disclosed", "unpublished", "non (?:divulgu|détaill|précis)ée?s?",
    "no divulgad[oa]s?", "nicht offengelegt", "non divulgat[oaie]", "nieujawnion[eyai]",
    "açıklanma(?:dı|mış)",
    "tidak diungkapkan", "niet bekendgemaakt", "(?:không|chưa) công bố", "nezveřejněn[oaéy]?",
    "не розкрит[оаі]", "غير معلن", "未公开", "未披露", "未公布", "非公開", "비공개",
)  # fmt: skip
_DETAILS = ("size", "details?", "counts?", "détails", "detalles")
_NOTHING_SAID = (r"(?:参数量?|数据|规模|细节|具体)(?:均|尚)?未(?:公开|披露|公布)",)
_AT_LAST = ByScript(
    lambda keep: (
        rf"[^\d]{{2,60}}[\s,;:，、](?:{either(_DETAILS, keep)}\s)?{either(_WITHHELD, keep)}"
        rf"|{either(_NOTHING_SAID, keep)}"
    ),
    re.IGNORECASE,
)
"""Words of silence behind a remark without a value: `MoE, size undisclosed`."""
_DOUBT = (
    r"est(?:imated?)?\.?", "rumou?red", "rumou?rs?", "speculated", "speculative", "uncertain", "unclear",
    r"sources\s(?:vary|differ|disagree)", "unconfirmed", "allegedly", "reportedly", "leaked", "likely",
    "probably", "presumably", "assumed", "guess(?:ed)?",
)  # fmt: skip
_DOUBT_ELSEWHERE = (
    "stimat[oaie]", "stima", "szacunkowo", "szacowan[eyai]", "tahmini?", "tahminî", "diperkirakan",
    "perkiraan", "estimasi", "geschat", "ước tính", "تقديري?", "يُقدر", "odhad(?:em)?", "odhadovan[ýáé]",
    "орієнтовно", "за оцінками",
)  # fmt: skip
_DOUBT_WITHIN = ("传闻", "据传", "据说", "推测", "估计", "疑似", "(?<!学習)可能")
_UNSURE = ByScript(
    lambda keep: (
        rf"(?<![?？])[?？]+(?=\s*(?:[,;)/]|$))|\(?\b{either(_DOUBT, keep)}(?![A-Za-z])\)?"
        rf"|\b{either(_DOUBT_ELSEWHERE, keep)}(?!\w)|{either(_DOUBT_WITHIN, keep)}"
    ),
    re.IGNORECASE,
)


def absence(text: str) -> Absence | None:
    """Why a cell has no value; None where it has content to parse."""
    words = text.strip().strip("()[]（）*“”\"'").strip().lower()
    if not words:
        return "blank"
    if _QUESTION.fullmatch(words):
        return "unknown"
    if _DASHES.fullmatch(words):
        return "dash"
    if (why := _by_word().get(words)) is not None:
        return why
    if (match := _TOLD.match(words)) is not None:
        return "unknown" if match["unknown"] else "undisclosed"
    long = len(words) >= _SHORTEST_REMARK
    return "undisclosed" if long and _AT_LAST.fullmatch(words) else None


_SHORTEST_REMARK = 5
"""Characters of a remark with a word of silence behind it: `参数未公开`."""


def uncertain(text: str) -> bool:
    """Whether a cell marks its value as uncertain."""
    return bool(_UNSURE.search(text))


def without_doubt(text: str) -> str:
    """A text with the words and signs of uncertainty blanked, keeping all offsets."""
    return _UNSURE.sub(lambda match: " " * len(match[0]), text)
