"""A cache of the report of the rules on the curated base, so that `check` need not run them again.

It is stored beside the curated store, with a digest of that store, of the named exceptions and of the
package's code. It is ignored once one of these has changed, and for a base with a user's store.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from dataclasses import asdict
from pathlib import Path

from llmnotes.checks import exceptions
from llmnotes.checks.exceptions import Exemption
from llmnotes.checks.findings import Finding
from llmnotes.checks.run import Report
from llmnotes.data_files import TWINS

FILE = TWINS / "checked.json"
_CODE = Path(__file__).parents[1]


def remembered(connection: sqlite3.Connection, file: Path = FILE) -> Report | None:
    """The cached report on exactly this base; None where there is none or something has changed."""
    if any(row[1] == "user" for row in connection.execute("PRAGMA database_list")):
        return None
    try:
        mark, kept = json.loads(file.read_bytes())
        if mark == _mark(connection):
            return Report(
                [_finding(item) for item in kept["findings"]],
                [(_finding(found), Exemption(**excuse)) for found, excuse in kept["excused"]],
                **{name: kept[name] for name in ("models", "recounted", "rules")},
            )
    except (OSError, ValueError, TypeError, KeyError):
        pass
    return None


def remember(connection: sqlite3.Connection, report: Report, file: Path = FILE) -> None:
    """Cache the report of all rules on the curated base, replacing an older one atomically."""
    text = json.dumps([_mark(connection), asdict(report)], ensure_ascii=False)
    unfinished = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def _finding(kept: dict[str, object]) -> Finding:
    values = kept.pop("values")
    return Finding(**kept, values=tuple(values))  # type: ignore[arg-type]


def _mark(connection: sqlite3.Connection) -> str:
    """A digest of everything that a report depends on."""
    row = connection.execute("SELECT value FROM main.fact WHERE key = 'digest'").fetchone()
    hashed = hashlib.blake2b(str(row and row[0]).encode(), digest_size=16)
    for path in [exceptions.FILE, *sorted(_CODE.rglob("*.py"))]:
        hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()
