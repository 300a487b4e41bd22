"""Units as people write them behind a number or in a header, in several languages."""

from __future__ import annotations

import re

from llmnotes.pattern import late

UNITS: dict[str, str] = {
    "tokens": r"tokens?|toks?|词元|个\s?token|token\s?数量|token\s?数|токен(?:ов|а|ы)?|토큰|トークン",
    "sequences": r"sequences?|seqs?|examples?|samples?|序列|样本|条|secuencias?|sequências?"
    r"|séquences?|sequenz(?:en)?|последовательност(?:ей|и|ь)|시퀀스|シーケンス",
    "steps": r"steps?|iterations?|iters?|updates?|步|pasos?|passos?|étapes?|schritte?n?"
    r"|шаг(?:ов|а|и)?|스텝|ステップ",
    "words": r"words?|词|palabras?|palavras?|mots?|wörter|слов[ао]?|단어|単語",
    "bytes": r"bytes?|[kmgtp]i?b(?![a-z])",
    "parameters": r"parameters?|params?|参数|parámetros?|parâmetros?|paramètres?|parametern?"
    r"|параметр(?:ов|а|ы)?|매개변수|파라미터|パラメータ",
    "layers": r"(?:encoder\s|decoder\s)?(?:layers?|blocks?)|层|層|l(?![a-z])|capas?|camadas?"
    r"|couches?|schicht(?:en)?|сло(?:ёв|ев|я|и|й)|층|레이어|レイヤー",
    "heads": r"(?:kv\s|query\s|attention\s)?heads?|头|cabezas?|cabeças?|têtes?|köpfen?"
    r"|голов(?:ок|ка|ки|ы|а)?|헤드|ヘッド",
    "dimensions": r"dims?|dimensions?|维|d(?![a-z])|dimensiones|dimensões|dimensionen"
    r"|измерени(?:й|я|е)|차원|次元",
    "experts": r"experts?|专家|e(?![a-z])|expertos?|especialistas?|experten|эксперт(?:ов|а|ы)?"
    r"|전문가|エキスパート",
    "hours": r"(?:gpu|tpu|a100|h100)?[\s-]{0,2}hours?|小时",
    "days": r"days?|天",
    "FLOP": r"flops?|pf-days|petaflops?/?s?-days",
    "documents": r"documents?|pages?|books?",
}
UNIT_WORDS = "|".join(f"(?:{pattern})" for pattern in UNITS.values())
"""A regular expression of every unit, for patterns that ignore case."""

_MATCHERS = {name: late(pattern, re.IGNORECASE) for name, pattern in UNITS.items()}


def unit_of(text: str) -> str:
    """The name of the unit that a text is; empty where it is none."""
    word = text.strip()
    if not word or len(word) > _LONGEST:
        return ""
    return next((name for name, matcher in _MATCHERS.items() if matcher.fullmatch(word)), "")


_LONGEST = 30
