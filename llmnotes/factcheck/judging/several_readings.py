"""Combines the judgements of one cell that was read as several attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.columns import in_columns
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import Judgement, withdrawn
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.header_parts import without_embeddings
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Layout
from llmnotes.pattern import late


def _inside(text: str, understood: set[str]) -> bool:
    return any(text in whole for whole in understood)


_SEQUENCES = late(
    r"^\W*length\W*$|seq|train|序列|последоват|secuencia|séquence|sequenz|시퀀스|系列", re.I
)
_DATA = late(r"data ?points|data ?set size|corpus|words|examples", re.I)

_OF_DATA = late(r"\bdata\b|\bcorp(?:us|ora)\b|\bdatasets?\b|数据|语料", re.I)
"""Headers that may count the data itself, which is seen more than once."""


def _is_fewer(found: Judgement) -> bool:
    """Whether all false values are less than those of the base, and not by a digit or a unit."""
    numbers, known = _numbers(found), _known(found)
    if not numbers or not known or max(numbers) >= min(known):
        return False
    if min(known) >= _LARGE and max(numbers) * _EPOCHS < min(known):
        return False
    return not _is_slip(found)


_LARGE = 1e12
_EPOCHS = 4.4
"""How often no model of so many tokens has seen the same ones: Galactica saw its corpus 4.25 times."""


COUNTS_DATA = "the column counts the data, the base the tokens seen"


def hold_tokens(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Call those wrong that were taken to count the data, where the others of the column count tokens."""
    for cells in in_columns(layout, judged_cells):
        seen = [cell for cell in cells if cell.judgement.attribute == "training_tokens"]
        true = [cell for cell in seen if cell.judgement.verdict in TRUE_VERDICTS]
        if len(true) < _FEWEST or any("corpus" in cell.judgement.reason for cell in true):
            continue
        left = [cell for cell in seen if cell.judgement.reason == COUNTS_DATA]
        for cell in left if len(left) < len(true) else ():
            reason = f"the base has {cell.judgement.expected}"
            cell.judgement = cell.judgement._replace(
                verdict="wrong", cause="unexplained", reason=reason
            )


_FEWEST = 3


def _is_slip(found: Judgement) -> bool:
    """Whether the greatest of the false values is a tenth, a hundredth or a thousandth of the base's."""
    most = max(_numbers(found), default=0)
    times = [one / most for one in _known(found)] if most else []
    return any(abs(one / ten - 1) < _NEAR for one in times for ten in (10, 100, 1000))


def _numbers(found: Judgement) -> list[float]:
    values = (item.value for item in found.false_items)
    return [float(value) for value in values if isinstance(value, int | float | Decimal)]


def _known(found: Judgement) -> list[float]:
    return [float(c.value) for c in found.claims if isinstance(c.value, int | float)]


_NEAR = 0.005
"""A tenth of the base's number is a lost digit rather than data seen ten times."""


def counted_otherwise(found: Judgement, header: Header) -> Judgement:
    """Withdraw a judgement on a value that is counted in other units.

    Data may be counted in points, words or pages where the base has tokens seen, parameters without the
    embeddings; the sequences of a model may be those of its initial training.
    """
    if (
        (found.attribute, found.cause) == ("context_length", "other-attribute")
        and found.verdict == "wrong"
        and _SEQUENCES.search(header.text)
    ):
        reason = "the length of pretraining"
        return found._replace(
            verdict="agrees-normalised", cause=None, reason=reason, false_items=()
        )
    if found.is_false and found.attribute == "warmup" and _is_otherwise_counted(found):
        return withdrawn(found, "the one is counted in steps, the other in tokens or a share")
    if found.is_false and found.attribute == "training_tokens" and _is_limit(found, header):
        return withdrawn(found, "a limit of tokens rather than those trained on")
    counts_data = _DATA.search(header.text) and "token" not in header.text.lower()
    told = all(item.unit == "tokens" for item in found.false_items) and _is_slip(found)
    fewer = _OF_DATA.search(header.text) and _is_fewer(found)
    if (
        found.attribute == "training_tokens"
        and ((counts_data and not told) or fewer)
        and found.verdict in {"wrong", "rumour"}
    ):
        return found._replace(verdict="unsupported", cause=None, reason=COUNTS_DATA, false_items=())
    if found.is_false and found.attribute in SIZES and without_embeddings(header.text):
        reason = f"the column leaves the embeddings out; {found.reason}"
        return found._replace(verdict="unsupported", cause=None, reason=reason, false_items=())
    return found


def _figure(number: float) -> str:
    """The digits of a number, wherever its point is: 3.75 of 375 million."""
    return f"{float(number):.3e}".partition("e")[0]


def _is_otherwise_counted(found: Judgement) -> bool:
    """Whether no claim of a warm-up has the unit of a false value, steps where there is none.

    The same figure in another unit is a slip: 375 steps for 375M tokens.
    """
    said = {item.unit or "steps" for item in found.false_items}
    claimed = [claim.value for claim in found.claims if isinstance(claim.value, dict)]
    figures = {_figure(one["value"]) for one in claimed}
    slipped = any(_figure(number) in figures for number in _numbers(found))
    known = {one["unit"] for one in claimed}
    return bool(known) and not said & known and not slipped


_LIMIT = late(r"[\d.,]+\s?(?:[kK]|万)?(?:\s?tokens?)?")
_BARE_TOKENS = late(r"\W*(?:(?:max(?:imum)?|total)\s)?(?:tokens?|toks?)(?:\s\(.*\))?\W*", re.I)


def _is_limit(found: Judgement, header: Header) -> bool:
    """Whether numbers below `Tokens` are too small for a training: `4,096`, `128K`."""
    texts = [item.text.strip() for item in found.false_items]
    return _BARE_TOKENS.fullmatch(header.text) is not None and all(
        _LIMIT.fullmatch(text) and (text[-1:] in "kK" or len(text.replace(",", "")) > _LEAST)
        for text in texts
    )


_LEAST = 3
"""Digits of a plain number below `Tokens` that is no count of billions."""


def without_echoes(found: list[tuple[CellReading, Judgement]]) -> list[Judgement]:
    """Judgements without those on words that another reading already explains.

    `Pre RMS Norm` tells the norm and its place: neither explains the other.
    """
    available = {  # any words may be a licence, also those that only tell whether there are weights
        item.text
        for reading, _ in found
        if reading.attribute == "availability"
        for item in reading.items
    }
    understood = {
        item.text: reading.attribute
        for reading, judgement in found
        for item in reading.items
        if not judgement.is_false
        and judgement.verdict != "unreadable"
        and not (judgement.is_unknown and reading.attribute == "license" and item.text in available)
    }
    kept = [
        judgement
        for _, judgement in found
        if not judgement.is_false
        or not judgement.false_items
        or not _is_echo(judgement, understood)
    ]
    return kept or [judgement for _, judgement in found]


def _is_echo(found: Judgement, understood: dict[str, str]) -> bool:
    others = {text for text, name in understood.items() if {name, found.attribute} != _NORMS}
    return all(_inside(item.text, others) for item in found.false_items)


_NORMS = {"normalization", "norm_placement"}
