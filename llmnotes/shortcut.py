"""The only module that depends on Typer's internals, which it uses to start faster.

Typer coerces every value through a pydantic adapter and reads every option from a signature. Texts and
flags need neither, and with a hundred options they take most of the time of a short command. Where Typer's
internals are not as expected, its regular path is taken, slower and with the same result;
`LLMNOTES_PLAIN_TYPER=1` forces it.
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
    """A repeatable text option that is not in a function's signature."""

    key: str
    flags: tuple[str, ...]
    metavar: str
    help: str
    complete: Callable[[str], list[str]]
    hidden: bool = False


def chosen(context: typer.Context) -> dict[str, list[str]]:
    """The values given for extra options by key; options not given are absent."""
    found: dict[str, list[str]] = context.meta.get(_CHOSEN, {})
    return found


class _AsWritten:
    """Replaces Typer's pydantic adapter; a text needs no coercion."""

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
    """Whether the faster path is taken."""
    return not os.environ.get("LLMNOTES_PLAIN_TYPER") and _is_as_expected()


@cache
def _is_as_expected() -> bool:
    """Whether an option can be constructed directly and uses the replaced adapter."""
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
    except Exception:  # any failure means that Typer's internals have changed
        return False


def with_extra(
    build: Callable[[Callable[..., Any]], Any],
    function: Callable[..., Any],
    extra: Sequence[ExtraOption],
) -> Any:
    """The command that `build` makes of a function, with extra options after its own."""
    if not extra:
        return build(function)
    if usable():
        command = build(function)
        command.params.extend(map(_option, extra))
        return command
    return build(_with_signature(function, extra))


def _option(extra: ExtraOption) -> Any:
    """An option constructed directly, as Typer makes one from a signature."""
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
    """The function with the extra options added to its signature, from which Typer reads options."""
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
