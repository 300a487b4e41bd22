"""Verifies that a copy is the document, edition and place that its source names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmnotes.evidence.copies import Copy
from llmnotes.evidence.texts import letters
from llmnotes.records import Source

_STAMP = re.compile(r"arxiv:\s*(\d{4}\.\d{4,5})(v\d+)?", re.IGNORECASE)
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


def _is_digest(source: Source, copy: Copy) -> bool:
    """Whether the digest is that of the copy; a missing original cannot be compared."""
    if (source.copy_read or "").endswith(".pdf") and not copy.path.with_suffix(".pdf").exists():
        return True
    return (source.sha256, source.length) in set(copy.digests())
