"""Units after a number or in a header, in several languages."""

from __future__ import annotations

import re

from llmnotes.pattern import ByScript, Keep

UNITS: dict[str, tuple[str, ...]] = {
    "tokens": ("tokens?", "toks?", "词元", r"个\s?token", r"token\s?数量", r"token\s?数",
        "токен(?:ов|а|ы|ів|и)?", "토큰", "トークン", "jetons?", "token(?:y|ens?|ler|lar|i)", "token(?:ów|ů)",
        "رمز", "رموز", "توكن(?:ات)?", "توکن", "टोकन", "โทเคน", "โทเค็น"),
    "sequences": ("sequences?", "seqs?", "examples?", "samples?", "序列", "样本", "条",
        "secuencias?", "sequências?", "séquences?", "sequenz(?:en)?",
        "последовательност(?:ей|и|ь)", "시퀀스", "シーケンス", "sequenz[ae]", "sekwencj[iea]",
        "sequenties", "sekvenc[ei]", "sekvencí", "послідовност(?:ей|і)", "chuỗi"),
    "steps": ("steps?", "iterations?", "iters?", "updates?", "步", "pasos?", "passos?",
        "étapes?", "schritte?n?", "шаг(?:ов|а|и)?", "스텝", "ステップ", "passi", "krok[iy]?", "krok(?:ów|ů)",
        "adım", "langkah", "stappen", "bước", "خطوات", "خطوة", "крок(?:ів|и)?"),
    "words": ("words?", "词", "palabras?", "palavras?", "mots?", "wörter", "слов[ао]?", "단어",
        "単語", "parole", "słów", "kelime", "woorden", "slov"),
    "bytes": ("bytes?", "[kmgtp]i?b(?![a-z])"),
    "parameters": ("parameters?", "params?", "参数", "parámetros?", "parâmetros?", "paramètres?",
        "parametern?", "параметр(?:ов|а|ы|ів|и)?", "매개변수", "파라미터", "パラメータ", "parametri",
        "parametr(?:y|ech)?", "parametr(?:ów|ů)", "parametre(?:li)?", r"tham\ssố", "معاملات", "معامل",
        "معلمات", "معلمة", "بارامترات?", "پارامتر", "पैरामीटर", "พารามิเตอร์", "παράμετρ(?:οι|ους|ων)",
        "paraméter", "parametrar"),
    "layers": (r"(?:encoder\s|decoder\s)?(?:layers?|blocks?)", "层", "層", "l(?![a-z])", "capas?",
        "camadas?", "couches?", "schicht(?:en)?", "сло(?:ёв|ев|я|и|й)", "층", "레이어", "レイヤー", "strati",
        "livelli", "warstw[ay]?", "katman", "lapisan", "lagen", "lớp", "tầng", "طبقات", "طبقة",
        "vrst(?:ev|vy)", "шар(?:ів|и)"),
    "heads": (r"(?:kv\s|query\s|attention\s)?heads?", "头", "cabezas?", "cabeças?", "têtes?",
        "köpfen?", "голов(?:ок|ка|ки|ы|а|и)?", "헤드", "ヘッド", "teste", "głowic[ae]?", "głowy", "głów",
        "kepala", "koppen", "رؤوس", "رأس", "hlav[ay]?", "голів"),
    "dimensions": ("dims?", "dimensions?", "维", "d(?![a-z])", "dimensiones", "dimensões",
        "dimensionen", "измерени(?:й|я|е)", "차원", "次元"),
    "experts": ("experts?", "专家", "e(?![a-z])", "expertos?", "especialistas?", "experten",
        "эксперт(?:ов|а|ы)?", "전문가", "エキスパート", "esperti", "ekspertów", "eksperci", "uzman", "pakar",
        r"chuyên\sgia", "خبراء", "خبير", "experti", "expertů", "експерт(?:ів|и|а)?"),
    "hours": (r"(?:gpu|tpu|a100|h100)?[\s-]{0,2}hours?", "小时"),
    "days": ("days?", "天"),
    "FLOP": ("flops?",),
    "documents": ("documents?", "pages?", "books?"),
}  # fmt: skip
"""The expression of each unit's words, in matching order."""


def unit_words(keep: Keep) -> str:
    """A regular expression of every unit, of the words kept, for patterns that ignore case."""
    return "|".join(f"(?:{'|'.join(filter(keep, words))})" for words in UNITS.values())


_UNIT = ByScript(
    lambda keep: "|".join(
        f"(?P<{u}>{'|'.join(filter(keep, words))})" for u, words in UNITS.items()
    ),
    re.IGNORECASE,
)


def unit_of(text: str) -> str:
    """The unit named by a text; empty where it names none."""
    word = text.strip()
    if not word or len(word) > _LONGEST:
        return ""
    match = _UNIT.fullmatch(word)
    return (match and match.lastgroup) or ""


_LONGEST = 30
