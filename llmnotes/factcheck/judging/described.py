"""Cells that describe a licence or an architecture instead of naming it: `custom`, `like LLaMA`."""

from __future__ import annotations

import re

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.cells.permission import permission
from llmnotes.factcheck.cells.reader import read_cell
from llmnotes.factcheck.judging.commercial import judge_commercial
from llmnotes.factcheck.judging.judge import Judge
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.told_by_model import told_by_model, told_of_own_family
from llmnotes.factcheck.judging.verdicts import TRUE_VERDICTS
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.vocabulary import fold

_CUSTOM = late(
    r"\W*(?:(?:custom|own|bespoke|special|specific)\s?(?:model\s)?(?:licen[cs]e|agreement|terms)?|model\s(?:licen[cs]e|agreement)"
    r"|自定义(?:协议|许可证?)?|模型许可(?:协议|证)?|定制(?:协议|许可)|eigene\s?lizenz|licencia\s(?:propia|personalizada))\W*",
    re.IGNORECASE,
)
"""Words for a licence of the publisher's own."""
_OPEN = late(
    r"\W*(?:open[\s-]?source|permissive|open[\s-]?source\slicen[cs]e|开源|código\sabierto|código\saberto|libre)\W*",
    re.IGNORECASE,
)
_COMMUNITY = late(r"\W*community\s(?:licen[cs]e|agreement)(?:\sagreement)?\W*", re.IGNORECASE)
_OWN = late(
    r"\W*(?:custom|own|bespoke|community|responsible\sai|openrail)\b(?![\s-]?(?:code|data|made|built))"
    r"|自定义|定制|eigene\slizenz|licencia\s(?:propia|personalizada)",
    re.IGNORECASE,
)
"""The beginning of a licence of the publisher's own, or one that restricts use."""
_SURE = frozenset({"model", "family", "several"})
"""Kinds of names that mean no other models than theirs."""
_OF_NOBODY = late(
    r"\b(?:apache|mit|bsd|[al]?gpl|cc|creative\scommons|mpl|isc|unlicense|cc0)\b", re.IGNORECASE
)
"""Licences that many publishers use, by words of their names."""
_FREE_SOFTWARE = late(r"\b(?:apache|mit|bsd|[al]?gpl|mpl|isc|unlicense)\b", re.IGNORECASE)
_LIKE = late(
    r"(?:(?:based\son|like|same\sas|similar\sto|类似|基于)\s*)?(?P<name>[A-Za-z][\w. -]{1,24}?)"
    r"[\s-]?(?:[vV]?\d)?"
    r"(?:[\s-]?(?:like|style|based|type|architecture|arch|架构|结构|类))?",
    re.IGNORECASE,
)
"""A model as the name of an architecture: `LLaMA-like`, `GPT-NeoX`, `llama`."""
_SIZES = late(
    r"\s?[(（](?:(?:x{0,2}small|tiny|mini|small|medium|base|x{0,2}large|[\d.]{1,5}\s?[BM])[\s,/&、]{0,3}){1,6}[)）]$",
    re.IGNORECASE,
)
"""The sizes of a model behind its name: `RoBERTa (base, large)`."""
_KIND = late(
    r"\W*(?:(?P<base>(?:base|foundation|pre-?trained)(?:\smodel)?|底座|基座|基础|预训练)"
    r"|(?P<tuned>chat|instruct|(?:chat|instruct(?:ion)?|dialogue?)[\s-]?(?:fine-?)?tuned|chat\s?微调"
    r"|指令微调|指令精调|微调|对话|聊天)"
    r"|(?P<any>(?:large\s)?language\smodel|llm|大?语言模型|大模型|언어 모델|言語モデル))(?:大?模型)?\W*",
    re.IGNORECASE,
)
"""Words for a kind of model that stand below `Type` and tell no architecture."""
_LINK = late(
    r"\W*(?:(?:hf|hugging\s?face|the eye|github|modelscope|models?|weights|link|here|download)\W*){1,3}",
    re.IGNORECASE,
)
"""Words of a link below `Weights`."""
_TO_BE_HAD = frozenset({"open-weights", "gated-weights"})
_CLASS = late(r"(?P<name>[A-Za-z][A-Za-z0-9]{1,30}?)(?:For(?P<task>CausalLM|MaskedLM))")
_TASKS = {"CausalLM": "causal-decoder", "MaskedLM": "encoder-only"}
_TRAITS = (
    "architecture", "sparsity", "positional_encoding", "activation", "normalization", "norm_placement",
    "bias", "parallel_blocks", "mixer",
)  # fmt: skip
_TOLD = (
    "n_layers", "n_heads", "d_model", "n_experts", "positional_encoding", "attention", "attention_span",
    "activation", "normalization", "norm_placement", "parallel_blocks", "mixer",
)  # fmt: skip
"""Attributes that a description of an architecture tells of."""
_RATIO = late(r"\b\d{1,3}\s?[:： ]\s?\d{1,3}\b")
"""Query heads to a head of keys and values: `GQA 4:1`."""
_FEWEST = 4
"""Traits that two models must be known to share to be called alike."""


class DescribedCells:
    """Judges such cells, where no value was read in them."""

    def __init__(self, base: BaseClaims, names: Names, judge: Judge) -> None:
        self._base = base
        self._names = names
        self._judge = judge

    def judge(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        """The judgement of an unreadable cell by what it describes; `found` itself where nothing helps."""
        if found.attribute == "based_on":
            return told_of_own_family(self._base, self._names, found, text, subject)
        if found.attribute in {"license", "availability"}:
            return self._licence(found, text, subject)
        if found.attribute == "architecture":
            return self._architecture(found, text, subject)
        return told_by_model(self._base, self._names, found, text, subject)

    def _by_name(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        """A licence below `Open source`: judged as the licence it names."""
        named = self._judge.judge(read_cell(text, "license"), subject)
        return named if named.verdict in {"agrees", "agrees-normalised"} else found

    def _licence(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        if found.attribute == "availability" and _LINK.fullmatch(text):
            return self._linked(found, subject)
        known = [self._base.known(model, "license") for model in subject.models]
        stated = [item for item in known if item.claims]
        if not stated:
            return found
        licences = [str(item.claims[0].value) for item in stated]
        true = (
            (_CUSTOM.fullmatch(text) and not any(map(_OF_NOBODY.search, licences)))
            or (_OPEN.fullmatch(text) and all(map(_FREE_SOFTWARE.search, licences)))
            or (_COMMUNITY.fullmatch(text) and all("community" in one.lower() for one in licences))
        )  # fmt: skip
        if true:
            return Judgement(
                "license", "agrees-normalised", f"the base has {self._judge.expected(stated)}", None,
                self._judge.expected(stated), subject.models, tuple(i.claims[0] for i in stated),
            )  # fmt: skip
        if found.attribute == "availability" and _OF_NOBODY.search(text):
            return self._by_name(found, text, subject)
        surely = subject.kind in _SURE and len(stated) == len(known)
        if found.attribute == "license" and surely and _OWN.match(text):
            every = [str(claim.value) for item in stated for claim in item.claims]
            if all(map(_FREE_SOFTWARE.search, every)):
                return Judgement(
                    "license", "wrong", f"the base has {self._judge.expected(stated)}", "unexplained",
                    self._judge.expected(stated), subject.models,
                    tuple(i.claims[0] for i in stated),
                )  # fmt: skip
        if permission(text) is None or len(text) > _LONGEST:
            return found
        allowed = judge_commercial(self._base, text, subject)
        return allowed if allowed.verdict in {"agrees", "agrees-normalised"} else found

    def _linked(self, found: Judgement, subject: TableSubject) -> Judgement:
        """The judgement of a link to the weights: they can be had."""
        known = [self._base.known(model, "availability").first for model in subject.models]
        if not known or any(one is None or one.value not in _TO_BE_HAD for one in known):
            return found
        return found._replace(
            verdict="agrees-normalised", reason="its weights can be had", models=subject.models
        )

    def _kind(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        """The judgement of a word for a kind of model: tuned or not, or a language model at all."""
        match = _KIND.fullmatch(text)
        if match is None:
            return found
        wanted = "base" if match["base"] else "post-trained" if match["tuned"] else ""
        models = (*subject.models, *(self._base.variants(subject.models) if subject.bare else ()))
        if wanted and not any(self._base.variant(model) == wanted for model in models):
            reason = "the base knows it in another form alone"
            return found._replace(verdict="unsupported", reason=reason, models=subject.models)
        reason = f"there is a {wanted} model of the name" if wanted else "it is one"
        return found._replace(verdict="agrees-normalised", reason=reason, models=subject.models)

    def _architecture(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        if (kind := self._kind(found, text, subject)) is not found:
            return kind
        if (match := _CLASS.fullmatch(text.strip())) and match["task"] in _TASKS:
            known = [self._base.known(model, "architecture").first for model in subject.models]
            if all(one is not None and one.value == _TASKS[match["task"]] for one in known):
                reason = f"a class of its kind: {_TASKS[match['task']]}"
                return found._replace(
                    verdict="agrees-normalised", reason=reason, models=subject.models
                )
        if (told := self._traits(found, text, subject)) is not found:
            return told
        plain = _SIZES.sub("", " ".join(text.split()))
        match = _LIKE.fullmatch(plain)
        other = match and (self._names.find(plain) or self._names.find(match["name"].strip()))
        if not other:
            return found
        own_name = fold(plain).rstrip("0123456789.")
        family = self._base.family(subject.models[0]) or ""
        if own_name and fold(family).startswith(own_name):
            return found._replace(
                verdict="agrees-normalised", reason=f"it is of the family {family}",
                models=subject.models,
            )  # fmt: skip
        return self._alike(found, other, subject)

    def _traits(self, found: Judgement, text: str, subject: TableSubject) -> Judgement:
        """The judgement of a description by the traits in it, which must all be true: `28 layers, RoPE`."""
        if len(text) > _LONGEST:
            return found
        true: list[str] = []
        for name in _TOLD:
            reading = read_cell(text, name, strict=True)
            if not reading.items:
                continue
            told = self._judge.judge(reading, subject)
            if told.verdict not in TRUE_VERDICTS:
                rest = _RATIO.sub("", reading.rest)
                whole = told.is_false and not (true or rest or reading.qualifiers)
                return told._replace(reason=f"read as {name}, {told.reason}") if whole else found
            true.append(name)
        if not true:
            return found
        reason = f"it tells of {', '.join(true)}"
        return found._replace(verdict="agrees-normalised", reason=reason, models=subject.models)

    def _alike(self, found: Judgement, other: TableSubject, subject: TableSubject) -> Judgement:
        """Whether one model of the named family shares every trait that the base tells of both."""
        for model in other.models:
            traits = [
                (one.value, another.value)
                for name in _TRAITS
                if (one := self._base.known(subject.models[0], name).first) is not None
                and (another := self._base.known(model, name).first) is not None
            ]
            if len(traits) >= _FEWEST and all(first == second for first, second in traits):
                reason = f"built as {self._base.name(model)} in all that the base tells of both"
                return found._replace(
                    verdict="agrees-normalised", reason=reason, models=subject.models
                )
        return found._replace(
            verdict="unsupported", reason="the base does not say whether it is built so"
        )


_LONGEST = 160
