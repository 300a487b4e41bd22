"""Expands the shorthand of a cell of numbers: worked-out values, sides, powers, products, labelled counts."""

from __future__ import annotations

import re

from llmnotes.pattern import late
from llmnotes.schema import Attribute

_TO = late(r"(?<=\w)(?:至|到|\.\.+|…)(?=\d)")
"""The link of a range without blanks, `70亿至650亿`: the second number would be part of a word."""
_WORKED_OUT = late(r"\d\s?[/×x*]\s?\d[\d,.]*\s?=\s?\d")
"""A number with its derivation: `4096/32=128`."""
_SPACED_LIST = late(r"\d\s?[A-Za-z]{0,2}[,;]\s+[~≈]?\d")
_DECIMAL = late(r"(?<=\d),(?=\d{1,2}\s?[^\W\d_])")
"""A comma before a scale that is a decimal sign, as the list's own commas have blanks: `774M, 1,5B`."""
_BARE_POWER = late(r"(?<![\d.×x*·])(?<![×x*·]\s)10\s?-\s?(\d{1,2})(?!\d)")
_EXTENDED = late(r"\((?=[^()]*\d)[^()]*(?:\b(?:yarn|extend|rope|ntk|with)|扩展|外推)", re.I)
"""Lengths with the extended one in brackets: `32k (128k YaRN)`."""
_OPENED = late(r"[()]")
_BLANKS = late(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{3})+(?![\d.,]| \d)")
"""A number with blanks between its thousands, beside others: `32 768 / 131 072`."""
_LENGTHS = frozenset({"context_length", "context_length_pretraining", "vocab_size"})
_EXPERTS_OF = {
    "n_experts": late(
        r"(\d{1,5})\s*(?:routed|total|experts?\b(?!\s*(?:active|activated|per)))", re.I
    ),
    "n_experts_active": late(
        r"(\d{1,4})\s*(?:active|activated|selected|chosen|per token)|top-?\s?(\d{1,3})", re.I
    ),
    "n_shared_experts": late(r"(\d{1,3})\s*shared", re.I),
}
"""Counts of experts by the words behind them: `256 routed + 1 shared, 8 active`."""
_OUT_OF = late(
    r"(\d{1,4})(?:\s?\+\s?\d{1,2})?\s?(?:active\s|activated\s)?(?:of|out of)\s(?:the\s)?(\d{1,5})(?!\d)",
    re.I,
)
"""So many of all experts, perhaps with shared ones: `8 of 128`, `10+1 of 512`."""
_OF_ALL = late(r"\((?P<chosen>[^()]{1,60})\)\s?/\s?(?P<all>\d{1,5})(?!\d)")
"""Sorts of active experts, and all there are: `(1 shared + 8 routed)/257`."""
_ROUTED = late(r"(\d{1,4})\s?routed", re.I)
_SIDES = late(r"(?<![\w.])(\d{1,3})\s*E\s*[/+,&]\s*(\d{1,3})\s*D(?!\w)")
"""Layers of the encoder and of the decoder: `12E/12D`."""
_PRODUCT = late(
    r"(?<![\w.,])(\d{2,5})\s*[x×*·]\s*(\d{3,6})(?![\w.,]*\d|\s*[kKmMbB^]\b)(?:\s*tokens?)?", re.I
)
"""Sequences times their length: `512 x 1024`."""


def spelled_out(attribute: Attribute, plain: str) -> str:
    """A cell with the shorthand of its attribute expanded."""
    if _WORKED_OUT.search(plain):
        plain = plain.rsplit("=", 1)[1]
    plain = _TO.sub(lambda match: f" {match[0]} ", plain)
    if _SPACED_LIST.search(plain):
        plain = _DECIMAL.sub(".", plain)
    if attribute.id in _LENGTHS:
        plain = _BLANKS.sub(lambda match: match[0].replace(" ", ""), plain)
    if attribute.id == "learning_rate":
        return _BARE_POWER.sub(lambda match: f"1e-{match[1]}", plain)
    if attribute.id == "context_length" and _EXTENDED.search(plain):
        return _OPENED.sub(" / ", plain)
    if attribute.id in _EXPERTS_OF and any(map(str.isalpha, plain)):
        plain = _out_of_all(attribute.id, plain) or _labelled(attribute.id, plain)
    if attribute.id == "n_layers":
        return _SIDES.sub(r"\1 + \2", plain)
    if attribute.kind == "batch":
        return _PRODUCT.sub(lambda match: f"{int(match[1]) * int(match[2])} tokens", plain)
    return plain


def _out_of_all(attribute: str, plain: str) -> str:
    """The active experts or all there are, where a cell tells one out of the other; else empty."""
    if attribute not in {"n_experts", "n_experts_active"}:
        return ""
    total = attribute == "n_experts"
    if told := _OUT_OF.findall(plain):
        return ", ".join(every if total else active for active, every in told)
    match = _OF_ALL.search(plain)
    if match is None or total:
        return match["all"] if match else ""
    routed = _ROUTED.search(match["chosen"])
    return routed[1] if routed else ""


def _labelled(attribute: str, plain: str) -> str:
    """The count of one sort of experts where a cell labels two sorts or more; else the cell as it is."""
    found = {name: form.findall(plain) for name, form in _EXPERTS_OF.items()}
    if sum(map(bool, found.values())) < 2 or not found[attribute]:
        return plain
    return ", ".join("".join(one) if isinstance(one, tuple) else one for one in found[attribute])
