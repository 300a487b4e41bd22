"""Cells that are no value of their header's attribute, tried as values of others."""

from __future__ import annotations

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.counts import is_bare
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold


def of_same_row(
    judge: Judge,
    reader: CellReader,
    found: Judgement,
    text: str,
    header: Header,
    subject: TableSubject,
) -> Judgement:
    """Also try the further attributes of a loose header such as `Feed-forward`."""
    main = ATTRIBUTES[str(header.attribute)]
    if main.row is None or fold(main.label) in fold(header.text):
        return found
    false = None
    for attribute in ATTRIBUTES.values():
        if attribute.row != main.row or attribute.kind != "integer":
            continue
        reading = reader.read(text, attribute.id, header.scale)
        if not reading.items or reading.rest:
            continue
        judgement = judge.judge(reading, subject)
        if judgement.verdict == "partly-wrong":
            return judgement
        if judgement.verdict in {"agrees", "agrees-normalised"}:
            return judgement._replace(verdict="agrees-normalised")
        if judgement.is_false and is_bare(text):
            false = false or judgement
    return false or found


def of_model(
    base: BaseClaims,
    judge: Judge,
    reader: CellReader,
    found: Judgement,
    text: str,
    header: Header,
    subject: TableSubject,
    attributes: frozenset[str],
) -> Judgement:
    """Also try the model's other attributes for a cell that is not a value of its own.

    Those that share the header's cells are in their place: `300B` below `Training data`.
    """
    known = [base.known(model, found.attribute) for model in subject.models]
    link = found.attribute == "repository"  # the words of a link are no evidence of its target
    ratio = found.attribute == "sparsity" and is_bare(text)
    if link or ratio or len(text) > _LONGEST_VALUE or not any(item.claims for item in known):
        return found
    for attribute in sorted(attributes - {found.attribute}):
        if ATTRIBUTES[attribute].kind in _FREE:
            continue
        reading = reader.read(text, attribute)
        if not reading.items or reading.rest or reading.shape == "absent":
            continue
        if any(item.scale.endswith("?") for item in reading.items):
            continue  # 2,000 devices are no 2,000 billion tokens
        if found.attribute == "languages" and any(item.qualifier for item in reading.items):
            continue  # `8 (en, de, fr)` counts them
        judgement = judge.judge(reading, subject)
        if judgement.verdict in _TRUE and attribute in header.attributes:
            return judgement._replace(verdict="agrees-normalised")
        if judgement.verdict in _TRUE:
            expected = judge.expected([k for k in known if k.claims])
            return found._replace(
                verdict="misplaced", cause="other-attribute", expected=expected,
                reason=f"{text.strip()[:60]} is the {attribute} of {subject.id}",
                claims=tuple(k.claims[0] for k in known if k.claims), models=subject.models,
            )  # fmt: skip
    return found


_TRUE = frozenset({"agrees", "agrees-normalised", "misspelt"})
_FREE = frozenset({"text", "texts", "datasets", "results", "models", "organizations", "flag"})
"""Kinds with free text values, which are no evidence for the column they belong to."""
_LONGEST_VALUE = 100
"""Length limit of a cell that may be another attribute's value; longer ones are sentences."""
