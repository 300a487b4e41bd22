"""How the server is offered: the registry's file, and a skill whose commands run."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.running import REPOSITORY


def test_the_registrys_file_agrees_with_the_package():
    import llmnotes
    from llmnotes.cli import CONTENTS

    found = json.loads((REPOSITORY / "server.json").read_text("utf-8"))
    (package,) = found["packages"]
    assert found["version"] == package["version"] == llmnotes.__version__
    assert package["identifier"] == "llmnotes"
    assert package["packageArguments"][0]["value"] in CONTENTS
    assert len(found["description"]) <= 100
    # How the registry proves that the package is the publisher's own.
    assert f"mcp-name: {found['name']}" in (REPOSITORY / "README.md").read_text("utf-8")


def test_a_skill_holds_commands_that_run(run, tmp_path: Path):
    text = (REPOSITORY / "skills" / "llmnotes" / "SKILL.md").read_text("utf-8")
    import shlex

    import yaml

    head = yaml.safe_load(text.split("---\n")[1])
    assert head["name"] == "llmnotes"
    assert len(head["description"]) <= 1_024
    (tmp_path / "notes.md").write_text(
        "| Model | Layers |\n|---|---|\n| BERT-Base | 13 |\n", "utf-8"
    )
    (tmp_path / "paper").mkdir()
    (tmp_path / "paper" / "main.tex").write_text(
        "\\begin{tabular}{ll}Model & Layers \\\\ BERT-Base & 12 \\\\ \\end{tabular}", "utf-8"
    )
    (tmp_path / "refs.bib").write_text("@misc{a, title={Nothing}, year={2020}}\n", "utf-8")
    config = {
        "model_type": "gpt2",
        "n_embd": 8,
        "n_layer": 2,
        "n_head": 2,
        "vocab_size": 9,
        "n_positions": 4,
    }
    (tmp_path / "config.json").write_text(json.dumps(config), "utf-8")
    commands = [
        line for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.splitlines()
    ]
    silent = {"llmnotes factcheck refs.bib"}
    assert len(commands) > 10
    for command in commands:
        done = run(*shlex.split(command)[1:])
        assert done.code == ("notes.md" in command), (command, done.err)
        assert done.out or command in silent, command
