"""A model as described by its files: facts by attribute, and comments for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from llmnotes.curate.config_facts import config_facts
from llmnotes.curate.count_facts import checkpoint_facts, counted_facts
from llmnotes.curate.fact import Fact
from llmnotes.curate.other_files import card_facts, settings_remarks, tokenizer_facts
from llmnotes.curate.published import Published
from llmnotes.errors import InputError
from llmnotes.files import cleaned
from llmnotes.ingest.card import front_matter, is_post_trained
from llmnotes.ingest.matching import exact_key
from llmnotes.ingest.model_config import CARD
from llmnotes.ingest.naming import variant_of
from llmnotes.ingest.raw import Remarks
from llmnotes.schema import ATTRIBUTES
from llmnotes.sizing.architecture import Architecture
from llmnotes.values import parse_value


@dataclass(frozen=True)
class Described:
    """A model with the facts of its files; `comments` are notes for a reader."""

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
    """The facts and comments of a model's files.

    For an architecture that is unknown, or cannot be counted, only the keys; a comment gives the reason.
    """
    comments: list[str] = []
    architecture = _architecture(model, comments)
    found = list(config_facts(model, architecture))
    shown = {fact.attribute: fact for fact in found}
    if architecture is not None:
        found += counted_facts(model, architecture, shown, comments)
    found += checkpoint_facts(model, found, comments)
    card = model.text(CARD)
    front = front_matter(card, remarks) if card else {}
    post_trained = is_post_trained(front) or variant_of(exact_key(model.name)) == "post-trained"
    based_on: tuple[str, ...] = ()
    for fact in card_facts(front, card or "", remarks, post_trained=post_trained):
        if fact.attribute == "based_on":
            based_on = tuple(fact.value)
        else:
            found.append(fact)
    found += tokenizer_facts(model, shown, comments)
    comments += settings_remarks(model, shown, card or "")
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


def without(model: Described, attributes: Mapping[str, Any]) -> Described:
    """The model without the attributes that have these values, which its base or family gives."""
    facts = {
        name: items
        for name, items in model.facts.items()
        if name not in attributes or [fact.value for fact in items] != attributes[name]
    }
    return replace(model, facts=facts)
