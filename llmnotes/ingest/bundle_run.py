"""Imports a bundle in one write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from llmnotes.ingest.bundle_rows import take
from llmnotes.ingest.bundles import Bundle
from llmnotes.ingest.report import ImportReport
from llmnotes.store.session import session

_LARGE = 2**20
"""Size in bytes from which a bundle is written to a copy, so that readers are not blocked."""


def import_bundle(store: Path, found: Bundle, source: str, *, dry_run: bool) -> ImportReport:
    """Write the entries of the bundle that the store lacks; raises `StoreError` where it cannot."""
    report = ImportReport("bundle", source, dry_run, remarks=found.remarks)
    large = dry_run or Path(found.place).stat().st_size > _LARGE
    with _stage(store, dry_run) as target:
        with session(target, "import", large=large) as opened:
            take(opened, found)
        report.write = opened.write or None
        report.notices = [f"{item['change']} {item['subject']}" for item in opened.done]
    if dry_run:
        report.write = None
    return report


@contextmanager
def _stage(store: Path, dry_run: bool) -> Iterator[Path]:
    """The store itself, or for a dry run a temporary copy of it."""
    if not dry_run:
        yield store
        return
    import sqlite3
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "notes.sqlite"
        if store.exists():
            from llmnotes.store.connect import connect
            from llmnotes.store.files import uri

            connect(store).close()
            with (
                closing(sqlite3.connect(f"{uri(store)}?mode=ro", uri=True)) as old,
                closing(sqlite3.connect(copy)) as new,
            ):
                old.backup(new)
        yield copy
