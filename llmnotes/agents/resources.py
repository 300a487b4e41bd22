"""Resources at addresses: a model's values, its claims, a source, the attributes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import unquote

from llmnotes.agents.fitting import fitted
from llmnotes.errors import InputError, quoted, unknown

SCHEMA = "llmnotes://schema"
MOST_COMPLETIONS = 100
"""The protocol's limit on values in an answer."""


class AgentDocument(NamedTuple):
    """A kind of resource: its description, its reader, and the completion of its ids."""

    says: str
    read: Callable[[sqlite3.Connection, str], str]
    ids: Callable[[sqlite3.Connection, str], list[str]]

    @staticmethod
    def template(kind: str) -> str:
        """The URI template of a kind of resource."""
        return f"llmnotes://{kind}/{{id}}"


def read(connection: sqlite3.Connection, address: str) -> str:
    """The content of the resource at an address; raises `InputError` with the nearest ids where there is
    none."""
    if address == SCHEMA:
        return _schema()
    kind, _, key = address.removeprefix("llmnotes://").partition("/")
    if not address.startswith("llmnotes://") or kind not in DOCUMENTS or not key:
        kinds = ", ".join([SCHEMA, *map(AgentDocument.template, DOCUMENTS)])
        raise InputError(f"there is no resource {quoted(address)}; there are {kinds}")
    return DOCUMENTS[kind].read(connection, unquote(key)[:300])


def completions(connection: sqlite3.Connection, template: str, incomplete: str) -> list[str]:
    """Completions of an id, for a template with an id; none for any other."""
    for kind, document in DOCUMENTS.items():
        if template == AgentDocument.template(kind):
            return document.ids(connection, incomplete[:300])
    return []


def _model(connection: sqlite3.Connection, key: str) -> str:
    from llmnotes.agents.tools import answer

    return answer(connection, "get", {"name": key})


def _claims(connection: sqlite3.Connection, key: str) -> str:
    from llmnotes.knowledge.show import show
    from llmnotes.views.subject import subject_answer

    shown = subject_answer(show(connection, key), every_claim=True)
    return fitted(shown, "the tool `get` with `attributes` shows those")


def _names(connection: sqlite3.Connection, incomplete: str) -> list[str]:
    from llmnotes.knowledge.completion import names_beginning

    return names_beginning(connection, incomplete)


def _source(connection: sqlite3.Connection, key: str) -> str:
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.knowledge.sources import sources

    found = sources(connection, [key])
    if not found:
        raise unknown("source", key, _source_ids(connection, ""))
    facts = [
        (name, ", ".join(value) if isinstance(value, list) else value)
        for name, value in found[0].items()
        if value not in (None, "", [])
    ]
    return fitted(Answer([simple_table(("field", "value"), facts)], None), "see its address")


def _source_ids(connection: sqlite3.Connection, incomplete: str) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM sources WHERE substr(id, 1, ?) = ? ORDER BY id",
        (len(incomplete), incomplete),
    )
    return [key for (key,) in rows]


def _schema() -> str:
    from llmnotes.export.answer import Answer, simple_table
    from llmnotes.schema import ATTRIBUTES, STATUSES

    statuses = [f"`{status}`: {meaning}" for status, meaning in STATUSES.items()]
    rows = [
        (item.id, item.kind, item.unit or "", item.meaning.partition(". ")[0])
        for item in ATTRIBUTES.values()
    ]
    table = simple_table(("attribute", "kind", "unit", "meaning"), rows)
    return fitted(Answer([table], None), "the tool `explain` tells each", statuses)


DOCUMENTS: dict[str, AgentDocument] = {
    "model": AgentDocument("The values of a model or family, with sources", _model, _names),
    "claims": AgentDocument("Every claim on a model or family", _claims, _names),
    "source": AgentDocument("One source: authors, year, address, which copy was read", _source, _source_ids),
}  # fmt: skip
