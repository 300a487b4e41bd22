"""The Python API: `kb = llmnotes.open()`, then one method for each question of the command line.

Answers are pydantic objects of the same shapes as the JSON that the commands print.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from llmnotes.answers import (
    ChangeAnswer,
    CheckAnswer,
    ClaimAnswer,
    ComparisonAnswer,
    ConflictAnswer,
    EstimateAnswer,
    ExplanationAnswer,
    FactcheckAnswer,
    ModelRecord,
    SearchHit,
    SourceAnswer,
)  # fmt: skip
from llmnotes.errors import InputError
from llmnotes.frames import ModelRecords
from llmnotes.lookups import Lookups
from llmnotes.schema import ATTRIBUTES, admitted, attribute


def open(db: str | Path | None = None) -> KnowledgeBase:
    """Open the base read-only: the curated layer, joined with the user's store where there is one.

    `db` is the user's store; without it `LLMNOTES_DB` or the platform's data folder is used.
    Raises `StoreError` where a store cannot be used.
    """
    from llmnotes.store.connect import connect
    from llmnotes.store.paths import user_store

    return KnowledgeBase(connect(user_store(str(db) if db else None)))


class KnowledgeBase(Lookups):
    """The open base. Use it as a context manager, or call `close`.

    Every method raises `InputError` with the nearest valid names for a name it does not know.
    """

    def models(self, variants: str = "all") -> list[ModelRecord]:
        """Every model, by family and size; `variants` is `base`, `post-trained` or `all`."""
        return self.filter(variants=variants)

    def compare(
        self,
        *names: str,
        attributes: Iterable[str] = (),
        group: str | None = None,
        only_differences: bool = False,
        unknown_too: bool = False,
        each_size: bool = False,
        variants: str = "base",
    ) -> ComparisonAnswer:
        """Compare models and families side by side, as `llmnotes compare` does.

        Each row has a `unit`, in which its cells' `values` are given; a cell's `text` is rounded for
        readers. `effects` are in parameters, bytes of KV cache for each token (bf16) and FLOP for each
        token.
        """
        from llmnotes.knowledge.compare import compare

        found = compare(
            self._connection,
            names,
            attributes=attributes,
            group=group,
            only_differences=only_differences,
            unknown_too=unknown_too,
            each_size=each_size,
            variants=variants,
        )
        return ComparisonAnswer.model_validate(found.as_json())

    def diff(self, first: str, second: str, variants: str = "base") -> ComparisonAnswer:
        """Only the attributes in which two models or families differ; units as in `compare`."""
        return self.compare(first, second, only_differences=True, variants=variants)

    def filter(
        self,
        where: str | None = None,
        *,
        family: str | Iterable[str] = (),
        variants: str = "base",
        sort: str | None = None,
        limit: int | None = None,
        include_rumours: bool = False,
        include_estimates: bool = False,
        **conditions: Any,
    ) -> ModelRecords:
        """Models that satisfy all conditions: a list with `to_arrow`, `to_polars` and `to_pandas`.

        A condition is an attribute's id or option name with a value, a list of values (or), or a
        pair `(low, high)` of which either may be None: `params=("7B", None)`. In a text a comma is
        or and a leading `!` is not; `not_attention="GQA"` is not too. By its option name (`params`,
        `context`, `released`) an attribute takes people's round numbers; by its id it is strict, as
        in `where`. `sort` and `where` also take scores and ratios, `evaluation.MMLU` and
        `d_ff / d_model`. Numbers count parameters, tokens, layers: `training_tokens=("1T", None)`;
        dates are ISO texts, `released=("2023-01", None)`. At most `limit` models come back.
        Raises `InputError` with the nearest ones for what cannot be a value.
        """
        from llmnotes.knowledge.arguments import conditions_of
        from llmnotes.knowledge.filtering import Query, select
        from llmnotes.knowledge.records import add_claims

        query = Query(
            options=conditions_of(conditions, strict=False, negated=False),
            strict=conditions_of(conditions, strict=True, negated=False),
            excluded=conditions_of(conditions, strict=False, negated=True),
            strictly_excluded=conditions_of(conditions, strict=True, negated=True),
            where=where,
            families=[family] if isinstance(family, str) else list(family),
            variants=variants,
            tentative=admitted(rumours=include_rumours, estimates=include_estimates),
            sort=sort,
            limit=limit,
        )
        records = select(self._connection, query)
        add_claims(self._connection, records)
        return ModelRecords(ModelRecord.model_validate(item) for item in records)

    def claims(
        self, name: str, attribute_name: str | None = None
    ) -> Mapping[str, list[ClaimAnswer]]:
        """All claims about a model or a family, by attribute, the resolving claim first.

        Values are in the attribute's unit, each with status, source, locator and layer.
        """
        from llmnotes.knowledge.show import show

        record = show(self._connection, name).record["claims"]
        wanted = [attribute(attribute_name).id] if attribute_name else list(ATTRIBUTES)
        return {
            key: [ClaimAnswer.model_validate(item) for item in record.get(key, [])]
            for key in wanted
            if key in record or attribute_name
        }

    def search(self, text: str, limit: int = 20) -> list[SearchHit]:
        """Full text over families, models and techniques, best first, at most `limit` of them."""
        from llmnotes.knowledge.search import search

        return [SearchHit.model_validate(item) for item in search(self._connection, text, limit)]

    def cite(self, *names: str) -> list[SourceAnswer]:
        """The sources cited by the claims about models and families, the most used first."""
        from llmnotes.knowledge.cite import cited

        return [SourceAnswer.model_validate(item) for item in cited(self._connection, names)]

    def estimate(
        self, subject: str | Path | Mapping[str, object], **options: Any
    ) -> EstimateAnswer:
        """Estimate sizes of a model, of a configuration file or directory, or of a configuration itself.

        Options are those of the command: `context`, `batch`, `dtype`, `quant`, `kv_dtype`, `hardware` (a
        list), `training`, `optimizer`, `tokens`. `context` and `tokens` count tokens, `batch` sequences;
        formats are names such as `bf16` and `q4_k`. Figures come in parameters, bytes (not GiB), FLOP and
        seconds; `formulas` gives the unit of each. Raises `InputError` where the architecture is unknown, a
        value is missing or wrong, or the name is that of a family with several models.
        """
        from llmnotes.knowledge.estimate import estimate
        from llmnotes.knowledge.estimate_options import read_options
        from llmnotes.knowledge.estimate_subject import config_shape, path_shapes, shapes_of
        from llmnotes.knowledge.shapes import Shapes

        checked = read_options(**options)
        if isinstance(subject, Mapping):
            found = Shapes([config_shape(subject)])
        elif isinstance(subject, Path):
            found = path_shapes(subject)
        else:
            found = shapes_of(subject, lambda: nullcontext(self._connection))
        if len(found.shapes) > 1:
            names = ", ".join(shape.id for shape in found.shapes)
            kind = found.group.kind if found.group is not None else "family"
            raise InputError(f"{str(subject)!r} is a {kind} of {names}; name one of them")
        return EstimateAnswer.model_validate(estimate(found.shapes[0], checked).as_json())

    def explain(self, term: str) -> ExplanationAnswer:
        """What a technique, attribute, value or unit means, with the models that use it.

        Where the term means several things, `choices` lists them and `pages` is empty.
        """
        from llmnotes.study.explain import explain

        return ExplanationAnswer.model_validate(explain(self._connection, term).as_json())

    def factcheck(self, table: str | Path, *, ignore: bool = True) -> FactcheckAnswer:
        """Check somebody's tables against the base, cell by cell.

        `table` is the text of a Markdown, HTML, LaTeX, CSV or TSV document, or the path of a file or folder
        of these, of notebooks, Word documents, workbooks, PDFs, reStructuredText and Org. `ignore` honours
        its llmnotes-ignore comments. Raises `InputError` where a file cannot be read.
        """
        from llmnotes.factcheck.judging.check import Checker
        from llmnotes.factcheck.reporting.files import Document, documents, files_of
        from llmnotes.factcheck.reporting.report import as_json, check_text, used_sources
        from llmnotes.knowledge.sources import sources

        checker = Checker(self._connection)
        text = str(table)
        is_path = isinstance(table, Path) or ("\n" not in text and Path(text).exists())
        texts = documents(files_of([text])) if is_path else [Document("", text, named=True)]
        files = [
            check_text(checker, item.name, item.text, heed=ignore, rendition=item.rendition)
            for item in texts
        ]
        found = as_json(files, sources(self._connection, used_sources(files)))
        return FactcheckAnswer.model_validate(found)

    def export(
        self, *names: str, format: str = "json", where: str | None = None, variants: str = "all"
    ) -> str:
        """Records of models and of families' members, or of all, as text in any output format.

        Raises `InputError` for an unknown format, name or condition.
        """
        from llmnotes.export import check_format, render
        from llmnotes.knowledge.filtering import Query, select
        from llmnotes.knowledge.names import models_called
        from llmnotes.views.records import records_answer

        check_format(format)
        found = select(self._connection, Query(where=where, variants=variants))
        if names:
            wanted = models_called(self._connection, names)
            found = [item for item in found if item["id"] in wanted]
        return render(records_answer(found, None), format)

    def check(self, *names: str, rules: Iterable[str] = ()) -> CheckAnswer:
        """The findings of the rules on the whole base, or on the models and families named."""
        from llmnotes.knowledge.check import check

        return CheckAnswer.model_validate(check(self._connection, names, rules).as_json())

    def conflicts(self, *names: str, attributes: Iterable[str] = ()) -> list[ConflictAnswer]:
        """Claims that disagree, with the claim that resolves each attribute and the reason."""
        from llmnotes.knowledge.conflicts import conflicts

        found = conflicts(self._connection, names, attributes)
        return [ConflictAnswer.model_validate(item.as_json()) for item in found]

    def changes(self, *names: str, since: str | None = None) -> list[ChangeAnswer]:
        """What the latest edition changed, or all editions after `since` (`2026.11`), latest first.

        `names` are models and families; all where none is named.
        """
        from llmnotes.knowledge.changes import changes

        found = changes(self._connection, names, since=since)["changes"]
        return [ChangeAnswer.model_validate(item) for item in found]

    def sql(self, query: str, timeout: float = 60.0) -> list[dict[str, Any]]:
        """Run a read-only query on the public views and return its rows.

        `timeout` is in seconds. Columns are in the units that `llmnotes schema attributes` lists. Raises
        `InputError` where the query is invalid, writes or exceeds the time limit.
        """
        from llmnotes.knowledge.sql import run

        columns, rows = run(self._connection, query, timeout)
        return [dict(zip(columns, row, strict=True)) for row in rows]
