"""Compares the machines of a cell with the base's: kinds of devices, and how many of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from llmnotes.factcheck.base_claims import Known
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.tolerance import SAME
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_KIND = late(
    r"(?<![A-Za-z])(?:(?P<gpu>[ABHLVPT]\d{2,4}|GB\d{3}|GH\d{3}|MI\s?\d{3}X?|RTX\s?\d{4}|P\d{3}|Ascend\s?\d{3}\w?"
    r"|Gaudi\s?\d?|Trainium\s?\d?|CS-\d)"
    r"|(?P<tpu>TPU\s?-?v\d[ep]?|TPU)s?|(?P<any>[GT]PUs?|accelerators?|chips|NPUs?|卡))(?![A-Za-z\d]*[A-Za-z]{3})",
    re.IGNORECASE,
)
"""A kind of device: `A100`, `TPU v4`, `Ascend 910`, or the bare word for any."""
_GENERATION = late(r"(?<=\d)\s?/\s?(?P<more>v?\d[ep]?)(?![\w.])", re.IGNORECASE)
"""A further generation behind the first: `TPU v3/v4`."""
_COUNT = late(
    r"(?<![\w.,-])(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})(?P<thousand>K)?\s*(?:[x×*张块片枚장個个]\s*)?(?:(?:NVIDIA|Nvidia|Google|Cloud|Huawei)\s+)?"
    r"(?:(?:40|80|32|16)\s?GB?\s+)?$",
)
"""How many there are, before the kind: `2,048 × NVIDIA A100`, `992 80GB A100`, `512 块 A100`."""
_COUNT_AFTER = late(
    r"\s?(?:[-(]?\s?\d{2,3}\s?GB?\)?)?\s?[x×*]\s?(?P<count>\d{1,3}(?:,\d{3})+|\d{1,6})(?![\w.,]|\s?GB?\b)"
)
"""How many there are, behind the kind: `A100 (80GB) × 64`."""
_NODES = late(r"\b(?:nodes?|pods?|DGX|servers?|slices?|machines?)\b|机|台", re.IGNORECASE)
_IN_NODES = late(
    r"(?<![\w.,-])(?P<nodes>\d{1,3}(?:,\d{3})+|\d{1,6})\s*(?:x\s*|×\s*)?(?:NVIDIA\s+)?"
    r"(?:(?P<dgx>DGX[- ](?:A100|H100|H200))"
    r"|(?:nodes?|servers?|machines?)\s+(?:of|with)\s+(?P<each>\d{1,2})\b)",
    re.IGNORECASE,
)
"""Nodes and what is in each: `560 DGX A100`, `512 nodes of 6 V100`."""
_IN_A_DGX = 8
"""GPUs of a DGX A100, H100 or H200, by their data sheets."""


_MEMORY = late(r"\(?\b\d{1,3}\s?Gi?B\b\)?", re.IGNORECASE)


class Devices(NamedTuple):
    """One kind of device in a text and how many of it.

    `kind` is empty for any chip, and `number` None where none is told, or that of nodes.
    """

    kind: str
    number: int | None


@lru_cache(maxsize=4096)
def devices_in(text: str) -> tuple[Devices, ...]:
    """The devices of a text."""
    found: list[Devices] = []
    position = 0
    for match in _KIND.finditer(text):
        before = text[position : match.start()]
        if match["any"] and found and not _MEMORY.sub("", before).strip(" -"):
            continue  # `V100 (32GB) GPUs` are of one kind
        count = _in_nodes(text) if _NODES.search(text) else _number(before, text[match.end() :])
        kind = _general(match["any"]) if match["any"] else fold(match["gpu"] or match["tpu"])
        found.append(Devices(kind, count))
        more = _GENERATION.match(text, match.end())
        if match["tpu"] and more is not None:
            found.append(Devices(fold(f"TPU v{more['more'].lstrip('vV')}"), None))
        position = match.end()
    return tuple(found)


def _number(before: str, after: str) -> int | None:
    """The number that stands before a kind of device, or behind it."""
    counted = _COUNT.search(before)
    if counted is not None:
        return int(counted["count"].replace(",", "")) * (1000 if counted["thousand"] else 1)
    behind = _COUNT_AFTER.match(after)
    return int(behind["count"].replace(",", "")) if behind is not None else None


def _in_nodes(text: str) -> int | None:
    """The devices in all nodes, where a text tells of one set of nodes and what is in each."""
    told = list(_IN_NODES.finditer(text))
    if len(told) != 1:
        return None
    each = _IN_A_DGX if told[0]["dgx"] else int(told[0]["each"])
    return int(told[0]["nodes"].replace(",", "")) * each


def same_devices(claimed: str, value: str) -> str | None:
    """How the devices of a cell agree with one of the base's values.

    A kind alone agrees, and a number with the bare word: `8 GPUs` for `8 P600 GPUs`. Two numbers must be
    equal.
    """
    if fold(claimed) == fold(value):
        return SAME
    theirs = devices_in(value)
    for mine in devices_in(claimed):
        for other in theirs:
            kinds = _one_kind(mine.kind, other.kind)
            counts = mine.number is None or other.number is None or mine.number == other.number
            special = not _GENERAL & {mine.kind, other.kind}
            told = special or (mine.number is not None and other.number is not None)
            if kinds and counts and told:
                return "by the kind and number of machines that both tell"
    return None


def counted_apart(items: Sequence[Item], stated: Sequence[Known]) -> bool:
    """Whether a cell has the base's kind of device in another number, or one of the two tells no kind.

    A training has several stages, and its authors several machines; but none has several times as many.
    """
    mine = [one for item in items for one in devices_in(str(item.value))]
    values = [str(value) for known in stated for claim in known.claims for value in claim.value]
    theirs = [one for value in values for one in devices_in(value)]
    return not theirs or any(
        _one_kind(first.kind, other.kind) and _may_be(first.number, other.number)
        for first in mine
        for other in theirs
    )


def _may_be(first: int | None, second: int | None) -> bool:
    """Whether two numbers of devices may be those of two stages of a training."""
    return (
        first is None or second is None or max(first, second) <= _STAGES_APART * min(first, second)
    )


_STAGES_APART = 3


def _one_kind(first: str, second: str) -> bool:
    """Whether two kinds are one, or one is the general name of the other: `tpu` and `tpuv4`."""
    if first == second or "" in {first, second}:
        return True
    if {first, second} & {"gpu", "tpu"}:
        return first.startswith("tpu") == second.startswith("tpu")
    return False


_GENERAL = frozenset({"", "gpu", "tpu"})


def _general(word: str) -> str:
    """The general kind of a bare word: GPUs and TPUs are told apart, chips and accelerators are any."""
    word = word.lower().rstrip("s")
    return word if word in {"gpu", "tpu"} else ""
