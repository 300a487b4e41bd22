"""The part of a file that was read, cut out again: entries of a list of models, or one configuration."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator

_LISTED = re.compile(r"[\w.-]+/[\w.-]+")
"""A model of a hub in a locator: `owner/name, num_hidden_layers`."""


def parts_of(text: str, part: str | None, locators: Iterable[str]) -> Iterator[str]:
    """What may have been read of a file: the setting that its place names, or the entries that claims name.

    - `part` is the key of a dictionary in code, or the name that one is given: its value as JSON, each key on
      a line.
    - Entries are objects of a list in JSON, also inside a program, or of one in YAML, whose `name` begins a
      locator: as they stand there, one below the other.
    """
    if part is not None:
        yield from _settings(text, part)
        return
    names = list(dict.fromkeys(name for at in locators for name in _LISTED.findall(at)[:1]))
    entries = [entry for name in names if (entry := _entry(text, name))]
    if entries:
        yield "\n".join(entries)
        yield "\n".join(sorted(entries, key=text.index))


def _settings(text: str, part: str) -> Iterator[str]:
    named = re.escape(part)
    start = re.search(rf'^( *)(?:"{named}": |{named} = )(?=\{{)', text, re.MULTILINE)
    if start is None:
        return
    end = text.find(f"\n{start[1]}}}", start.end())
    try:
        found = ast.literal_eval(text[start.end() : end + 2 + len(start[1])])
    except (SyntaxError, ValueError):
        return
    yield json.dumps(found, indent=1) + "\n"


def _entry(text: str, name: str) -> str | None:
    """The object of a list, indented by two, whose first key is this name; None where there is none."""
    if listed := re.search(rf"^  - name: {re.escape(name)}\n(?:    .*\n)*", text, re.MULTILINE):
        return listed[0].rstrip()
    start = text.find(f'  {{\n    "name": "{name}"')
    end = text.find("\n  }", start)
    return text[start : end + 4] if start >= 0 and end >= 0 else None
