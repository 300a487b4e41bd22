"""A cache of the report of the rules on the curated base, so that `check` need not run them again.

It is stored beside the curated store, with a digest of that store, of the named exceptions and of the
package's code. It is ignored once one of these has changed, and for a base with a user's store.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from pathlib import Path

from llmnotes.checks.exceptions import Exemption
from llmnotes.checks.findings import Finding
from llmnotes.checks.run import Report
from llmnotes.data_files import TWINS
from llmnotes.knowledge.kept import is_curated, keep, state

FILE = TWINS / "checked.json"


def remembered(connection: sqlite3.Connection, file: Path = FILE) -> Report | None:
    """The cached report on exactly this base; None where there is none or something has changed."""
    if not is_curated(connection):
        return None
    try:
        mark, kept = json.loads(file.read_bytes())
        if mark == state(connection):
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
    text = json.dumps([state(connection), asdict(report)], ensure_ascii=False)
    keep(file, text.encode())


def _finding(kept: dict[str, object]) -> Finding:
    values = kept.pop("values")
    return Finding(**kept, values=tuple(values))  # type: ignore[arg-type]
