"""Checks bibliography entries against the papers cited in the base: title, year and id.

A paper is identified by its arXiv id or DOI, else by its title. An entry for an unknown paper is
`unsupported`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from llmnotes.documents.bibtex import BibEntry, BibField
from llmnotes.pattern import late
from llmnotes.study.techniques import techniques
from llmnotes.tables.tex import SYMBOLS
from llmnotes.vocabulary import fold

_ARXIV = late(
    r"(?<!\d)(\d{4}\.\d{4,5})(?:v\d+)?(?!\d)|(?:arxiv[:./]\s*(?:abs/)?)([a-z-]+/\d{7})", re.I
)
_SAYS_ARXIV = ("eprint", "arxivid", "arxiv", "url", "journal", "note", "howpublished", "doi")
_DOI = late(r"10\.\d{4,9}/\S+", re.I)
_VENUES = ("booktitle", "journal", "series")
_SIGN = late(r"\\([A-Za-z]{1,20})")
_COMMAND = late(r"\\[a-zA-Z]+\*?|[{}$~\\]")
_YEARS_TO_PRINT = 2
"""Tolerance in years between a preprint and its publication at a venue."""
_MISSPELT = 0.9
"""Minimum similarity of two spellings of one title (difflib's ratio)."""
_LONGEST_TITLE = 500


class KnownPaper(NamedTuple):
    """A paper as the base names it; `source` is the id of the source, None for a technique's paper.

    `published` distinguishes papers and reports from posts, cards and code with the same title.
    """

    title: str
    year: int | None
    arxiv: str | None
    doi: str | None
    source: str | None
    url: str = ""
    published: bool = True

    @property
    def place(self) -> str:
        """Its identifier."""
        return (
            f"arXiv:{self.arxiv}" if self.arxiv else f"doi:{self.doi}" if self.doi else self.title
        )


class EntryFinding(NamedTuple):
    """The finding on one field of an entry, with the verdicts of table cells."""

    line: int
    key: str
    field: str
    text: str
    verdict: str
    expected: str = ""
    reason: str = ""
    sources: tuple[str, ...] = ()


class KnownPapers:
    """The papers of the base, by arXiv id, DOI and title."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._by_id: dict[str, KnownPaper] = {}
        self._by_title: dict[str, list[KnownPaper]] = {}
        for paper in _papers(connection):
            for key in (paper.arxiv, paper.doi) if paper.published else ():
                if key:
                    self._by_id.setdefault(key, paper)
            self._by_title.setdefault(_plain(paper.title), []).append(paper)

    def check(self, entries: Iterable[BibEntry]) -> Iterator[EntryFinding]:
        """The findings on each entry's fields, in order."""
        for entry in entries:
            yield from self._entry(entry)

    def _entry(self, entry: BibEntry) -> Iterator[EntryFinding]:
        title = entry.fields.get("title")
        name, written = _id(entry)
        by_title = self._titled(entry, title, written) if title else None
        by_id = self._by_id.get(written.lower()) if written else None
        paper = by_title or by_id
        if paper is None:
            text = _words(title.text) if title else ""
            reason = "the base rests on no such paper"
            yield EntryFinding(entry.line, entry.key, "title", text, "unsupported", reason=reason)
            return
        sources = (paper.source,) if paper.source else ()
        if title:
            yield _title(entry.key, title, paper, sources)
        if "year" in entry.fields:
            yield _year(entry, entry.fields["year"], paper, sources)
        if written:
            yield _identity(entry, name, written, paper, by_id, sources)

    def _titled(self, entry: BibEntry, title: BibField, written: str) -> KnownPaper | None:
        """The paper with this title. A post of the same title is distinguished by its address."""
        found = self._by_title.get(_plain(title.text), [])
        address = _address(entry.fields["url"].text) if "url" in entry.fields else ""
        for paper in found:
            if address and address == _address(paper.url):
                return paper
        papers = [paper for paper in found if paper.published]
        elsewhere = bool(address) and not written and not _has_venue(entry)
        return papers[0] if papers and not elsewhere else None


def _address(url: str) -> str:
    """A web address for comparison, without scheme and trailing slash."""
    return _words(url).lower().partition("://")[2].removeprefix("www.").rstrip("/")


def _has_venue(entry: BibEntry) -> bool:
    return any(
        name in entry.fields and "arxiv" not in entry.fields[name].text.lower() for name in _VENUES
    )


def _papers(connection: sqlite3.Connection) -> Iterator[KnownPaper]:
    for key, kind, title, year, arxiv, doi, url in connection.execute(
        "SELECT id, kind, title, year, arxiv, doi, url FROM sources WHERE kind <> 'formula' "
        "ORDER BY arxiv IS NULL, id"
    ):
        written = _arxiv(f"{arxiv or ''} {url or ''}")
        published = kind in {"paper", "report"}
        yield KnownPaper(title, year, written, _doi(doi or ""), key, url or "", published)
    for technique in techniques(connection).values():
        if paper := technique.paper:
            written = f"{paper.get('arxiv') or ''} {paper.get('url') or ''}"
            yield KnownPaper(
                paper["title"], paper["year"], _arxiv(written), _doi(paper.get("doi") or ""), None
            )


def _arxiv(text: str) -> str | None:
    match = _ARXIV.search(text)
    return (match[1] or match[2]).lower() if match else None


def _doi(text: str) -> str | None:
    match = _DOI.search(text)
    return match[0].rstrip("}.,;").lower() if match else None


def _id(entry: BibEntry) -> tuple[str, str]:
    """The field that identifies the paper, and its arXiv id or DOI; empty where there is none."""
    for name in _SAYS_ARXIV:
        if name in entry.fields and (found := _arxiv(entry.fields[name].text)):
            return name, found
    for name in ("doi", "url"):
        if name in entry.fields and (found := _doi(entry.fields[name].text)):
            return name, found
    return "", ""


def _title(key: str, title: BibField, paper: KnownPaper, sources: tuple[str, ...]) -> EntryFinding:
    text = _words(title.text)
    said, right = _plain(title.text), _plain(paper.title)
    verdict, reason = "agrees", ""
    if said != right:
        alike = SequenceMatcher(None, said[:_LONGEST_TITLE], right[:_LONGEST_TITLE]).ratio()
        if said and right.startswith(said):
            verdict, reason = "partly-wrong", "the title goes on"
        elif alike >= _MISSPELT:
            verdict, reason = "misspelt", "nearly the title"
        else:
            verdict, reason = "wrong", f"{paper.place} has another title"
    expected = paper.title if verdict != "agrees" else ""
    return EntryFinding(title.line, key, "title", text, verdict, expected, reason, sources)


def _year(
    entry: BibEntry, year: BibField, paper: KnownPaper, sources: tuple[str, ...]
) -> EntryFinding:
    text = _words(year.text)
    verdict, expected, reason = "agrees", "", ""
    if not re.fullmatch(r"(?:19|20)\d\d", text):
        verdict, reason = "unreadable", "no year"
    elif paper.year is not None:
        said, right = int(text), {paper.year, _year_of(paper.arxiv) or paper.year}
        venue = any(
            name in entry.fields and "arxiv" not in entry.fields[name].text.lower()
            for name in _VENUES
        )
        if said in right:
            verdict = "agrees"
        elif venue and min(abs(said - one) for one in right) <= _YEARS_TO_PRINT:
            verdict, reason = "agrees-normalised", f"at a venue; the paper is of {paper.year}"
        else:
            verdict, expected, reason = (
                "wrong",
                str(paper.year),
                f"{paper.place} is of {paper.year}",
            )
    return EntryFinding(year.line, entry.key, "year", text, verdict, expected, reason, sources)


def _year_of(arxiv: str | None) -> int | None:
    """The year in an arXiv id of the current scheme."""
    return 2000 + int(arxiv[:2]) if arxiv and arxiv[:2].isdigit() else None


def _identity(
    entry: BibEntry,
    name: str,
    written: str,
    paper: KnownPaper,
    by_id: KnownPaper | None,
    sources: tuple[str, ...],
) -> EntryFinding:
    line, verdict, expected, reason = entry.fields[name].line, "agrees", "", ""
    own = paper.doi if written.startswith("10.") else paper.arxiv
    same = by_id is not None and _plain(by_id.title) == _plain(paper.title)
    if own is None and not same:
        verdict, reason = "unsupported", "the base names no such id of this paper"
    elif own != written.lower() and not same:
        verdict, expected = "wrong", own or ""
        reason = f"that is “{by_id.title}”" if by_id else f"“{paper.title}” is {paper.place}"
    return EntryFinding(line, entry.key, name, written, verdict, expected, reason, sources)


def _words(text: str) -> str:
    """A field's text with the characters of printing commands, without braces and other commands."""
    signs = _SIGN.sub(lambda match: SYMBOLS.get(match[1], match[0]), text)
    return " ".join(_COMMAND.sub("", signs).split())


def _plain(title: str) -> str:
    """A title for comparison: only letters and digits, in lower case."""
    return re.sub(r"\W+", "", fold(_words(title)))
