"""`llmnotes list`: what there is."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes.attributes.entities import PLURALS
from llmnotes.commands.common import Format, Output, Variants, base, say
from llmnotes.errors import unknown
from llmnotes.export import check_format

KINDS = (
    "families", "models", "lines", *PLURALS.values(), "attributes", "sources", "techniques", "topics",
    "tags",
)  # fmt: skip
_SPELT = {"licences": "licenses", "organisations": "organizations", "licence": "licenses"}


def complete_kind(incomplete: str) -> list[str]:
    """Completions of a kind."""
    return [kind for kind in KINDS if kind.startswith(incomplete)]


def command(
    context: typer.Context,
    kind: Annotated[
        str,
        typer.Argument(metavar="[WHAT]", help=f"{', '.join(KINDS)}.", autocompletion=complete_kind),
    ] = "families",
    variants: Variants = "all",
    with_claims: Annotated[
        bool, typer.Option("--with-claims", help="Add all claims to JSON records of models.")
    ] = False,
    format: Format = "table",
    output: Output = None,
) -> None:
    """What there is: families, models, lines, organizations, datasets, sources and what is to know."""
    check_format(format)
    kind = PLURALS.get(kind.lower(), _SPELT.get(kind.lower(), kind))
    if kind not in KINDS:
        raise unknown("list", kind, KINDS)
    from llmnotes.views import listing

    with base(context) as connection:
        say(listing.answer(connection, kind, variants, with_claims=with_claims), format, output)
