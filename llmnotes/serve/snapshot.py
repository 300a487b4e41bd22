"""One state of the base, copied whole: what a request is answered from."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from llmnotes.errors import StoreError
from llmnotes.site.build import files
from llmnotes.site.edition import Site, site_of
from llmnotes.site.library import Library
from llmnotes.store.connect import connect
from llmnotes.store.paths import is_there

_Answer = TypeVar("_Answer")

_CHECK_SECONDS = 0.5
"""How long a snapshot is used before the store is looked at again."""


class Snapshot:
    """The base at one moment, with what makes each of its pages; pages once made are kept."""

    def __init__(self, user: Path | None, url: str | None, issues: str | None) -> None:
        """Raises `StoreError` where the user's store cannot be read."""
        self._folder = tempfile.TemporaryDirectory(prefix="llmnotes-serve-")
        try:
            self.connection = connect(self._copy(user))
            self.library = Library(self.connection)
            self.site: Site = site_of(self.library, url, issues)
            self._makers = dict(files(self.library, self.site))
        except BaseException:
            self._folder.cleanup()
            raise
        self._made: dict[str, bytes] = {}

    def _copy(self, user: Path | None) -> Path | None:
        if user is None or not is_there(user):
            return None
        copy = Path(self._folder.name) / "notes.sqlite"
        try:
            source = sqlite3.connect(
                f"file:{user.resolve().as_posix()}?mode=ro", uri=True, timeout=30
            )
            target = sqlite3.connect(copy)
            try:
                source.backup(target)
            finally:
                target.close()
                source.close()
        except sqlite3.Error as error:
            raise StoreError(f"the store {user} cannot be read ({error})") from error
        return copy

    def page(self, path: str) -> bytes | None:
        """The content of a file of the site; None where there is no such file."""
        if path not in self._made:
            make = self._makers.get(path)
            content = make() if make else None
            if content is None:
                return None
            raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
            self._made[path] = raw
        return self._made[path]

    def close(self) -> None:
        """Close the copy and remove it."""
        self.connection.close()
        self._folder.cleanup()


class Snapshots:
    """The newest snapshot; all work on it is done in one thread, as its connection wants."""

    def __init__(
        self, user: Path | None, url: str | None = None, issues: str | None = None
    ) -> None:
        self._user, self._url, self._issues = user, url, issues
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="llmnotes-base")
        self._snapshot: Snapshot | None = None
        self._state: object = None
        self._looked = 0.0

    async def ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The answer to a question about the newest snapshot."""
        import asyncio

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, lambda: question(self._newest()))

    def ask_now(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The same, waited for by a thread."""
        return self._thread.submit(lambda: question(self._newest())).result()

    def _newest(self) -> Snapshot:
        now = time.monotonic()
        if self._snapshot is None or now - self._looked > _CHECK_SECONDS:
            state = self._store_state()
            if self._snapshot is None or state != self._state:
                fresh = Snapshot(self._user, self._url, self._issues)
                if self._snapshot is not None:
                    self._snapshot.close()
                self._snapshot, self._state = fresh, state
            self._looked = time.monotonic()
        return self._snapshot

    def _store_state(self) -> Any:
        """What changes when the store is written."""
        if self._user is None:
            return None
        try:
            found = self._user.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def close(self) -> None:
        """End the thread and remove the copy."""

        def end() -> None:
            if self._snapshot is not None:
                self._snapshot.close()

        self._thread.submit(end).result()
        self._thread.shutdown()
