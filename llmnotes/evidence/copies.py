"""A folder of copies: one text, PDF text, JSON file or folder of files for each source."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.evidence.cells import Rows, rows_of
from llmnotes.evidence.texts import letters, plain

PLACES = "copies.toml"
"""The file in the folder with the origin of each copy: `source-id = "place"`."""


@dataclass(frozen=True)
class Copy:
    """The copy of one source; `path` is a file, or a folder with a repository's paths."""

    path: Path
    place: str | None = None

    @property
    def is_tree(self) -> bool:
        """Whether it is a folder of files."""
        return self.path.is_dir()

    @cached_property
    def is_of_pdf(self) -> bool:
        """Whether the text was converted from a PDF, which is stored beside it."""
        return not self.is_tree and self.path.with_name(f"{self.path.stem}.pdf").is_file()

    @cached_property
    def text(self) -> str:
        """All of its text, normalized for comparison; with the pages that JSON holds first."""
        pages = (text for text in _strings(self.data) if "\n" in text)
        return plain("\n".join([*pages, self.raw]))

    @cached_property
    def letters(self) -> str:
        """The letters and digits of its text, to look for headings and names."""
        return letters(self.text)

    @cached_property
    def raw(self) -> str:
        """All of its text unchanged; the files of a folder concatenated."""
        if self.is_tree:
            return "\n".join(_read(path) for path in sorted(self.path.rglob("*")) if path.is_file())
        return _read(self.path)

    def member(self, name: str) -> str | None:
        """The normalized text of a file in a folder; None where there is none."""
        path = self.path / name
        inside = path.resolve().is_relative_to(self.path.resolve())
        return plain(_read(path)) if inside and path.is_file() else None

    @cached_property
    def data(self) -> Any:
        """The content of a JSON copy; None where it is not JSON."""
        try:
            return json.loads(self.raw)
        except (ValueError, RecursionError):
            return None

    @cached_property
    def rows(self) -> Rows:
        """The rows of a comma-separated copy; none of another."""
        return rows_of(self.raw) if self.path.suffix == ".csv" else {}

    def digests(self) -> Iterator[tuple[str, int]]:
        """Digest and length of what was read: of the text in characters, of files in bytes.

        Line endings do not matter for a text.
        """
        if self.is_tree:
            return
        for path in self.path.parent.glob(f"{self.path.stem}.*"):
            if path.stem == self.path.stem:
                yield from digests_of(path.read_bytes())


def digests_of(content: bytes) -> Iterator[tuple[str, int]]:
    """Digest and length of a file in bytes, and of the text it is in characters."""
    yield hashlib.sha256(content).hexdigest(), len(content)
    text = content.decode("utf-8", "replace")
    for form in (text, text.replace("\r\n", "\n")):
        yield hashlib.sha256(form.encode()).hexdigest(), len(form)


class Copies:
    """The copies of a folder by source id; `places` are those they were taken from.

    Raises `InputError` where there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InputError(
                f"--copies: {folder} is no folder; name one with a text or JSON file per source id"
            )
        self._folder = folder
        self.places = _places(folder / PLACES)
        self._known: dict[str, Copy | None] = {}

    def of(self, source: str) -> Copy | None:
        """The copy of a source; None where the folder has none."""
        if source not in self._known:
            self._known[source] = self._find(source)
        return self._known[source]

    def _find(self, source: str) -> Copy | None:
        folder = self._folder / source
        if folder.is_dir():
            return Copy(folder, self.places.get(source))
        found = sorted(
            path
            for path in self._folder.glob(f"{source}.*")
            if path.stem == source and path.suffix != ".pdf"
        )
        return Copy(found[0], self.places.get(source)) if found else None


def _places(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        return {key: str(value) for key, value in tomllib.loads(_read(path)).items()}
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: {error}") from error


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from _strings(part)


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
