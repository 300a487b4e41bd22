"""The page of any named entry: a model, a family, a line, a dataset, a publisher …"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from llmnotes.errors import InputError
from llmnotes.export.answer import Answer
from llmnotes.knowledge.subjects import shown

if TYPE_CHECKING:
    from llmnotes.knowledge.show import Portrait


class ShownAnswer(NamedTuple):
    """The page, other entries of the same name, and the portrait of a model or family."""

    answer: Answer
    others: tuple[str, ...]
    portrait: Portrait | None


def shown_answer(
    connection: sqlite3.Connection,
    name: str,
    *,
    kind: str | None = None,
    attributes: Sequence[str] = (),
    every_claim: bool = False,
) -> ShownAnswer:
    """The page of the entry called `name`, or only some `attributes` of a model or family.

    Raises `InputError` for an unknown name, with the nearest, and where attributes or claims are requested
    for an entry that has none.
    """
    found = shown(connection, name, kind)
    if (every_claim or attributes) and found.subject is None:
        raise InputError("--claims and --attributes are for models and families")
    if found.subject is not None:
        from llmnotes.knowledge.show import show
        from llmnotes.views.subject import subject_answer

        portrait = show(connection, found.subject)
        portrait = portrait.only(attributes) if attributes else portrait
        page = subject_answer(portrait, every_claim=every_claim)
        if found.line is not None and not attributes:
            from llmnotes.knowledge.lines import generations
            from llmnotes.views.entity import with_line

            page = with_line(page, found.line, generations(connection, found.line))
        return ShownAnswer(page, found.others, portrait)
    if found.line is not None:
        from llmnotes.knowledge.lines import generations
        from llmnotes.views.entity import line_answer

        answer = line_answer(found.line, generations(connection, found.line))
    else:
        from llmnotes.knowledge.entity_uses import portrait as entity_portrait
        from llmnotes.views.entity import entity_answer

        answer = entity_answer([entity_portrait(connection, item) for item in found.entities])
    return ShownAnswer(answer, found.others, None)
