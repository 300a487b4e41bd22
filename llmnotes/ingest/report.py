"""The report of an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from llmnotes.ingest.raw import Remarks


@dataclass
class ImportReport:
    """The result of an import, or with `dry_run` its prediction."""

    format: str = ""
    source: str = ""
    dry_run: bool = False
    write: int | None = None
    models_added: int = 0
    models_known: int = 0
    claims_added: int = 0
    claims_unchanged: int = 0
    claims_replaced: int = 0
    organizations_added: int = 0
    contradicted: list[dict[str, Any]] = field(default_factory=list)
    ambiguous: list[dict[str, Any]] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    notices: list[str] = field(default_factory=list)
