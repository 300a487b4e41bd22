"""Snapshots of the base from which requests are answered."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from llmnotes import console
from llmnotes.errors import LlmnotesError, StoreError
from llmnotes.site.build import Content, files, standing_feed
from llmnotes.site.edition import Site, site_of
from llmnotes.site.library import Library
from llmnotes.store.connect import connect, recover
from llmnotes.store.paths import is_there

_Answer = TypeVar("_Answer")

_CHECK_SECONDS = 0.5
"""Seconds for which a snapshot is used before the store is checked for changes."""

_RETRY_SECONDS = 5.0
"""Seconds until an unreadable store is tried again."""

_WARM = ("assets/data.js",)
"""Files that take long to make: made in advance for the next snapshot where the last one made them."""


class Snapshot:
    """A copy of the base at one moment, with a cache of its rendered pages.

    It lives in a thread of its own, as SQLite connections require: `submit` questions to it.
    """

    def __init__(
        self, thread: ThreadPoolExecutor, user: Path | None, url: str | None, issues: str | None
    ) -> None:
        """Raises `StoreError` where the user's store cannot be read."""
        self._thread = thread
        self._folder = tempfile.TemporaryDirectory(prefix="llmnotes-serve-")
        try:
            self.connection = connect(self._copy(user))
            self.library = Library(self.connection)
            self.site: Site = site_of(self.library, url, issues)
        except BaseException:
            self._folder.cleanup()
            raise
        self._made: dict[str, bytes] = {}

    def _copy(self, user: Path | None) -> Path | None:
        if user is None or not is_there(user):
            return None
        copy = Path(self._folder.name) / "notes.sqlite"
        recover(user)
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

    @cached_property
    def _makers(self) -> dict[str, Callable[[], Content | None]]:
        made = dict(files(self.library, self.site))
        return {**made, "changes.xml": partial(standing_feed, self.library, self.site)}

    def submit(self, question: Callable[[Snapshot], _Answer]) -> Future[_Answer]:
        """Queue a question; questions are answered in order."""
        return self._thread.submit(question, self)

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

    def made(self, paths: Collection[str]) -> list[str]:
        """Those of the files that have been made."""
        return [path for path in paths if path in self._made]

    def retire(self) -> None:
        """Answer the queued questions, then close and remove the copy."""
        self._thread.submit(self._close)
        self._thread.shutdown(wait=False)

    def close(self) -> None:
        """As `retire`, and wait until done."""
        self.retire()
        self._thread.shutdown()

    def _close(self) -> None:
        self.connection.close()
        self._folder.cleanup()


class Snapshots:
    """The newest snapshot; while the next one is being made, the previous one answers.

    All calls come from the server's thread.
    """

    def __init__(
        self, user: Path | None, url: str | None = None, issues: str | None = None
    ) -> None:
        self._user, self._url, self._issues = user, url, issues
        self._last: Snapshot | None = None
        self._next: Future[Snapshot] | None = None
        self._state: object = None
        self._begun = 0.0
        self._due = 0.0
        self.failed = False
        """Whether the store could not be read at the last check."""

    async def ask(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """The answer to a question on the newest snapshot."""
        while (snapshot := self._newest()) is None:
            with suppress(Exception):  # which is raised when the snapshot is taken
                await asyncio.wrap_future(self._begin())
        return await asyncio.wrap_future(snapshot.submit(question))

    def ask_now(self, question: Callable[[Snapshot], _Answer]) -> _Answer:
        """As `ask`, for synchronous callers."""
        while (snapshot := self._newest()) is None:
            self._begin().exception()
        return snapshot.submit(question).result()

    def _newest(self) -> Snapshot | None:
        if self._next is not None:
            if self._next.done():
                self._take(self._next)
        elif self._last is not None and time.monotonic() > self._due:
            self._due = time.monotonic() + _CHECK_SECONDS
            if self._store_state() != self._state:
                self._begin()
        return self._last

    def _begin(self) -> Future[Snapshot]:
        """Start making the next snapshot, unless one is being made."""
        if self._next is None:
            self._begun = time.monotonic()
            self._state = self._store_state()
            warm = self._last.made(_WARM) if self._last else []
            thread = ThreadPoolExecutor(1, thread_name_prefix="llmnotes-base")
            self._next = thread.submit(self._make, thread, warm)
        return self._next

    def _make(self, thread: ThreadPoolExecutor, warm: list[str]) -> Snapshot:
        try:
            fresh = Snapshot(thread, self._user, self._url, self._issues)
            for path in warm:
                fresh.page(path)
        except BaseException:
            thread.shutdown(wait=False)
            raise
        return fresh

    def _take(self, made: Future[Snapshot]) -> None:
        """Switch to the new snapshot; keep the previous one where it could not be made."""
        self._next = None
        try:
            fresh = made.result()
        except LlmnotesError as error:
            if self._last is None:
                raise
            if not self.failed:
                console.remark(f"{error}; what is shown is the state before")
            self.failed, self._state = True, None
            self._due = time.monotonic() + _RETRY_SECONDS
            return
        if self._last is not None:
            self._last.retire()
        self._last, self.failed = fresh, False
        # However often the store is written, at least half of the time is left for answers.
        taken = time.monotonic() - self._begun
        self._due = time.monotonic() + max(_CHECK_SECONDS, taken)

    def _store_state(self) -> Any:
        """A value that changes whenever the store is written."""
        if self._user is None:
            return None
        try:
            found = self._user.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def close(self) -> None:
        """Answer the queued questions, then remove the copies."""
        if self._last is not None:
            self._last.close()
        if self._next is not None and self._next.exception() is None:
            self._next.result().close()
        self._last = self._next = None
