"""Values that no claim confirms and that are not errors."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.factcheck.base_claims import BaseClaims, Known
from llmnotes.factcheck.cells.reading import CellReading, Item
from llmnotes.factcheck.judging.eval_settings import only_settings
from llmnotes.factcheck.judging.licences import begins_with
from llmnotes.factcheck.judging.near_dates import left_open_date
from llmnotes.factcheck.judging.wording import items_text
from llmnotes.factcheck.judging.words import is_any_dataset, organizations_in
from llmnotes.pattern import late
from llmnotes.resolve import Statement
from llmnotes.schema import ATTRIBUTES, Attribute
from llmnotes.values import elements
from llmnotes.vocabulary import fold, included

_LICENCES = late(
    r"\b(apache|mit|a?l?gpl|bsd|cc|creative commons|mpl|open ?rail|rail|proprietary|isc|unlicense"
    r"|llama|gemma|qwen|falcon|deepseek|glm)\b",
    re.I,
)
_DESCRIBED = late(r"\b(?:custom|based on|similar to|with)\b", re.I)
"""Words that describe a licence rather than name it."""
_LOSS = late(r"\b(loss|objective)\b", re.I)


def is_exempt(
    base: BaseClaims, reading: CellReading, stated: Sequence[Known], items: Sequence[Item]
) -> bool:
    """Whether unconfirmed values are acceptable beside confirmed ones of the same cell.

    These are the earlier stages of a ramp, where the base only has its end; the name of a parameter in
    brackets (`constant_steps`); a term that the note of a claim names as an alternative; words that are
    no publisher's name beside one that is (`TII, Abu Dhabi`); and that the other layers have none, beside
    those that have a bias.
    """
    if stated[0].attribute.kind == "organizations":
        return not any(organizations_in(str(item.value), base.organizations) for item in items)
    if stated[0].attribute.id == "context_length" and _BOTH.search(reading.text):
        return all(_is_other_length(base, item, stated) for item in items)
    if stated[0].attribute.id == "training_tokens" and re.search(r"\+|stage|阶段", reading.text):
        whole = max((c.value for k in stated for c in k.claims[:1]), default=0)
        parts = all(item.high is not None and item.high < whole for item in items)
        return parts and reading.items[0] not in items
    if stated[0].attribute.id == "availability":
        return True  # by an API, and with its weights
    if stated[0].attribute.id == "sparsity" and _DENSE_MOE.search(reading.text):
        return True  # dense layers beside those of experts, as Snowflake calls its own
    if stated[0].attribute.id == "bias" and all(item.value == "none" for item in items):
        return True
    if reading.shape == "ramp" and reading.items[-1] not in items:
        return all(len(k.claims[0].value.get("stages", ())) == 1 for k in stated if _is_batch(k))
    if all(re.search(rf"{re.escape(item.text)}_\w", reading.text) for item in items):
        return True
    notes = " ".join(k.claims[0].note or "" for k in stated).lower()
    return stated[0].attribute.kind == "terms" and all(
        re.search(rf"\b{re.escape(str(item.value).lower())}\b", notes) for item in items
    )


_DENSE_MOE = late(r"\bdense[-\s]moe\b", re.I)


def _is_other_length(base: BaseClaims, item: Item, stated: Sequence[Known]) -> bool:
    """Whether a length may be the native one beside the extended one that the base has, or the reverse."""
    values = [claim.value for known in stated for claim in known.claims]
    if item.low is None or item.high is None or item.value > max(values, default=0):
        return item.low is not None and item.value <= _EXTENDED_BY * max(values, default=0)
    earlier = [base.known(known.model, "context_length_pretraining").claims for known in stated]
    return not any(earlier) or any(item.high >= c.value for claims in earlier for c in claims)


_EXTENDED_BY = 8
"""How many times its length a context is extended to at most."""


def inside(reading: CellReading, stated: Sequence[Known], false: Sequence[Item]) -> bool:
    """Whether a range contains the values of all models, and its false ends may be so meant.

    A narrow range is an uncertain value. A wide one gives the smallest and the largest, of which a context
    length may begin anywhere: `1K-32K`.
    """
    ends = [item for item in reading.items if item.low is not None and item.high is not None]
    values = [k.claims[0].value for k in stated]
    if len(ends) != 2 or not all(isinstance(v, int | float) for v in values):
        return False
    low, high = ends
    if not all(low.low <= v <= high.high for v in values):
        return False
    if stated[0].attribute.id == "context_length" and (
        high not in false or _WINDOW.search(reading.text)
    ):
        return True
    narrow = _NARROW if len(false) == len(ends) else _NARROW_FROM_ONE
    return float(high.value) <= narrow * float(low.value)


_NARROW = 1.6
"""Factor between the ends of a range that gives one uncertain value: `60-70B`."""
_NARROW_FROM_ONE = 2.0
"""The same where one of the ends is true."""
_WINDOW = late(r"\bsliding\b|\bwindows\b|滑动", re.I)
"""A context that is read through windows has no sharp end."""


def unheard_of(base: BaseClaims, attribute: Attribute, items: Sequence[Item]) -> str:
    """The reason why unknown words in free text are not judged wrong."""
    if attribute.kind == "text":
        if not any(_is_licence(base, item.text) for item in items):
            return "no licence by its name"
    elif attribute.kind == "organizations":
        if not all(organizations_in(str(item.value), base.organizations) for item in items):
            return f"no publisher that the base knows by this name: {items_text(items)[:60]}"
    elif attribute.kind == "models":
        if not all(base.named(str(item.value)) for item in items):
            return f"no model that the base knows by this name: {items_text(items)[:60]}"
    elif attribute.id == "languages" and all(_COUNT.fullmatch(item.text) for item in items):
        return ""
    elif attribute.kind in {"datasets", "results", "texts"}:
        if attribute.id == "evaluation" and any(_LOSS.search(item.text) for item in items):
            return ""
        if not all(_heard_of(base, attribute.id, str(item.value)) for item in items):
            return f"not known to the base: {items_text(items)[:60]}"
    return ""


def unheard_beside(base: BaseClaims, reading: CellReading, items: Sequence[Item]) -> str:
    """The remark on a list of datasets of which at least half are true and none of the others is known."""
    if ATTRIBUTES[reading.attribute].kind != "datasets" or len(items) * 2 > len(reading.items):
        return ""
    if any(_heard_of(base, reading.attribute, str(item.value)) for item in items):
        return ""
    return f"beside it not known to the base: {items_text(items)[:60]}"


def left_open(
    base: BaseClaims,
    attribute: Attribute,
    text: str,
    items: Sequence[Item],
    stated: Sequence[Known],
) -> str:
    """Why special terms are not held to be false: each model has a general one that includes them.

    A card says RLHF and names no algorithm: that it was PPO is neither borne out nor denied.
    """
    if attribute.kind == "date":
        return left_open_date(text, items, stated)
    if attribute.id == "training_data" and all(
        _is_general(str(value["name"] if isinstance(value, dict) else value))
        for one in stated
        for claim in one.claims
        for value in claim.value
    ):
        return "the base describes the data in general"
    if attribute.id == "evaluation" and not any(_is_no_benchmark(item) for item in items):
        return f"the base need not know every run of {items_text(items)[:60]}"
    if attribute.id == "training_data" and all(
        _is_told_in_general(str(item.value)) for item in items
    ):
        return "it describes the data in general"
    if attribute.id == "training_data" and all(_AMOUNT.fullmatch(item.text) for item in items):
        return "it tells how much data there is, not which"
    if attribute.id == "based_on" and len(_bases(base, stated)) > 1:
        return "of a family with several bases not every tune may be known"
    if attribute.id == "hardware":
        from llmnotes.factcheck.judging.devices import counted_apart

        if counted_apart(items, stated):
            return "the base tells of such machines in another number, or for another time"
    if attribute.id == "availability" and all(item.value == "api-only" for item in items):
        values = {claim.value for one in stated for claim in one.claims}
        if all(item.text.strip().lower() == "api" for item in items):
            return "it may be had by an API too"
        if values == {"gated-weights"}:
            return "weights that are given on request, which may be called closed"
    if attribute.id == "languages" and all(_MANY.fullmatch(item.text) for item in items):
        return "it says that there are several languages, not which"
    if attribute.id == "languages" and all(
        _COUNT.fullmatch(item.text) and not _counts_apart(item, stated) for item in items
    ):
        return "it counts languages, perhaps those of programming too"
    if attribute.kind not in {"term", "terms"} or not attribute.vocabulary:
        return ""
    vocabulary = attribute.vocabulary
    general = [
        {term for claim in known.claims for term in map(str, elements(attribute, claim.value))}
        for known in stated
    ]
    if not all(
        any(str(item.value) in included(vocabulary, term) for term in terms)
        for terms in general
        for item in items
    ):
        return ""
    return f"the base does not say whether it is {items_text(items)[:60]}"


def _bases(base: BaseClaims, stated: Sequence[Known]) -> set[str]:
    """The families of the models that others were made of."""
    named = {str(one) for known in stated for claim in known.claims[:1] for one in claim.value}
    return {base.family(one) or one for one in named}


def _is_no_benchmark(item: Item) -> bool:
    """Whether a word below evaluations is a loss or a number of shots, which no run can bear out."""
    return bool(_LOSS.search(item.text) or only_settings(str(item.value)))


_ESTIMATES = 2
"""Factor between two estimates of one training's compute: by operations, or by hours and utilization."""


def _is_general(value: str) -> bool:
    """Whether a description of data names no source of it: `English text (160 GB)`."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\([^()]*\)", " ", value.lower()))
    return all(word in _GENERAL for word in words)


def _is_told_in_general(value: str) -> bool:
    """Whether a general description tells something: a language, several traits, code, or what wrote it."""
    words = re.findall(r"[^\W\d_]+", value.lower())
    telling = len(words) >= _AT_LENGTH or any(word in _LANGUAGES | _OF_CODE for word in words)
    return _OF_A_MODEL.fullmatch(value) is not None or (telling and _is_general(value))


_AT_LENGTH = 5
_OF_CODE = frozenset(["code", "github", "repositories", "stackexchange", "synthetic"])
_OF_A_MODEL = late(r"\W*(?:from\s)?(?:chat)?gpt-?\d?(?:\.\d)?\W*", re.I)
"""What a model wrote for the training of another: `GPT-3.5`."""


_LANGUAGES = frozenset(
    ["english", "chinese", "russian", "japanese", "korean", "german", "french", "spanish", "arabic"]
)
_GENERAL = _LANGUAGES | frozenset([
    "a", "an", "and", "of", "or", "the", "in", "on", "from", "with", "other", "various", "diverse",
    "mix", "mixture", "new", "large", "scale", "high", "quality", "filtered", "curated", "cleaned",
    "licensed", "synthetic", "public", "publicly", "available", "online", "open", "proprietary",
    "internal", "english", "chinese", "multilingual", "text", "texts", "data", "dataset",
    "datasets", "corpus", "corpora", "web", "webpages", "pages", "documents", "code", "books",
    "tokens", "words", "languages", "language", "natural", "general", "domain", "source",
    "sources", "gb", "tb", "lots", "collection", "huge", "massive", "big", "raw", "github",
    "stackexchange", "markdown", "repositories",
])  # fmt: skip
"""Words of a description that names no source of data."""
_AMOUNT = late(
    r"\W*\d[\d.,]*\s?[kKMBT]?\+?\s*(?:[TGM]B|words|tokens|samples?|instructions?|examples?|conversations?"
    r"|dialog(?:ue)?s|documents|pages|images|pairs|images?-text pairs|条|对话|指令)"
    r"(?:\s(?:of\s)?(?:text|data|code|instructions))?\W*",
    re.I,
)
"""A quantity of data by its unit: `52K instructions`, `570GB`."""


def _counts_apart(item: Item, stated: Sequence[Known]) -> bool:
    """Whether a number of languages is more than twice the one that the base has."""
    claims = [claim for known in stated for claim in known.claims]
    told = [int(number) for claim in claims for one in claim.value for number in _digits(str(one))]
    told += [int(of) for claim in claims for of in _OF_MORE.findall(claim.note or "")]
    return bool(told) and int(_digits(item.text)[0]) > 2 * max(told)


_MANY = late(
    r"\W*(?:multi\W?lingual|multilingüe|multilíngue|multilingue|mehrsprachig|多语言|多语种|多言語|다국어)\W*",
    re.I,
)
_OF_MORE = late(r"\b(?:of|over|than)\s(\d{2,3})\b")
"""How many there are of which a claim names some: `The named ones of over 29`."""


def _digits(text: str) -> list[str]:
    return re.findall(r"\d{1,4}", text)


_COUNT = late(r"\W*\d{1,4}\s*\+?\s*(?:languages|langs|种|言語|언어)?\W*", re.I)


def estimated_otherwise(base: BaseClaims, items: Sequence[Item], stated: Sequence[Known]) -> str:
    """Why another compute is not held to be false: another estimate, or with that of the tuned model."""
    known = [claim.value for one in stated for claim in one.claims if claim.value]
    if stated[0].attribute.id != "training_compute" or not known:
        return ""
    numbers = [float(item.value) for item in items if item.low is not None]
    if all(any(1 / _ESTIMATES <= n / value <= _ESTIMATES for value in known) for n in numbers):
        return "an estimate of the same magnitude as the one that the base has"
    tuned = all(base.bases(one.model) for one in stated)
    if tuned and all(number > max(known) for number in numbers):
        return "the base counts the tuning alone, without the training of the model that was tuned"
    return ""


_BOTH = late(r"extrapolat|yarn|scaling|extend|extensib|native|натив|扩展|外推|原生", re.I)
"""Words of a cell with the native length and the extended one."""


_LONGEST_NAME = 60


def _is_licence(base: BaseClaims, text: str) -> bool:
    """Whether a text is the name of a licence: by its words, or as the value of some model."""
    if len(text) > _LONGEST_NAME or _DESCRIBED.search(text):
        return len(text.split()) > 1 and begins_with(base, text) is not None
    known = {fold(one) for one in base.elements("license")}
    names = {fold(text), fold(text.partition("(")[0])}
    return _LICENCES.search(text) is not None or bool(names & {*known, *base.licences})


def _heard_of(base: BaseClaims, attribute: str, name: str) -> bool:
    """Whether any model of the base has a list element of this name."""
    if attribute == "hardware":
        from llmnotes.factcheck.judging.devices import devices_in

        return any(one.kind for one in devices_in(name))
    return bool(only_settings(name)) or is_any_dataset(name, base.elements(attribute))


def _is_batch(known: Known) -> bool:
    return isinstance(known.claims[0].value, dict)


def is_something(claim: Statement) -> bool:
    """Whether a claim says that the thing exists."""
    return claim.value not in ([], ["none"], "none", False, 0)
