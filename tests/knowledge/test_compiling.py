"""The SQL of conditions, on a few rows whose values and statuses are chosen."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import pytest

from llmnotes.knowledge.choices import condition_of
from llmnotes.knowledge.compiling import Compiler
from llmnotes.knowledge.conditions import Condition
from llmnotes.knowledge.where import parse
from llmnotes.schema import ATTRIBUTES

ROWS = [
    # id, exact count, published size, layers, status where it is not `reported`
    ("exact", 6_738_415_616, None, 32, None),
    ("both", 6_738_415_616, 7 * 10**9, 32, '{"params_total": "derived"}'),
    ("rounded", 7 * 10**9, 7 * 10**9, 40, "{}"),
    ("small", 125_000_000, None, 12, None),
    ("guessed", 8 * 10**9, None, 48, '{"params_total": "estimated"}'),
    ("withheld", None, None, 96, '{"params_total": "undisclosed"}'),
    ("unknown", None, None, None, None),
]
Ask = Callable[..., set[str]]


@pytest.fixture
def ask() -> Iterator[Ask]:
    """The models that certainly satisfy a condition."""
    connection = sqlite3.connect(":memory:")
    columns = "id, params_total, params_reported, n_layers, status, family"
    connection.execute(f"CREATE TABLE models ({columns})")
    connection.execute("CREATE TABLE claims (attribute, status, subject_kind, subject, value)")
    connection.executemany("INSERT INTO models VALUES (?, ?, ?, ?, ?, 'family')", ROWS)

    def call(
        condition: Condition, *, negated: bool = False, tentative: tuple[str, ...] = ()
    ) -> set[str]:
        found = Compiler(connection, frozenset(tentative)).fragment(condition, negated)
        asked = f"SELECT id FROM models m WHERE {found.sql}"
        return {row[0] for row in connection.execute(asked, found.parameters)}

    yield call
    connection.close()


def option(text: str) -> Condition:
    """The condition of `--params`, which either figure may satisfy."""
    return condition_of(ATTRIBUTES["params_total"], [text])


def test_either_figure_satisfies_an_option_and_neither_its_negation(ask: Ask) -> None:
    assert ask(option("7B..")) == {"both", "rounded"}
    assert ask(option("..6.9B")) == {"exact", "both", "small"}
    assert ask(option("!..6.9B")) == {"rounded"}


def test_a_missing_published_size_does_not_make_the_negation_unknown(ask: Ask) -> None:
    """The exact count says enough: it is not 7B or more, whatever was published."""
    assert ask(option("!7B..")) == {"exact", "small"}
    assert ask(option("!1B..")) == {"small"}


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("reported", {"exact", "rounded", "small"}),
        ("derived", {"both"}),
        ("estimated", {"guessed"}),
        ("undisclosed", {"withheld"}),
        ("unknown", {"unknown"}),
        ("known", {"exact", "both", "rounded", "small", "guessed"}),
        ("rumoured", set()),
    ],
)
def test_a_state_is_that_of_the_models_of_which_it_is_told_and_not_of_all_others(
    ask: Ask, state: str, found: set[str]
) -> None:
    everyone = {row[0] for row in ROWS}
    assert ask(parse(f"params_total is {state}")) == found
    assert ask(parse(f"params_total is not {state}")) == everyone - found
    assert ask(parse(f"not params_total is {state}")) == everyone - found


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("n_layers = 32 and params_total = 6738415616", {"exact", "both"}),
        ("n_layers = 32 or n_layers = 40", {"exact", "both", "rounded"}),
        ("not (n_layers >= 32 or params_total < 1B)", set()),
        ("not (n_layers >= 32 and params_total < 7B)", {"rounded", "small"}),
        ("n_layers != 32", {"rounded", "small", "guessed", "withheld"}),
        ("not n_layers != 32", {"exact", "both"}),
    ],
)
def test_conditions_are_joined_and_negated(ask: Ask, where: str, found: set[str]) -> None:
    assert ask(parse(where)) == found


def test_a_guess_satisfies_nothing_unless_it_is_asked_for(ask: Ask) -> None:
    assert ask(parse("params_total = 8B")) == set()
    assert ask(parse("params_total < 8B")) == {"exact", "both", "rounded", "small"}
    assert ask(parse("params_total = 8B"), tentative=("estimated",)) == {"guessed"}
    assert ask(parse("params_total = 8B"), tentative=("rumoured",)) == set()
    assert "guessed" not in ask(parse("not params_total = 7B"))
    assert "guessed" in ask(parse("not params_total = 7B"), tentative=("estimated",))
    assert ask(parse("params_total = 8B"), tentative=("estimated", "reported")) == {"guessed"}
