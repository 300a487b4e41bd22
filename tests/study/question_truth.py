"""The right answers derived from the tables, independently of the code that asks the questions."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import Any

from llmnotes.study.questions import Question


def claims(connection: sqlite3.Connection, model: str, attribute: str) -> list[tuple[Any, str]]:
    """Every value claimed of a model, with its status, straight from the tables.

    A model's own claims end its family's, layer by layer; only the curated layer is read here.
    """
    own = connection.execute(
        "SELECT value, status FROM claim WHERE subject_kind = 'model' AND subject = ? "
        "AND attribute = ?",
        (model, attribute),
    ).fetchall()
    found = own or connection.execute(
        "SELECT value, status FROM claim WHERE subject_kind = 'family' AND attribute = ? "
        "AND subject = (SELECT family FROM model WHERE id = ?)",
        (attribute, model),
    )
    return [(json.loads(value) if value else None, status) for value, status in found]


def members(connection: sqlite3.Connection, subject: str) -> list[str]:
    """The base sizes represented by a subject."""
    rows = connection.execute(
        "SELECT id FROM model WHERE variant = 'base' AND (id = ? OR "
        "(family = ? AND NOT EXISTS (SELECT 1 FROM model WHERE id = ?)))",
        (subject, subject, subject),
    ).fetchall()
    return [row[0] for row in rows]


def agreed(connection: sqlite3.Connection, subject: str, attribute: str) -> Any:
    """The one value on which all sizes of a subject agree; fails where there is none."""
    values = []
    for model in members(connection, subject):
        said = claims(connection, model, attribute)
        if not said and attribute == "params_total":
            said = claims(connection, model, "params_reported")
        firm = {json.dumps(value) for value, status in said if status in {"reported", "derived"}}
        assert len(firm) == 1, (subject, attribute, said)
        values.append(firm.pop())
    assert len(set(values)) == 1, (subject, attribute, values)
    return json.loads(values[0])


def kinds(value: Any) -> list[Any]:
    if isinstance(value, dict) and "runs" in value:
        return [run[1] for run in value["runs"]]
    return value if isinstance(value, list) else [value]


NUMBER = re.compile(r"([\d,.]+(?:e-?\d+)?)([kMBT]?)\b")


def number(text: str) -> float:
    match = NUMBER.match(text)
    assert match, text
    scale = {"": 1, "k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}[match[2]]
    return float(match[1].replace(",", "")) * scale


def says(connection: sqlite3.Connection, attribute: str, text: str, value: Any) -> bool:
    """Whether a choice's text states `value`, by parsing the text rather than formatting the value."""
    if isinstance(value, bool):
        return text == ("yes" if value else "no")
    if isinstance(value, int | float):
        return abs(number(text) - value) <= 0.005 * abs(value)
    if isinstance(value, dict) and "stages" in value:
        stages = text.removesuffix(f" {value['unit']}").split(" → ")
        return text.endswith(value["unit"]) and len(stages) == len(value["stages"]) and all(
            says(connection, attribute, *pair) for pair in zip(stages, value["stages"], strict=True)
        )  # fmt: skip
    if isinstance(value, dict) and "unit" in value:
        if value["unit"] == "fraction":
            return text.startswith(f"{value['value'] * 100:g} %")
        return text.endswith(value["unit"]) and says(connection, attribute, text, value["value"])
    if attribute == "organization":
        names = dict(connection.execute("SELECT id, name FROM organization"))
        return text == ", ".join(names[key] for key in value)
    return text == (", ".join(value) if isinstance(value, list) else value)


def right_choices(connection: sqlite3.Connection, asked: Question) -> list[str]:
    """The letters that are right according to the tables, independently of the question's key."""
    item = asked.item
    if item.kind == "value":
        assert item.attribute
        value = agreed(connection, item.subjects[0], item.attribute)
        return [k for k, v in asked.choices.items() if says(connection, item.attribute, v, value)]
    if item.kind == "which":
        assert item.attribute
        wanted = item.id.split("/")[2]
        return [
            letter
            for letter, text in asked.choices.items()
            if wanted in map(str, kinds(agreed(connection, item.names[text], item.attribute)))
        ]
    if item.kind == "change":
        return [k for k, v in asked.choices.items() if happened(connection, asked, v)]
    return [k for k, v in asked.choices.items() if described(connection, asked, v)]


def happened(connection: sqlite3.Connection, asked: Question, text: str) -> bool:
    label, step = text.split(": ", 1)
    parts = step.split(" → ")
    from llmnotes.schema import attribute

    name = attribute(label).id
    values = [agreed(connection, subject, name) for subject in asked.item.subjects]
    # A value that grew in training has an arrow of its own, so each arrow may be the step.
    steps = [(" → ".join(parts[:i]), " → ".join(parts[i:])) for i in range(1, len(parts))]
    return values[0] != values[1] and any(
        all(says(connection, name, part, value) for part, value in zip(halves, values, strict=True))
        for halves in steps
    )


def described(connection: sqlite3.Connection, asked: Question, choice: str) -> bool:
    kind, key = asked.item.id.split("/")
    if kind == "paper":
        (paper,) = connection.execute("SELECT paper FROM technique WHERE id = ?", (key,)).fetchone()
        return choice.endswith(f"({json.loads(paper)['year']}): {json.loads(paper)['title']}")
    column = {"definition": "definition", "formula": "formula"}[kind]
    texts = connection.execute(f"SELECT {column} FROM technique WHERE name = ?", (choice,))
    shown = asked.item.latex if kind == "formula" else asked.item.prompt.split("? ", 1)[1]
    return (shown,) in texts.fetchall()
