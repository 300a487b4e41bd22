"""The sources cited by the values of models and families."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

from llmnotes.knowledge.members import members
from llmnotes.knowledge.sources import sources
from llmnotes.knowledge.stand_ins import look_up
from llmnotes.resolve import Statements
from llmnotes.schema import attribute
from llmnotes.store.claims import Claims


def cited(
    connection: sqlite3.Connection, names: Iterable[str], attributes: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """Every source of any claim about the subjects and their members, the most used first.

    With `attributes`, only the sources of claims about these. Raises `InputError` for unknown names.
    """
    only = {attribute(name).id for name in attributes}
    models: list[str] = []
    families: list[str] = []
    for name in names:
        subject = look_up(connection, name)
        if subject.kind == "family":
            families.append(subject.id)
            models += members(connection, subject.id, "all")
        else:
            models.append(subject.id)
    claims = Claims(connection, dict.fromkeys(models))
    uses: dict[str, int] = {}
    statements: list[Statements] = [claims.of_model(model) for model in dict.fromkeys(models)]
    statements += [claims.of_family(family) for family in families]
    for by_attribute in statements:
        for name, items in by_attribute.items():
            for claim in items:
                if claim.source and (not only or name in only):
                    uses[claim.source] = uses.get(claim.source, 0) + 1
    return sources(connection, sorted(uses, key=lambda key: (-uses[key], key)))
