"""Commands that are loaded only when they run.

Typer builds the parameters of every command at start and coerces each value through a pydantic adapter,
which with dozens of options takes most of the time of a short command. Here a group loads only the command
that runs, and `shortcut` skips the coercion of plain texts and flags.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from llmnotes.shortcut import ExtraOption, lean, with_extra


class LeanCommand(TyperCommand):
    """A command whose text and flag parameters, `--help` among them, skip Typer's coercion."""

    def get_params(self, ctx: Any) -> Any:
        """The parameters without Typer's coercion."""
        return lean(super().get_params(ctx))


class LeanGroup(TyperGroup):
    """A group whose text and flag parameters skip Typer's coercion."""

    command_class = LeanCommand

    def get_params(self, ctx: Any) -> Any:
        """The parameters without Typer's coercion."""
        return lean(super().get_params(ctx))


class LazyCommand(LeanCommand):
    """A placeholder with name and help line, replaced by the real command when it runs."""

    def __init__(self, name: str, help: str, load: Callable[[], Any]) -> None:
        super().__init__(name, help=help, rich_markup_mode=None)
        self._load = load

    def load(self) -> Any:
        """The real command."""
        return self._load()

    def make_context(self, info_name: Any, args: Any, parent: Any = None, **extra: Any) -> Any:
        """The context of the real command, which replaces the placeholder from here on."""
        return self.load().make_context(info_name, args, parent=parent, **extra)


class LazyGroup(LeanGroup):
    """A group that holds only the names and help lines of its commands."""

    contents: ClassVar[dict[str, str]] = {}
    package: ClassVar[str] = ""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name, help in self.contents.items():
            self.commands[name] = LazyCommand(name, help, self._loader(name))

    def _loader(self, name: str) -> Callable[[], Any]:
        def load() -> Any:
            module = importlib.import_module(f"{self.package}.{name.replace('-', '_')}")
            if hasattr(module, "app"):
                return get_command(module.app)
            if hasattr(module, "build_command"):
                return module.build_command()
            return build(module.command, name)

        return load


def build(function: Callable[..., Any], name: str, extra: Sequence[ExtraOption] = ()) -> Any:
    """Build the command for a function, with extra options after its own."""

    def command(declared: Callable[..., Any]) -> Any:
        single = typer.Typer(
            add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
        )
        settings = {"help_option_names": ["--help", "-h"]}
        single.command(name, cls=LeanCommand, context_settings=settings)(declared)
        return get_command(single)

    return with_extra(command, function, extra)
