"""The one place that knows how Typer is made inside, for the sake of a quick start.

Typer coerces every value through a pydantic adapter and reads every option from a signature. For
texts and flags neither is needed, and with a hundred options they are most of the time that a short
answer takes. Where Typer is not made as expected here, its own way is taken, slower and with the same
result; `LLMNOTES_PLAIN_TYPER=1` takes it too.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Annotated, Any, NamedTuple

import typer

_CHOSEN = "llmnotes.extra.options"
_PLAIN = (str, list[str], bool)


class ExtraOption(NamedTuple):
    """A repeatable option for texts that no function declares."""

    key: str
    flags: tuple[str, ...]
    metavar: str
    help: str
    complete: Callable[[str], list[str]]
    hidden: bool = False


def chosen(context: typer.Context) -> dict[str, list[str]]:
    """What was typed behind the extra options, by their keys; what was left out is not there."""
    found: dict[str, list[str]] = context.meta.get(_CHOSEN, {})
    return found


class _AsWritten:
    """Stands where Typer would put a pydantic adapter; a text needs none."""

    def __init__(self, many: bool) -> None:
        self._many = many

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        return tuple(value or ()) if self._many else value


def lean(parameters: list[Any]) -> list[Any]:
    """Let parameters that are plain text or flags, `--help` among them, skip Typer's coercion."""
    if usable():
        for parameter in parameters:
            described = getattr(parameter, "type_descriptor", None)
            if described is not None and described.annotation in _PLAIN:
                parameter._runtime_param = _AsWritten(parameter.multiple or parameter.nargs == -1)
    return parameters


def usable() -> bool:
    """Whether the shortcut is taken."""
    return not os.environ.get("LLMNOTES_PLAIN_TYPER") and _is_as_expected()


@cache
def _is_as_expected() -> bool:
    """Whether an option can be made directly, and takes its value from what is put in its way."""
    try:
        option = _option(ExtraOption("probe", ("--probe",), "TEXT", "", lambda _: []))
        option._runtime_param = probe = _AsWritten(many=True)
        process = type(option).process_value.__code__.co_names
        return (
            option.get_runtime_param() is probe
            and {"get_runtime_param", "coerce"} <= set(process)
            and (option.name, option.multiple, option.nargs) == ("extra_probe", True, 1)
            and option.type_descriptor.annotation == list[str]
        )
    except Exception:  # whatever it is, Typer has changed
        return False


def with_extra(
    build: Callable[[Callable[..., Any]], Any],
    function: Callable[..., Any],
    extra: Sequence[ExtraOption],
) -> Any:
    """The command that `build` makes of a function, with extra options behind its own."""
    if not extra:
        return build(function)
    if usable():
        command = build(function)
        command.params.extend(map(_option, extra))
        return command
    return build(_with_signature(function, extra))


def _option(extra: ExtraOption) -> Any:
    """An option as Typer makes one of a signature, made directly."""
    from typer.core import TyperOption

    return TyperOption(
        param_decls=[f"extra_{extra.key}", *extra.flags],
        type_descriptor=_many_texts(),
        multiple=True,
        expose_value=False,
        callback=partial(_collect, extra.key),
        autocompletion=lambda context, before, incomplete: extra.complete(incomplete),
        metavar=extra.metavar,
        help=extra.help,
        hidden=extra.hidden,
    )


@cache
def _many_texts() -> Any:
    from typer._coercion import resolve_type_descriptor
    from typer.models import OptionInfo

    return resolve_type_descriptor(list[str], OptionInfo())


def _collect(key: str, context: Any, parameter: Any, value: Any) -> None:
    if value:
        context.meta.setdefault(_CHOSEN, {})[key] = list(value)


def _with_signature(
    function: Callable[..., Any], extra: Sequence[ExtraOption]
) -> Callable[..., Any]:
    """The function with the extra options in its signature, which is what Typer reads."""
    import inspect

    own = inspect.signature(function, eval_str=True)
    added = {f"extra_{item.key}": item for item in extra}

    def call(context: typer.Context, **values: Any) -> Any:
        for name, item in added.items():
            _collect(item.key, context, None, values.pop(name))
        return function(context, **values)

    parameters = [*own.parameters.values(), *(_parameter(*item) for item in added.items())]
    call.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {item.name: item.annotation for item in parameters}
    call.__doc__, call.__name__ = function.__doc__, function.__name__
    return call


def _parameter(name: str, item: ExtraOption) -> Any:
    import inspect

    def complete(incomplete: str) -> list[str]:
        return item.complete(incomplete)

    option = typer.Option(
        *item.flags,
        metavar=item.metavar,
        help=item.help,
        autocompletion=complete,
        hidden=item.hidden,
    )
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=Annotated[list[str] | None, option],
    )
