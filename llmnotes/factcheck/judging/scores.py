"""Compares scores in a benchmark's column with the model's results in the base."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.absence import absence
from llmnotes.factcheck.cells.scores import WrittenScore, read_score, same_setting, shots
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.layout.benchmarks import may_be_same, same_benchmark
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.resolve import Statement

_LOSS = late(r"\b(?:ppl|perplexity|bpb|bits per byte)\b", re.IGNORECASE)
_ATTRIBUTE = "evaluation"
OTHER_RUN = "other runs may differ"
_OTHER_RUN = 5
"""Tolerance in points between another's run of a benchmark and the publisher's."""


def _is_of_other_setting(asked: str, true: list[KnownScore], comparable: list[KnownScore]) -> bool:
    """Whether a score asked for with shots is one told without, and its model has another with so many."""
    wanted = shots(asked)
    return bool(wanted) and all(
        one.setting
        and not shots(one.setting)
        and any(other.model == one.model and shots(other.setting) & wanted for other in comparable)
        for one in true
    )


class KnownScore(NamedTuple):
    """A score of one model in the base, with its claim."""

    model: str
    score: float
    setting: str
    claim: Statement

    def __str__(self) -> str:
        return f"{self.score:g}" + (f" ({self.setting})" if self.setting else "")


class ScoreSources(NamedTuple):
    """The sources that have a score as written, those with another one, and the points to the nearest."""

    having: frozenset[str]
    others: frozenset[str]
    apart: float


class Scores:
    """Judges cells of benchmark columns."""

    def __init__(self, base: BaseClaims, names: Names) -> None:
        self._base = base
        self._names = names

    def judge(self, text: str, header: Header, subject: TableSubject | None) -> Judgement:
        """The judgement of a score under the name of a benchmark.

        A different score is wrong where the setting is the same and no other run explains it, or where it
        is certainly another model's; else the base does not have that run.
        """
        score = read_score(text)
        if absence(text) is not None:
            return Judgement(_ATTRIBUTE, "blank")
        if score is None:
            return Judgement(_ATTRIBUTE, "unreadable", f"not a score: {text.strip()[:60]}")
        if subject is None:
            return Judgement(_ATTRIBUTE, "unsupported", "the base does not know this model")
        asked = score.setting or header.setting
        results = self._results(subject.models, header)
        comparable = [result for result in results if same_setting(asked, result.setting)]
        found = Judgement(
            _ATTRIBUTE, "agrees", "", None, _expected(comparable or results), subject.models,
            tuple({id(result.claim): result.claim for result in comparable or results}.values()),
        )  # fmt: skip
        true = [result for result in comparable if score.is_written_of(result.score)]
        if true and _is_of_other_setting(asked, true, comparable):
            return self._not_true(found, score, asked, results, comparable, header)
        if true:
            return found if shots(asked) else _with_setting(found, true[0])
        if (other := self._loosely(score, header, subject, asked)) is not None:
            reason = f"{other} of {self._base.name(other.model)}"
            return found._replace(
                verdict="agrees-normalised", reason=reason, expected=f"{other.score:g}",
                claims=(other.claim,),
            )  # fmt: skip
        return self._not_true(found, score, asked, results, comparable, header)

    def sources(
        self, text: str, header: Header, subject: TableSubject | None
    ) -> ScoreSources | None:
        """Whose score a cell has, and who has another of the benchmark in its setting."""
        score = read_score(text)
        if score is None or subject is None:
            return None
        asked = score.setting or header.setting
        results = self._results(subject.models, header)
        comparable = [one for one in results if same_setting(asked, one.setting)]
        having = {str(r.claim.source) for r in comparable if score.is_written_of(r.score)}
        times = (1, 100) if score.value <= 1 else (1,)
        apart = [abs(n * float(score.value) - one.score) for one in results for n in times]
        others = {str(one.claim.source) for one in comparable} - having
        return ScoreSources(frozenset(having), frozenset(others), min(apart, default=0.0))

    def _not_true(
        self,
        found: Judgement,
        score: WrittenScore,
        asked: str,
        results: list[KnownScore],
        comparable: list[KnownScore],
        header: Header,
    ) -> Judgement:
        elsewhere = [result for result in results if score.is_written_of(result.score)]
        if elsewhere:
            reason = f"that is the score in another setting: {elsewhere[0]}"
            return found._replace(verdict="wrong", cause="other-setting", reason=reason)
        unknown = found._replace(verdict="unsupported")
        if not comparable:
            had = f"; it has {_listed(results)}" if results else ""
            return unknown._replace(
                reason=f"the base has no such result of {header.benchmark}{had}"
            )
        stated = [r for r in comparable if not shots(asked) or shots(r.setting)]
        if not stated:
            return unknown._replace(reason=f"the base has {_listed(comparable)}; {OTHER_RUN}")
        comparable = stated  # a run without a number of shots contradicts none
        reason = f"the base has {_listed(comparable)}"
        apart = min(abs(float(score.value) - result.score) for result in comparable)
        share = score.value <= 1 < comparable[0].score
        if (
            not share
            and apart > 1
            and (other := self._anothers(found.models, score, asked, header, comparable))
        ):
            cause, model = other
            reason = f"{score.value} is {model}'s; {reason}"
            return found._replace(verdict="wrong", cause=cause, reason=reason)
        one_run = len({result.score for result in comparable}) == 1 or bool(shots(asked))
        slips = [_slip(score, result.score) for result in comparable]
        if one_run and ("exchange" in slips or (apart > _OTHER_RUN and any(slips))):
            return found._replace(verdict="wrong", cause="digit-slip", reason=reason)
        return unknown._replace(reason=f"{reason}; {OTHER_RUN}")

    def _loosely(
        self, score: WrittenScore, header: Header, subject: TableSubject, asked: str
    ) -> KnownScore | None:
        """The result that is meant where the table omits the edition or the variant.

        `GPQA` may be GPQA Diamond, and a bare name that of the post-trained model.
        """
        base = subject.bare and all(self._base.variant(m) == "base" for m in subject.models)
        trained = [
            model
            for model in (self._base.variants(subject.models) if base else ())
            if self._base.variant(model) == "post-trained"
        ]
        results = [
            *self._results(subject.models, header, loosely=True),
            *self._results(trained, header, loosely=True),
        ]
        same = (r for r in results if same_setting(asked, r.setting))
        return next((r for r in same if score.is_written_of(r.score)), None)

    def _results(
        self, models: Iterable[str], header: Header, *, loosely: bool = False
    ) -> list[KnownScore]:
        asked, is_loss = header.benchmark, _is_loss(header.text)

        def is_asked(one: dict[str, object]) -> bool:
            given, setting = str(one["benchmark"]), str(one.get("setting") or "")
            return (not is_loss or _is_loss(str(one.get("metric") or ""))) and (
                same_benchmark(asked, given, setting) or (loosely and may_be_same(asked, given))
            )

        return [
            KnownScore(model, float(one["score"]), str(one.get("setting") or ""), claim)
            for model in models
            for claim in self._base.known(model, _ATTRIBUTE).claims
            for one in claim.value
            if is_asked(one) and isinstance(one.get("score"), int | float)
        ]

    def _anothers(
        self,
        models: tuple[str, ...],
        score: WrittenScore,
        asked: str,
        header: Header,
        comparable: list[KnownScore],
    ) -> tuple[str, str] | None:
        """The cause and the model where the score is that of another size or generation.

        This requires one source with both: scores of different runs coincide by chance.
        """
        sources = {result.claim.source for result in comparable}
        family = self._base.family(models[0])
        generations = self._names.generations(family) if family else []
        for cause, others in (
            ("other-size", self._base.siblings(models[0])),
            ("other-generation", [m for other in generations for m in self._base.members(other)]),
        ):
            for result in self._results((m for m in others if m not in models), header):
                if (
                    result.claim.source in sources
                    and same_setting(asked, result.setting)
                    and score.is_written_of(result.score)
                ):
                    return cause, result.model
        return None


def _is_loss(metric: str) -> bool:
    """Whether a metric is a perplexity or the like, which is no share of right answers."""
    return _LOSS.search(metric) is not None


def _expected(results: list[KnownScore]) -> str:
    """The expected text: the score, with its setting where there are several.

    Of several runs it is that of the preferred claim, the publisher's own.
    """
    results = [r for r in results if r.claim is results[0].claim or not results[0].claim.preferred]
    plain = dict.fromkeys(f"{result.score:g}" for result in results)
    return next(iter(plain)) if len(plain) == 1 else _listed(results)


def _listed(results: list[KnownScore]) -> str:
    return "; ".join(dict.fromkeys(map(str, results)))


def _with_setting(found: Judgement, result: KnownScore) -> Judgement:
    """A true score whose setting the table omits."""
    if not result.setting:
        return found
    return found._replace(verdict="agrees-normalised", reason=result.setting)


def _slip(score: WrittenScore, exact: float) -> str:
    """How two scores differ by a slip of the hand; empty where they do not.

    `exchange`: two neighbouring digits change places, which hardly another run does; `digit`: one digit is
    changed, lost or doubled.
    """
    first, second = (f"{float(value):.1f}".replace(".", "") for value in (score.value, exact))
    if len(first) == len(second):
        apart = [i for i in range(len(first)) if first[i] != second[i]]
        exchanged = (
            len(apart) == 2 and apart[1] == apart[0] + 1
            and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]
        )  # fmt: skip
        return "exchange" if exchanged else "digit" if len(apart) == 1 else ""
    longer, shorter = sorted((first, second), key=len, reverse=True)
    return (
        "digit" if any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))) else ""
    )
