"""Writes the pages into a folder: only changed files, and never over files of others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from llmnotes.errors import InputError

MANIFEST = ".llmnotes-site.json"
"""The manifest of the site's files in its folder, by which a later run recognises them."""


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """The number of files written and removed by a run."""

    written: int
    unchanged: int
    removed: int


class Folder:
    """The folder of a site; use `put` for every file, then `finish`."""

    def __init__(
        self,
        path: Path,
        before: dict[str, str] | None = None,
        *,
        manifest: str = MANIFEST,
        what: str = "site",
    ) -> None:
        """Raises `InputError` where the folder holds something else, or cannot be created.

        `before` are the files of the last run, where another process has read them already; `manifest` and
        `what` name the manifest and the product, where that is not a site.
        """
        self._path = path
        self._manifest = path / manifest
        self._before = _before(self._manifest, what) if before is None else before
        self._files: dict[str, str] = {}
        self._written = 0

    def put(self, name: str, content: str | bytes) -> None:
        """Write a file of the site unless it is unchanged."""
        raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
        digest = sha256(raw).hexdigest()[:16]
        self._files[name] = digest
        file = self._path / PurePosixPath(name)
        if self._before.get(name) == digest and file.is_file():
            return
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_name(f".{file.name}.new")
            beside.write_bytes(raw)
            beside.replace(file)
        except OSError as error:
            raise InputError(f"cannot write {file}: {error.strerror}") from error
        self._written += 1

    @property
    def before(self) -> dict[str, str]:
        """The files of the last run with their digests."""
        return self._before

    def done(self) -> tuple[dict[str, str], int]:
        """The files put so far with their digests, and the number of those written."""
        return self._files, self._written

    def add(self, files: dict[str, str], written: int) -> None:
        """Add the files that another process has `done`."""
        self._files |= files
        self._written += written

    def finish(self) -> WrittenFiles:
        """Remove files of the last run that are not in this one, and write the manifest."""
        gone = [name for name in self._before if name not in self._files]
        for name in gone:
            (self._path / PurePosixPath(name)).unlink(missing_ok=True)
        for folder in {PurePosixPath(name).parent for name in gone}:
            _remove_empty(self._path, folder)
        text = json.dumps(self._files, indent=0, sort_keys=True) + "\n"
        if self._files != self._before:
            self._manifest.write_text(text, encoding="utf-8")
        return WrittenFiles(self._written, len(self._files) - self._written, len(gone))


def _remove_empty(root: Path, folder: PurePosixPath) -> None:
    path = root / folder
    if path != root and path.is_dir() and not any(path.iterdir()):
        path.rmdir()


def _before(manifest: Path, what: str) -> dict[str, str]:
    path = manifest.parent
    if path.is_file():
        raise InputError(f"{path} is a file; name a folder for the {what}")
    try:
        path.mkdir(parents=True, exist_ok=True)
        if manifest.is_file():
            return _checked(manifest)
        first = next(path.iterdir(), None)
    except OSError as error:
        raise InputError(f"cannot use {path}: {error.strerror}") from error
    if first is not None:
        raise InputError(
            f"{path} is not empty ({first.name}) and no {what} of llmnotes; name a new folder"
        )
    return {}


def _checked(file: Path) -> dict[str, str]:
    """The files in a manifest; paths outside the folder are ignored."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: str(digest) for name, digest in found.items() if _inside(name)}


def _inside(name: str) -> bool:
    parts: Iterable[str] = PurePosixPath(name).parts
    return not PurePosixPath(name).is_absolute() and ".." not in parts
