"""Progress bars on standard error, on a terminal only."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest

from llmnotes.commands.progress import progress


class Terminal(io.StringIO):
    """A replacement of standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def written(monkeypatch, stream, **settings):
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with progress("working", **settings) as show:
        for number in range(3):
            show(number, 3)
    return stream.getvalue()


def test_a_terminal_is_shown_how_far_the_work_is(monkeypatch):
    assert "working" in written(monkeypatch, Terminal(), delay=0)


def test_work_that_ends_at_once_is_not_worth_a_bar(monkeypatch):
    assert written(monkeypatch, Terminal(), delay=60) == ""


def test_a_file_or_pipe_gets_nothing(monkeypatch):
    assert written(monkeypatch, io.StringIO(), delay=0) == ""


def test_an_error_takes_the_bar_away(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Terminal())
    with contextlib.suppress(KeyError), progress("working", delay=0) as show:
        show(1, None)
        raise KeyError
    assert sys.stderr.getvalue().endswith(("\x1b[2K", "\x1b[?25h")), "cleared, and the cursor shown"


@pytest.mark.usefixtures("on_small_base")
@pytest.mark.parametrize(
    "command",
    [
        ("check", "llama"),
        ("factcheck", "."),
        ("site", "out.html", "--single-file"),
        ("import", "a.md"),
    ],
)
def test_commands_that_may_take_long_say_nothing_of_it_to_a_pipe(run, tmp_path, command):
    (tmp_path / "a.md").write_text("| Model | Layers |\n|---|---|\n| BERT-Base | 12 |\n", "utf-8")
    done = run(*command)
    assert done.code == 0, done.err
    assert "\x1b" not in done.err
    assert "━" not in done.err
