"""Experts told beside the size of a mixture: `236B MoE (160 experts, 6 active)`."""

from __future__ import annotations

import re

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_EXPERTS = r"(?:experts?\b|expertos|especialistas|Experten|эксперт|专家|エキスパート|전문가)"
_TOLD = (
    (
        "n_experts",
        late(rf"(?<![\d.x])(?P<count>\d{{1,4}})\s?(?:routed\s)?{_EXPERTS}", re.IGNORECASE),
    ),
    (
        "n_experts_active",
        late(
            rf"{_EXPERTS}[^\d()]{{1,12}}(?P<count>\d{{1,3}})\s?(?:active|activated|actifs|activos|aktiv|激活)",
            re.IGNORECASE,
        ),
    ),
)


_KIND = late(r"\((?P<kind>dense|moe|sparse|稠密|稀疏)\)\s*$", re.IGNORECASE)
"""Whether all parameters are used, behind a size: `314B (dense)`."""


def with_experts(judge: Judge, found: Judgement, text: str, subject: TableSubject) -> Judgement:
    """The judgement of a true size; partly wrong where experts beside it are false, or that it has any."""
    if found.verdict not in TRUE_VERDICTS:
        return found
    if (said := _KIND.search(text)) is not None:
        beside = judge.judge(read_cell(said["kind"], "sparsity"), subject)
        if beside.is_false:
            reason = f"{said['kind']} is false: {beside.reason}"
            return found._replace(verdict="partly-wrong", cause="other-attribute", reason=reason)
    for attribute, pattern in _TOLD:
        told = pattern.search(text)
        if told is None:
            continue
        beside = judge.judge(read_cell(told["count"], attribute), subject)
        if beside.is_false:
            what = "experts" if attribute == "n_experts" else "active experts"
            reason = f"{told['count']} {what} is false: {beside.reason}"
            return found._replace(verdict="partly-wrong", cause="other-attribute", reason=reason)
    return found
