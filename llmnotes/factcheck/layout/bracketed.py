"""What stands in brackets behind a name: another publisher, or the base of a tune."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.layout.name_words import BRACKETS, spellings
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.vocabulary import fold


def is_of_another(base: BaseClaims, subject: TableSubject, text: str) -> bool:
    """Whether a name has another publisher in brackets, whose model it is: `GPT-3 (达摩院)`."""
    inside = [base.organizations.get(fold(one)) for one in BRACKETS.findall(text)]
    claims = base.known(subject.models[0], "organization").claims if any(inside) else ()
    own = {one for claim in claims for one in claim.value}
    others = {one for one in inside if one} - own
    told = fold(" ".join(base.remarks.get(one, "") for one in (*own, *others)))
    return bool(own and others) and not any(
        key in told for key, one in base.organizations.items() if one in others
    )


def bases_named(
    base: BaseClaims,
    text: str,
    exact: Callable[[str], TableSubject | None],
    generations: Callable[[str], list[str]],
) -> Iterator[set[str]]:
    """The models of each name in brackets; the bare name of a line means all its generations."""
    for inside in BRACKETS.findall(text):
        named = next((one for name in spellings(inside) if (one := exact(name)) is not None), None)
        if named is None:
            continue
        bare = named.kind == "family" and not any(map(str.isdigit, inside))
        later = generations(named.id) if bare else []
        yield {*named.models, *(model for family in later for model in base.members(family))}
