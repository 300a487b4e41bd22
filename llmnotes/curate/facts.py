"""What a model's files say, each value with its file and its place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.curate.published import GENERATION, TOKENIZER, TOKENIZER_SETTINGS, Published
from llmnotes.errors import InputError
from llmnotes.files import cleaned, parse_json
from llmnotes.ingest.architecture_claims import as_built, counted_claims, shape_claims
from llmnotes.ingest.card import card_claims, front_matter, is_post_trained
from llmnotes.ingest.config_keys import config_claims
from llmnotes.ingest.matching import exact_key
from llmnotes.ingest.model_config import CARD
from llmnotes.ingest.naming import variant_of
from llmnotes.ingest.raw import RawClaim, Remarks
from llmnotes.model_files.stored import INDEX
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.feedforward import FeedForward, MixtureOfExperts
from llmnotes.values import parse_value, pattern_of

PRODUCT, RECOUNT = "product", "parameters-from-shape"
FORMULAS = (PRODUCT, RECOUNT)
"""Sources of what is computed: they are declared already."""

WEIGHTS = "weights"
"""Stands for the headers of all the files of weights."""

_GATED = {"SiLU": "SwiGLU", "GELU": "GeGLU", "ReLU": "ReGLU"}
_LONGEST_PRINTED = 60
_PAPER = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})")


class Fact(NamedTuple):
    """A value of an attribute: `source` is a file of the model's, or a formula."""

    attribute: str
    value: Any
    source: str
    at: str
    status: str = "reported"
    printed: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True)
class Described:
    """A model with what its files say; `comments` is what a reader should know of them."""

    published: Published
    facts: Mapping[str, list[Fact]]
    variant: str
    based_on: tuple[str, ...] = ()
    comments: list[str] = field(default_factory=list)

    def value(self, attribute: str) -> Any:
        """The first value of an attribute; None where there is none."""
        found = self.facts.get(attribute)
        return found[0].value if found else None


def described(model: Published, remarks: Remarks) -> Described:
    """What the files of a model say.

    Of an architecture that is not known, or cannot be counted, the keys alone; a comment says why.
    """
    comments: list[str] = []
    architecture = _architecture(model, comments)
    found = list(_from_config(model, architecture))
    shown = {fact.attribute: fact for fact in found}
    if architecture is not None:
        found += _counted(model, architecture, shown, comments)
    found += _checkpoint(model, found, comments)
    card = model.text(CARD)
    front = front_matter(card, remarks) if card else {}
    post_trained = is_post_trained(front) or variant_of(exact_key(model.name)) == "post-trained"
    based_on: tuple[str, ...] = ()
    for fact in _from_card(front, card or "", remarks, post_trained=post_trained):
        if fact.attribute == "based_on":
            based_on = tuple(fact.value)
        else:
            found.append(fact)
    found += _from_tokenizer(model, shown, comments)
    comments += _from_settings(model, shown, card or "")
    by_attribute: dict[str, list[Fact]] = {}
    for fact in found:
        fact = fact._replace(value=cleaned(fact.value))
        if _is_sound(fact, remarks):
            by_attribute.setdefault(fact.attribute, []).append(fact)
    variant = "post-trained" if post_trained else "base"
    return Described(model, by_attribute, variant, based_on, comments)


def _is_sound(fact: Fact, remarks: Remarks) -> bool:
    try:
        parse_value(ATTRIBUTES[fact.attribute], fact.value)
    except InputError as error:
        remarks.malformed(f"{fact.source}: {fact.at}", str(error))
        return False
    return True


def _architecture(model: Published, comments: list[str]) -> Architecture | None:
    try:
        return model.config.architecture()
    except InputError as error:
        reason = str(error).removeprefix(f"{model.config.place}: ")
        comments.append(f"the parameters are not counted: {reason}")
        return None


def _from_config(model: Published, architecture: Architecture | None) -> Iterator[Fact]:
    """What the keys of the configuration state; what import derives from them is derived."""
    name = model.config_name
    if architecture is None:
        raw = list(config_claims(model.config.config, name))
    elif model.config.format == "huggingface":
        raw = list(as_built(config_claims(model.config.config, name), architecture))
    else:
        raw = list(shape_claims(architecture, name))
    gated = architecture is not None and _is_gated(architecture)
    numbers = {claim.attribute: claim for claim in raw}
    for claim in raw:
        key = (claim.locator or "").partition(": ")[2] or name
        fact = Fact(claim.attribute, _written(claim.value), name, _dotted(model, key))
        if claim.attribute == "activation" and gated:
            fact = fact._replace(value=_GATED[claim.value], printed=_printed(model, key))
        elif claim.attribute == "sparsity":
            experts = numbers["n_experts"]
            key = (experts.locator or "").partition(": ")[2]
            fact = fact._replace(at=_dotted(model, key), printed=(str(experts.value),))
        elif claim.attribute == "attention":
            fact = fact._replace(source=PRODUCT, at=_of(numbers, HEADS, KV_HEADS))
            fact = fact._replace(status="derived")
            if claim.value == "MLA":
                fact = fact._replace(at=_of(numbers, "kv_lora_rank"))
        elif claim.attribute in {"positional_encoding", "rope_scaling"}:
            fact = fact._replace(printed=_printed(model, key))
        yield fact
    if architecture is not None and "head_dim" not in numbers:
        yield from _head_dim(architecture, numbers)


def _head_dim(architecture: Architecture, numbers: Mapping[str, RawClaim]) -> Iterator[Fact]:
    """The width of a head where the file leaves it to the quotient of width and heads."""
    shape = {claim.attribute: claim.value for claim in shape_claims(architecture, "")}
    width, heads = numbers.get("d_model"), numbers.get("n_heads")
    if width and heads and shape.get("head_dim") == width.value / heads.value:
        yield Fact("head_dim", shape["head_dim"], PRODUCT, "d_model / n_heads", "derived")


def _of(numbers: Mapping[str, RawClaim], *names: str) -> str:
    """The inputs of a formula, as they are named in locators."""
    told = [f"{name} {numbers[name].value}" for name in names if name in numbers]
    return ", ".join(told) or "the configuration's keys"


def _written(value: Any) -> Any:
    """A value as a curated file writes it: a pattern as text, a whole number without a point."""
    pattern = pattern_of(value)
    if pattern is not None:
        return pattern
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _dotted(model: Published, key: str) -> str:
    """The key with the table it is nested in, `text_config.hidden_act`."""
    for name, part in model.config.config.items():
        if isinstance(part, dict) and key in part and key not in model.config.config:
            return f"{name}.{key}"
    return key


def _printed(model: Published, key: str) -> tuple[str, ...]:
    """What stands at a key, where it is short enough to be printed."""
    found: Any = model.config.config
    for part in _dotted(model, key).split("."):
        found = found.get(part) if isinstance(found, dict) else None
    if isinstance(found, dict):
        found = found.get("rope_type", found.get("type"))
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    text = str(found)
    return (text,) if isinstance(found, str | int) and len(text) <= _LONGEST_PRINTED else ()


def _is_gated(architecture: Architecture) -> bool:
    """Whether every feed-forward layer multiplies by a gate."""
    layers = [
        layer
        for stack in architecture.stacks
        for run in stack.runs
        for layer in run.block.feed_forwards
    ]
    plain = [layer.gated for layer in layers if isinstance(layer, FeedForward)]
    return bool(layers) and all(plain) and (bool(plain) or _routed(architecture))


def _routed(architecture: Architecture) -> bool:
    return any(
        isinstance(layer, MixtureOfExperts)
        for stack in architecture.stacks
        for run in stack.runs
        for layer in run.block.feed_forwards
    )


_SHAPE = (
    "d_model", "n_layers", "d_ff", "d_expert", "n_experts", "n_experts_active", "n_shared_experts",
    HEADS, KV_HEADS, "head_dim", "q_lora_rank", "kv_lora_rank", "vocab_size",
)  # fmt: skip


def _counted(
    model: Published, architecture: Architecture, shown: Mapping[str, Fact], comments: list[str]
) -> Iterator[Fact]:
    """The exact count of the architecture, with what it was counted from."""
    told = [f"{name} {shown[name].value}" for name in _SHAPE if name in shown]
    tied = "tied" if architecture.head.tied else "untied"
    inputs = ", ".join([*told, tied])
    try:
        claims = list(counted_claims(architecture, model.config_name))
    except InputError as error:
        comments.append(f"the parameters are not counted: {error}")
        return
    routed = _routed(architecture)
    for claim in claims:
        if claim.attribute == "architecture":
            kind = f"model_type {architecture.model_type}" if architecture.model_type else inputs
            yield Fact("architecture", claim.value, PRODUCT, kind, "derived")
        elif claim.attribute == "params_active" and not routed:
            yield Fact("params_active", claim.value, PRODUCT, "params_total (dense)", "derived")
        else:
            yield Fact(claim.attribute, claim.value, RECOUNT, inputs, "derived")
        if claim.note and claim.attribute == "params_total":
            comments.append(claim.note)
    for name, value in architecture.assumptions:
        comments.append(
            f"{name} = {value}: the file omits it; the class's default was counted with"
        )


def _checkpoint(model: Published, found: list[Fact], comments: list[str]) -> Iterator[Fact]:
    """The count of the checkpoint beside ours, and how they compare."""
    stored = model.stored
    if stored is None:
        return
    if stored.parameters is None:
        comments.append(f"the checkpoint's count cannot be told: {stored.how}")
        return
    if stored.how == "metadata.total_parameters":
        yield Fact("params_total", stored.parameters, INDEX, stored.how)
    elif stored.place == INDEX:
        yield Fact("params_total", stored.parameters, PRODUCT, f"{INDEX}: {stored.how}", "derived")
    else:
        yield Fact("params_total", stored.parameters, WEIGHTS, f"{stored.place}: {stored.how}")
    counted = next((fact.value for fact in found if fact.attribute == "params_total"), None)
    if counted is None:
        return
    difference = stored.parameters - counted
    if difference:
        comments.append(
            f"the checkpoint holds {stored.parameters:,} parameters, {abs(difference):,} "
            f"{'more' if difference > 0 else 'fewer'} than the configuration counts "
            f"({counted:,}): find out why, keep one as `preferred` with the `reason`"
        )
    else:
        comments.append(f"the checkpoint holds the {counted:,} parameters that are counted")


def _from_card(
    front: dict[str, Any], card: str, remarks: Remarks, *, post_trained: bool
) -> Iterator[Fact]:
    for claim in card_claims(front, CARD, remarks):
        key = (claim.locator or "").partition(": ")[2]
        printed = _lines(card, key)
        yield Fact(claim.attribute, claim.value, CARD, f"front matter, {key}", printed=printed)
    names = front.get("datasets")
    datasets = [str(name) for name in (names if isinstance(names, list) else [names]) if name]
    if datasets and not post_trained:
        value = [{"name": name.rpartition("/")[2]} for name in datasets]
        printed = tuple(name for name in datasets if len(name) <= _LONGEST_PRINTED)
        yield Fact("training_data", value, CARD, "front matter, datasets", printed=printed)


def _lines(card: str, key: str) -> tuple[str, ...]:
    """The line of a key of the front matter, or the items below it, as they are printed."""
    found = re.search(rf"(?m)^{re.escape(key)}:[ \t]*(.*)$((?:\n[ \t]*- .*)*)", card)
    if found is None:
        return ()
    items = [line.strip() for line in found[2].splitlines() if line.strip()]
    lines = items or [f"{key}: {found[1].strip()}"]
    return tuple(line for line in lines if len(line) <= _LONGEST_PRINTED)


def _from_tokenizer(
    model: Published, shown: Mapping[str, Fact], comments: list[str]
) -> Iterator[Fact]:
    """The algorithm of tokenizer.json, and how many tokens it has beside the table's rows."""
    data = _object(model, TOKENIZER)
    kind = data.get("model")
    if not isinstance(kind, dict):
        return
    name = kind.get("type")
    algorithm = {"BPE": "BPE", "Unigram": "Unigram", "WordPiece": "WordPiece"}.get(str(name))
    if name == "BPE":
        if kind.get("byte_fallback") is True:
            algorithm = "byte-fallback BPE"
        elif '"ByteLevel"' in (model.text(TOKENIZER) or ""):
            algorithm = "byte-level BPE"
    if algorithm:
        yield Fact("tokenizer", algorithm, TOKENIZER, "model.type", printed=(str(name),))
    tokens = _tokens(data, kind)
    rows = shown.get("vocab_size")
    if tokens and rows and tokens != rows.value:
        comments.append(f"{TOKENIZER} has {tokens:,} tokens, the embedding {rows.value:,} rows")


def _tokens(data: dict[str, Any], kind: dict[str, Any]) -> int:
    """How many tokens there are: those of the vocabulary and those added beside it."""
    vocabulary = kind.get("vocab")
    if not isinstance(vocabulary, dict | list):
        return 0
    known = set(vocabulary) if isinstance(vocabulary, dict) else {
        item[0] for item in vocabulary if isinstance(item, list) and item
    }  # fmt: skip
    added = data.get("added_tokens")
    known |= {str(item.get("content")) for item in added or () if isinstance(item, dict)}
    return len(known)


def _from_settings(model: Published, shown: Mapping[str, Fact], card: str) -> Iterator[str]:
    """What the other files tell that no attribute holds, but a reader should look at."""
    settings = _object(model, TOKENIZER_SETTINGS)
    longest, context = settings.get("model_max_length"), shown.get("context_length")
    if type(longest) is int and context and longest < 10**9 and longest != context.value:
        comments = f"{TOKENIZER_SETTINGS} says model_max_length {longest:,}, {model.config_name} "
        yield f"{comments}{context.at} {context.value:,}: which does the publisher state?"
    if isinstance(settings.get("tokenizer_class"), str):
        yield f"{TOKENIZER_SETTINGS}: tokenizer_class {settings['tokenizer_class'][:60]}"
    sampling = {
        key: value
        for key, value in _object(model, GENERATION).items()
        if key in {"temperature", "top_p", "top_k", "max_length", "max_new_tokens"}
        and type(value) in {int, float}
    }
    if sampling:
        told = ", ".join(f"{key} {value}" for key, value in sampling.items())
        yield f"{GENERATION}: {told}"
    papers = dict.fromkeys(paper for paper in _PAPER.findall(card) if paper[:4] != "0000")
    if papers:
        yield f"the card links arXiv:{', arXiv:'.join(papers)}"


def _object(model: Published, name: str) -> dict[str, Any]:
    data = model.files.get(name)
    if data is None:
        return {}
    try:
        found = parse_json(data, name)
    except InputError:
        return {}
    return found if isinstance(found, dict) else {}


def without(model: Described, attributes: Mapping[str, Any]) -> Described:
    """The model without the attributes that have these values: its base or family says them."""
    facts = {
        name: items
        for name, items in model.facts.items()
        if name not in attributes or [fact.value for fact in items] != attributes[name]
    }
    return replace(model, facts=facts)
