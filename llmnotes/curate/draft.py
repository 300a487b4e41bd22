"""Combines described models into one family: common facts once, the rest with each model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from llmnotes.catalog import DATA, Others
from llmnotes.curate.described import Described, without
from llmnotes.curate.fact import FORMULAS, WEIGHTS, Fact
from llmnotes.curate.published import Published
from llmnotes.errors import InputError
from llmnotes.ingest.model_config import CARD
from llmnotes.knowledge.others import declared_elsewhere
from llmnotes.model_files.stored import INDEX
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import parse_value
from llmnotes.vocabulary import fold

_WORD = re.compile(r"[^\s_-]+")
_SIZE = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?[xX])?(\d+(?:\.\d+)?)\s?([BbMm])(?![A-Za-z])")
_SORTS = frozenset({"base", "instruct", "chat", "it", "hf", "sft", "dpo", "pt"})
"""Words in a model's name that are not part of its family's."""


@dataclass(frozen=True)
class DraftSource:
    """A source to be declared; `todo` is what its author still has to fill in."""

    id: str
    fields: Mapping[str, Any]
    todo: str | None = None


@dataclass(frozen=True)
class DraftModel:
    """A member: its own facts by attribute, and the sources of its files by name."""

    id: str
    name: str
    size: str | None
    variant: str
    aliases: tuple[str, ...]
    facts: Mapping[str, list[Fact]]
    sources: Mapping[str, str]
    comments: Sequence[str]


@dataclass(frozen=True)
class Draft:
    """A family with its members, smallest first, and the remaining work.

    `shared` are the facts of all members, cited from the first; `known` are members that the base already
    has.
    """

    id: str
    name: str
    shared: Mapping[str, list[Fact]]
    models: Sequence[DraftModel]
    sources: Sequence[DraftSource]
    publisher: str | None
    organization: str | None
    known: Sequence[str]


def draft(
    models: Sequence[Described], today: str, *, id: str | None = None, name: str | None = None,
    data: Path = DATA,
) -> Draft:  # fmt: skip
    """The family of these models; `id` and `name` override those derived from their names.

    Raises `InputError` where their names have nothing in common, or two of them have one id.
    """
    ordered = sorted(models, key=lambda item: (_weight(item), item.published.name))
    names = [item.published.name.rpartition("/")[2] for item in ordered]
    called = name or _common(names)
    key = id or identifier(called)
    if not key:
        raise InputError(f"{', '.join(names[:4])} have no name in common; give --id and --name")
    others = declared_elsewhere(key, data)
    ids = _ids(names)
    sources: dict[str, DraftSource] = {}
    members = []
    bases = {fold(item.published.name): number for number, item in enumerate(ordered)}
    for number, item in enumerate(ordered):
        of = {file: _source(item.published, file, ids[number], today) for file in _cited(item)}
        comments = list(item.comments)
        facts = _with_base(item, ordered, bases, ids, others, comments)
        sources |= {source.id: source for source in of.values()}
        members.append(
            DraftModel(
                ids[number], names[number], _size(names[number]), item.variant, _aliases(item),
                facts, {file: source.id for file, source in of.items()}, comments,
            )
        )  # fmt: skip
    shared = _shared([item.facts for item in ordered])
    members = [_less(member, shared) for member in members]
    used = _used(shared, members)
    publisher = ordered[0].published.name.rpartition("/")[0] or None
    return Draft(
        key, called, shared, members, [sources[key] for key in sources if key in used], publisher,
        _organization(publisher, others), [member.id for member in members if member.id in others.models],
    )  # fmt: skip


def identifier(name: str) -> str:
    """A name as the id of a curated family or model: letters, digits, `-` and `.`."""
    return re.sub(r"[.-]*-[.-]*", "-", re.sub(r"[^a-z0-9.]+", "-", name.lower())).strip("-.")


def _common(names: Sequence[str]) -> str:
    """The common prefix of the names; of a single name the part without size and variant."""
    words = [_WORD.findall(name) for name in names]
    if len(set(names)) == 1:
        kept = [
            word for word in words[0] if not _SIZE.fullmatch(word) and word.lower() not in _SORTS
        ]
        return "-".join(kept) or names[0]
    shared = []
    for column in zip(*words, strict=False):
        if len(set(column)) > 1 or _SIZE.fullmatch(column[0]):
            break
        shared.append(column[0])
    return "-".join(shared)


def _ids(names: Sequence[str]) -> list[str]:
    found = [identifier(name) for name in names]
    for key in found:
        if not key or found.count(key) > 1:
            alike = ", ".join(
                name for name, other in zip(names, found, strict=True) if other == key
            )
            raise InputError(
                f"{alike}: an id must be of one model; give each folder a name of its own"
            )
    return found


def _size(name: str) -> str | None:
    found = _SIZE.search(name.replace("_", "-"))
    return f"{found[1] or ''}{found[2]}{found[3].upper()}" if found else None


def _weight(item: Described) -> float:
    """Sort key of models: their parameters, or the size in the name."""
    counted = item.value("params_total")
    if counted:
        return float(counted)
    size = _size(item.published.name.rpartition("/")[2])
    try:
        return float(parse_value(ATTRIBUTES["params_reported"], size)) if size else 0.0
    except InputError:  # 8x7B is not a number
        return 0.0


def _aliases(item: Described) -> tuple[str, ...]:
    name = item.published.name
    return (name,) if "/" in name else ()


def _cited(item: Described) -> list[str]:
    """The files cited by facts, the configuration first."""
    files = {fact.source for facts in item.facts.values() for fact in facts}
    files |= {CARD} if item.based_on else set()
    return sorted(
        files - set(FORMULAS), key=lambda name: (name != item.published.config_name, name)
    )


_SORT = {
    CARD: ("model-card", "card"),
    INDEX: ("checkpoint", "index"),
    WEIGHTS: ("checkpoint", "weights"),
}
"""Source kind and id suffix by file; any other file is a configuration."""


def _source(model: Published, file: str, id: str, today: str) -> DraftSource:
    kind, ending = _SORT.get(file, ("config", "config"))
    if file not in {model.config_name, *_SORT}:
        ending = file.partition(".")[0].replace("_", "-")
    fields: dict[str, Any] = {"kind": kind, "title": f"{model.name}, {file}"}
    if model.url:
        fields["url"] = model.url if file == WEIGHTS else f"{model.url}/blob/main/{file}"
    todo = None
    if model.commit and file != WEIGHTS:
        fields["copy_read"] = f"huggingface.co/{model.name}@{model.commit}:{file}"
    elif model.commit:
        fields["copy_read"] = f"huggingface.co/{model.name}@{model.commit}"
    elif text := model.text(file):
        todo = "copy_read = where this text can be fetched again: owner/repository@commit:path"
        fields |= {"sha256": sha256(text.encode()).hexdigest(), "length": len(text)}
    else:
        todo = "copy_read = where these weights can be fetched again, with read"
    if "copy_read" in fields or "sha256" in fields:
        fields["read"] = "whole"
    return DraftSource(f"{id}-{ending}", {**fields, "checked": today}, todo)


def _with_base(
    item: Described, models: Sequence[Described], places: Mapping[str, int], ids: Sequence[str],
    others: Others, comments: list[str],
) -> Mapping[str, list[Fact]]:  # fmt: skip
    """The facts of a model with its base; inherited ones are left out."""
    if not item.based_on or item.variant != "post-trained":
        return item.facts
    named = item.based_on[0]
    if fold(named) in places and models[places[fold(named)]] is not item:
        base = models[places[fold(named)]]
        inherited = {
            name: [fact.value for fact in facts]
            for name, facts in base.facts.items()
            if ATTRIBUTES[name].inherited
        }
        key = ids[places[fold(named)]]
        facts = dict(without(item, inherited).facts)
    elif identifier(named.rpartition("/")[2]) in others.models:
        key, facts = identifier(named.rpartition("/")[2]), dict(item.facts)
    else:
        comments.append(
            f"the card names {named} as its base: add that model, or name its id in based_on"
        )
        return item.facts
    printed = (named,) if len(named) <= 60 else ()
    return {
        "based_on": [Fact("based_on", [key], CARD, "front matter, base_model", printed=printed)],
        **facts,
    }


def _meaning(facts: Iterable[Fact] | None) -> Any:
    """Equality key of facts, ignoring their locators; a formula's inputs count."""
    return [
        (fact.value, fact.status, fact.at if fact.source in FORMULAS else None)
        for fact in facts or ()
    ]


def _shared(members: Sequence[Mapping[str, list[Fact]]]) -> dict[str, list[Fact]]:
    """The facts common to all members, cited from the first; of a single member all its facts."""
    return {
        name: facts
        for name, facts in members[0].items()
        if all(_meaning(member.get(name)) == _meaning(facts) for member in members)
    }


def _less(member: DraftModel, shared: Mapping[str, Any]) -> DraftModel:
    facts = {name: items for name, items in member.facts.items() if name not in shared}
    return DraftModel(
        member.id, member.name, member.size, member.variant, member.aliases, facts, member.sources,
        member.comments,
    )  # fmt: skip


def _used(shared: Mapping[str, list[Fact]], members: Sequence[DraftModel]) -> set[str]:
    """The ids of the sources that are still cited."""
    first = members[0].sources
    used = {
        first[fact.source] for facts in shared.values() for fact in facts if fact.source in first
    }
    for member in members:
        for facts in member.facts.values():
            used |= {member.sources[fact.source] for fact in facts if fact.source in member.sources}
    return used


def _organization(publisher: str | None, others: Others) -> str | None:
    """The id of the organization called `publisher`; None where the base has none."""
    if publisher is None:
        return None
    for key, item in others.organizations.items():
        if fold(publisher) in {fold(name) for name in (key, item.name, *item.aliases)}:
            return key
    return None
