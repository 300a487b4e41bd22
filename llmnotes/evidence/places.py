"""Resolves a locator (`Table 2`, `§2.2`, `App. A.2`, `modeling.py`) to a part of a copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from llmnotes.evidence.cells import cell
from llmnotes.evidence.copies import Copy
from llmnotes.evidence.texts import letters, plain

_AROUND_TABLE = 8_000
"""Characters before and after the caption of a table in which its figures are searched."""
_LONGEST_TABLE = 60_000
"""A table over several pages ends at the next caption, but not beyond this many characters."""
_LONGEST_SECTION = 40_000
_MOST = 20
"""Maximum number of captions or headings with one number that are searched."""
_SHORTEST_SECTION = 100
_NUMBER = r"[A-Z]?\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|[A-Z]\b"
_LISTED = rf"(?:{_NUMBER})(?:\s*(?:,|;|and|–|-)\s*(?:{_NUMBER}))*"
_TABLES = re.compile(rf"Tables?\s+({_LISTED})")
_FIGURES = re.compile(rf"Figures?\s+({_LISTED})")
_SECTIONS = re.compile(r"§\s*(\d+(?:\.\d+)*)(?:\s*[–-]\s*§?\s*(\d+(?:\.\d+)*))?")
_APPENDICES = re.compile(r"App(?:endix|\.)\s*([A-Z](?:\.\d+)*)")
_CAPTION = re.compile(r"^[^\w\n]*(?:Table|Figure)\s*[\w.]+\s*[:.|]", re.MULTILINE | re.IGNORECASE)
_FENCED = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^`\n]*$.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
"""A block of code in Markdown, whose comments may begin with `#`; one that is not closed ends the text."""
_FOOTNOTES = re.compile(r"[Ff]ootnote\s+(\d+)")
FILE = re.compile(
    r"(?:[\w.-]+/)*(?:[\w.-]*[\w-]\.(?:py|md|mdx|json|toml|gin|txt|cfg|yaml|yml|sh|slurm|ts|tsx)|LICENSE)\b"
)
"""A file of a repository in a locator."""
COMMIT = re.compile(r"\bcommit ([0-9a-f]{7,40}|log)\b|\bgit (log)\b")
"""A commit in a locator, or the log of all."""
LOG = "commits.txt"
"""In the copy of a repository, its log: a line `commit date subject` for each commit."""


_IDENTIFIER = re.compile(r"\b(?:[a-z]\w*_\w+|[A-Z][a-z0-9]+[A-Z]\w*|\w+(?=\())")
"""A name of code: `mlp_ratio`, `TransformerBlock`, `forward(`."""
_JOINT = re.compile(r"^[\s,;(]+|[\s,;.)]+(?:and)?\s*$")


class CopyPart(NamedTuple):
    """A part of a copy: its name, and its text where the copy has it."""

    name: str
    text: str | None


def places(locator: str, copy: Copy) -> list[CopyPart]:
    """The parts of a copy named by a locator; the whole copy where it names none by number."""
    if copy.is_tree:
        return list(_files(locator, copy))
    if copy.rows and (named := cell(locator, copy.rows)):
        name, text = named
        return [CopyPart(name, None if text is None else plain(text))]
    found = list(_numbered(locator, copy.text))
    return found or [_prose(locator, copy)]


def _prose(locator: str, copy: Copy) -> CopyPart:
    """The whole copy, if it has one of the headings or names in the locator.

    Parts in lower case (`introduction`, `head of the post`) are descriptions and not looked for.
    """
    parts = [part.strip() for part in re.split(r"[,;:/()]", locator)]
    named = [part for part in parts if _is_name(part)]
    if named and not any(_stands(part, copy.letters) for part in named):
        return CopyPart(named[0], None)
    return CopyPart("the whole text", copy.text)


def _is_name(part: str) -> bool:
    """Whether a part of a locator is a heading or an identifier rather than a description."""
    return bool(re.match(r"[A-Z]", part) or re.search(r"\w[._]\w", part)) and not re.match(
        r"Sections? \d|arXiv", part
    )


def _stands(part: str, text: str) -> bool:
    """Whether a heading or name is in a text of letters: whole, each side of `and`, or each side of a dot."""
    if letters(part) in text:
        return True
    if " and " in part:
        return all(letters(side) in text for side in part.split(" and "))
    return " " not in part and any(
        len(word) > 2 and letters(word) in text for word in part.split(".")
    )


def headings(copy: Copy) -> list[str]:
    """The headings of a Markdown text, without the comments in its code."""
    if copy.is_tree:
        return []
    return re.findall(r"^#{1,6}\s+(.*?)\s*#*$", _FENCED.sub("", copy.raw), re.MULTILINE)


def _numbered(locator: str, text: str) -> Iterator[CopyPart]:
    for match in _TABLES.finditer(locator):
        for number in _each(match[1]):
            yield CopyPart(f"Table {number}", _around("table", number, text))
    for match in _FIGURES.finditer(locator):
        for number in _each(match[1]):
            yield CopyPart(f"Figure {number}", _around("figure|fig\\.", number, text))
    for match in _SECTIONS.finditer(locator):
        yield CopyPart(f"§{match[1]}", _section(match[1], match[2] or match[1], text))
    for match in _APPENDICES.finditer(locator):
        yield CopyPart(f"App. {match[1]}", _section(match[1], match[1], text))
    for match in _FOOTNOTES.finditer(locator):
        yield CopyPart(f"footnote {match[1]}", text)
    lowered = locator.casefold()
    if "abstract" in lowered:
        yield CopyPart("abstract", text[:8_000])
    if "title page" in lowered:
        yield CopyPart("title page", text[:4_000])


def _each(listed: str) -> Iterator[str]:
    """The numbers of `2, 4 and 7` and `19–21` one by one."""
    previous = None
    for sign, number in re.findall(rf"(,|;|and|–|-)?\s*({_NUMBER})", listed):
        if sign in {"–", "-"} and previous and previous.isdigit() and number.isdigit():
            yield from (str(n) for n in range(int(previous) + 1, int(number)))
        yield number
        previous = number


def _around(kind: str, number: str, text: str) -> str | None:
    """The text around the captions of a table or figure; around its mentions where it has none."""
    named = rf"(?:{kind})\s*{re.escape(number)}(?![\w])(?!\.\d)"
    captions = list(
        re.finditer(rf"{named}\s*[:.|]|^[^\w\n]*{named}", text, re.MULTILINE | re.IGNORECASE)
    )
    captions = captions or list(re.finditer(named, text, re.IGNORECASE))
    if not captions:
        return None
    return "\n".join(_reach(match, text) for match in captions[:_MOST])


def _reach(caption: re.Match[str], text: str) -> str:
    """The text from the previous caption to the next one, with a minimum length."""
    start, end = caption.start() - _AROUND_TABLE, caption.end() + _AROUND_TABLE
    before = [match.end() for match in _CAPTION.finditer(text, 0, caption.start())]
    if before:
        start = min(start, max(before[-1], caption.start() - _LONGEST_TABLE))
    if after := _CAPTION.search(text, caption.end()):
        end = max(end, min(after.start(), caption.end() + _LONGEST_TABLE))
    return text[max(0, start) : end]


def _section(first: str, last: str, text: str) -> str | None:
    """The text from each possible heading of a section to the next one of its rank."""
    parts = []
    for match in _headings(first, text)[:_MOST]:
        start = match.start()
        ends = [
            end
            for number in _following(last)
            if (end := _end(number, text, start + _SHORTEST_SECTION)) is not None
        ]
        end = min([*ends, start + _LONGEST_SECTION])
        parts.append(text[start:end])
    return "\n".join(parts) if parts else None


def _end(number: str, text: str, start: int) -> int | None:
    """The offset of the section `number` after `start`.

    A footnote or a page may have the same number, so the last match is taken.
    """
    limit = start + _LONGEST_SECTION
    found = [m.start() for m in _headings(number, text, start) if m.start() < limit]
    if not found:
        return None
    return found[0] if "." in number else found[-1]


def _headings(number: str, text: str, start: int = 0) -> list[re.Match[str]]:
    """Possible headings of a section: lines that begin with its number."""
    title = rf"(?:[Aa]ppendix\s+)?{re.escape(number)}\.?[\s:—-]{{1,4}}[A-Z\"“(]"
    return list(re.compile(rf"^[^\w\n]*{title}", re.MULTILINE).finditer(text, start))


def _following(number: str) -> Iterator[str]:
    """The possible numbers of the next section of the same or a higher rank."""
    parts = number.split(".")
    for rank in range(len(parts), 0, -1):
        head = parts[rank - 1]
        following = chr(ord(head) + 1) if head.isalpha() else str(int(head) + 1)
        yield ".".join([*parts[: rank - 1], following])


def _files(locator: str, copy: Copy) -> Iterator[CopyPart]:
    """The files named in a locator, each with the names mentioned after it."""
    named = list(FILE.finditer(locator))
    if not named and (commit := COMMIT.search(locator)):
        yield CopyPart(commit[0], _logged(commit[1] or "log", copy.member(LOG) or ""))
        return
    if not named:
        yield _prose(locator, copy)
        return
    for match, following in zip(named, [*named[1:], None], strict=True):
        text = copy.member(match[0])
        rest = locator[match.end() : following.start() if following else len(locator)]
        inner = _JOINT.sub("", rest.partition(":")[0])
        if text is None or not inner:
            yield CopyPart(match[0], text)
        elif letters(inner) in letters(text) or (
            not match[0].endswith((".md", ".mdx")) and _names_stand(inner, text)
        ):
            yield CopyPart(f"{match[0]}, {inner}", text)
        else:
            yield CopyPart(f"{match[0]}, {inner}", None)


def _logged(commit: str, log: str) -> str | None:
    """The line of a commit in the log, all of it for `log`; None where it has none."""
    wanted = "" if commit == "log" else commit
    lines = [line for line in log.splitlines() if line.startswith(wanted)]
    return "\n".join(lines) or None


def _names_stand(words: str, text: str) -> bool:
    """Whether the identifiers among the words are in the code; its first word where none looks like one."""
    names = _IDENTIFIER.findall(words)
    if not names:
        first = re.search(r"[A-Za-z_]\w{2,}", words)
        names = [first[0] if first else "\0"]
    return all(plain(name).strip() in text for name in names)
