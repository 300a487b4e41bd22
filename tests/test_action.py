"""The GitHub Action and the pre-commit hook, run as written."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from llmnotes.cli import app
from llmnotes.factcheck.reporting.files import SUFFIXES
from tests.running import REPOSITORY

ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
STEPS = {step.get("name"): step for step in ACTION["runs"]["steps"]}
FALSE = "| Model | Layers |\n|---|---|\n| LLaMA 65B | 60 |\n| GPT-4 | 120 |\n"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def checked(folder, **settings):
    """Runs the checking step as a runner does; returns its summary and outputs."""
    program = folder / "bin" / "llmnotes"
    program.parent.mkdir(exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m llmnotes "$@"\n')
    program.chmod(0o755)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    given = {"PATHS": ".", "FAIL_ON": "", "SINCE": "", "SARIF": "out.sarif", **settings}
    environment = {
        **os.environ, **given, "PATH": f"{program.parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY), "GITHUB_OUTPUT": str(folder / "output"),
        "GITHUB_STEP_SUMMARY": str(folder / "summary"),
    }  # fmt: skip
    # As the runner calls bash for `shell: bash`.
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Check"]["run"]]
    return subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.fixture
def work(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a b.md").write_text(FALSE, "utf-8")
    return tmp_path / "work"


def test_a_false_cell_fails_and_is_annotated_listed_and_written_for_code_scanning(tmp_path, work):
    done = checked(tmp_path)
    assert done.returncode == 1
    assert re.search(r"^::error file=a b.md,line=3,col=15,endColumn=17,", done.stdout, re.M)
    assert "| LLaMA 65B | Layers | 60" in (tmp_path / "summary").read_text("utf-8")
    (run,) = json.loads((work / "out.sarif").read_text("utf-8"))["runs"]
    assert {result["level"] for result in run["results"]} == {"error", "warning"}
    assert (tmp_path / "output").read_text() == "sarif=out.sarif\n"


def test_true_tables_pass(tmp_path, work):
    (work / "a b.md").write_text(
        FALSE.replace("60", "80").replace("| GPT-4 | 120 |\n", ""), "utf-8"
    )
    assert checked(tmp_path).returncode == 0
    assert (work / "out.sarif").exists()


def test_the_inputs_reach_the_command_as_they_were_given(tmp_path, work):
    (work / "a b.md").write_text(FALSE.replace("60", "80"), "utf-8")
    assert checked(tmp_path).returncode == 0
    assert checked(tmp_path, FAIL_ON="rumour").returncode == 1
    assert checked(tmp_path, PATHS="a b.md\n\n", FAIL_ON="rumour").returncode == 1
    assert checked(tmp_path, SINCE="auto").returncode == 0, "auto without a pull request is all"
    refused = checked(tmp_path, SINCE="--output=x")
    assert refused.returncode == 2
    hostile = checked(tmp_path, PATHS='$(touch owned); `touch owned`"')
    assert hostile.returncode == 2
    assert not (work / "owned").exists()


def test_every_input_is_used_and_no_expression_stands_in_a_script():
    text = (REPOSITORY / "action.yml").read_text("utf-8")
    for name in ACTION["inputs"]:
        assert f"inputs.{name}" in text, name
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), (
            "a script takes what others wrote from its environment"
        )


def test_the_extra_that_it_installs_is_there():
    text = (REPOSITORY / "pyproject.toml").read_text("utf-8")
    (extra,) = re.findall(r"\[(\w+)\]\"", STEPS["Install llmnotes"]["run"])
    assert f"\n{extra} = [" in text


def test_the_hook_takes_every_kind_of_file_that_is_checked():
    (hook,) = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text("utf-8"))
    pattern = re.compile(hook["files"])
    assert [suffix for suffix in SUFFIXES if not pattern.search(f"a/b{suffix}")] == []
    assert not pattern.search("a.py")
    assert app.info.name == hook["entry"].split()[0]
