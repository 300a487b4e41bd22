"""`set` and `unset`: the user's own claims, stored beside those of the other layers."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from llmnotes.display import status_text, value_text
from llmnotes.edits.sources import ensure_source, named_source
from llmnotes.errors import InputError, unknown
from llmnotes.files import cleaned, whole_text
from llmnotes.ingest.raw_values import raw_value
from llmnotes.knowledge import names
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.names import find
from llmnotes.resolve import resolved
from llmnotes.schema import (
    ATTRIBUTES,
    STATUSES,
    TENTATIVE_STATUSES,
    Attribute,
    attribute,
    refuse_computed,
)
from llmnotes.store.claims import Claims
from llmnotes.store.log import remove
from llmnotes.store.session import Outcome, Session, outcome, session
from llmnotes.values import parse_value

_LONGEST = 2_000
"""Length limit in characters of a remark or a reason."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of a user's claim: source, locator, status, remark, preference."""

    source: str | None = None
    locator: str | None = None
    status: str = "reported"
    note: str | None = None
    reason: str | None = None
    """Why the claim is preferred to the user's other claims; None where it is not."""


def set_claims(store: Path, name: str, assignments: list[str], provenance: Provenance) -> Outcome:
    """Claim `attribute=value` of the model or family called `name`, in the user's layer.

    The user's claim from the same source is replaced (and kept for `undo`); all others stay. Raises
    `InputError` for an unknown name, attribute or status, or an invalid value.
    """
    if provenance.status not in STATUSES:
        raise unknown("status", provenance.status, STATUSES)
    if not assignments:
        raise InputError("set needs attribute=value, for example context_length=8192")
    with session(store, "set") as opened:
        subject = find(opened.connection, name)
        for assignment in assignments:
            claim(opened, subject, assignment, provenance)
        tell_resolved(opened, subject)
    return outcome(opened)


def claim(opened: Session, subject: Subject, assignment: str, provenance: Provenance) -> None:
    """Write one claim within an open session."""
    item, value = _parsed(opened.connection, assignment, provenance.status)
    source = ensure_source(
        opened.connection, named_source(opened.connection, provenance.source, opened.write)
    )
    row = {
        "subject_kind": subject.kind, "subject": subject.id, "attribute": item.id,
        "value": None if value is None else json.dumps(value, ensure_ascii=False),
        "status": provenance.status, "source": source, "layer": "user",
        "locator": whole_text("place (--at)", provenance.locator),
        "note": whole_text("note", provenance.note, _LONGEST),
        "parameters": None, "preferred": int(provenance.reason is not None),
        "reason": whole_text("reason (--prefer)", provenance.reason, _LONGEST),
        "write": opened.write,
    }  # fmt: skip
    shown = (
        status_text(provenance.status) if value is None else value_text(item, value, short=False)
    )
    same = {key: value for key, value in row.items() if key != "write"}
    if opened.connection.execute(
        f"SELECT 1 FROM user.claim WHERE {' AND '.join(f'{key} IS ?' for key in same)}",
        tuple(same.values()),
    ).fetchone():
        opened.record("kept", subject.id, item.id, value, f"{shown} is what you said already")
        return
    replaced = remove(
        opened.connection, opened.write, "claim",
        "r.subject_kind = ? AND r.subject = ? AND r.attribute = ? AND r.source = ? "
        "AND r.layer = 'user'",
        subject.kind, subject.id, item.id, source,
    )  # fmt: skip
    opened.connection.execute(
        f"INSERT INTO user.claim ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    opened.touch(subject.kind, subject.id)
    remark = "replaces what you said before from this source" if replaced else ""
    opened.record("set", subject.id, item.id, value, remark)


def _parsed(connection: sqlite3.Connection, assignment: str, status: str) -> tuple[Attribute, Any]:
    name, equals, text = assignment.partition("=")
    item = attribute(name.strip())
    refuse_computed(item)
    if status in {"undisclosed", "not-applicable"}:
        if text.strip():
            raise InputError(f"{item.id}: a claim that is {status} has no value; leave out ={text}")
        return item, None
    if not equals or not text.strip():
        raise InputError(f"{assignment!r}: write {item.id}=VALUE, or give --status undisclosed")
    value = parse_value(item, cleaned(raw_value(item, text.strip())))
    if item.kind == "organizations":
        value = [names.organization(connection, word) for word in value]
    elif item.kind == "models":
        value = [find(connection, word, ("model",)).id for word in value]
    return item, value


def tell_resolved(opened: Session, subject: Subject) -> None:
    """Report where a claim just set does not resolve the attribute, and why."""
    if subject.kind != "model":
        return
    of_model = Claims(opened.connection, [subject.id]).of_model(subject.id)
    for item in opened.done:
        if item["change"] != "set":
            continue
        shown = resolved(of_model, ATTRIBUTES[item["attribute"]])
        if shown is not None and (shown.value, shown.layer) != (item["value"], "user"):
            text = status_text(shown.status) if shown.value is None else shown.value
            why = _why(of_model[item["attribute"]], item["value"], shown.layer)
            item["remark"] = f"{text} ({shown.layer}) is still shown: {why}"


def _why(claims: list[Any], value: Any, layer: str) -> str:
    mine = next((c for c in claims if c.layer == "user" and c.value == value), None)
    if mine is not None and mine.status in TENTATIVE_STATUSES:
        return f"what is {mine.status} is passed over while anything else is claimed"
    return f"it rests on a stronger source; `--prefer REASON` sets yours above ({layer})"


def unset(store: Path, name: str, attributes: list[str], source: str | None = None) -> Outcome:
    """Delete the user's own claims of these attributes; curated and imported ones stay.

    Raises `InputError` where the user has no such claims.
    """
    if not attributes:
        raise InputError("unset needs attributes, for example context_length")
    with session(store, "unset") as opened:
        subject = find(opened.connection, name)
        for word in attributes:
            item = attribute(word)
            condition = (
                "r.subject_kind = ? AND r.subject = ? AND r.attribute = ? AND r.layer = 'user'"
            )
            values = [subject.kind, subject.id, item.id]
            if source is not None:
                condition += " AND r.source = ?"
                values.append(named_source(opened.connection, source, opened.write)["id"])
            taken = remove(opened.connection, opened.write, "claim", condition, *values)
            if not taken:
                raise InputError(
                    f"you have said nothing of {item.id} of {subject.id}; "
                    f"`llmnotes show {subject.id} --claims` shows who has"
                )
            opened.touch(subject.kind, subject.id)
            opened.record(
                "unset",
                subject.id,
                item.id,
                None,
                f"{taken} claim{'' if taken == 1 else 's'} taken away",
            )
    return outcome(opened)
