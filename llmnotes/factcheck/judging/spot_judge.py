"""Judges a text as if it stood at a spot of a table, with a cache and within the effort of a file."""

from __future__ import annotations

import re

from llmnotes.attributes.relations import SIZES
from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.counts import is_bare
from llmnotes.factcheck.judging.asked import ASKED, Asked
from llmnotes.factcheck.judging.effort import Effort
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement, gravest, passed_over
from llmnotes.factcheck.judging.own_text import OwnText
from llmnotes.factcheck.judging.scores import Scores
from llmnotes.factcheck.judging.several_readings import counted_otherwise, without_echoes
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.judging.without_value import unless_of_another
from llmnotes.factcheck.layout.cell_reader import CellReader
from llmnotes.factcheck.layout.headers import Header
from llmnotes.factcheck.layout.lines import Spot
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.schema import ATTRIBUTES


class SpotJudge:
    """Judges texts at spots; `effort` is that of the file in hand."""

    def __init__(self, base: BaseClaims, names: Names) -> None:
        self.judge = Judge(base, names)
        self.asked = Asked(base, names, self.judge)
        self.reader = CellReader()
        self.effort = Effort()
        self.scores = Scores(base, names)
        self._own = OwnText(base)
        self._base = base
        self._judged_before: dict[tuple[str, Header, TableSubject | None], Judgement] = {}

    def judgement(self, text: str, spot: Spot, subject: TableSubject | None) -> Judgement:
        """The judgement of a cell that may have several attributes: the most severe that counts."""
        key = (text, spot.headers[0], subject)
        if key not in self._judged_before:
            if not self.effort.may_read(text):
                return passed_over(str(spot.headers[0].attribute))
            if len(self._judged_before) >= _MOST_KEPT:
                self._judged_before.clear()
            found = self._judged_before[key] = self._judge_anew(text, spot.headers[0], subject)
            if found.verdict == "agrees":
                self.effort.give_back(text)
        return self._judged_before[key]

    def may_stand(self, text: str, spot: Spot, subject: TableSubject | None) -> bool:
        """Whether any value of a cell is true at a spot: a fast check before judging."""
        header = spot.headers[0]
        if subject is None or not self.effort.may_read(text):
            return False
        if header.term or header.benchmark:
            return True
        if is_bare(text) and not ATTRIBUTES[str(header.attribute)].is_numeric:
            return False
        return any(
            self.judge.agrees(item, model, reading.attribute)
            for reading in self.reader.readings(text, header)
            for item in reading.items
            for model in subject.models
        )

    def _with_size(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        """The judgement of an architecture; partly wrong where the size beside it is false."""
        if found.verdict not in TRUE_VERDICTS:
            return found
        size = self.judge.judge(self.reader.read(text, "params_total"), subject)
        if not size.false_items:
            return found
        return found._replace(verdict="partly-wrong", cause="other-size", reason=size.reason)

    def _with_groups(
        self, found: Judgement, told: re.Match[str], subject: TableSubject
    ) -> Judgement:
        """The judgement of shared heads; partly wrong where their number or ratio is another."""
        if found.verdict not in TRUE_VERDICTS:
            return found
        every = [
            [self._base.known(model, name).first for name in ("n_heads", "n_kv_heads")]
            for model in subject.models
        ]
        pairs = [
            (query.value, key.value)
            for query, key in every
            if query and key and isinstance(query.value, int) and isinstance(key.value, int)
        ]
        if told["queries"]:
            right = {f"{query / key:g}:1" for query, key in pairs}
            says = f"{told['queries']}:1"
        else:
            right = {f"{query} heads" for query, _ in pairs}
            says = f"{told['heads']} heads"
        if says in right or len(pairs) < len(every):
            return found
        reason = f"{says} is false: the base has {', '.join(sorted(right))}"
        return found._replace(verdict="partly-wrong", cause="unexplained", reason=reason)

    def _judge_anew(self, text: str, header: Header, subject: TableSubject | None) -> Judgement:
        if header.benchmark:
            return unless_of_another(self.scores.judge(text, header, subject), subject)
        if header.term in ASKED:
            return self.asked.judge(text, header.term, subject)
        if subject is not None and header.attribute is not None and not header.term:
            own = self._own.judge(text, str(header.attribute), subject)
            if own is not None:
                return own
        flag = self.reader.flag(text, header)
        if flag is not None:
            return self.judge.judge_flag(header, flag, subject)
        readings = self.reader.readings(text, header)
        found = without_echoes([(r, self.judge.judge(r, subject)) for r in readings])
        worst = gravest(counted_otherwise(one, header) for one in found)
        beside = _BESIDE.search(text) if worst.is_false else None
        if beside is not None:
            spot = Spot(subject, "", (header,), 0)
            if self.judgement(beside["value"], spot, subject).verdict in TRUE_VERDICTS:
                return worst._replace(verdict="partly-wrong", cause=None)
        if subject is not None and header.attribute == "architecture" and _SIZED.fullmatch(text):
            return self._with_size(worst, text, subject)
        if subject is not None and header.attribute in _OF_HEADS and (told := _GROUPS.search(text)):
            return self._with_groups(worst, told, subject)
        if subject is not None and header.attribute in _OF_USE and len(text) > _BARE_SIZE:
            from llmnotes.factcheck.judging.use_told import with_use

            return with_use(self.judge, worst, text, subject)
        beside_size = len(text) > _BARE_SIZE or "(" in text
        if subject is not None and header.attribute in SIZES and beside_size:
            from llmnotes.factcheck.judging.experts_beside import with_experts

            return with_experts(self.judge, worst, text, subject)
        return worst


_OF_USE = frozenset({"license", "availability"})
_OF_HEADS = frozenset({"attention", "architecture"})
_GROUPS = late(
    r"\bGQA\b\W{0,3}(?P<queries>\d{1,3})\s?[:：]\s?1\b|\b(?:GQA|MHA|MQA)\s?\((?P<heads>\d{1,3})\s?(?:h|heads?)\)",
    re.IGNORECASE,
)
"""How many query heads share a head of keys and values, `GQA 8:1`, or how many there are, `GQA (32h)`."""
_SIZED = late(
    r"(?:(?:dense|sparse|moe|decoder(?:-only)?|encoder(?:-only)?|transformer|active|total|激活|总|级|[\s/,+&()（）、，-])"
    r"|\d{1,4}(?:\.\d{1,2})?\s?[BM](?![A-Za-z]))+",
    re.IGNORECASE,
)
"""A kind of architecture with nothing but sizes beside it: `Dense 7B-65B`."""
_BESIDE = late(
    r"\d\s{0,3}\((?P<value>\d[\d.,]*\s?[kKMB]?)[\s,;:]+(?!tokens?\b|words\b)[A-Za-z][\w. -]{2,40}\)"
)
"""Another value in brackets, with the words for what has it: `2048 (4096, chat)`."""
_BARE_SIZE = 12
"""Characters of a cell that has no room for experts beside its size, nor for a word on its use."""
_MOST_KEPT = 50_000
"""Size limit of the cache of judgements."""
