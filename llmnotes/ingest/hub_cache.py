"""The hub's cache on this machine, in the layout shared with the hub's own tools.

`models--organization--name/refs/REVISION` holds a commit, `snapshots/COMMIT/` its files.
"""

from __future__ import annotations

import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}")


def is_commit(text: object) -> bool:
    """Whether `text` is the full name of a commit."""
    return isinstance(text, str) and _COMMIT.fullmatch(text) is not None


class HubCache:
    """The cache of one repository; a folder that cannot be written raises nothing."""

    def __init__(self, repository: str) -> None:
        self._root = _folder() / f"models--{repository.replace('/', '--')}"

    def commit(self, revision: str) -> str | None:
        """The commit of a revision when it was last fetched."""
        if is_commit(revision):
            return revision
        try:
            found = self._ref(revision).read_text("ascii").strip()
        except (OSError, ValueError):
            return None
        return found if is_commit(found) else None

    def remember(self, revision: str, commit: str) -> None:
        """Store the current commit of a revision."""
        if not is_commit(revision):
            _write(self._ref(revision), commit.encode("ascii"))

    def fetched(self, revision: str) -> datetime | None:
        """When the revision was last looked up."""
        try:
            return datetime.fromtimestamp(self._ref(revision).stat().st_mtime, UTC)
        except OSError:
            return None

    def folder(self, commit: str) -> Path:
        """The folder of the files of a commit."""
        return self._root / "snapshots" / commit

    def read(self, commit: str, name: str, most: int) -> bytes | None:
        """A file of a commit; None where it is not cached, or larger than `most` bytes."""
        try:
            with (self.folder(commit) / name).open("rb") as file:
                found = file.read(most + 1)
        except OSError:
            return None
        return found if len(found) <= most else None

    def write(self, commit: str, name: str, data: bytes) -> None:
        """Store a file of a commit."""
        _write(self.folder(commit) / name, data)

    def _ref(self, revision: str) -> Path:
        return self._root / "refs" / revision


def _folder() -> Path:
    if found := os.environ.get("HF_HUB_CACHE"):
        return Path(found)
    return home() / "hub"


def home() -> Path:
    """The folder of the hub's tools: `HF_HOME`, else in the user's cache folder."""
    if found := os.environ.get("HF_HOME"):
        return Path(found)
    caches = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(caches) if caches else Path.home() / ".cache") / "huggingface"
    except RuntimeError:  # there is no home folder
        return Path(tempfile.gettempdir()) / "huggingface"


def _write(path: Path, data: bytes) -> None:
    """Write atomically, so that no reader sees half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError:
        return  # failing to cache is not an error
