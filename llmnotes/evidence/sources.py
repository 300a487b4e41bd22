"""Verifies that a copy is the document, edition and place that its source names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from llmnotes.evidence.copies import Copy
from llmnotes.evidence.texts import letters
from llmnotes.records import COPY, Source

_STAMP = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5})(v\d+)?", re.IGNORECASE)
_ARXIV_PAGE = re.compile(r"arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})")
_HEAD = 6_000
"""Characters at the beginning of a copy in which title and arXiv id are searched."""
_TITLED = frozenset({"paper", "report"})


def problems(source: Source, copy: Copy) -> Iterator[tuple[str, str]]:
    """The fields of a source that its copy contradicts, each with the repair."""
    head = copy.raw[:_HEAD]
    if source.kind in _TITLED and letters(source.title) not in letters(head):
        yield f"the copy does not begin with the title {source.title!r}", "write it as printed"
    if source.arxiv and (stamp := _STAMP.search(head)):
        number, _, version = source.arxiv.partition("v")
        found = stamp[1] + (stamp[2] or "")
        if stamp[1] != number or (version and stamp[2] and stamp[2] != f"v{version}"):
            yield f"the copy is arXiv:{found}, not {source.arxiv}", f'write arxiv = "{found}"'
    if copy.place and source.copy_read and copy.place != source.copy_read:
        yield (
            f"the copy was taken from {copy.place}, not {source.copy_read}",
            "fetch it from there, or name the place that was read",
        )
    if source.sha256 and not _is_digest(source, copy):
        yield (
            "the copy has another sha256 or length than the text that was read",
            "fetch that text again, or hold the claims against this one and write its digest",
        )


def dating_problems(source: Source, today: str) -> Iterator[tuple[str, str, str]]:
    """Dates and ids of a source that cannot be: the key, what is wrong, and the correction."""
    if source.arxiv and source.year and 2000 + int(source.arxiv[:2]) != source.year:
        first = 2000 + int(source.arxiv[:2])
        yield (
            "year",
            f"is of {source.year}, but arXiv:{source.arxiv} is of {first}",
            f"write {first}",
        )
    shown = _ARXIV_PAGE.search(source.url or "")
    if source.arxiv and shown and shown[1] != source.arxiv.partition("v")[0]:
        yield "url", f"leads to arXiv:{shown[1]}, not {source.arxiv}", "name the same paper in both"
    if source.checked and source.checked > today:
        yield (
            "checked", f"was checked on {source.checked}, which is to come",
            "write the day on which it was read",
        )  # fmt: skip
    if source.checked and source.year and int(source.checked[:4]) < source.year:
        yield (
            "checked",
            f"is of {source.year}, but was checked in {source.checked[:4]}",
            "correct one",
        )
    place = COPY.fullmatch(source.copy_read or "")
    if place and place["date"]:
        try:
            date.fromisoformat(place["date"])
        except ValueError:
            yield "copy_read", f"{place['date']} is not a day of the calendar", "write 2026-11-28"
            return
        if place["date"] > today:
            yield (
                "copy_read", f"was read on {place['date']}, which is to come",
                "write the day on which it was read",
            )  # fmt: skip


def _is_digest(source: Source, copy: Copy) -> bool:
    """Whether the digest is that of the copy; a missing original cannot be compared."""
    if "#" in (source.copy_read or ""):
        return True  # the digest is that of a part of the file
    if (source.copy_read or "").endswith(".pdf") and not copy.path.with_suffix(".pdf").exists():
        return True
    return (source.sha256, source.length) in set(copy.digests())
