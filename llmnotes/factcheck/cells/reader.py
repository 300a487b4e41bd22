"""Parses a cell as a value of an attribute: its values, their notation, and the unparsed rest."""

from __future__ import annotations

import re
from functools import lru_cache

from llmnotes.factcheck.cells.absence import absence, uncertain, without_doubt
from llmnotes.factcheck.cells.counts import is_bare, read_counts
from llmnotes.factcheck.cells.flags import answer, flag, is_yes_or_no
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.cells.terms import PlacedTerm, find_terms, spellings_of, too_loose
from llmnotes.factcheck.cells.units import Scale
from llmnotes.pattern import late
from llmnotes.quantities.notation import normalized
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.tables.plain import take_marks
from llmnotes.vocabulary import fold

_NUMERIC = frozenset({"integer", "number", "batch", "quantity"})
_TERMS = frozenset({"term", "terms"})
_THERE_OR_NOT = frozenset({"warmup", "n_shared_experts", "n_experts", "sliding_window"})
"""Attributes of which tables also say only that the model has them."""
_WHETHER = late(
    r"\W*(?:(?:un)?available|open(?:ly)?|closed|public(?:ly)?|partial(?:ly)?|released)\W*", re.I
)
"""Words that say whether data can be had, not which they are."""
_AS_ANOTHER = late(r"\s*(?:the\s)?(?:same\sas|identical\sto)\b", re.I)
_WEIGHTS = frozenset({"open-weights", "gated-weights"})
"""Terms of models whose weights can be had, which a publisher may offer by an API too."""
_NAMES_APART = late(
    r"(?:(?<!\s)\s+)?(?:[;、，\n&|]|,(?!\s*(?:Inc|Ltd|LLC)\b|(?<=\d,)\d{3}(?!\d))"
    r"|\s[+x×]\s|\s/\s|(?<=\w{2})/(?=\w{2})|\s(?:and|et)\s)\s*"
)
"""Separators of names; the comma of `5,000` is none."""
_IN_BRACKETS = late(r"\([^()]*\)\.?")
_HUB_ID = late(r"(?!\S*\d[bB]/)[A-Za-z][\w.-]{1,40}/[A-Za-z][\w.]{0,40}-[\w.-]*\d[\w.-]*")
"""A model by its page on a hub, `mistralai/Mixtral-8x7B-v0.1`, and no two names."""
_SIZE = late(r"\d{1,3}(?:\.\d{1,2})?[bBmM]")
_NAMED_SIZE = late(r"(?P<name>[^\W\d_][\w. -]{1,30}[\s-])\d{1,3}(?:\.\d{1,2})?[bBmM]")
_AMOUNT = late(r"~?\d[\d.,]{0,9}\s?[kKMGTB]?[BG]?(?:\s(?:tokens|words|documents))?")
_DEVICES_APART = late(r"(?:(?<!\s)\s+)?(?:[;、，\n|]|,(?!\d{3}(?!\d))|\s[+]\s|\s(?:and|et)\s)\s*")
"""Separators of machines; a slash is between generations: `TPU v3/v4`."""


@lru_cache(maxsize=20_000)
def read_cell(
    text: str,
    attribute: str,
    header_scale: Scale | None = None,
    *,
    term: str = "",
    strict: bool = False,
) -> CellReading:
    """Parse a cell as a value of one attribute.

    `header_scale` applies to numbers without a scale of their own; `term` is the term of a yes-or-no column
    (`GQA`); `strict` is for a cell under another attribute's header, of which only unambiguous values of
    this attribute are taken.
    """
    about = ATTRIBUTES[attribute]
    if len(text) > 1 and is_bare(text) and about.kind in _NUMERIC and not term:
        return read_counts(about, text, header_scale, strict=strict)
    words = _words(text)
    answered = about.kind == "flag" or not strict  # `no comercial` below a licence is no answer
    ticked = _ticked(about, words, term, strict) if answered else None
    if ticked is not None:
        return ticked
    why = absence(words)
    if why is not None and not _meant(about, words):
        return CellReading(attribute, text, "absent", absence=why)
    reading = _reading(about, words, header_scale, strict)
    return reading if reading.text == text else reading._replace(text=text)


def _words(text: str) -> str:
    words, _ = take_marks(text)
    if re.fullmatch(r'\s*(["“”]).*["“”]\s*', words, re.DOTALL):
        words = words.strip().strip('"“”')
    return words


def _ticked(about: Attribute, words: str, term: str, strict: bool) -> CellReading | None:
    """The reading of a yes-or-no cell; None for any other cell."""
    says = flag(words) if strict else answer(words, about.id)
    if term:
        if says is None:
            return None
        item = Item(term if says else False, words, qualifier="" if says else term)
        return CellReading(about.id, words, "one", (item,))
    if says is None:
        return None
    if about.kind == "flag" or (about.id in _THERE_OR_NOT and is_yes_or_no(words)):
        return CellReading(about.id, words, "one", (Item(says, words),))
    known = spellings_of(about.id).get("yes" if says else "no")
    if known is not None:
        return CellReading(about.id, words, "one", (Item(known, words),))
    return None


def _meant(about: Attribute, words: str) -> bool:
    """Whether a word of absence is a term of the vocabulary, as `none` is for biases."""
    return fold(words) in spellings_of(about.id) and fold(words) != ""


def _reading(about: Attribute, words: str, scale: Scale | None, strict: bool) -> CellReading:
    if about.kind in _NUMERIC:
        if _AS_ANOTHER.match(words):  # `same as Llama 2 7B`: the number is in the name
            return CellReading(about.id, words, "unreadable", rest=words)
        return read_counts(about, words, scale, strict=strict)
    if about.kind in _TERMS:
        return _terms(about, words, strict)
    if about.kind == "date":
        return _dates(about, words)
    if strict:
        return CellReading(about.id, words, "unreadable", rest=words)
    if about.kind == "flag":
        return CellReading(about.id, words, "unreadable", rest=words)
    return _names(about, words)


def _terms(about: Attribute, words: str, strict: bool) -> CellReading:
    plain = _without_expansions(about.id, without_doubt(normalized(words)))
    found = find_terms(about.id, plain)
    if strict:
        found = [term for term in found if fold(plain[term.start : term.end]) not in too_loose()]
    if about.id == "availability" and {term.term for term in found} & _WEIGHTS:
        found = [term for term in found if fold(plain[term.start : term.end]) != "api"]
    items = tuple(_term_item(plain, term, found) for term in found)
    rest = _left(plain, found)
    if not items:
        return CellReading(about.id, words, "unreadable", rest=rest, uncertain=uncertain(words))
    shape = "one" if len(items) == 1 else "several"
    return CellReading(about.id, words, shape, items, None, uncertain(words), rest=rest)  # type: ignore[arg-type]


_ABBREVIATED = late(r"(?<![^\W_])(?P<short>[A-Z]{2,6})\s?\((?P<words>[A-Za-z][A-Za-z -]{5,60})\)")


def _without_expansions(attribute: str, plain: str) -> str:
    """A text without the words that an abbreviation stands for: `MLA (Multi-head Latent Attention)`."""

    def kept(match: re.Match[str]) -> str:
        initials = iter(word[0].upper() for word in re.findall(r"[A-Za-z]+", match["words"]))
        spelled = all(letter in initials for letter in match["short"])
        return match["short"] if spelled and find_terms(attribute, match["short"]) else match[0]

    return _ABBREVIATED.sub(kept, plain) if "(" in plain else plain


def _term_item(plain: str, term: PlacedTerm, found: list[PlacedTerm]) -> Item:
    """A term with the words in brackets after it, where they are not terms themselves."""
    behind = re.match(r"\s*[(\[]([^()\[\]]*)[)\]]", plain[term.end :])
    held = any(
        term.end <= other.start < term.end + (behind.end() if behind else 0) for other in found
    )
    alone = re.match(r"\s*(only|except)\b[^,;()]*", plain[term.end :], re.IGNORECASE)
    qualifier = "" if held or behind is None else behind[1].strip()
    return Item(
        term.term, plain[term.start : term.end], spelled=term.spelled,
        qualifier=qualifier or (alone[0].strip() if alone else ""),
    )  # fmt: skip


def _left(plain: str, found: list[PlacedTerm]) -> str:
    parts, position = [], 0
    for term in found:
        parts.append(plain[position : term.start])
        position = term.end
    text = re.sub(r"[()\[\],;:/+&|\n.]", " ", " ".join([*parts, plain[position:]]))
    return " ".join(text.split()).strip(" -–—")


def _dates(about: Attribute, words: str) -> CellReading:
    from llmnotes.factcheck.cells.days import find_dates

    plain = without_doubt(normalized(words))
    found = find_dates(plain)
    items: list[Item] = []
    position = 0
    for start, end, item in found:
        label = re.findall(
            r"[(\[]([^()\[\]]+)[)\]]|([A-Za-z][\w ]{0,40})\s?:", plain[position:start]
        )
        behind = re.match(r"\s*[(\[]([^()\[\]]+)[)\]](?!\s*(?:19|20)\d\d)", plain[end:])
        named = "".join(label[-1]) if label else behind[1] if behind and len(found) == 1 else ""
        items.append(item._replace(qualifier=named.strip()))
        position = end
    if not items:
        return CellReading(about.id, words, "unreadable", rest=words, uncertain=uncertain(words))
    between = plain[found[0][1] : found[1][0]] if len(found) == 2 else ""
    ranged = bool(re.fullmatch(r"\s*(?:-|–|—|~|to|至|到)\s*", between))
    shape = "one" if len(items) == 1 else "range" if ranged else "several"
    return CellReading(about.id, words, shape, tuple(items), None, uncertain(words))  # type: ignore[arg-type]


def _names(about: Attribute, words: str) -> CellReading:
    """Names in a list: datasets, benchmarks, organizations, models; a licence is one text."""
    if about.kind == "text":
        return CellReading(about.id, words, "one", (Item(" ".join(words.split()), words),))
    if about.kind == "datasets" and _WHETHER.fullmatch(words):
        return CellReading(about.id, words, "unreadable", rest=words)
    if about.id == "languages":
        from llmnotes.factcheck.cells.languages import read_languages

        if languages := read_languages(words):
            shape = "one" if len(languages) == 1 else "several"
            return CellReading(about.id, words, shape, languages, None, uncertain(words))  # type: ignore[arg-type]
    items: list[Item] = []
    parts = _parted(words, _DEVICES_APART if about.id == "hardware" else _NAMES_APART)
    if about.kind == "models":
        parts = [words.strip()] if _HUB_ID.fullmatch(words.strip()) else _with_first_name(parts)
    for part in parts:
        if items and _IN_BRACKETS.fullmatch(part):  # `P3`, and on the next line what it stands for
            items[-1] = items[-1]._replace(qualifier=part.strip("() ."))
            continue
        match = re.fullmatch(r"(?P<name>[^()]*)\((?P<inside>[^()]*)\)\s*\.?", part, re.DOTALL)
        name, inside = (
            (match["name"], match["inside"]) if match and match["name"].strip() else (part, "")
        )
        if (
            about.kind == "datasets"
            and _NAMES_APART.search(inside)
            and not re.search(r"\d\s*[A-Z]", inside)
        ):
            items += _names(about, inside).items  # `Mix (Common Crawl, Wikipedia)`
            continue
        name = " ".join(name.split()).strip(" .:")
        if about.kind == "datasets" and items and _AMOUNT.fullmatch(name):
            continue  # `C4, 750GB`
        if name:
            items.append(Item(name, part, qualifier=inside.strip()))
    if not items:
        return CellReading(about.id, words, "unreadable", rest=words)
    shape = "one" if len(items) == 1 else "several"
    return CellReading(about.id, words, shape, tuple(items), None, uncertain(words))  # type: ignore[arg-type]


def _with_first_name(parts: list[str]) -> list[str]:
    """Names of models of which the later ones are sizes of the first: `LLaMA-7B/13B`."""
    first = _NAMED_SIZE.fullmatch(parts[0]) if len(parts) > 1 else None
    if first is None:
        return parts
    return [f"{first['name']}{part}" if _SIZE.fullmatch(part) else part for part in parts]


def _parted(words: str, apart: re.Pattern[str]) -> list[str]:
    """A text split at its separators outside brackets."""
    hidden = re.sub(r"\([^()]*\)", lambda match: "\0" * len(match[0]), words)
    parts, position = [], 0
    for match in apart.finditer(hidden):
        parts.append(words[position : match.start()])
        position = match.end()
    return [part.strip() for part in [*parts, words[position:]] if part.strip()]
