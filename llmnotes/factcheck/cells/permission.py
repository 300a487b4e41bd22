"""Parses whether a cell allows commercial use: yes, no, or under conditions."""

from __future__ import annotations

import re
from typing import Literal

from llmnotes.factcheck.cells.flags import flag
from llmnotes.pattern import late

Permission = Literal["yes", "no", "conditions"]

_CONDITIONS = late(
    r"condition|limit|restrict|request|regist|appl(?:y|ication)|partial|permission|approval"
    r"|\b(?:under|below|up to)\b|\d\s?[mM]\b"
    r"|warunk|koşul|syarat|voorwaard|điều kiện|بشروط|podmín|умов|condizion"
    r"|申请|有条件|受限|限制|登记|授权|部分|⚠",
    re.I,
)
"""Words of a permission that depends on something."""
_NO = late(
    r"\bnon[\s-]?commercial|\b(?:not|no)\b|\bresearch(?:\s+(?:use|purposes?))?\s+only\b|\bonly\s+(?:for\s+)?research\b"
    r"|prohibited|forbidden|disallowed|\bnot?\s?permitted|unlawful"
    r"|niekomercyj|nekomerč|niet-commerci|phi thương mại|ticari olmayan|некомерц|غير تجاري"
    r"|非商|不可|不能|禁止|不允许|不支持|仅(?:限|供)?(?:学术|研究|科研)",
    re.I,
)
_YES = late(
    r"\W*(?:(?:is\s+|commercial\s+use\s+)?(?:allowed|permitted|free|permissive|unrestricted|commercial(?:\s+use)?(?:\s+ok)?|ok)"
    r"|(?:免费|可|允许|支持|可以|完全|自由)*商用|免费|允许|可以?|支持)\W*",
    re.I,
)


def permission(text: str) -> Permission | None:
    """What a cell says of commercial use; None where it has other content.

    A condition counts before the yes or no beside it: `Yes, after registering`.
    """
    words = " ".join(text.split())
    if _CONDITIONS.search(words):
        return None if _NO.search(words) or flag(words) is False else "conditions"
    if (answer := flag(words)) is not None:
        return "yes" if answer else "no"
    if _NO.search(words):
        return "no"
    return "yes" if _YES.fullmatch(words) else None
