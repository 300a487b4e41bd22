"""Long answers on a terminal go through the user's pager; everything else goes straight out."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import REPOSITORY

pytestmark = pytest.mark.thorough

LONG, SHORT = ("list", "models"), ("compare", "bert", "gpt-1", "--attributes", "n_layers")


def on_terminal(folder: Path, *arguments: str, rows: int = 24, **settings: str) -> tuple[int, str]:
    """The exit code of `llmnotes` on a terminal of its own, and the terminal's content."""
    ours, theirs = pty.openpty()
    environment = {
        k: v for k, v in os.environ.items() if k not in {"PAGER", "LLMNOTES_PAGER", "LESS"}
    }
    environment |= {
        "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "LINES": str(rows), "COLUMNS": "80", **settings,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "llmnotes", *arguments], cwd=folder, env=environment,
        stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        ready, _, _ = select.select([ours], [], [], 60)
        try:
            part = os.read(ours, 65_536) if ready else b""
        except OSError:  # the other side is closed
            part = b""
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(60), shown.decode(errors="replace")


def test_a_long_answer_goes_through_the_pager_whole(tmp_path):
    code, shown = on_terminal(tmp_path, *LONG, LLMNOTES_PAGER="cat > paged.txt; echo paged")
    assert (code, shown.split()) == (0, ["paged"])
    text = (tmp_path / "paged.txt").read_text("utf-8")
    assert "llama-2-70b" in text
    assert text.count("\n") > 100


def test_our_own_setting_goes_before_the_general_one(tmp_path):
    settings = {"PAGER": "cat > general.txt", "LLMNOTES_PAGER": "cat > own.txt"}
    on_terminal(tmp_path, *LONG, **settings)
    assert {path.name for path in tmp_path.glob("*.txt")} == {"own.txt"}
    on_terminal(tmp_path, *LONG, PAGER="cat > general.txt")
    assert (tmp_path / "general.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        (SHORT, {}), (("--no-pager", *LONG), {}), (LONG, {"LLMNOTES_PAGER": ""}), (LONG, {"TERM": "dumb"}),
        ((*LONG, "-o", "file.md"), {}),
    ],
)  # fmt: skip
def test_a_short_answer_or_who_wants_none_gets_no_pager(tmp_path, arguments, settings):
    code, shown = on_terminal(tmp_path, *arguments, **{"PAGER": "cat > paged.txt", **settings})
    assert code == 0
    assert not (tmp_path / "paged.txt").exists()
    assert shown or "-o" in arguments


def test_what_just_fits_is_shown_at_once(tmp_path):
    lines = on_terminal(tmp_path, *SHORT, LLMNOTES_PAGER="")[1].count("\n")
    settings = {"LLMNOTES_PAGER": "cat > paged.txt"}
    on_terminal(tmp_path, *SHORT, rows=lines + 1, **settings)
    assert not (tmp_path / "paged.txt").exists()
    on_terminal(tmp_path, *SHORT, rows=lines, **settings)
    assert (tmp_path / "paged.txt").exists()


def test_a_pipe_gets_no_pager(run_process, tmp_path):
    done = run_process(*LONG, PAGER="cat > paged.txt")
    assert "llama-2-70b" in done.out
    assert not (tmp_path / "paged.txt").exists()


def test_a_pager_that_is_not_there_costs_nothing_of_the_answer(tmp_path):
    code, shown = on_terminal(tmp_path, *LONG, LLMNOTES_PAGER="no-such-pager")
    assert code == 0
    assert "llama-2-70b" in shown


def test_who_leaves_the_pager_early_makes_no_error(tmp_path):
    code, shown = on_terminal(tmp_path, "list", "sources", LLMNOTES_PAGER="head -n 2")
    assert code == 0
    assert shown.count("\n") == 2


def test_an_exit_code_outlives_the_pager(tmp_path):
    rows = "| LLaMA 65B | 60 |\n| BERT-Base | 12 |\n| GPT-2 XL | 48 |\n"
    (tmp_path / "a.md").write_text(f"| Model | Layers |\n|---|---|\n{rows}", "utf-8")
    settings = {"LLMNOTES_PAGER": "cat > paged.txt"}
    code, _ = on_terminal(tmp_path, "factcheck", "a.md", rows=6, **settings)
    assert code == 1
    assert (tmp_path / "paged.txt").exists()
