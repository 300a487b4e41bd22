"""Which model an estimate is of: a name, a file, a folder."""

from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.knowledge.estimate_subject import shapes_of
from tests.small_model import SMALL


def test_a_name_goes_before_a_file_of_that_name_and_a_path_says_otherwise(
    connection: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "llama-2-7b"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(SMALL))
    named = shapes_of("llama-2-7b", lambda: nullcontext(connection))
    path = shapes_of("./llama-2-7b", lambda: nullcontext(connection))
    (tmp_path / "nothing-known").write_text(json.dumps(SMALL))
    other = shapes_of("nothing-known", lambda: nullcontext(connection))

    assert named.shapes[0].id == "llama-2-7b"
    assert "also a directory here" in named.remarks[0]
    assert path.shapes[0].architecture.d_model == 64
    assert other.shapes[0].architecture.d_model == 64


@pytest.mark.parametrize("name", ["gpt-4", "claude-opus-4"])
def test_what_a_publisher_withholds_is_not_asked_of_the_reader(connection: Any, name: str) -> None:
    with pytest.raises(InputError) as refused:
        shapes_of(name, lambda: nullcontext(connection))

    told = "its publisher does not say how it is built"
    assert (
        str(refused.value) == f"{name}: {told}; `llmnotes show {name} --claims` shows what is known"
    )


def test_a_reason_that_sizes_share_is_given_once(connection: Any) -> None:
    with pytest.raises(InputError) as refused:
        shapes_of("whisper", lambda: nullcontext(connection))

    assert "whisper-tiny, whisper-tiny.en, whisper-base" in str(refused.value)
    assert str(refused.value).count("cannot be worked out") <= 2
