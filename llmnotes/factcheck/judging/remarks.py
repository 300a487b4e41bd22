"""Judges what short remarks say of a model in so many words: `16 experts, top-2 MoE`, `350K context`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.cells.reading import CellReading
from llmnotes.factcheck.judging.judgement import Judgement, gravest
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late

_SAID = (
    ("n_experts", late(r"(?<![\w.,-])(\d{1,4})\s(?:routed\s)?experts\b(?!\s?(?:active|per|chosen))", re.I)),
    ("n_experts_active", late(r"\btop-(\d{1,2})\b(?!\s?[%pk])", re.I)),
    ("context_length",
     late(r"(?<![\w.,-])(\d{1,4}(?:\.\d)?\s?[KM])(?:[\s-]tokens?)?[\s-](?:context|ctx)\b", re.I)),
    ("training_tokens", late(r"(?<![\w.,-])(\d{1,4}(?:\.\d{1,2})?\s?[BT])[\s-]tokens?\b")),
    ("attention", late(r"(?<![^\W_])(GQA|MLA|MQA)(?![^\W_])")),
    ("rope_scaling", late(r"(?<![^\W_])(YaRN)(?![^\W_])", re.I)),
    ("positional_encoding", late(r"(?<![^\W_])(ALiBi|RoPE)(?![^\W_])")),
)  # fmt: skip
"""What remarks say of an attribute, by the words beside the value or by the term itself."""
_LONGEST = 60
"""Characters of a remark that tells of its model alone: longer ones compare it with others."""
_OF_OTHERS = late(
    r"\b(?:than|vs\.?|versus|unlike|like|instead|from|not?|without|replac\w+|before|per|each|up\sto|extend\w*"
    r"|planned|future)\b|→|->|[<>≈~]",
    re.I,
)
"""Words of a comparison, of a denial, or of what is no value of the model itself."""

_Judge = Callable[[CellReading, TableSubject], Judgement]


def judge_remark(judge: _Judge, names: Names, text: str, subject: TableSubject | None) -> Judgement:
    """The gravest judgement of what a short remark says of one model; blank where it says nothing of it."""
    nothing = Judgement("preprocessing", "blank")
    alone = subject and len(subject.models) == 1 and subject.kind in {"model", "family"}
    if subject is None or not alone or subject.loose or len(text) > _LONGEST:
        return nothing
    if _OF_OTHERS.search(text) or any(map(names.find, text.split())):
        return nothing
    found = [judge(reading, subject) for reading in _readings(text)]
    told = [one for one in found if one.verdict not in {"unsupported", "unreadable"}]
    return gravest(told) if told else nothing


def _readings(text: str) -> Iterator[CellReading]:
    for attribute, form in _SAID:
        for match in form.finditer(text):
            yield read_cell(match[1], attribute)
