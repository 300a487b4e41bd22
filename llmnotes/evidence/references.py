"""What the values of a file refer to: models, organizations and other entities declared elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from llmnotes.attributes.entities import IN_TEXT, KIND_OF, PLURALS
from llmnotes.catalog import Others
from llmnotes.schema import Attribute
from llmnotes.spelling import nearest
from llmnotes.values import elements
from llmnotes.vocabulary import fold


class References:
    """The ids and names that the values of a family file may use; `models` are its own."""

    def __init__(self, others: Others, models: set[str]) -> None:
        self._organizations = set(others.organizations)
        self._models = models | set(others.models)
        self._entities = {
            kind: {
                fold(name): name
                for item in others.entities.get(kind, {}).values()
                for name in (item.id, item.name, *item.aliases)
            }
            for kind in IN_TEXT
        }

    def problems(self, attribute: Attribute, value: Any, subject: str) -> Iterator[tuple[str, str]]:
        """The elements of a parsed value that name nothing known, each with the nearest names."""
        if attribute.kind == "organizations":
            for item in value:
                if item not in self._organizations:
                    yield f"unknown organization {item!r}", nearest_of(item, self._organizations)
        elif attribute.kind == "models":
            for item in value:
                if item == subject:
                    yield f"{item} refers to itself", "name the model it starts from"
                elif item not in self._models:
                    yield f"unknown model {item!r}", nearest_of(item, self._models)
        elif (kind := KIND_OF.get(attribute.id)) in IN_TEXT and self._entities[kind]:
            for item in map(str, elements(attribute, value)):
                if not self._is_listed(kind, item):
                    known = self._entities[kind]
                    close = ", ".join(known[name] for name in nearest(fold(item), known)) or "none"
                    file = f"data/entities/{PLURALS[kind]}.toml"
                    yield (
                        f"{item!r} names no {kind} that has an entry",
                        f"nearest: {close}; or add it to {file}",
                    )

    def _is_listed(self, kind: str, text: str) -> bool:
        """Whether the text names an entry: a licence in good part, a benchmark but for brackets."""
        known = self._entities[kind]
        if kind == "benchmark":
            return fold(re.sub(r"\s*\([^()]*\)$", "", text)) in known or fold(text) in known
        words = list(re.finditer(r"[\w.+]+", text))
        parts = (
            fold(text[first.start() : last.end()])
            for number, first in enumerate(words)
            for last in words[number:]
        )
        share = 3 if kind == "license" else len(text) + 1
        return any(part in known and len(part) * share > len(fold(text)) for part in parts)


def nearest_of(word: str, known: Mapping[str, object] | set[str]) -> str:
    """The nearest known names as a correction."""
    close = nearest(word, known)
    return f"nearest: {', '.join(close)}" if close else "declare it, or write the id of a known one"
