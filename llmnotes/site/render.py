"""Renders templates to HTML with autoescaping, removing invisible characters."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from llmnotes.errors import InputError
from llmnotes.escapes import printable, web_address
from llmnotes.site import places


@cache
def _environment() -> Any:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise InputError(
            "the site needs Jinja2, which is not installed: `pip install 'llmnotes[site]'`"
        ) from error
    environment = Environment(
        loader=PackageLoader("llmnotes.site"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, finalize=_shown,
    )  # fmt: skip
    environment.filters["web"] = web_address
    environment.filters["host"] = _host
    return environment


def _shown(value: Any) -> Any:
    if value is None:
        return ""
    return printable(value) if type(value) is str else value


def _host(address: str) -> str:
    """The host of an address, for a link beside a reference that has all of it."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:  # brackets without a valid address
        return address


def render(template: str, path: str, **context: Any) -> str:
    """Render a template as the page at `path` (from the root of the site)."""

    def link(target: str) -> str:
        return places.relative(target, path)

    def to(kind: str, key: str) -> str:
        return link(places.page(kind, key))

    return str(_environment().get_template(template).render(link=link, to=to, path=path, **context))


def asset(name: str) -> str:
    """The text of a style sheet or script."""
    return (resources.files("llmnotes.site") / "assets" / name).read_text(encoding="utf-8")
