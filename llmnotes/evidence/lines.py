"""Line numbers of the keys of a TOML file, which the standard library's parser does not give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from llmnotes.family_table import Keys

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_PAIR = re.compile(r"\s*([\w-]+|\"[^\"]*\")\s*=")
_TEXT = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')


class Lines:
    """The line of every table, key and list item that begins on a line of its own."""

    def __init__(self, text: str) -> None:
        self._found: dict[Keys, int] = {}
        for path, number in _walk(text):
            self._found.setdefault(path, number)

    def of(self, path: Keys) -> int:
        """The line of the longest known prefix of `path`; 1 where none is."""
        for end in range(len(path), 0, -1):
            if path[:end] in self._found:
                return self._found[path[:end]]
        return 1


def _walk(text: str) -> Iterator[tuple[Keys, int]]:
    here: Keys = ()
    key: Keys = ()
    counts: dict[Keys, int] = {}
    depth = item = 0
    closing: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if closing:
            if closing in line:
                closing = None
            continue
        if depth == 0:
            if header := _HEADER.fullmatch(line):
                here = _table(header[2], counts, repeated=header[1] == "[[")
                yield here, number
                continue
            if pair := _PAIR.match(line):
                key, item = (*here, pair[1].strip('"')), 0
                yield key, number
        elif depth == 1 and line.strip() and line.strip()[0] not in "]#":
            yield (*key, item), number
            item += 1
        bare, closing = _without_texts(line)
        depth += sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")


def _table(name: str, counts: dict[Keys, int], *, repeated: bool) -> Keys:
    """The path of a table's header; below a list of tables it belongs to the last of them."""
    path: Keys = ()
    parts = [part.strip().strip('"') for part in name.split(".")]
    for position, part in enumerate(parts):
        path = (*path, part)
        if repeated and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _without_texts(line: str) -> tuple[str, str | None]:
    """The line without strings and comments, and the delimiter of a string that continues after it."""
    bare = ""
    while match := _TEXT.search(line):
        bare += line[: match.start()]
        line = line[match.end() :]
        if match[0] in ('"""', "'''"):
            if match[0] not in line:
                return bare, match[0]
            line = line.partition(match[0])[2]
    return bare + line, None
