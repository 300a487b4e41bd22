"""With the shortcut and without it, and where Typer has changed inside, commands are the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import _coercion, core

from llmnotes import shortcut
from llmnotes.cli import CONTENTS
from llmnotes.schema import ATTRIBUTES
from tests.conftest import Run
from tests.test_streams import ARGUMENTS, CONFIG, NOTES

pytestmark = pytest.mark.usefixtures("on_first_base")

OFF = {"LLMNOTES_PLAIN_TYPER": "1"}


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Clears the cached knowledge of Typer for each test."""
    forget()
    yield
    forget()


def forget() -> None:
    shortcut._is_as_expected.cache_clear()
    shortcut._many_texts.cache_clear()


def test_the_shortcut_is_taken_with_the_typer_that_is_installed() -> None:
    assert shortcut.usable()


@pytest.mark.parametrize("command", ["", *CONTENTS])
def test_help_is_the_same_both_ways(run: Run, command: str) -> None:
    arguments = [command, "--help"] if command else ["--help"]

    with_it, without = run(*arguments), run(*arguments, **OFF)

    assert (with_it.code, with_it.out) == (without.code, without.out)
    assert with_it.out.startswith("Usage: llmnotes")


CHANGING = {
    "import",
    "add",
    "set",
    "unset",
    "alias",
    "note",
    "tag",
    "undo",
    "quiz",
    "log",
    "anki",
    "publish",
    "site",
}


@pytest.mark.parametrize("command", sorted(set(ARGUMENTS) - CHANGING))
def test_answers_are_the_same_both_ways(run: Run, command: str, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(CONFIG)
    with_it = run(command, *ARGUMENTS[command], input=NOTES)
    without = run(command, *ARGUMENTS[command], input=NOTES, **OFF)

    assert (with_it.code, with_it.out, with_it.err) == (without.code, without.out, without.err)
    assert with_it.code in {0, 1}


@pytest.mark.parametrize("environment", [{}, OFF], ids=["on", "off"])
def test_writing_commands_work_both_ways(run: Run, environment: dict[str, str]) -> None:
    def call(*arguments: str) -> str:
        done = run(*arguments, **environment)
        assert done.code == 0, done.err
        return done.out

    call("add", "Mine", "n_layers=3")
    call("alias", "mio", "mine")
    call("set", "mine", "d_model=64", "--at", "p. 3", "--source", "my notebook")
    call("note", "mine", "two", "words")
    call("tag", "mine", "small", "own")
    assert "64" in call("show", "mio")
    call("unset", "mine", "d_model")
    call("undo")
    assert call("log", "--limit", "1", "-f", "csv").count("\n") == 2


@pytest.mark.parametrize("environment", [{}, OFF], ids=["on", "off"])
def test_every_attribute_is_an_option_of_filter_both_ways(
    run: Run, environment: dict[str, str]
) -> None:
    options = run("filter", "--help", **environment).out.replace(",", " ").split()

    for item in ATTRIBUTES.values():
        assert f"--{item.option_name.replace('_', '-')}" in options


def with_another_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    former = _coercion.resolve_type_descriptor

    def resolve(*, annotation: object, parameter_info: object) -> object:
        return former(annotation, parameter_info)  # type: ignore[arg-type]

    monkeypatch.setattr(_coercion, "resolve_type_descriptor", resolve)


def with_nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(self: core.TyperOption) -> object:
        return _coercion.build_runtime_param(self.type_descriptor)

    monkeypatch.setattr(core._TyperParameter, "get_runtime_param", build)


def with_another_coercion(monkeypatch: pytest.MonkeyPatch) -> None:
    former = core._TyperParameter.process_value

    def process_value(self: object, ctx: object, value: object) -> object:
        return former(self, ctx, value)  # type: ignore[arg-type]

    monkeypatch.setattr(core._TyperParameter, "process_value", process_value)


@pytest.mark.parametrize(
    "change", [with_another_signature, with_nothing_kept, with_another_coercion]
)
def test_where_typer_has_changed_its_own_way_is_taken(
    run: Run, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    arguments = [
        "filter",
        "--attention",
        "GQA",
        "--attention",
        "MQA",
        "--params",
        "7B..",
        "--limit",
        "3",
    ]
    usual = run(*arguments)
    forget()
    change(monkeypatch)  # type: ignore[operator]

    assert not shortcut.usable()
    assert run(*arguments).out == usual.out != ""
    assert run("compare", "gpt-2", "llama").code == 0


def test_extra_options_are_completed_both_ways(run: Run) -> None:
    for environment in ({}, OFF):
        done = run(
            **environment,
            _LLMNOTES_COMPLETE="complete_bash",
            COMP_WORDS="llmnotes filter --attention G",
            COMP_CWORD="3",
        )
        assert "GQA" in done.out.split()
