"""`plot`: pictures in the terminal and in files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from llmnotes.commands.plot import KINDS
from llmnotes.export import FORMATS
from llmnotes.study.charts import CHARTS


def test_the_command_offers_every_chart() -> None:
    assert list(KINDS) == list(CHARTS)


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_file_a_small_picture_fits_the_terminal(run: Any, kind: str) -> None:
    done = run("plot", kind, COLUMNS="80")

    assert done.code == 0
    assert len(done.out.splitlines()) > 5
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize("format", FORMATS)
def test_the_data_of_a_picture_comes_in_every_format(run: Any, format: str) -> None:
    done = run("plot", "attention", "-f", format)

    assert done.code == 0
    assert "GQA" in done.out


def test_the_data_of_a_picture_is_a_row_for_each_mark(run: Any, tmp_path: Path) -> None:
    rows = run("plot", "params", "llama-2", "-f", "json").json["rows"]
    table = run("plot", "params", "llama-2", "-f", "csv").out.splitlines()
    run("plot", "params", "llama-2", "-f", "csv", "-o", "rows.csv")

    assert len(rows) == 4
    assert table[0].split(",")[:2] == ["id", "name"]
    assert (tmp_path / "rows.csv").read_text().splitlines() == table


def test_the_small_pictures_need_no_extra(tmp_path: Path) -> None:
    """A process in which Altair, vl-convert and pypdf cannot be imported."""
    program = (
        "import sys\n"
        "for name in ('altair', 'vl_convert', 'pypdf'): sys.modules[name] = None\n"
        "sys.argv = ['llmnotes', *sys.argv[1:]]\n"
        "from llmnotes.cli import main\n"
        "main()"
    )

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", program, *arguments],
            capture_output=True, text=True, cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip

    small, drawn = call("plot", "params"), call("plot", "params", "-o", "params.svg")

    assert small.returncode == 0
    assert "PaLM 540B" in small.stdout
    assert drawn.returncode == 2
    assert "pip install 'llmnotes[plot]'" in drawn.stderr
    assert drawn.stderr.count("\n") == 1
    assert not (tmp_path / "params.svg").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("parms",), "unknown picture 'parms'. Nearest: params"),
        (("params", "-o", "x.gif"), "a picture's file ends in .svg, .png, .pdf"),
        (("params", "-o", "no/folder/x.json"), "cannot write no/folder/x.json"),
        (("params", "llama9"), "unknown model or family 'llama9'"),
        (("params", "--models"), "--models is for attention only"),
        (("params", "-f", "jsn"), "unknown format 'jsn'. Nearest: json"),
    ],
)
def test_bad_usage_is_one_sentence(run: Any, arguments: tuple[str, ...], message: str) -> None:
    if "no/folder/x.json" in arguments:
        pytest.importorskip("altair")

    done = run("plot", *arguments)

    assert done.code == 2
    assert done.err.startswith(f"llmnotes: {message}")
    assert done.err.count("\n") == 1
