"""The path of each page of the site, and relative links between pages.

Links name files (`models/x.html`), never folders, so that the site also works from `file://`.
"""

from __future__ import annotations

import re
from hashlib import sha256

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_RESERVED = frozenset({"index", "con", "prn", "aux", "nul"})

FOLDERS = {
    "model": "models",
    "family": "families",
    "organization": "organizations",
    "technique": "techniques",
    "source": "sources",
    "topic": "topics",
}
"""The folder of each kind of page."""


def slug(key: str) -> str:
    """The file name of a page: the id where it is plain, else made safe and unique."""
    if _PLAIN.fullmatch(key) and key.partition(".")[0] not in _RESERVED:
        return key
    safe = plain(key)
    return f"{safe or 'x'}~{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def plain(text: str) -> str:
    """The words of a text in a form allowed in file names; not unique."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


def page(kind: str, key: str, ending: str = "html") -> str:
    """The path of the page of an entry, from the root of the site."""
    return f"{FOLDERS[kind]}/{slug(key)}.{ending}"


def claims(family: str) -> str:
    """The path of the page of every claim on a family and its members; no id has such a path."""
    return f"{FOLDERS['family']}/{slug(family)}~claims.html"


def comparison(first: str, second: str) -> str:
    """The path of the page that compares two subjects, given by their ids."""
    return f"compare/{slug(first)}--{slug(second)}.html"


def picture(page: str) -> str:
    """The path of the picture beside a page."""
    return f"{page.removesuffix('.html')}.png"


def relative(target: str, source: str) -> str:
    """The link from the page at `source` to the page at `target`, both from the root."""
    folder = source.rpartition("/")[0]
    if folder and target.startswith(f"{folder}/"):
        return target[len(folder) + 1 :]
    return "../" * source.count("/") + target
