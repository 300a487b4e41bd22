"""The shipped families are read once for all drafts."""

from __future__ import annotations

from functools import cache

import pytest

from llmnotes import catalog


@pytest.fixture(autouse=True)
def other_families(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cache what the shipped families declare; no draft of these tests is of one of them."""
    monkeypatch.setattr("llmnotes.curate.draft.load_others", lambda data, but: declared())


@cache
def declared() -> catalog.Others:
    return catalog.load_others(catalog.DATA, but="")
