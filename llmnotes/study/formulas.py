"""Converts LaTeX formulas to a line of Unicode text, for a terminal.

Available libraries drop the groups, so that `e^{z_i}/T` and `e^{z_i/T}` become equal, and take longer to
import than a page takes to print. So the mathematics used by the techniques is parsed here: groups,
scripts, fractions, roots, accents, alphabets and named symbols. Anything else is refused, and a test parses
every formula of the base.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from llmnotes.errors import InputError
from llmnotes.study import symbols

Role = Literal[
    "word", "name", "operator", "binary", "relation", "open", "close", "comma", "ratio", "space"
]  # fmt: skip


class Atom(NamedTuple):
    """A piece of the line with its role, which determines the spaces around it."""

    text: str
    role: Role = "word"


_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.S)
_PLAIN: dict[str, Atom] = {
    **{sign: Atom(sign, "relation") for sign in "=<>"},
    **{sign: Atom(sign, "binary") for sign in "+-"},
    **{sign: Atom(sign, "comma") for sign in ",;"},
    **{sign: Atom(sign, "open") for sign in "(["},
    **{sign: Atom(sign, "close") for sign in ")]"},
    "'": Atom("′"),
}
_NAMED: dict[str, Atom] = {
    **{name: Atom(sign) for name, sign in symbols.ORDINARY.items()},
    **{name: Atom(sign, "relation") for name, sign in symbols.RELATIONS.items()},
    **{name: Atom(sign, "binary") for name, sign in symbols.BINARY.items()},
    **{name: Atom(sign, "operator") for name, sign in symbols.OPERATORS.items()},
    **{name: Atom(sign, "open") for name, sign in symbols.OPENING.items()},
    **{name: Atom(sign, "close") for name, sign in symbols.CLOSING.items()},
    **{name: Atom(sign, "space") for name, sign in symbols.SPACES.items()},
}


def to_text(latex: str) -> str:
    """The formula as one line of Unicode text.

    Parentheses replace the layout: `\\frac{a+b}{c}` becomes `(a + b)/c`. Raises `InputError` with the
    column for unsupported input.
    """
    reader = _FormulaParser(latex)
    atoms = reader.sequence()
    if reader.token is not None:
        raise reader.error(f"{reader.token!r} closes nothing")
    return re.sub(r" {4,}", "   ", _line(atoms)).strip()


class _FormulaParser:
    """Parses one formula from left to right."""

    def __init__(self, latex: str) -> None:
        found = [(match[0], match.start() + 1) for match in _TOKEN.finditer(latex)]
        self._tokens = [item for item in found if not item[0].isspace()]
        self._end = len(latex) + 1
        self._position = 0
        self._depth = 0

    @property
    def token(self) -> str | None:
        """The next token; None at the end."""
        return self._tokens[self._position][0] if self._position < len(self._tokens) else None

    def _take(self) -> str:
        token = self.token
        if token is None:
            raise self.error("it ends too early")
        self._position += 1
        return token

    def error(self, what: str) -> InputError:
        """An error with the column."""
        at = self._position
        column = self._tokens[at][1] if at < len(self._tokens) else self._end
        return InputError(f"formula, column {column}: {what}")

    def sequence(self) -> list[Atom]:
        """The atoms up to the brace that closes the group, or to the end."""
        atoms: list[Atom] = []
        while self.token not in {None, "}"}:
            if self.token in {"_", "^"}:
                before = atoms.pop() if atoms else Atom("")
                atoms.append(before._replace(text=before.text + self._script()))
            else:
                atoms.append(self._atom())
        return atoms

    def _script(self) -> str:
        mark = self._take()
        table = symbols.SUBSCRIPTS if mark == "_" else symbols.SUPERSCRIPTS
        inner = _line(self._argument(), tight=True)
        if inner and all(char in table for char in inner):
            return "".join(table[char] for char in inner)
        if inner in {"′", "′′"}:
            return inner
        return mark + (inner if len(inner) == 1 else f"{{{inner}}}")

    def _argument(self) -> list[Atom]:
        """The argument of a command: a group, or a single token."""
        if self.token in {"}", "_", "^"}:
            raise self.error(f"{self.token!r} stands where something is missing")
        if self.token != "{":
            return [self._atom()]
        self._take()
        if self._depth > 100:
            raise self.error("too many groups in one another")
        self._depth += 1
        atoms = self.sequence()
        self._depth -= 1
        if self._take() != "}":
            raise self.error("a brace is never closed")
        return atoms

    def _atom(self) -> Atom:
        if self.token == "{":
            return Atom(_line(self._argument()))
        token = self._take()
        if token.startswith("\\") and len(token) > 1:
            return self._command(token[1:])
        return _PLAIN.get(token, Atom(token))

    def _command(self, name: str) -> Atom:
        if name in _NAMED:
            return _NAMED[name]
        if name in {"left", "right"}:
            return Atom(self._delimiter(), "open" if name == "left" else "close")
        if name == "frac":
            above, below = _line(self._argument()), _line(self._argument())
            return Atom(f"{_factor(above)}/{_unit(below)}", "ratio")
        if name == "sqrt":
            return Atom("√" + _unit(_line(self._argument())))
        if name in symbols.ACCENTS:
            text = _line(self._argument())
            return Atom(text[:1] + symbols.ACCENTS[name] + text[1:])
        if name in symbols.WORDS:
            text = _line(self._argument())
            return Atom(text, "name" if len(text) > 1 else "word")
        if name in symbols.ALPHABETS:
            table = symbols.ALPHABETS[name]
            return Atom("".join(table.get(char, char) for char in _line(self._argument())))
        self._position -= 1
        raise self.error(f"the command \\{name} is not known")

    def _delimiter(self) -> str:
        token = self._take()
        if token.startswith("\\"):
            return _NAMED.get(token[1:], Atom(token[1:])).text
        return "" if token == "." else token


_NO_OPERAND = {"open", "binary", "relation", "comma", "operator"}
_OPERATORS = {"operator", "name"}
_STARTS = {"word", "open", "ratio", *_OPERATORS}
_OPERANDS = {"word", "close", "ratio", *_OPERATORS}


def _line(atoms: list[Atom], *, tight: bool = False) -> str:
    """The atoms in sequence; `tight` omits spaces around relations and sums, as in an index."""
    text = ""
    before: Role | None = None
    for position, atom in enumerate(atoms):
        after = next((item.role for item in atoms[position + 1 :] if item.role != "space"), None)
        if atom.role == "binary" and (before is None or before in _NO_OPERAND):
            atom = Atom(atom.text, "open")  # a sign, as in -x
        if atom.role == "ratio" and (before in _OPERANDS or after in _STARTS):
            atom = Atom(f"({atom.text})")
        if atom.role == "space":
            text += "" if text.endswith(" ") and len(atom.text) == 1 else atom.text
            continue
        text += _blank(before, atom.role, text, tight) + atom.text
        if atom.role in {"comma", "relation", "binary"} and not tight:
            text += " "
        before = atom.role
    return text


def _blank(before: Role | None, role: Role, text: str, tight: bool) -> str:
    """The space between two atoms."""
    if before is None or text.endswith(" "):
        return ""
    if role in {"relation", "binary"}:
        return "" if tight else " "
    if role in _OPERATORS:
        return " " if before in _OPERANDS else ""
    return " " if before in _OPERATORS and role in {"word", "ratio"} else ""


_RAISED = "".join((*symbols.SUBSCRIPTS.values(), *symbols.SUPERSCRIPTS.values()))
_SCRIPTS = f"[\u0300-\u036f{re.escape(_RAISED)}]"
_SCRIPTED = rf"(?:{_SCRIPTS}|[_^](?:\w|\{{\}}))*"
_SINGLE = re.compile(rf"√?(?:\w|\d+){_SCRIPTED}(?:\(\))?{_SCRIPTED}|√\(\)|\(\)|\[\]|\|\w*\||‖\w*‖")
_PRODUCT = re.compile(r"[^\s+=<>~,;/-]*")


def _unit(text: str) -> str:
    """Text for below a fraction bar or under a root: in parentheses unless it is a single atom."""
    return text if _SINGLE.fullmatch(_outside(text)) else f"({text})"


def _factor(text: str) -> str:
    """Text for above a fraction bar: a sum gets parentheses, a product does not."""
    return text if _PRODUCT.fullmatch(_outside(text)) else f"({text})"


def _outside(text: str) -> str:
    """The text outside of brackets; the brackets themselves stay, empty."""
    kept, depth = "", 0
    for char in text:
        depth -= char in ")]}"
        kept += char if depth == 0 else ""
        depth += char in "([{"
    return kept
