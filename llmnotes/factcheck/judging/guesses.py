"""Hypotheses about the subject of a table, tested against its cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.flags import is_yes_or_no
from llmnotes.factcheck.cells.scores import shots
from llmnotes.factcheck.judging.columns import MISHEADED, in_columns
from llmnotes.factcheck.judging.judged_cell import JudgedCell
from llmnotes.factcheck.judging.judgement import withdrawn
from llmnotes.factcheck.judging.made_up import made_up
from llmnotes.factcheck.judging.scores import OTHER_RUN
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.lines import Layout, Unit
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.schema import ATTRIBUTES

_SURE = 0.7
"""Certainty of a header below which its attribute must be confirmed by its values."""
_ENOUGH = 3
"""Number of values which, if all are wrong, refute a certain header too."""
_CHANCE = 4
"""Of so many wrong values one may have an identified cause by chance."""
_EXACT = 0.95
"""Certainty of a header that is an attribute's own name."""
_MOSTLY = 2
"""Of so many wrong values below such a header one may be a digit off by chance."""
_OWN_RUN = 0.6
"""Minimum share of the comparable scores below a benchmark that must equal the publishers'."""
_TELLING = frozenset({MISHEADED, "unit-slip", "fused-number", "shifted-row", "stated-absence"})
"""Causes that identify what a wrong value was meant to be."""
_UNTELLING = frozenset(
    {"unexplained", "other-attribute", "other-size", "other-generation", "digit-slip"}
)
"""Causes that are no evidence of an error below a header that may mean something else."""


def fix_loose_names(layout: Layout, names: Names) -> None:
    """Resolve the bare name of a line to its first generation where the table names a later one."""
    named = layout.families
    for line in layout.lines:
        for index, spot in enumerate(line.spots):
            subject = spot.subject
            if subject is not None and subject.loose:
                later = names.generations(subject.id)
                if any(
                    item == family or item.startswith(f"{family}-")
                    for item in named
                    for family in later
                ):
                    line.spots[index] = spot._replace(subject=subject._replace(loose=False))


def leave_other_runs(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against the scores of a benchmark that was run again.

    Scores are wrong only where most of the comparable ones equal the publishers'; a single score only where
    the table gives its setting and the cause is found.
    """
    for cells in in_columns(layout, judged_cells):
        scores = [cell for cell in cells if cell.filled and cell.spot.headers[0].benchmark]
        false = [cell for cell in scores if cell.judgement.is_false]
        true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in scores)
        comparable = true + len(false) + sum(map(_is_of_another_run, scores))
        for cell in false:
            if comparable > 1:
                another = true < _OWN_RUN * comparable
            else:
                setting = f"{cell.spot.headers[0].setting} {cell.cell.text}"
                another = cell.judgement.cause == "unexplained" or not shots(setting)
            if another:
                cell.judgement = withdrawn(cell.judgement, OTHER_RUN)


def _is_of_another_run(cell: JudgedCell) -> bool:
    return cell.judgement.verdict == "unsupported" and cell.judgement.reason.endswith(OTHER_RUN)


def leave_other_generations(
    base: BaseClaims, layout: Layout, judged_cells: Sequence[JudgedCell]
) -> None:
    """Withdraw wrong verdicts beside a date by which a bare name means a later generation.

    `LLaMA` of July 2023 is Llama 2, of which a cell may tell what the base does not know. Where a number
    in the row is true of the named model and of no later one, the row is that model's, and what is true of
    the later one is wrong.
    """
    loose = [
        cell
        for cell in judged_cells
        if (cell.judgement.verdict, cell.judgement.cause) == ("partly-wrong", "other-generation")
        and " only;" in cell.judgement.reason
        and " together" not in cell.judgement.reason
    ]
    beside: dict[Unit, list[JudgedCell]] = {}
    for cell in judged_cells if loose else ():
        beside.setdefault(layout.unit(cell.row, cell.column), []).append(cell)
    for one in loose:
        row = beside[layout.unit(one.row, one.column)]
        if any(_is_of_named_alone(base, cell, _later(one)) for cell in row):
            one.judgement = one.judgement._replace(verdict="wrong")
    dated = {
        layout.unit(cell.row, cell.column): cell
        for cell in loose
        if cell.judgement.attribute == "release_date" and not cell.judgement.is_false
    }
    for cell in judged_cells:
        date = dated.get(layout.unit(cell.row, cell.column))
        if date is not None and cell.judgement.is_false:
            said = f"the date beside it is true of {_later(date)}"
            cell.judgement = withdrawn(cell.judgement, said)


def _later(date: JudgedCell) -> str:
    """The family that a date of another generation is true of."""
    return date.judgement.reason.removeprefix("true of ").partition(" only")[0]


def _is_of_named_alone(base: BaseClaims, cell: JudgedCell, later: str) -> bool:
    """Whether a cell has a number of the named model that no model of the later family is known to have.

    Of several sizes one is enough: `7B-65B` is of the first LLaMA.
    """
    attribute = ATTRIBUTES.get(cell.judgement.attribute or "")
    if cell.judgement.verdict not in TRUE_VERDICTS or attribute is None or not attribute.is_numeric:
        return False
    own, others = (
        [claim.value for model in models for claim in base.known(model, attribute.id).claims]
        for models in (cell.judgement.models, base.members(later))
    )
    if attribute.id in SIZES:
        said = [float(size.parameters or 0) for size in find_sizes(cell.cell.text)]
        return bool(others) and any(
            all(abs(size - float(other)) > _SAME_SIZE * float(other) for other in others)
            for size in said
        )
    return bool(own) and all(value not in others for value in own)


_SAME_SIZE = 0.05
"""Share by which a size in words may differ from the count that it means."""


def leave_embeddings(base: BaseClaims, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw wrong widths below `Embedding Size` where another column has those of the layers.

    ELECTRA's embedding is narrower than its layers.
    """
    told = {
        cell.spot.headers[0].text
        for cell in judged_cells
        if "d_model" in {cell.judgement.true_as, cell.judgement.attribute}
    }
    embedding = {head for head in told if "embed" in head.lower()}
    if not embedding or embedding == told:
        _leave_vectors(base, judged_cells, embedding)
        return
    for cell in judged_cells:
        slip = cell.judgement.cause in {"digit-slip", "unit-slip"}
        if cell.judgement.is_false and not slip and cell.spot.headers[0].text in embedding:
            why = "another column has the width of its layers"
            cell.judgement = withdrawn(cell.judgement, why)


def _leave_vectors(base: BaseClaims, judged_cells: Sequence[JudgedCell], headers: set[str]) -> None:
    """Withdraw widths below `Embedding Dim` of models that make vectors, which may be narrower than they."""
    for cell in judged_cells:
        found = cell.judgement
        header = cell.spot.headers[0].text
        if found.is_false and header in headers and _OF_VECTORS.search(header):
            kinds = {
                claim.value
                for model in found.models
                for claim in base.known(model, "architecture").claims
            }
            if "encoder-only" in kinds:
                cell.judgement = withdrawn(
                    found, "it may be the width of the vectors that it makes"
                )


_OF_VECTORS = late(r"embed(?:ding)?s?[\s_-]{0,3}dim", re.IGNORECASE)


def leave_lone_crosses(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against the letter x where it is the only mark of a column: it may tick or deny."""
    for cells in in_columns(layout, judged_cells):
        marks = {text.strip().lower() for cell in cells if is_yes_or_no(text := cell.cell.text)}
        if marks == {"x"}:
            for cell in cells:
                if cell.judgement.is_false and is_yes_or_no(cell.cell.text):
                    why = f"{cell.cell.text.strip()!r} may be a tick or a cross"
                    cell.judgement = withdrawn(cell.judgement, why)


def leave_doubtful(layout: Layout, judged_cells: Sequence[JudgedCell]) -> None:
    """Withdraw judgements against columns whose values contradict the interpretation of their header.

    A header that only contains or resembles an attribute's name (`Special Tokens`) must have more true
    values than wrong ones; one that is an attribute's name is doubted where several values are all wrong,
    few of them with an identified cause.
    """
    invented = made_up(layout, judged_cells)
    for cells in in_columns(layout, judged_cells):
        filled = [cell for cell in cells if cell.filled and cell.spot.headers[0].benchmark == ""]
        filled = list(
            {cell.cell.place: cell for cell in filled}.values()
        )  # one that spans rows once
        false = [cell for cell in filled if cell.judgement.is_false]
        if not false or any(cell.judgement.cause in _TELLING for cell in false):
            continue
        true = sum(cell.judgement.verdict in TRUE_VERDICTS for cell in filled)
        header = false[0].spot.headers[0]
        if header.attribute == "license" and header.certainty >= _EXACT:
            continue  # names of licences, right or wrong, leave no doubt of what the column tells
        if header.text in invented:
            continue
        loosely = header.certainty < _SURE and not header.term
        told = sum(cell.judgement.cause not in _UNTELLING for cell in false)
        slips = sum(cell.judgement.cause == "digit-slip" for cell in false)
        written_wrong = header.certainty >= _EXACT and slips * _MOSTLY > len(false)
        meant = written_wrong or told * _CHANCE > len(false)
        if (loosely and true < len(false)) or (not true and not meant and len(false) >= _ENOUGH):
            few = "few" if true else "none"
            why = f"{header.text.strip()!r} may mean something else: {few} of its values is the base's"
            for cell in false:
                cell.judgement = withdrawn(cell.judgement, why)
