"""The grammar of `--where`: `attention = GQA and params >= 7B and not (license is unknown)`."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from llmnotes.errors import InputError
from llmnotes.knowledge.choices import Place, condition_of, joined, read_choices
from llmnotes.knowledge.conditions import (
    And,
    Condition,
    MeasureComparison,
    Not,
    Or,
    State,
    is_measure,
)
from llmnotes.knowledge.measures import MEASURE, as_measure, read_measure
from llmnotes.schema import ATTRIBUTES, attribute

_MEASURE = MEASURE.replace("/", r"\/")

GRAMMAR = rf"""
?start: either
?either: both ("or"i both)*
?both: factor ("and"i factor)*
?factor: ("not"i | "!") factor -> negation
       | "(" either ")"
       | test
test: subject OPERATOR values -> comparison
    | subject "has"i values -> having
    | subject "in"i list -> listing
    | subject "not"i "in"i list -> excluding
    | subject "is"i STATE -> standing
    | subject "is"i "not"i STATE -> not_standing
?subject: NAME | MEASURE
list: "(" values ")" | values
values: value ("," value)*
value: "!"? (WORD | NAME | STATE | MEASURE | QUOTED)
OPERATOR: ">=" | "<=" | "!=" | "<>" | "==" | "=" | "<" | ">" | "≥" | "≤" | "≠"
STATE.2: /(unknown|known|undisclosed|reported|derived|estimated|rumoured|not-applicable)\b/i
NAME: /(?!(?:and|or|not|in|is|has)\b)[A-Za-z][A-Za-z_]*(?![A-Za-z0-9_.^\/+×-])/i
MEASURE.3: /(?!(?:and|or|not|in|is|has)\b)(?:{_MEASURE})(?![^\s()=<>!,≥≤≠])/i
WORD: /[^\s()=<>!,"'≥≤≠]+/
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
    "BANG": "`!`",
    "MEASURE": "a score or a ratio",
    "$END": "the end",
}


@cache
def _parser() -> Any:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr", lexer="contextual", propagate_positions=True)


def parse(text: str) -> Condition:
    """Parse a condition; raises `InputError` with the column and what is expected there."""
    from lark.exceptions import UnexpectedInput

    if len(text) > 10_000:
        raise InputError(f"--where: {len(text):,} characters are too many; 10,000 are allowed")
    try:
        return _TreeTransformer(text).condition(_parser().parse(text))
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
    words = (
        "; several words go in quotes"
        if "`,`" in names and text[column - 1 :][:1].isalnum()
        else ""
    )
    return f"--where {found} in column {column}; expected {expected}{words}{pointer}"


class _TreeTransformer:
    """Transforms the parse tree into conditions."""

    def __init__(self, text: str) -> None:
        self._text = text

    def condition(self, tree: Any) -> Condition:
        kind, parts = str(tree.data), tree.children
        if kind in {"either", "both"}:
            inner = tuple(self.condition(part) for part in parts)
            return Or(inner) if kind == "either" else And(inner)
        if kind == "negation":
            return Not(self.condition(parts[0]))
        if kind in {"standing", "not_standing"}:
            return self._state(parts, negated=kind == "not_standing")
        operator = {"comparison": str(parts[1]), "having": "has"}.get(kind, "=")
        found = self._test(parts[0], operator, parts[-1])
        return Not(found) if kind == "excluding" else found

    def _state(self, parts: list[Any], *, negated: bool) -> Condition:
        subject = parts[0]
        if subject.type == "MEASURE":
            raise InputError(f"{_place(subject)}only an attribute can be {parts[1]}")
        found = State(attribute(str(subject), _place(subject)), str(parts[1]).lower())
        return Not(found) if negated else found

    def _test(self, subject: Any, operator: str, operand: Any) -> Condition:
        operator = _SAME.get(operator, operator)
        text, start = self._operand(operand)
        place = _places(self._text, start)
        name, before = str(subject), _place(subject)
        measured = subject.type == "MEASURE"
        if (measured or attribute(name, before).is_numeric) and _is_measure(text):
            quotient = as_measure(name, before).over(as_measure(text, place(0)))
            return MeasureComparison(quotient, operator, "1", before)
        if not measured:
            item = attribute(name, before)
            lenient = name != item.id
            listed = self._text[start - 1] == "("
            return condition_of(
                item, [text], operator=operator, lenient=lenient, listed=listed, place=place
            )
        measure, choices = read_measure(name, before), read_choices(text, place(0))
        parts = [
            MeasureComparison(measure, operator, value.text, before) for value in choices.values
        ]
        found = joined(And if operator == "!=" else Or, parts)
        return Not(found) if choices.negated else found

    def _operand(self, tree: Any) -> tuple[str, int]:
        """The operand as written with its offset, without parentheses; of a quoted one the content."""
        start, end = tree.meta.start_pos, tree.meta.end_pos
        written = self._text[start:end]
        values = list(tree.find_data("value"))
        if len(values) == 1 and values[0].children[0].type == "QUOTED" and written[0] in "\"'":
            return written[1:-1], start + 1
        return (written[1:-1], start + 1) if written[0] == "(" else (written, start)


def _is_measure(text: str) -> bool:
    """Whether an operand is a measure rather than a number."""
    names = {*ATTRIBUTES, *(item.option_name for item in ATTRIBUTES.values())}
    return text in names or (is_measure(text) and re.fullmatch(MEASURE, text) is not None)


_SAME = {"==": "=", "<>": "!=", "≠": "!=", "≤": "<=", "≥": ">="}


def _place(token: Any) -> str:
    return f"--where, column {token.column}: "


def _places(text: str, start: int) -> Place:
    """Places in `text` from `start` on, by column."""
    begin = text.rfind("\n", 0, start) + 1
    return lambda at: f"--where, column {start + at - begin + 1}: "
