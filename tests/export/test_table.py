"""Tables on a terminal: a real one, of a given width."""

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from fcntl import ioctl

import pytest

from tests.running import REPOSITORY


def on_terminal(columns, *arguments, **environment):
    """What `llmnotes` writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    cleared = {
        key: value for key, value in os.environ.items() if key not in {"COLUMNS", "NO_COLOR"}
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "llmnotes", *arguments],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env={
            **cleared,
            "PYTHONPATH": str(REPOSITORY),
            "TERM": "xterm-256color",
            "LLMNOTES_PAGER": "",
            **environment,
        },
    )
    os.close(theirs)
    chunks = []
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(ours)
    assert process.wait() == 0
    return b"".join(chunks).decode().replace("\r\n", "\n")


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "subjects", [["llama", "llama2"], ["bert", "t5", "gpt2", "gpt3", "palm", "llama"]]
)
def test_a_comparison_fits_the_terminal_and_loses_no_subject(columns, subjects):
    attributes = ["--attributes", "attention,n_layers,context"]
    text = plain(on_terminal(columns, "compare", *subjects, *attributes, "--no-sources"))

    assert max(len(line.rstrip()) for line in text.splitlines()) <= columns
    words = " ".join(text.split())
    for name in ("LLaMA", "2,048") + (("BERT", "PaLM", "MQA") if len(subjects) > 2 else ("4,096",)):
        assert name in words


def test_colour_is_used_on_a_terminal_and_not_with_no_color():
    arguments = ["compare", "bert", "t5", "--attributes", "attention"]

    assert "\x1b[" in on_terminal(80, *arguments)
    assert "\x1b[" not in on_terminal(80, *arguments, NO_COLOR="1")
    assert "\x1b[" not in on_terminal(80, *arguments, TERM="dumb")


def test_columns_overrides_the_terminal():
    text = plain(on_terminal(120, "compare", "bert", "t5", "--no-sources", COLUMNS="60"))

    assert max(len(line.rstrip()) for line in text.splitlines()) <= 60


def test_an_id_stands_in_one_piece_where_there_is_room():
    text = plain(on_terminal(80, "search", "sliding window"))

    assert "sliding-window-attention " in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_a_long_list_stays_one_table_and_names_the_columns_left_out():
    text = plain(on_terminal(80, "list", "models"))

    header, _, *rows = text.splitlines()
    assert header.split() == ["id", "params_total", "release_date", "organization"]
    assert sum(line.startswith("id ") for line in rows) == 0
    assert rows[-1].startswith("not shown for want of room: name, coverage")
    assert max(map(len, rows)) <= 80


def test_what_a_filter_asks_for_stays_in_a_long_list():
    text = plain(on_terminal(80, "filter", "--languages", "german"))

    assert text.splitlines()[0].split()[-1] == "languages"
    assert "not shown for want of room: " in text


def test_columns_share_a_part_where_they_are_narrow_enough():
    text = plain(on_terminal(80, "filter", "--attention", "MLA"))

    assert text.splitlines()[0].split() == ["id", "params_total", "context_length", "attention"]
    assert text.count("\nid ") == 1


def test_a_list_has_all_columns_where_there_is_room_or_they_were_asked_for():
    wide = plain(on_terminal(200, "list"))
    asked = plain(on_terminal(60, "filter", "--columns", "id,params,context,organization,license"))

    assert "not shown" not in wide + asked
    assert {"models", "release_date", "organization"} <= set(wide.splitlines()[0].split())
    assert asked.count("license") > 0
