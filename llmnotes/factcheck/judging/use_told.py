"""What a cell about weights says of their use: `Open weights (unrestricted)`, `OpenRAIL (open source)`."""

from __future__ import annotations

import re

from llmnotes.factcheck.cells.permission import Permission
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.licences import allowed, begins_with
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_TOLD = late(
    r"[(（,;:–—-]\s?(?:(?P<no>non[\s-]?commercial\b)|(?P<yes>unrestricted\b|no\srestrictions\b)|restricted\b)"
    r"|\bwith\s(?:use\s)?restrictions\b",
    re.IGNORECASE,
)
_FALSE: dict[Permission, frozenset[Permission]] = {
    "yes": frozenset({"no", "conditions"}),
    "conditions": frozenset({"yes"}),
    "no": frozenset({"yes", "conditions"}),
}
"""What a licence must allow for a word on use to be false: `restricted` may be without commerce."""


def with_use(judge: Judge, found: Judgement, text: str, subject: TableSubject) -> Judgement:
    """The judgement of weights that can be had; wrong where the licence named or the use told is false."""
    if found.verdict not in {"agrees", "agrees-normalised"} or found.attribute != "availability":
        return found
    named = _named(text)
    if begins_with(judge.base, named) or _RAIL.match(named):
        licence = judge.judge(read_cell(named, "license"), subject)
        return licence if licence.is_false else found
    told = _said(text)
    known = [judge.base.known(model, "license") for model in subject.models]
    every = [claim for one in known for claim in one.claims]
    allows = [allowed(judge.base, claim.value) for claim in every]
    if not told or not all(one.claims for one in known) or not set(allows) <= _FALSE[told]:
        return found
    licences = " · ".join(dict.fromkeys(str(claim.value) for claim in every))
    claims = tuple(one.claims[0] for one in known)
    return Judgement(
        "license", "wrong", f"its weights can be had, under {licences}", "unexplained", licences,
        subject.models, claims,
    )  # fmt: skip


def _named(text: str) -> str:
    """What stands before brackets, which may be the name of a licence."""
    return re.split(r"\s?[(（]", text, maxsplit=1)[0].strip()


_RAIL = late(r"(?:open)?rail\b|responsible\sai\b", re.IGNORECASE)


def _said(text: str) -> Permission | None:
    """The use that a text tells of; None where it tells of none."""
    match = _TOLD.search(text)
    if match is None:
        return None
    return "no" if match["no"] else "yes" if match["yes"] else "conditions"
