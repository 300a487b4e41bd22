"""The address from which the text of a source can be fetched, derived from its record."""

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
"""First path segments of hub addresses that are not models."""
_FORGE_FILE = re.compile(r"https?://github\.com/([\w.-]+/[\w.-]+)/(?:blob|raw)/([^/]+)/(.+)")


@dataclass(frozen=True)
class CopyOrigin:
    """One text, or a repository or package whose files claims refer to.

    Attributes:
        kind: a public forge of code, the model hub, Python's package index or npm's, arXiv, or any address.
        name: `owner/repository`, the package, the arXiv id, or the address itself.
        revision: the commit or version; None where the address names none.
        path: the file; None where claims name the files, or where there is only one text.
        part: the part of the file that was read, where the digest is that of a part.
    """

    kind: Literal["forge", "hub", "package", "npm", "arxiv", "address"]
    name: str
    revision: str | None = None
    path: str | None = None
    part: str | None = None

    @property
    def is_tree(self) -> bool:
        """Whether claims name the files that are meant."""
        return self.path is None and self.kind in {"forge", "hub", "package", "npm"}

    def file(self, path: str) -> CopyOrigin:
        """One file of a repository or package."""
        return replace(self, path=path)


def origin_of(source: Source) -> CopyOrigin | None:
    """The origin of a source that was read; None where it names no place."""
    place = COPY.fullmatch(source.copy_read or "")
    if place and place["owner"]:
        path, _, part = (place["path"] or "").partition("#")
        hub = (source.copy_read or "").startswith("huggingface.co/")
        kind: Literal["hub", "forge"] = "hub" if hub else "forge"
        return CopyOrigin(kind, place["owner"], place["commit"], path or None, part or None)
    if place and place["package"]:
        index: Literal["package", "npm"] = "npm" if place["index"] == "npm" else "package"
        path, _, part = (place["member"] or "").partition("#")
        return CopyOrigin(index, place["package"], place["version"], path or None, part or None)
    if source.arxiv:
        number, _, version = source.arxiv.partition("v")
        return CopyOrigin("arxiv", number, version or None)
    if source.copy_read and not place:
        return None
    address = place["address"] if place else source.url
    return of_address(address) if address else None


def of_address(address: str) -> CopyOrigin:
    """The file behind an address; pages of hub, forge and arXiv that show a file are resolved to it."""
    if found := _ARXIV.fullmatch(address):
        return CopyOrigin("arxiv", found[1], found[2])
    if found := _HUB_FILE.fullmatch(address):
        return CopyOrigin("hub", found[1], unquote(found[2]), found[3])
    if (found := _HUB_CARD.fullmatch(address)) and not found[1].startswith(_NO_MODELS):
        return CopyOrigin("hub", found[1], "main", "README.md")
    if found := _FORGE_FILE.fullmatch(address):
        return CopyOrigin("forge", found[1], unquote(found[2]), found[3])
    return CopyOrigin("address", address)
