"""Streams that are full, closed or not read end every command in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from llmnotes.cli import CONTENTS
from llmnotes.store.soundness import problems
from tests.conftest import Run
from tests.running import REPOSITORY, forked, main

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="descriptors of POSIX"),
    pytest.mark.usefixtures("on_first_base"),
]

NOTES = "| | GPT-2 |\n|---|---|\n| Layers | 12 |\n"

ARGUMENTS = {
    "list": [],
    "show": ["gpt-2"],
    "compare": ["gpt-2", "llama"],
    "diff": ["llama", "llama-2"],
    "filter": ["--limit", "2"],
    "search": ["attention"],
    "sql": ["select id from models"],
    "export": ["gpt-2", "-f", "json"],
    "cite": ["gpt-2"],
    "explain": ["GQA"],
    "topics": [],
    "path": ["gqa"],
    "timeline": [],
    "lineage": ["llama-2"],
    "who-uses": ["gqa"],
    "quiz": ["--count", "1"],
    "anki": ["--topic", "gqa", "-o", "deck.apkg"],
    "book": ["--read"],
    "plot": ["params"],
    "estimate": ["gpt-2-xl"],
    "check": ["gpt-2"],
    "conflicts": ["gpt-2"],
    "changes": ["gpt-2"],
    "factcheck": ["-"],
    "import": ["models.csv"],
    "add": ["Mine", "n_layers=3"],
    "set": ["gpt-2-xl", "batch_size=3 sequences"],
    "unset": ["gpt-2-xl", "batch_size"],
    "alias": ["mine", "gpt-2-xl"],
    "note": ["gpt-2", "-"],
    "tag": ["gpt-2", "word"],
    "log": [],
    "undo": [],
    "schema": [],
    "db": ["status"],
    "site": ["site.html", "--single-file"],
    "publish": ["edition"],
    "new-family": ["config.json"],
}
"""Arguments of each command in these tests."""

CONFIG = json.dumps(
    {
        "model_type": "llama", "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4,
        "intermediate_size": 128, "vocab_size": 100, "max_position_embeddings": 32,
    }
)  # fmt: skip

ENDLESS = {"mcp", "serve"}
"""Commands that run until they are stopped."""

SILENT = {"anki", "publish", "site"}
"""Commands that print no data."""


def test_every_command_is_tried() -> None:
    assert set(ARGUMENTS) | ENDLESS == set(CONTENTS), "say in ARGUMENTS how to run a new command"


@pytest.fixture
def folder(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file to import, and a store in which something can be undone."""
    (tmp_path / "models.csv").write_text("Model,Layers\nMy Own 1B,3\n")
    (tmp_path / "config.json").write_text(CONFIG)
    assert run("set", "gpt-2-xl", "batch_size=3 sequences").code == 0
    shutil.copy(tmp_path / "notes.sqlite", tmp_path / "before.sqlite")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ended(command: str, streams: Callable[[], None], folder: Path) -> tuple[int, str]:
    """The exit code and standard error of a command with these streams."""

    def child() -> None:
        os.environ["LLMNOTES_DEBUG"] = "1"  # whatever is not foreseen ends in a traceback
        os.dup2(os.open("given", os.O_RDONLY), 0)
        os.dup2(os.open("out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(os.open("err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        streams()
        main(command, *ARGUMENTS.get(command, ()))

    (folder / "given").write_text(NOTES)
    shutil.copy(folder / "before.sqlite", folder / "notes.sqlite")
    code = forked(child)
    return code, (folder / "err").read_text()


def full() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def closed() -> None:
    os.close(1)


def unread() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    os.dup2(writing, 1)


@pytest.mark.parametrize("command", ARGUMENTS)
def test_a_stream_that_fails_ends_a_command_in_a_sentence(folder: Path, command: str) -> None:
    if command in SILENT:
        _silent(command, folder)
        return
    for streams in (full, closed):
        code, err = ended(command, streams, folder)
        assert "Traceback" not in err, err
        assert code == 2, err
        assert err.count("llmnotes: cannot write to standard output") == 1
        assert "-o FILE" in err
    code, err = ended(command, unread, folder)
    assert code in {0, 1}, err
    assert "llmnotes:" not in err, "a reader that has gone is no error"
    code, err = ended(command, lambda: os.close(0), folder)
    assert code in {0, 1, 2}, err
    assert "Traceback" not in err, err


def _silent(command: str, folder: Path) -> None:
    """Of a command that writes files alone, both streams may fail at once."""
    for lost in (full, closed):

        def both(lost: Callable[[], None] = lost) -> None:
            os.close(0)
            lost()

        code, err = ended(command, both, folder)
        assert code in {0, 1, 2}, err
        assert "Traceback" not in err, err


@pytest.mark.parametrize("command", ["set", "factcheck", "nonsense"])
@pytest.mark.parametrize("lost", ["closed", "full"])
def test_a_lost_standard_error_changes_nothing_else(folder: Path, command: str, lost: str) -> None:
    usual, _ = ended(command, lambda: None, folder)

    def streams() -> None:
        os.close(2)
        if lost == "full":
            os.dup2(os.open("/dev/full", os.O_WRONLY), 2)

    assert ended(command, streams, folder)[0] == usual


def test_no_file_takes_the_place_of_a_closed_stream(folder: Path) -> None:
    code, _ = ended("set", lambda: [os.close(number) for number in range(3)] and None, folder)

    assert code == 2
    assert problems(folder / "notes.sqlite") == []


def test_a_new_process_without_an_output_ends_the_same_way() -> None:
    for redirect, code in ((">&-", 2), (">/dev/full", 2), ("| true", 0), ("<&-", 0), ("2>&-", 0)):
        done = subprocess.run(
            [
                "bash",
                "-o",
                "pipefail",
                "-c",
                f"{sys.executable} -m llmnotes export -f json {redirect}",
            ],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
        )
        assert done.returncode == code, (redirect, done.stderr)
        assert "Traceback" not in done.stderr
        assert "Exception ignored" not in done.stderr
