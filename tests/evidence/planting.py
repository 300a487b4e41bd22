"""Faults as blocks of text: a name and what is told of it, lines taken out (`-`) and put in (`+`)."""

from pathlib import Path
from typing import NamedTuple

from llmnotes.evidence.copies import Copies
from llmnotes.evidence.files import check_file

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Planted(NamedTuple):
    """The text in the valid file, its replacement, and what the sentence must say."""

    old: str
    new: str
    hint: str


def faults(blocks: str) -> dict[str, Planted]:
    """The faults by name; a block begins with `name: hint`, and blocks are divided by empty lines."""
    found = {}
    for block in blocks.strip().split("\n\n"):
        head, *lines = block.split("\n")
        name, hint = head.split(": ", 1)
        old, new = ("\n".join(line[2:] for line in lines if line[0] == sign) for sign in "-+")
        found[name] = Planted(old, new, hint)
    return found


def told(path: Path, copies: Path, data: Path) -> list[tuple[int, str]]:
    """Line and sentence of each fault of a file."""
    return [(item.line, item.sentence) for item in check_file(path, Copies(copies), data)]
