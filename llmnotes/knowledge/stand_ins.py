"""Names of copies: a query on packed weights or on a mirror is answered with the model itself."""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from llmnotes.errors import StandInWarning, quoted
from llmnotes.knowledge import addresses, names, releases
from llmnotes.knowledge.name_meaning import Subject, meant

_NOTICES: ContextVar[list[str] | None] = ContextVar("notices", default=None)


@contextmanager
def collected() -> Iterator[list[str]]:
    """A list that collects the sentences of `look_up` instead of warnings, for answers that include them."""
    sentences: list[str] = []
    before = _NOTICES.set(sentences)
    try:
        yield sentences
    finally:
        _NOTICES.reset(before)


def look_up(
    connection: sqlite3.Connection, name: str, kinds: tuple[str, ...] = ("family", "model")
) -> Subject:
    """The family or model called `name`, else the model that it is a copy of according to its name.

    A repository of packed weights (`…-AWQ`, `…-FP8`), and one of another publisher with a model's own name,
    is resolved to that model with a `StandInWarning`. For reading only: writes refer to exactly the subject
    named (`names.find`).

    Raises `InputError` with the nearest names where nothing matches.
    """
    found = meant(connection, name, kinds)
    if found is not None:
        return found
    copied = _stand_in(connection, addresses.without_address(name)) if "model" in kinds else None
    if copied is None:
        return names.find(connection, name, kinds)
    model, what = copied
    sentence = f"{quoted(name)} is, by its name, {what} of {model}; the answer is about {model}"
    notices = _NOTICES.get()
    if notices is None:
        warnings.warn(sentence, StandInWarning, stacklevel=2)
    else:
        notices.append(sentence)
    return names.find(connection, model, ("model",))


def _stand_in(connection: sqlite3.Connection, name: str) -> tuple[str, str] | None:
    """The model that a name is a copy of, and the kind of copy."""
    if releases.is_only_repacked(name) and (model := names.packed_model(connection, name)):
        return model, "repackaged weights"
    if model := names.copied_model(connection, name):
        return model, "another publisher's copy"
    return None
