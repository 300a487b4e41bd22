"""Writes a draft as a curated file: TOML with the remaining work as comments."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from llmnotes.catalog import DATA
from llmnotes.checks.conventions import SAID_OF_ALL
from llmnotes.curate.draft import Draft, DraftModel, DraftSource
from llmnotes.curate.fact import FORMULAS, Fact
from llmnotes.curate.to_find import to_find
from llmnotes.ingest.model_config import CARD
from llmnotes.schema import ATTRIBUTES

SCHEMA = DATA / "family.schema.json"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def file_text(found: Draft, target: Path | None = None) -> str:
    """The file's text; its schema line for editors is relative to `target`."""
    lines = [f"#:schema {_schema_from(target)}", *_head(found)]
    for source in found.sources:
        lines += ["", *_source(source)]
    lines += ["", *_shared(found)]
    for model in found.models:
        lines += ["", *_model(found, model)]
    return "\n".join(lines) + "\n"


def _schema_from(target: Path | None) -> str:
    if target is None:
        return "../family.schema.json"
    relative = os.path.relpath(SCHEMA, target.resolve().parent)
    return Path(relative).as_posix()


def _head(found: Draft) -> Iterator[str]:
    if found.known:
        yield f"# Already in the base: {', '.join(found.known)}. Add to that file, or rename these."
    yield f"id = {_text(found.id)}"
    yield f"name = {_text(found.name)}"
    yield '# line = "the generations of a name it belongs to, as llama"'
    yield '# summary = "What the family is known for, in a sentence."'


def _source(source: DraftSource) -> Iterator[str]:
    yield f"[sources.{_key(source.id)}]"
    for name, value in source.fields.items():
        yield f"{name} = {toml_value(value)}"
    if source.todo:
        yield f"# {source.todo}"


def _shared(found: Draft) -> Iterator[str]:
    first = found.models[0]
    yield "[claims]"
    if len(found.models) > 1:
        yield f"# What all {len(found.models)} models share, cited from {first.name}."
    yield from _organization(found, first)
    yield from _claims(found.shared, first.sources)
    said = {
        "organization",
        *found.shared,
        *(name for model in found.models for name in model.facts),
    }
    values = [
        fact.value for of in (found.shared, first.facts) for items in of.values() for fact in items
    ]
    rest = to_find(
        said,
        moe="moe" in values,
        latent="MLA" in values,
        recurrent=any(ATTRIBUTES[name].group == "state-space" for name in said),
    )
    yield ""
    yield from _comment(
        "To find: uncomment what a source gives, with what stands `printed` there. Where the documents "
        'are silent, write { status = "undisclosed", source = "…", at = "…", note = "The report …" }: '
        f"every base model needs a word on {', '.join(SAID_OF_ALL)}."
    )
    width = max((len(item.id) for item, _ in rest), default=0)
    for item, where in rest:
        yield f'# {item.id:{width}} = {{ value = "", source = "", at = "", printed = "" }}  # {where}'


def _organization(found: Draft, first: DraftModel) -> Iterator[str]:
    if found.organization and CARD in first.sources:
        claim = {
            "value": [found.organization], "source": first.sources[CARD],
            "at": "owner of the repository", "printed": found.publisher,
        }  # fmt: skip
        yield f"organization = {_inline(claim)}"
        return
    known = found.organization or "its id in organizations.toml"
    told = f"  # {found.publisher} on the hub" if found.publisher else ""
    yield f'# organization = {{ value = [{_text(known)}], source = "", at = "", printed = "" }}{told}'


def _model(found: Draft, model: DraftModel) -> Iterator[str]:
    yield "[[models]]"
    yield f"id = {_text(model.id)}"
    yield f"name = {_text(model.name)}"
    if model.size:
        yield f"size = {_text(model.size)}"
    if model.variant != "base":
        yield f"variant = {_text(model.variant)}"
    if model.aliases:
        yield f"aliases = {toml_value(list(model.aliases))}"
    for comment in model.comments:
        yield from _comment(comment)
    if model.facts:
        yield ""
        yield "[models.claims]"
        yield from _claims(model.facts, model.sources)


def _comment(text: str) -> Iterator[str]:
    """A comment wrapped at a hundred characters."""
    line = "#"
    for word in " ".join(text.split()).split(" "):
        if len(line) + len(word) > 100 and line != "#":
            yield line
            line = "#"
        line += f" {word}"
    yield line


def _claims(facts: Mapping[str, list[Fact]], sources: Mapping[str, str]) -> Iterator[str]:
    for name in ATTRIBUTES:
        claims = [_inline(_claim(fact, sources)) for fact in facts.get(name, [])]
        if len(claims) == 1:
            yield f"{name} = {claims[0]}"
        elif claims:
            yield f"{name} = ["
            yield from (f"  {claim}," for claim in claims)
            yield "]"


def _claim(fact: Fact, sources: Mapping[str, str]) -> dict[str, Any]:
    source = fact.source if fact.source in FORMULAS else sources[fact.source]
    found: dict[str, Any] = {"value": fact.value, "source": source, "at": fact.at}
    if fact.status != "reported":
        found["status"] = fact.status
    if len(fact.printed) == 1:
        found["printed"] = fact.printed[0]
    elif fact.printed:
        found["printed"] = list(fact.printed)
    return found


def _inline(items: Mapping[str, Any]) -> str:
    return (
        f"{{ {', '.join(f'{_key(name)} = {toml_value(value)}' for name, value in items.items())} }}"
    )


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def toml_value(value: Any) -> str:
    """A plain value as TOML on one line."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return _inline(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(toml_value(item) for item in value)}]"
    return _text(str(value))


def _text(text: str) -> str:
    """A basic TOML string, escaped as in JSON, with the delete character also escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
