"""A user's store whose names, values, sources and notes all mean harm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.edits.notes import add_note, set_tags
from llmnotes.edits.subjects import add, alias
from llmnotes.errors import LlmnotesError


def hostile_store(store: Path, texts: list[str]) -> Path:
    """Write the texts wherever a user may write one; what the edits refuse is left out."""
    written = 0
    for number, text in enumerate(texts):
        said = Provenance(source=text[:300], locator=text[:300], note=text[:300])
        edits: list[Callable[[], Any]] = [
            lambda text=text, number=number, said=said: add(
                store, f"Model {number} {text[:200]}", ["params_total=7B", f"license={text[:300]}"], said
            ),
            lambda text=text, said=said: set_claims(store, "llama-2-7b", [f"hardware={text[:300]}"], said),
            lambda text=text: add_note(store, "llama-2-7b", text[:1000]),
            lambda text=text: add_note(store, "gqa", text[:1000]),
            lambda text=text: set_tags(store, "llama-2-7b", [text[:40]]),
            lambda text=text: alias(store, text[:80], "llama-2-7b"),
        ]  # fmt: skip
        for edit in edits:
            try:
                edit()
                written += 1
            except LlmnotesError:
                pass
    assert written > 2 * len(texts)
    return store
