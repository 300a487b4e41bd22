"""The language of `--where`: `attention = GQA and params >= 7B and not (license is unknown)`."""

from __future__ import annotations

from functools import cache
from typing import Any

from llmnotes.errors import InputError, unknown
from llmnotes.knowledge.conditions import STATES, And, Comparison, Condition, Not, Or, State
from llmnotes.schema import Attribute, attribute

GRAMMAR = r"""
?start: either
?either: both ("or"i both)*
?both: factor ("and"i factor)*
?factor: "not"i factor -> negation
       | "(" either ")"
       | test
test: NAME OPERATOR value -> comparison
    | NAME "has"i value -> having
    | NAME "in"i "(" value ("," value)* ")" -> listing
    | NAME "in"i value -> ranging
    | NAME "is"i STATE -> standing
    | NAME "is"i "not"i STATE -> not_standing
value: WORD | NAME | STATE | QUOTED
OPERATOR: ">=" | "<=" | "!=" | "=" | "<" | ">"
STATE.2: /(unknown|known|undisclosed|reported|derived|estimated|rumoured|not-applicable)\b/i
NAME: /(?!(?:and|or|not|in|is|has)\b)[A-Za-z][A-Za-z_]*(?![A-Za-z0-9_.^\/+×-])/i
WORD: /[^\s()=<>!,"']+/
QUOTED: /"[^"]*"|'[^']*'/
%ignore /\s+/
"""

_EXPECTED = {
    "NAME": "an attribute",
    "OPERATOR": "=, !=, <, <=, >, >=",
    "STATE": "unknown, undisclosed, known, reported, derived, estimated or rumoured",
    "WORD": "a value",
    "QUOTED": "a value",
    "LPAR": "`(`",
    "RPAR": "`)`",
    "AND": "`and`",
    "OR": "`or`",
    "NOT": "`not`",
    "COMMA": "`,`",
    "$END": "the end",
}


@cache
def _parser() -> Any:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="contextual", maybe_placeholders=False)


def parse(text: str) -> Condition:
    """Read a condition; raises `InputError` with the column and what could stand there."""
    from lark.exceptions import UnexpectedInput

    if len(text) > 10_000:
        raise InputError(f"--where: {len(text):,} characters are too many; 10,000 are allowed")
    try:
        return _condition(_parser().parse(text))
    except UnexpectedInput as error:
        raise InputError(_complaint(text, error)) from error
    except RecursionError as error:
        raise InputError("--where: too many nested parentheses") from error


def _complaint(text: str, error: Any) -> str:
    ended = getattr(error, "token", None) is not None and error.token.type == "$END"
    column = len(text) + 1 if ended or error.column < 1 else error.column
    allowed = getattr(error, "accepts", None) or getattr(error, "allowed", None) or error.expected
    names = list(dict.fromkeys(_EXPECTED.get(name, name.lower()) for name in sorted(allowed)))
    found = "ends" if ended else f"cannot go on at {text[column - 1 : column + 12]!r}"
    pointer = f"\n  {text}\n  {' ' * (column - 1)}^" if "\n" not in text else ""
    *others, last = names
    expected = f"{', '.join(others)} or {last}" if others else last
    return f"--where {found} in column {column}; expected {expected}{pointer}"


def _condition(tree: Any) -> Condition:
    kind, parts = tree.data, tree.children
    if kind == "either":
        return Or(tuple(_condition(part) for part in parts))
    if kind == "both":
        return And(tuple(_condition(part) for part in parts))
    if kind == "negation":
        return Not(_condition(parts[0]))
    return _test(str(kind), parts)


def _test(kind: str, parts: list[Any]) -> Condition:
    name = str(parts[0])
    item = attribute(name, f"--where, column {parts[0].column}: ")
    lenient = name != item.id
    if kind in {"standing", "not_standing"}:
        state = str(parts[1]).lower()
        if state not in STATES:
            raise unknown("state", state, STATES)
        found: Condition = State(item, state)
        return Not(found) if kind == "not_standing" else found
    operator = {"comparison": str(parts[1]), "having": "has"}.get(kind, "=")
    values = parts[2:] if kind == "comparison" else parts[1:]
    leaves = tuple(_leaf(item, operator, value, lenient) for value in values)
    return Or(leaves) if kind == "listing" else leaves[0]


def _leaf(item: Attribute, operator: str, value: Any, lenient: bool) -> Comparison:
    place = f"--where, column {value.children[0].column}: "
    return Comparison(item, operator, _text(value), lenient, place)


def _text(tree: Any) -> str:
    token = tree.children[0]
    return str(token)[1:-1] if token.type == "QUOTED" else str(token)
