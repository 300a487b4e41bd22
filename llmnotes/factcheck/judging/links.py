"""Judges links by what they lead to: the paper of a model, its page on a hub, its repository."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from llmnotes.factcheck.base_claims import BaseClaims
from llmnotes.factcheck.judging.judgement import Judgement
from llmnotes.factcheck.judging.without_value import unless_of_another
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.factcheck.layout.table_subject import TableSubject
from llmnotes.pattern import late
from llmnotes.quantities.sizes import find_sizes
from llmnotes.vocabulary import fold

_ATTRIBUTE = "repository"
_ARXIV = late(
    r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s?|huggingface\.co/papers/)(\d{4}\.\d{4,5})", re.I
)
_BARE_ARXIV = late(r"\d{4}\.\d{4,5}")
_ARXIV_ID = late(r"(?<![\d.])(?:0[7-9]|[12]\d)(?:0[1-9]|1[0-2])\.\d{5}(?![\d.])")
"""An arXiv id among other words; those before 2015 have four digits behind the point."""
_HUB = late(
    r"(?:huggingface\.co/|hf\.co/|modelscope\.cn/models/)(?!(?:datasets|spaces|papers|collections|blog|docs)/)"
    r"([\w.-]{1,60}/[\w.-]{1,90})",
    re.I,
)
_CODE = late(r"github\.com/([\w.-]{1,60}/[\w.-]{1,90})", re.I)
_ADDRESS = late(r"https?://[^\s()<>\[\]|\"']{4,200}")
_DEFINING = frozenset({"organization", "release_date"})
"""Attributes whose source is the document in which a model was published."""
_SHORTEST_TITLE = 12
_MOST_LINKS = 20


class _NamedPaper(NamedTuple):
    """A paper of the base: its title, and the lines or families that were published in it."""

    title: str
    defines: frozenset[str]


class Links:
    """Judges cells of links, with the papers and repositories of the base read once."""

    def __init__(self, base: BaseClaims, names: Names) -> None:
        self._base = base
        self._names = names
        self._own: dict[tuple[str, ...], dict[str, bool]] = {}

    def judge_paper(self, raw: str, subject: TableSubject | None) -> Judgement:
        """The judgement of a cell below `Paper`, by its arXiv links, else by a title in it.

        Another family's paper is wrong only where the model's own is known.
        """
        if not raw.strip(" -–—/\\|"):
            return Judgement(_ATTRIBUTE, "blank")
        ids = list(dict.fromkeys(_ARXIV.findall(raw) or _BARE_ARXIV.findall(raw)))[:_MOST_LINKS]
        if subject is None:
            return Judgement(_ATTRIBUTE, "unsupported", "the base does not know this model")
        own = self._own_papers(subject.models)
        models = subject.models
        for name in ids:
            if name in own:
                title = self._papers[name].title
                reason = (
                    f"arXiv:{name} is “{title}”" if title else f"arXiv:{name} tells its release"
                )
                return Judgement(_ATTRIBUTE, "agrees", reason, models=models)
        if not ids and (title := self._titled(raw, own)):
            return Judgement(_ATTRIBUTE, "agrees-normalised", f"its paper “{title}”", models=models)
        defining = [name for name, is_its in own.items() if is_its]
        ids = ids or self._entitled(raw)
        others = [name for name in ids if self._defines_others(name, subject)]
        if defining and ids and len(others) == len(ids):
            found = Judgement(
                _ATTRIBUTE, "wrong",
                f"arXiv:{others[0]} is “{self._papers[others[0]].title}”; its own is arXiv:{defining[0]}",
                "unexplained", f"arXiv:{defining[0]}", models,
            )  # fmt: skip
            return unless_of_another(found, subject)
        reason = "the base rests on no such paper of this model" if ids else "no paper by its title"
        return Judgement(_ATTRIBUTE, "unsupported", reason, models=models)

    def family_in(self, text: str, subject: TableSubject) -> str:
        """The id of the family called `text`, where a subject belongs to it or to its line; else empty."""
        target = self._names.find(text)
        if target is None or not self._related(target) & self._related(subject):
            return ""
        return self._base.family(target.models[0]) or ""

    def judge_link(self, raw: str, subject: TableSubject | None, found: Judgement) -> Judgement:
        """The judgement of a cell by its links, where its words tell nothing; else `found`."""
        if subject is None:
            return found
        families = self._related(subject)
        hub = [(name, self._names.find(name)) for name in _HUB.findall(raw)[:_MOST_LINKS]]
        if hub and (other := self._of_other_sizes(hub, subject)):
            return Judgement(
                _ATTRIBUTE,
                "wrong",
                other,
                "other-size",
                self._base.name(subject.id),
                subject.models,
            )
        for name, target in hub:
            if target is not None and families & self._related(target):
                reason = f"{name} is a page of {self._base.name(target.models[0])}"
                return Judgement(_ATTRIBUTE, "agrees-normalised", reason, models=subject.models)
        if hub and all(self._is_of_others(target, subject) for _, target in hub):
            page, meant = hub[0]
            called = self._base.name(meant.models[0]) if meant else page
            wrong = Judgement(
                _ATTRIBUTE, "wrong", f"{page} is a page of {called}", "unexplained",
                self._base.name(subject.models[0]), subject.models,
            )  # fmt: skip
            return unless_of_another(wrong, subject)
        for name in _CODE.findall(raw)[:_MOST_LINKS]:
            plain = name.lower().removesuffix(".git")
            if self._repositories.get(plain, frozenset()) & families:
                reason = f"{name} is a repository of its publisher"
                return Judgement(_ATTRIBUTE, "agrees-normalised", reason, models=subject.models)
        for address in _ADDRESS.findall(raw)[:_MOST_LINKS]:
            if self._pages.get(_plain(address), frozenset()) & families:
                return Judgement(
                    _ATTRIBUTE,
                    "agrees-normalised",
                    "a source of the base on it",
                    models=subject.models,
                )
        if any(name in self._own_papers(subject.models) for name in _ARXIV.findall(raw)):
            return Judgement(_ATTRIBUTE, "agrees-normalised", "its paper", models=subject.models)
        return found if _ADDRESS.search(raw) else self._named(raw, subject, found)

    def _is_of_others(self, target: TableSubject | None, subject: TableSubject) -> bool:
        """Whether a page is that of a model of neither the subject's line nor its bases and tunes."""
        if target is None or target.kind not in {"model", "family"}:
            return False
        bases = {base for model in subject.models for base in self._base.bases(model)}
        tunes = {base for model in target.models for base in self._base.bases(model)}
        made_of = {*target.models} & bases or {*subject.models} & tunes or bases & tunes
        return not (self._related(subject) & self._related(target) or made_of)

    def _of_other_sizes(
        self, hub: Sequence[tuple[str, TableSubject | None]], subject: TableSubject
    ) -> str:
        """Why pages are those of other sizes than the model's: all are, and of its family; else empty."""
        if subject.kind != "model":
            return ""
        size, family = self._base.size(subject.id), self._base.family(subject.id)
        for _, target in hub:
            if target is None or target.kind != "model" or self._base.family(target.id) != family:
                return ""
            if not _differ(size, self._base.size(target.id)):
                return ""
        return f"{hub[0][0]} is the page of {self._base.name(hub[0][1].id)}" if hub[0][1] else ""

    def _named(self, text: str, subject: TableSubject, found: Judgement) -> Judgement:
        """The judgement of names without addresses: all must be of the same family or line."""
        parts = [part.strip() for part in text.split(",")][:_MOST_LINKS]
        named = [self._names.find(part) for part in parts]
        families = self._related(subject)
        if any(one is None or not families & self._related(one) for one in named):
            return found
        return Judgement(
            _ATTRIBUTE, "agrees-normalised", "the names of its checkpoints", models=subject.models
        )

    def _own_papers(self, models: tuple[str, ...]) -> dict[str, bool]:
        """The arXiv ids that the claims on models rest on: whether they were published in them."""
        if models not in self._own:
            keys = {*models, *self._families(models)}
            self._own[models] = {
                name: bool(keys & paper.defines)
                for name, paper in self._papers.items()
                if keys & self._users[name]
            }
        return self._own[models]

    def _defines_others(self, name: str, subject: TableSubject) -> bool:
        """Whether other families than those related to a model were published in a paper."""
        paper = self._papers.get(name)
        if paper is None or not paper.defines:
            return False
        related = self._related(subject)
        families = {
            self._base.family(key) or key if key in self._models else key for key in paper.defines
        }
        return not any(self._line_of(family) in related for family in families)

    def _titled(self, raw: str, own: Iterable[str]) -> str:
        said = fold(raw)
        titles = (self._papers[name].title for name in own)
        return next((t for t in titles if len(t) >= _SHORTEST_TITLE and fold(t) in said), "")

    def _entitled(self, raw: str) -> list[str]:
        """The papers of the base whose title is the whole text."""
        said = fold(raw)
        if len(said) < _SHORTEST_TITLE:
            return []
        return [name for name, paper in self._papers.items() if fold(paper.title) == said]

    def _families(self, models: Iterable[str]) -> set[str]:
        return {family for model in models if (family := self._base.family(model))}

    def _related(self, subject: TableSubject) -> set[str]:
        """The families of a subject, and the lines that they belong to."""
        families = self._families(subject.models)
        return families | {self._line_of(family) for family in families}

    def _line_of(self, family: str) -> str:
        return self._lines.get(family) or family

    @cached_property
    def _lines(self) -> dict[str, str]:
        rows = self._base.connection.execute("SELECT id, line FROM families WHERE line IS NOT NULL")
        return {row[0]: f"line {row[1]}" for row in rows}

    @cached_property
    def _models(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._base.connection.execute("SELECT id FROM models"))

    @cached_property
    def _users(self) -> dict[str, set[str]]:
        """The subjects whose claims rest on each paper, by arXiv id."""
        self._papers  # noqa: B018 - read together
        return self._read_users

    @cached_property
    def _papers(self) -> dict[str, _NamedPaper]:
        rows = self._base.connection.execute(
            "SELECT DISTINCT coalesce(s.arxiv, s.url), s.title, c.subject, c.attribute FROM claims c "
            "JOIN sources s ON s.id = c.source WHERE s.kind IN ('paper', 'report')"
        )
        titles: dict[str, str] = {}
        defines: dict[str, set[str]] = {}
        self._read_users: dict[str, set[str]] = {}
        for address, title, subject, attribute in rows:
            match = _BARE_ARXIV.search(address or "")
            if match is None:
                continue
            titles.setdefault(match[0], title)
            self._read_users.setdefault(match[0], set()).add(subject)
            if attribute in _DEFINING:
                defines.setdefault(match[0], set()).add(subject)
        for name, subject in self._of_releases():
            titles.setdefault(name, "")
            self._read_users.setdefault(name, set()).add(subject)
        return {
            name: _NamedPaper(title, frozenset(defines.get(name, ())))
            for name, title in titles.items()
        }

    def _of_releases(self) -> Iterator[tuple[str, str]]:
        """The papers by whose numbers release dates are told, with their models: read or not, they are these
        models' own."""
        rows = self._base.connection.execute(
            "SELECT subject, locator, note, printed FROM claims WHERE attribute = 'release_date'"
        )
        for subject, *words in rows:
            for name in _ARXIV_ID.findall(" ".join(filter(None, words))):
                yield name, subject

    @cached_property
    def _pages(self) -> dict[str, frozenset[str]]:
        """The families whose claims rest on each page of the publishers, by its address."""
        rows = self._base.connection.execute(
            "SELECT DISTINCT s.url, c.subject FROM claims c JOIN sources s ON s.id = c.source "
            "WHERE s.is_primary AND s.url IS NOT NULL"
        )
        found: dict[str, set[str]] = {}
        for url, subject in rows:
            family = self._base.family(subject) if subject in self._models else subject
            found.setdefault(_plain(url), set()).add(family or subject)
        return {url: frozenset(families) for url, families in found.items()}

    @cached_property
    def _repositories(self) -> dict[str, frozenset[str]]:
        """The families whose claims rest on each GitHub repository."""
        rows = self._base.connection.execute(
            "SELECT DISTINCT s.url, s.copy_read, c.subject FROM claims c JOIN sources s ON s.id = c.source "
            "WHERE s.is_primary AND (s.url LIKE '%github.com/%' OR s.copy_read LIKE '%/%@%')"
        )
        found: dict[str, set[str]] = {}
        for url, copy, subject in rows:
            names = _CODE.findall(url or "")
            if copy and not copy.startswith(("copy of", "huggingface.co", "pypi:", "npm:")):
                names += [copy.partition("@")[0]]
            family = self._base.family(subject) if subject in self._models else subject
            for name in names:
                plain = name.lower().removesuffix(".git")
                if plain not in _OF_ALL:
                    found.setdefault(plain, set()).add(family or subject)
        return {name: frozenset(families) for name, families in found.items()}


def _differ(first: str, second: str) -> bool:
    """Whether two sizes within a family are not one: `7B` and `13B`, `XL` and `XXL`."""
    numbers = [find_sizes(size) for size in (first, second)]
    if all(numbers):
        return numbers[0][0].parameters != numbers[1][0].parameters
    words = {size.split()[0].lower() for size in (first, second)}
    return not any(numbers) and len(words) > 1 and words <= _SIZES


_SIZES = frozenset(
    ["tiny", "mini", "small", "medium", "base", "large", "xl", "xxl", "xlarge", "xxlarge"]
)
_OF_ALL = frozenset({"huggingface/transformers", "ggml-org/llama.cpp", "vllm-project/vllm"})
"""Repositories that serve models of all publishers."""


def _plain(address: str) -> str:
    """An address for comparison, without scheme and trailing slash."""
    return address.lower().partition("://")[2].removeprefix("www.").rstrip("/")
