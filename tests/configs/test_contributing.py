"""The walk-through of CONTRIBUTING for a new architecture, followed in a copy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import llmnotes

PACKAGE = Path(llmnotes.__file__).parent
GUIDE = PACKAGE.parent / "CONTRIBUTING.md"


def steps() -> tuple[str, dict[str, Any], dict[str, Any]]:
    """The builder, the defaults and the measured count that the guide shows."""
    text = GUIDE.read_text(encoding="utf-8")
    section = text.partition("## Add an architecture")[2].partition("\n## ")[0]
    shown = re.findall(r"^ +```(?:python|json)\n(.*?)^ +```$", section, re.S | re.M)
    builder, defaults, measured = ("".join(re.sub(r"^   ", "", each, flags=re.M)) for each in shown)
    return builder, json.loads(defaults), json.loads(measured)


def count(home: Path, config: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    program = (
        "import json, sys\n"
        "from llmnotes.configs import read_config\n"
        "from llmnotes.sizing import count_parameters\n"
        "print(count_parameters(read_config(json.loads(sys.argv[1]))).total)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, json.dumps(config)],
        capture_output=True, text=True, cwd=home, env={**os.environ, "PYTHONPATH": str(home)},
    )  # fmt: skip


def test_an_architecture_is_added_as_the_guide_says(tmp_path: Path) -> None:
    """A builder at its mechanism and its defaults: nothing else is touched."""
    if not GUIDE.is_file():
        pytest.skip("an installed package has no CONTRIBUTING")
    builder, defaults, measured = steps()
    copy = tmp_path / "llmnotes"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("data", "__pycache__"))
    before = count(tmp_path, measured["config"])

    with (copy / "configs" / "families" / "dense" / "llama.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{builder}")
    path = copy / "configs" / "defaults.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known["types"] |= defaults
    path.write_text(json.dumps(known), encoding="utf-8")
    after = count(tmp_path, measured["config"])
    by_class = {key: value for key, value in measured["config"].items() if key != "model_type"}
    named = count(
        tmp_path, {**by_class, "model_type": "toy", "architectures": ["PlaythingForCausalLM"]}
    )

    assert "'toy' is not known" in before.stderr
    assert (after.stdout.strip(), after.stderr) == (str(measured["total"]), "")
    assert named.stdout == after.stdout
