"""Where the text of a source can be had again, worked out from what its record names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import unquote

from llmnotes.records import COPY, Source

_ARXIV = re.compile(r"https?://arxiv\.org/(?:abs|pdf|html)/(\d{4}\.\d{4,5})(?:v(\d+))?(?:\.pdf)?/?")
_HUB_FILE = re.compile(
    r"https?://huggingface\.co/([\w.-]+/[\w.-]+)/(?:blob|raw|resolve)/([^/]+)/(.+)"
)
_HUB_CARD = re.compile(r"https?://huggingface\.co/([\w.-]+/[\w.-]+)/?")
_NO_MODELS = ("blog/", "collections/", "datasets/", "docs/", "papers/", "spaces/")
"""First parts of addresses of the hub below which no models are."""
_FORGE_FILE = re.compile(r"https?://github\.com/([\w.-]+/[\w.-]+)/(?:blob|raw)/([^/]+)/(.+)")


@dataclass(frozen=True)
class Origin:
    """One text, or a repository or package of which claims name files.

    Attributes:
        kind: a public forge of code, the model hub, the package index, arXiv, or any address.
        name: `owner/repository`, the package, the arXiv id, or the address itself.
        revision: the commit or version; None where the address names none.
        path: the file; None where claims name the files, or where there is but one text.
        part: what of the file was read, where the digest is that of a part.
    """

    kind: Literal["forge", "hub", "package", "arxiv", "address"]
    name: str
    revision: str | None = None
    path: str | None = None
    part: str | None = None

    @property
    def is_tree(self) -> bool:
        """Whether the claims say which of its files are meant."""
        return self.path is None and self.kind in {"forge", "hub", "package"}

    def file(self, path: str) -> Origin:
        """One file of a repository or package."""
        return replace(self, path=path)


def origin_of(source: Source) -> Origin | None:
    """The origin of a source that was read; None where it names no place."""
    place = COPY.fullmatch(source.copy_read or "")
    if place and place["owner"]:
        path, _, part = (place["path"] or "").partition("#")
        hub = (source.copy_read or "").startswith("huggingface.co/")
        kind: Literal["hub", "forge"] = "hub" if hub else "forge"
        return Origin(kind, place["owner"], place["commit"], path or None, part or None)
    if place and place["package"]:
        return Origin("package", place["package"], place["version"], place["member"])
    if source.arxiv:
        number, _, version = source.arxiv.partition("v")
        return Origin("arxiv", number, version or None)
    if source.copy_read and not place:
        return None
    address = place["address"] if place else source.url
    return of_address(address) if address else None


def of_address(address: str) -> Origin:
    """The file behind an address: pages of hub, forge and arXiv that show one stand for it."""
    if found := _ARXIV.fullmatch(address):
        return Origin("arxiv", found[1], found[2])
    if found := _HUB_FILE.fullmatch(address):
        return Origin("hub", found[1], unquote(found[2]), found[3])
    if (found := _HUB_CARD.fullmatch(address)) and not found[1].startswith(_NO_MODELS):
        return Origin("hub", found[1], "main", "README.md")
    if found := _FORGE_FILE.fullmatch(address):
        return Origin("forge", found[1], unquote(found[2]), found[3])
    return Origin("address", address)
