"""Modelfiles."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_a_modelfile_names_what_it_is_made_from(facts: Any, tmp_path: Path) -> None:
    folder = tmp_path / "helper"
    folder.mkdir()
    path = folder / "Modelfile"
    path.write_text('# mine\nfrom llama-2-7b\nPARAMETER num_ctx 4096\nSYSTEM """a\nb"""\n')

    assert facts(path) == {"helper": {"based_on": [(["llama-2-7b"], "reported")]}}
