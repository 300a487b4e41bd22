"""The pages of contradictions."""

from __future__ import annotations

from functools import partial

from llmnotes.knowledge.conflicts import Conflict
from llmnotes.site.edition import Site
from llmnotes.site.entity_page import Pages
from llmnotes.site.library import Library
from llmnotes.site.parts import Part, parts, size_of
from llmnotes.site.render import render
from llmnotes.site.subject_page import contradictions
from llmnotes.site.subjects import references


def conflict_pages(library: Library, site: Site) -> Pages:
    """All contradictions, family by family."""
    path = "conflicts/index.html"
    for part in parts(
        path, [("", library.conflicts)], _size, lambda _, item: item.family or item.subject
    ):
        yield part.path, partial(_page, library, site, part)


def _page(library: Library, site: Site, part: Part[str, Conflict]) -> str:
    found = [item for _, items in part.groups for item in items]
    cited = library.cited(
        claim.source
        for item in found
        for claim in (item.resolved, *(other.claim for other in item.others))
        if claim.source
    )
    numbers = {source["id"]: number for number, source in enumerate(cited, start=1)}
    return render(
        "conflicts.html", part.path, site=site, title="Contradictions" + part.suffix, picture=None,
        description="Where sources disagree.", references=references(cited), parts=part.links,
        conflicts=[line for item in found for line in contradictions(item, numbers)],
    )  # fmt: skip


def _size(item: Conflict) -> int:
    """The approximate size in bytes: a row for each contradicting claim, and a share of the sources."""
    claims = [item.resolved, *(other.claim for other in item.others)]
    texts = [str(claim.value) for claim in claims] + [claim.locator for claim in claims]
    return 450 * len(claims) + size_of(*texts, *(other.why for other in item.others))
