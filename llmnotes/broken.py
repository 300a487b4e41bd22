"""Locates syntax errors in JSON and YAML and says how to correct them.

A message begins with line and column, `12:3: not JSON: …`, so that prefixed with a path it has the form of
a compiler's message.
"""

from __future__ import annotations

import json
import re
from typing import Any

from llmnotes.pattern import late

_VALUE = "a text in double quotes, a number, true, false, null, {…} or […]"
_RIGHT = {
    "Expecting value": f"{_VALUE} must stand here",
    "Expecting property name enclosed in double quotes": "a key in double quotes must stand here",
    "Expecting ':' delimiter": "a colon and a value must follow the key",
    "Expecting ',' delimiter": "a comma before the next entry, or a closing bracket, must stand here",
    "Illegal trailing comma before end of object": "the comma before the closing } must go",
    "Illegal trailing comma before end of array": "the comma before the closing ] must go",
    "Unterminated string starting at": 'the text that begins here has no closing "',
    "Invalid control character at": "a line break or tab within a text must be written \\n or \\t",
    "Invalid \\escape": "a backslash within a text must be written \\\\",
    "Invalid \\uXXXX escape": "four hexadecimal digits must follow \\u",
    "Extra data": "the value is complete; what follows must go",
}
"""Messages of Python's JSON reader, each with the correction."""

_OPENING = late(r'"(?:[^"\\]|\\.)*"?|[\[{\]}]', re.S)
_SHOWN = 20
"""Characters of the faulty place that are shown."""


def json_fault(text: str, error: json.JSONDecodeError) -> str:
    """Line and column of a JSON syntax error in `text`, with the correction."""
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        open_ = _open(text)
        if open_ or error.msg.startswith("Unterminated"):
            closing = f" ({' '.join(reversed(open_))} missing)" if open_ else ""
            return (
                f"{error.lineno}:{error.colno}: not JSON: the text breaks off here{closing}; "
                "the rest of the file must follow"
            )
    before = text[: error.pos].rstrip()
    at = text[error.pos : error.pos + 1]
    right = _RIGHT.get(error.msg.removesuffix(": "), error.msg)
    if before.endswith(",") and at and at in "]}":
        right = f"the comma before the closing {at} must go"
    found = "" if error.msg.startswith("Invalid") else _found(text[error.pos :])
    return f"{error.lineno}:{error.colno}: not JSON: {right}{found}"


def yaml_fault(error: Exception, before: int = 0) -> str:
    """Line, as far as the YAML reader reports it, and description of a YAML syntax error.

    `before` is the number of lines of the file that precede the YAML text.
    """
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = getattr(error, "problem", None) or str(error).split("\n", 1)[0] or "nested too deep"
    context = getattr(error, "context", None)
    said = f"{context}, {problem}" if context else str(problem)
    if "'\\t'" in said:
        said += "; indent with blanks, not tabs"
    place = "" if mark is None else f"{before + mark.line + 1}:{mark.column + 1}: "
    return f"{place}not YAML: {said[:200]}"


def placed(name: str, fault: str) -> str:
    """A fault prefixed with its file: `file:2:5: …`, or `file: …` where no line is known."""
    if not name:
        return fault
    return f"{name}:{fault}" if fault[:1].isdigit() else f"{name}: {fault}"


def _open(text: str) -> list[str]:
    """The closing brackets missing at the end of the text, outermost first."""
    missing: list[str] = []
    for token in _OPENING.finditer(text):
        sign = token[0]
        if sign in "[{":
            missing.append("]" if sign == "[" else "}")
        elif sign in "]}" and missing:
            missing.pop()
    return missing


def _found(rest: str) -> str:
    """The next word or character of the input, as `, not 'None'`."""
    word = re.match(r"[A-Za-z_][\w.]*|\S", rest.lstrip())
    if word is None:
        return ""
    shown = "".join(char if char.isprintable() else "?" for char in word[0][:_SHOWN])
    return f", not {shown!r}"
