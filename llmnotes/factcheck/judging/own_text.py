"""Cells that hold what `compare` prints for a family: `MHA (7B, 13B) · GQA (34B, 70B)`."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.schema import ATTRIBUTES
from llmnotes.store.claims import Claims

if TYPE_CHECKING:
    from llmnotes.knowledge.folding import ComparedSubject, FoldedCell


class OwnText:
    """Recognises such cells, whatever the labels of the sizes are."""

    def __init__(self, base: BaseClaims) -> None:
        self._base = base
        self._columns: dict[tuple[str, ...], tuple[Claims, ComparedSubject]] = {}

    def judge(self, text: str, attribute: str, subject: TableSubject) -> Judgement | None:
        """That the cell agrees, where it is the base's own text for the sizes of a family; else None."""
        if len(subject.models) < 2:
            return None
        from llmnotes.knowledge.folding import SIZE_MARK  # with what estimates need, for few cells

        if not any(mark in text for mark in (SIZE_MARK, " / ")):
            return None
        cell = self._cell(subject.models, attribute)
        if " ".join(text.split()) != " ".join(cell.text.split()):
            return None
        known = [self._base.known(model, attribute) for model in subject.models]
        claims = tuple(item.claims[0] for item in known if item.claims)
        return Judgement(attribute, "agrees", "", None, cell.text, subject.models, claims)

    def _cell(self, models: tuple[str, ...], attribute: str) -> FoldedCell:
        from llmnotes.knowledge.compare import labels, size_label
        from llmnotes.knowledge.folding import ComparedSubject, fold

        if models not in self._columns:
            base = self._base
            named = [
                (base.name(key), size_label(base.name(key), base.size(key), base.variant(key)))
                for key in models
            ]
            column = ComparedSubject("", "family", "", list(models), labels(named))
            self._columns[models] = Claims(base.connection, list(models)), column
        claims, column = self._columns[models]
        return fold(claims, column, ATTRIBUTES[attribute], self._publishers)

    @cached_property
    def _publishers(self) -> dict[str, str]:
        return dict(self._base.connection.execute("SELECT id, name FROM organizations"))
