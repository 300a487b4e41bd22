"""Every regular expression that outside text runs through takes time that grows with the text's length.

Patterns are collected from the source: arguments of `late`, `ByScript` and the functions of `re`. Each is
tried on long runs of characters of each class, of mixed runs and of its own words, in the way the source
uses it: from the start, on the whole, or anywhere. What takes a hundred times as long as a linear pattern
would is stopped by a limit on processor time; nothing is measured.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import itertools
import pkgutil
import re
import signal
from collections.abc import Iterator
from functools import cache
from re import _parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType

import pytest

import llmnotes

ROOMS = ("quantities", "tables", "factcheck", "ingest", "study", "values", "dates", "attributes")
LENGTH = 12_000
SECONDS = 0.2
"""Of processor time, for a text of `LENGTH`; a linear pattern takes a few thousandths."""

RUNS = (
    *"0a万_ \n-([{\\$<|*`~,.:/=&^'\"?+×",
    "1,", "1.", "12 ", "a,", "a ", "x2", "(a", "[a]", "0-", "0/", "A_", "0.0e", "\\a", "<a", "1M ",
    "a:", "![", " \n", "0|", "a(",
)  # fmt: skip

Uses = frozenset[str]
_METHODS = {
    "sub",
    "subn",
    "search",
    "match",
    "fullmatch",
    "findall",
    "finditer",
    "split",
    "compile",
}
_HOW = {"match": "start", "fullmatch": "whole"}


class TooLongError(BaseException):
    """Raised by the limit; no handler of the code under test takes it."""


def modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(llmnotes.__path__, "llmnotes."):
        if info.name.split(".")[1] in ROOMS:
            yield importlib.import_module(info.name)


@cache
def patterns() -> dict[tuple[str, int], tuple[str, Uses]]:
    """Pattern and flags with a place where they stand and how they are used."""
    trees = {module: ast.parse(inspect.getsource(module)) for module in modules()}
    public: dict[str, set[str]] = {}
    for tree in trees.values():
        for name, method in _uses(tree):
            public.setdefault(name, set()).add(method)
    found: dict[tuple[str, int], tuple[str, Uses]] = {}
    for module, tree in trees.items():
        own: dict[str, set[str]] = {}
        for name, method in _uses(tree):
            own.setdefault(name, set()).add(method)
        for call, name in _calls(tree):
            texts, flags = _evaluated(call, module)
            method = call.func.attr if isinstance(call.func, ast.Attribute) else "compile"
            if name.startswith("."):
                methods = {name[1:]}
            elif method == "compile":
                methods = (own if name.startswith("_") else public).get(name, {"search"})
            else:
                methods = {method}
            uses = frozenset(_HOW.get(one, "anywhere") for one in methods)
            for text in texts:
                place, before = found.get(
                    (text, flags), (f"{module.__name__}:{call.lineno}", frozenset())
                )
                found[text, flags] = place, before | uses
    return found


def _uses(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.attr in _METHODS
        ):
            yield node.value.id, node.attr


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Calls that take a pattern, each with the name that it is assigned to, if any."""
    names: dict[int, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
            names[id(node.value)] = f".{node.attr}"  # re.compile(…).match
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            for inner in ast.walk(node.value):
                names[id(inner)] = node.targets[0].id
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func
        is_late = isinstance(called, ast.Name) and called.id in {"late", "ByScript"}
        is_re = (
            isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name)
            and called.value.id == "re" and called.attr in _METHODS
        )  # fmt: skip
        if is_late or is_re:
            yield node, names.get(id(node), "")


def _evaluated(call: ast.Call, module: ModuleType) -> tuple[list[str], int]:
    """The pattern in each of its scripts, and its flags; none where it is made of local variables."""

    def value(node: ast.expr) -> object:
        try:
            return eval(compile(ast.Expression(node), "pattern", "eval"), vars(module))
        except NameError:
            return None

    flags = 0
    for argument in (*call.args[1:], *(one.value for one in call.keywords if one.arg == "flags")):
        found = value(argument)
        if isinstance(found, re.RegexFlag):
            flags |= int(found)
    text = value(call.args[0])
    if callable(text):
        return [text(str.isascii), text(lambda _: True)], flags
    return ([text] if isinstance(text, str) else []), flags


def words(pattern: str, flags: int) -> list[str]:
    """Runs of letters of which a pattern is made: `\\cite`, `shot`, `et al`."""
    found: list[str] = []

    def walk(items: object) -> None:
        run = ""
        for op, argument in items:  # type: ignore[attr-defined]
            if str(op) == "LITERAL":
                run += chr(argument)
                continue
            if run:
                found.append(run)
            run = ""
            for part in argument if isinstance(argument, tuple | list) else ():
                if isinstance(part, _parser.SubPattern):
                    walk(part)
                elif isinstance(part, list):
                    for inner in part:
                        if isinstance(inner, _parser.SubPattern):
                            walk(inner)
        if run:
            found.append(run)

    walk(_parser.parse(pattern, flags))
    return list(dict.fromkeys(found))[:8]


def _stop(signum: int, frame: FrameType | None) -> None:
    raise TooLongError


def slow_texts(pattern: str, flags: int, uses: Uses, length: int = LENGTH) -> list[tuple[str, str]]:
    """The runs on which a pattern does not come to an end in time."""
    compiled = re.compile(pattern, flags)
    own = words(pattern, flags)
    runs = [*RUNS, *own, *(word + more for word in own for more in ("[", "{", " "))]
    found = []
    before = signal.signal(signal.SIGPROF, _stop)
    try:
        for run, use in itertools.product(dict.fromkeys(runs), sorted(uses)):
            text = (run * (length // len(run))) + "\0"  # so that no pattern ends with the text
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            try:
                try:
                    if use == "anywhere":
                        for _ in compiled.finditer(text):
                            pass
                    else:
                        (compiled.match if use == "start" else compiled.fullmatch)(text)
                finally:  # a signal that came during the match may be handled only here
                    signal.setitimer(signal.ITIMER_PROF, 0)
            except TooLongError:
                found.append((run, use))
                if len(found) > 2:
                    break
    finally:
        signal.signal(signal.SIGPROF, before)
    return found


def test_a_pattern_that_doubles_by_the_digit_and_one_that_looks_back_are_found():
    assert slow_texts(r"(?:(?:\d+)\s*,?)+x", 0, frozenset({"anywhere"}))
    # Long enough that what grows with the square is too slow on any machine.
    assert slow_texts(r"\s*;", 0, frozenset({"anywhere"}), 5 * LENGTH)
    assert not slow_texts(r"\s*;", 0, frozenset({"start"}), 5 * LENGTH)


def test_patterns_of_all_rooms_are_collected():
    rooms = {place.split(".")[1] for place, _ in patterns().values()}

    assert {"quantities", "tables", "factcheck", "ingest", "study"} <= rooms
    assert len(patterns()) > 150


@pytest.mark.parametrize("room", ROOMS)
def test_every_pattern_takes_time_that_grows_with_the_text(room):
    slow = {
        place: (pattern[:80], texts)
        for (pattern, flags), (place, uses) in patterns().items()
        if place.split(".")[1].split(":")[0] == room
        and place.split(":")[0] not in OWN_TEXT
        and (texts := slow_texts(pattern, flags, uses))
    }

    assert slow == {}


OWN_TEXT = frozenset({"llmnotes.study.formulas"})
"""Modules whose patterns run on the curated data alone."""
