"""Parses numbers of a cell as values of an attribute: sizes, ranges, ramps, sums, with scale and unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from llmnotes.attributes.written import WRITTEN
from llmnotes.factcheck.cells.absence import uncertain, without_doubt
from llmnotes.factcheck.cells.reading import CellReading, Item, Shape
from llmnotes.factcheck.cells.shorthand import spelled_out
from llmnotes.factcheck.cells.sizes import EXPERTS, LABELLED, OF_SIZES, SIZES, TAG, chosen_sizes
from llmnotes.factcheck.cells.units import Scale
from llmnotes.pattern import late
from llmnotes.quantities.grammar import Number, plain_number, whole_number
from llmnotes.quantities.lenient import find_numbers
from llmnotes.quantities.marks import bound, is_about, without_marks
from llmnotes.quantities.notation import normalized
from llmnotes.quantities.scales import AMBIGUOUS, SCALES, WORK, factors
from llmnotes.schema import Attribute

_RAMP = late(r"-{1,3}>|→|⇒|=>|➝|⟶|[—–]>|➡")
_RANGE = late(
    r"\s*(?:-|–|—|~|\.\.+|…|\b(?:to|hingga|sampai|tot|đến|إلى|až|do)\b|至|到|through)\s*[~≈]?\s*",
    re.IGNORECASE,
)
_SUM = late(r"\s*\+\s*")
_OF = late(r"\s*(?:active\s*|activated\s*)?(?:\bof\b|\bout of\b)\s*(?:total\s*)?[~≈]?\s*", re.I)
_LIST = late(r"[,;/、|\n&·•]|\band\b|\bor\b|\bvs\.?|和|或|以及|\+", re.IGNORECASE)
_AFTER = late(r"(?:(?![,;/、\n→]|->|\s[-–—]\s|\b(?:of|and|to)\b|至|到).)*", re.DOTALL)
_RATIO = late(r"(?<![\d.:])\d{1,2}:\d{1,2}(?![\d.:])")
_FACTOR = late(r"(?<=[;\n])\s{0,9}[×x]\s{0,9}\d[\d.]{0,20}")
"""How many times another's value it is, behind the value: `104B; ×25.5`."""


class _FoundNumber(NamedTuple):
    """A number with the words before and after it, and its link to the previous one."""

    number: Number
    before: str
    after: str
    link: str


def read_counts(
    attribute: Attribute, text: str, scale: Scale | None = None, *, strict: bool = False
) -> CellReading:
    """The numbers of a cell as values of an attribute.

    With `strict`, for a cell under another attribute's header, a number counts only where its unit belongs
    to this attribute.
    """
    bare = is_bare(text)
    plain = text if bare else without_doubt(normalized(text))
    if not bare:
        plain = spelled_out(attribute, plain)
    found = [_bare(text)] if bare and not strict else _found(attribute, plain, strict)
    items = [_item(attribute, entry, scale, strict) for entry in _scaled(found, attribute, scale)]
    shape = _shape(found)
    if attribute.id in SIZES:
        items = chosen_sizes(attribute.id, plain, items, [entry.link for entry in found], strict)
        shape = _shape(found) if len(items) == len(found) else "several"
    items = _units(attribute, items, scale)
    if attribute.id == "context_length":  # `E2B 128K, 31B 256K` names sizes too
        items = [item for item in items if item.scale not in _BILLIONS] or items
    if not items:
        return CellReading(
            attribute.id, text, "unreadable", rest=text.strip(), uncertain=uncertain(text)
        )
    if bare and not strict:
        return CellReading(attribute.id, text, "one", tuple(items))
    if len(items) == 1:
        shape = "one"
    rest = _rest(plain, found)
    return CellReading(attribute.id, text, shape, tuple(items), None, uncertain(text), rest)


_BILLIONS = frozenset({"B", "b"})


def is_bare(text: str) -> bool:
    """Whether a text is a plain integer, as most cells of a large table are."""
    return text.isdigit() and text.isascii() and text[0] != "0" and len(text) < 16


def _bare(text: str) -> _FoundNumber:
    return _FoundNumber(whole_number(text), "", "", "")


def _found(attribute: Attribute, plain: str, strict: bool) -> list[_FoundNumber]:
    """The numbers that count; those in brackets only where there are none outside."""
    if attribute.id in SIZES:
        plain = LABELLED.sub(lambda match: f",{match[1]} ", plain)
        plain = TAG.sub(lambda match: " " * len(match[0]), plain)
    masked = EXPERTS.sub(lambda match: " " * len(match[0]), plain)
    labels = {}
    if attribute.id not in SIZES and ":" in plain:
        labels = {label.end(): label[0] for label in OF_SIZES.finditer(plain)}
        masked = OF_SIZES.sub(lambda match: " " * len(match[0]), masked)
    for beside in (_RATIO, _FACTOR):
        masked = beside.sub(lambda match: " " * len(match[0]), masked)
    everything = find_numbers(masked)
    if len(everything) > _MOST_NUMBERS:
        return []
    numbers = [number for number in everything if _fits(attribute, number, strict)]
    outside = [number for number in numbers if not _inside(plain, number.start)]
    said = len(
        _WORD.findall(_hidden(plain))
    )  # `Mini (3.8B), Small (7B), Medium (14B)` is no sentence
    chosen = outside or ([] if said >= max(_SENTENCE, 1 + 2 * len(numbers)) else numbers)
    found: list[_FoundNumber] = []
    for position, number in enumerate(chosen):
        start = chosen[position - 1].end if position else 0
        end = chosen[position + 1].start if position + 1 < len(chosen) else len(plain)
        gap, tail = plain[start : number.start], plain[number.end : end]
        link = _link(attribute, gap) if position else ""
        gap = gap[len(found[-1].after) :] if found else gap
        refined = _refined(number, numbers, end) if number in outside else number
        before = "" if link == "range" else re.split(r"[,;、\n]|->|→", gap)[-1]
        before = labels.get(number.start, before)
        if refined is not number:
            tail = re.sub(r"^\s*\([^()]*\)?", "", tail)
        after = tail[: _AFTER.match(_hidden(tail)).end()]  # type: ignore[union-attr]
        found.append(_FoundNumber(refined, before, after, link))
    return found


_LARGEST_VOCABULARY = 5_000_000
"""The size in the name of a tokenizer's model, `calm2-7b`, is none of a vocabulary."""
_WORD = late(r"[^\W\d_]{2,}")
_SENTENCE = 3
"""Number of words outside brackets from which the numbers inside are remarks."""
_MOST_NUMBERS = 60
"""Maximum number of numbers in a cell; more are not values of one attribute."""


def _hidden(text: str) -> str:
    """A text with the content of brackets masked, keeping all offsets."""
    return re.sub(r"\([^()]*\)?", lambda match: "\0" * len(match[0]), text)


def _fits(attribute: Attribute, number: Number, strict: bool) -> bool:
    if number.unit:
        return number.unit in WRITTEN[attribute.id].units
    if not strict:
        return number.scale != "%" or attribute.kind in {"number", "quantity"}
    if attribute.id in {"params_active", "params_total"}:
        return bool(number.scale) and number.scale != "%"
    value = number.mantissa * Decimal(SCALES.get(number.scale.lower(), 1))
    return attribute.id == "vocab_size" and 1000 <= value <= _LARGEST_VOCABULARY


def _inside(text: str, position: int) -> bool:
    before = text[:position]
    return before.count("(") + before.count("[") > before.count(")") + before.count("]")


def _refined(number: Number, numbers: Sequence[Number], end: int) -> Number:
    """The same quantity given more precisely in brackets: `1B (1.23B)`."""
    value, low, high = number.scaled(Decimal(SCALES.get(number.scale.lower(), 1)))
    for other in numbers:
        if number.end < other.start < end and other.digits > number.digits and other.scale:
            finer = other.mantissa * Decimal(SCALES.get(other.scale.lower(), 1))
            if finer != value and low <= finer <= high:
                return other
    return number


def _link(attribute: Attribute, gap: str) -> str:
    bare = re.sub(r"\([^()]*\)", "", gap)
    if _RAMP.search(bare):
        return "ramp"
    if _RANGE.fullmatch(bare):
        spoken = attribute.kind == "batch" and bare.strip().lower() in {"to", "至", "到"}
        return "ramp" if spoken else "range"
    if _SUM.fullmatch(bare):
        return "sum"
    if _OF.fullmatch(bare):
        return "of"
    if bare.count("+") == 1 and not re.search(r"[,;/、|\n]", bare):
        return "sum"
    return "list" if _LIST.search(bare) else "words"


def _shape(found: Sequence[_FoundNumber]) -> Shape:
    links = {entry.link for entry in found[1:]}
    if len(found) == 1:
        return "one"
    if "ramp" in links:
        return "ramp"
    if links == {"sum"}:
        return "sum"
    return "range" if links == {"range"} and len(found) == 2 else "several"


def _scaled(
    found: Sequence[_FoundNumber], attribute: Attribute, scale: Scale | None
) -> list[tuple[_FoundNumber, str]]:
    """Each number with its scale; in `7, 13, 34, 70B` that of the last number applies to all."""
    given: list[tuple[_FoundNumber, str]] = []
    later: _FoundNumber | None = None
    for entry in reversed(found):
        own = entry.number.scale
        if not own and later and later.number.scale not in {"", "e", "^"}:
            linked = later.link in {"list", "range", "ramp", "sum"}
            large = attribute.unit in {"parameters"} or attribute.id == "training_tokens"
            rising = entry.number.mantissa <= later.number.mantissa
            has_header = scale is not None and scale.factor != 1
            if linked and not has_header and (rising or large) and entry.number.mantissa < 1000:
                own = later.number.scale
                spread = entry.number._replace(scale=own, quantum=_spread_quantum(entry.number))
                entry = entry._replace(number=spread)
        later = entry if entry.number.scale else (later and later._replace(link=entry.link))
        if entry.number.scale:
            later = entry
        given.append((entry, own))
    return given[::-1]


def _spread_quantum(number: Number) -> Decimal:
    """The quantum of a number once a scale applies to it."""
    exponent = number.mantissa.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)


_TELLING_THOUSANDS = 10
_NO_COUNT_OF_BILLIONS = Decimal(10) ** 12
"""More billions than anything has; of powers beyond the context's digits no remainder can be told."""


def _of_trillions(number: Number, scale: str) -> Number:
    """A round number of thousands of billions with the precision of trillions: `15,000B`.

    Of fewer than ten a trillion would round too much: `1,000B` is no 1.4T.
    """
    if scale != "B" or number.mantissa >= _NO_COUNT_OF_BILLIONS:
        return number
    thousands, rest = divmod(number.mantissa, 1000)
    if thousands < _TELLING_THOUSANDS or rest:
        return number
    return number._replace(quantum=Decimal(1000), digits=len(str(int(thousands))))


def _item(
    attribute: Attribute, scaled: tuple[_FoundNumber, str], scale: Scale | None, strict: bool
) -> Item:
    entry, own = scaled
    number, written = _of_trillions(entry.number, own), own
    if own and not _is_of_work(own, scale):
        choices = factors(own, attribute.binary)
    elif scale is not None and scale.factor != 1 and _takes(attribute, number, scale):
        choices = (
            factors(scale.text, attribute.binary)
            if scale.text.lower() in SCALES
            else (scale.factor,)
        )
        number, written = number._replace(quantum=_spread_quantum(number)), scale.text
    else:
        written, factor = ("", Decimal(1)) if strict or scale else _assumed(attribute, number)
        choices = (factor,)
        if factor != 1:
            number = number._replace(quantum=_spread_quantum(number))
    if not (attribute.binary or WRITTEN[attribute.id].two_ways or written.lower() in AMBIGUOUS):
        choices = choices[:1]
    meanings = []
    for factor in choices:
        value, low, high = number.scaled(factor)
        meanings.append(
            Item(
                plain_number(value), entry.number.text, low, high, number.digits, written, number.unit,
                _bound(entry), is_about(entry.before), _qualifier(entry),
                entry.number.text if number.misprinted else "",
            )
        )  # fmt: skip
    whole = attribute.kind in {"integer", "batch"}
    others = (other for other in meanings[1:] if not whole or isinstance(other.value, int))
    return meanings[0]._replace(others=tuple(others)) if len(meanings) > 1 else meanings[0]


def _is_of_work(own: str, scale: Scale | None) -> bool:
    """Whether a header's work applies to a power of ten too: `3.64E+03` PF-days."""
    return own == "e" and scale is not None and scale.text.lower() in WORK


def _takes(attribute: Attribute, number: Number, scale: Scale) -> bool:
    """Whether a header's scale applies to a number: not to one written out in full."""
    if attribute.unit == "parameters":
        return number.mantissa * scale.factor <= _MOST_PARAMETERS
    return not (scale.factor >= 1000 and number.mantissa >= 100_000)


_MOST_PARAMETERS = 10**13


def _assumed(attribute: Attribute, number: Number) -> tuple[str, Decimal]:
    """The implied scale: `8.63` parameters are billions, `1.4` tokens trillions."""
    value = number.mantissa
    if attribute.unit == "parameters" and value < 5000:
        return "B?", Decimal(10**9)
    if attribute.id == "training_tokens" and value < 20_000:
        return ("T?", Decimal(10**12)) if value < 50 else ("B?", Decimal(10**9))
    return "", Decimal(1)


def _bound(entry: _FoundNumber) -> str:
    if sign := bound(entry.before):
        return sign
    return ">=" if entry.number.at_least or re.match(r"\s*(?:以上|or more)", entry.after) else ""


def _qualifier(entry: _FoundNumber) -> str:
    if not (entry.before or entry.after):
        return ""
    before = re.sub(r"^\s*(?:of|and|or|to)\b", "", without_marks(entry.before))
    added = re.match(r"\s{0,4}[(（]?\s{0,4}\+", entry.after)  # `256 + shared`: another thing
    after = "" if added else entry.after
    words = f"{before} {after}"
    return " ".join(re.sub(r"[()\[\],:;/、|~≈<>=≤≥\"“”]", " ", words).split()).strip(" -–—.+")


def _units(attribute: Attribute, items: list[Item], scale: Scale | None) -> list[Item]:
    """Items with the unit of their neighbours or of the header where they have none."""
    if attribute.kind not in {"batch", "quantity"}:
        return items
    stated = next((item.unit for item in reversed(items) if item.unit), scale.unit if scale else "")
    return [item if item.unit else item._replace(unit=stated) for item in items]


def _rest(plain: str, found: Sequence[_FoundNumber]) -> str:
    """Words outside brackets that are neither numbers nor links between them."""
    parts, position = [], 0
    for entry in found:
        parts.append(plain[position : entry.number.start])
        position = entry.number.end
    if not any(parts) and position == len(plain):
        return ""
    text = re.sub(r"\([^()]*\)?", " ", " ".join([*parts, plain[max(position, 0) :]]))
    text = _LIST.sub(" ", _RAMP.sub(" ", without_marks(text)))
    return " ".join(
        re.sub(
            r"[~≈<>=≤≥:：()\[\]\"'?!.+–—-]|\b(?:to|of|about|up|or)\b|至|到|约",
            " ",
            text,
            flags=re.I,
        ).split()
    )
