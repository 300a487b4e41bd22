"""The guide is true: a language of headers is added to a copy by doing what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.contributing.guide import blocks, copied, insert, run, succeed

pytestmark = pytest.mark.thorough

READ = """
from llmnotes.factcheck.layout.headers import read_header as header
from llmnotes.factcheck.cells.reader import read_cell as cell
print(header('Nombro de tavoloj').attribute, header('Parametroj (miliardoj)').scale.factor,
      cell('6,7 miliardoj', 'params_total').value, cell('32 tavoloj', 'n_layers').value)
"""


def test_a_language_is_added_by_following_the_steps(tmp_path: Path) -> None:
    """One file of headers, its scale and its unit words; the test names what is still missing."""
    names, scale, unit = blocks("Add a language of headers")
    copy = copied(tmp_path, "tests/attributes", "tests/conftest.py", "tests/running.py")
    before = run(copy, "-c", READ)
    (copy / "llmnotes/data/headers/esperanto.toml").write_text(names, "utf-8")
    insert(copy / "llmnotes/quantities/scales.py", "COMMA_WORDS: dict[str, dict[str, int]] = {\n",
           f"    {scale}")  # fmt: skip
    word = re.findall(r'"(.*)": \((".*",)', unit)
    for key, words in word:
        insert(copy / "llmnotes/quantities/units.py", f'    "{key}": (', f"{words} ")

    assert word
    assert "1000000000" not in before.stdout
    assert succeed(copy, "-c", READ).split() == ["n_layers", "1000000000", "6700000000", "32"]
    tests = "tests/attributes/test_headers.py"
    tried = run(copy, "-m", "pytest", tests, "-k", "esperanto")
    assert "add them to [names] of llmnotes/data/headers/esperanto.toml" in tried.stdout
    assert re.search(r"1 failed, \d+ passed", tried.stdout)
