"""Configurations with the counts that were measured on the real classes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.running import REFERENCE as FILES

_MEASURED = Path(__file__).parent / "measured_counts.jsonl"
MEASURED: list[dict[str, Any]] = [
    json.loads(line) for line in _MEASURED.read_text(encoding="utf-8").splitlines()
]
"""A `config` and its `total` each; `test_measured_counts` tells where they are from."""

REFERENCE = FILES / "configs"
"""Real configuration files, which need not be there."""
