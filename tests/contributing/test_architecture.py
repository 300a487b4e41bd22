"""The guide is true: an architecture is added to a copy by doing what it says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.contributing.guide import blocks, copied, run

pytestmark = pytest.mark.thorough

COUNT = """
import json, sys
from llmnotes.configs import read_config
from llmnotes.sizing import count_parameters
print(count_parameters(read_config(json.loads(sys.argv[1]))).total)
"""


def count(copy: Path, config: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return run(copy, "-c", COUNT, json.dumps(config))


def test_an_architecture_is_added_as_the_guide_says(tmp_path: Path) -> None:
    """A builder in its package and its defaults: no other file is changed."""
    builder, defaults, line = blocks("Add an architecture")
    measured = json.loads(line)
    copy = copied(tmp_path)
    before = count(copy, measured["config"])

    families = copy / "llmnotes" / "configs" / "families"
    with (families / "dense" / "llama.py").open("a", encoding="utf-8") as file:
        file.write(f"\n\n{builder}")
    path = copy / "llmnotes" / "configs" / "defaults.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known["types"] |= json.loads(defaults)
    path.write_text(json.dumps(known), encoding="utf-8")
    after = count(copy, measured["config"])
    by_class = {key: value for key, value in measured["config"].items() if key != "model_type"}
    named = count(
        copy, {**by_class, "model_type": "toy", "architectures": ["PlaythingForCausalLM"]}
    )

    assert "'toy' is not known" in before.stderr
    assert (after.stdout.strip(), after.stderr) == (str(measured["total"]), "")
    assert named.stdout == after.stdout
