"""Facts from the files besides the configuration: card, tokenizer, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from llmnotes.curate.fact import LONGEST_PRINTED, Fact
from llmnotes.curate.published import GENERATION, TOKENIZER, TOKENIZER_SETTINGS, Published
from llmnotes.errors import InputError
from llmnotes.files import parse_json
from llmnotes.ingest.card import card_claims
from llmnotes.ingest.model_config import CARD
from llmnotes.ingest.raw import Remarks

_PAPER = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5})")


def card_facts(
    front: dict[str, Any], card: str, remarks: Remarks, *, post_trained: bool
) -> Iterator[Fact]:
    """The facts of the card's front matter."""
    for claim in card_claims(front, CARD, remarks):
        key = (claim.locator or "").partition(": ")[2]
        printed = _lines(card, key)
        yield Fact(claim.attribute, claim.value, CARD, f"front matter, {key}", printed=printed)
    names = front.get("datasets")
    datasets = [str(name) for name in (names if isinstance(names, list) else [names]) if name]
    if datasets and not post_trained:
        value = [{"name": name.rpartition("/")[2]} for name in datasets]
        printed = tuple(name for name in datasets if len(name) <= LONGEST_PRINTED)
        yield Fact("training_data", value, CARD, "front matter, datasets", printed=printed)


def _lines(card: str, key: str) -> tuple[str, ...]:
    """The line of a key of the front matter, or the items below it, as printed."""
    found = re.search(rf"(?m)^{re.escape(key)}:[ \t]*(.*)$((?:\n[ \t]*- .*)*)", card)
    if found is None:
        return ()
    items = [line.strip() for line in found[2].splitlines() if line.strip()]
    lines = items or [f"{key}: {found[1].strip()}"]
    return tuple(line for line in lines if len(line) <= LONGEST_PRINTED)


def tokenizer_facts(
    model: Published, shown: Mapping[str, Fact], comments: list[str]
) -> Iterator[Fact]:
    """The algorithm of tokenizer.json, and its number of tokens compared with the embedding's rows."""
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
    """The number of tokens: those of the vocabulary and the added ones."""
    vocabulary = kind.get("vocab")
    if not isinstance(vocabulary, dict | list):
        return 0
    known = set(vocabulary) if isinstance(vocabulary, dict) else {
        item[0] for item in vocabulary if isinstance(item, list) and item
    }  # fmt: skip
    added = data.get("added_tokens")
    known |= {str(item.get("content")) for item in added or () if isinstance(item, dict)}
    return len(known)


def settings_remarks(model: Published, shown: Mapping[str, Fact], card: str) -> Iterator[str]:
    """Remarks on the other files' content that no attribute covers."""
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
