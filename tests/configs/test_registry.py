"""Each model type is declared once, and a look-up imports no more files than it needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import llmnotes.configs.families as package
from llmnotes.configs.registry import FILES, families, family, find


def test_every_file_of_families_is_listed() -> None:
    """A family in a file that is not listed would not be found."""
    folder = Path(package.__file__).parent
    here = {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if path.name not in {"__init__.py"} and "@family(" in path.read_text("utf-8")
    }

    assert here <= set(FILES)
    assert all((folder / f"{file.replace('.', '/')}.py").is_file() for file in FILES)
    assert len(set(FILES)) == len(FILES)


def test_a_model_type_is_declared_once() -> None:
    """Two builders of one type would make the count depend on the order of imports."""
    assert find("llama") is not None
    with pytest.raises(ValueError, match="'llama' is declared twice"):
        family("llama")(lambda f: families()["llama"].build(f))


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("kimi_k2", "deepseek_v3"),
        ("hunyuan", "hunyuan_v1_moe"),
        ("minimax_m1", "minimax"),
        ("minimax_text_01", "minimax"),
    ],
)
def test_another_name_reads_with_the_first_types_defaults(name: str, type_: str) -> None:
    """Publishers' own files are those of transformers' class under another name."""
    found = find(name)

    assert found is not None
    assert found.type == type_
    assert find("no such type") is None


def test_a_look_up_stops_at_the_file_it_needs() -> None:
    """One count of a common family does not load the builders of all others."""
    program = (
        "import sys\n"
        "from llmnotes.configs import read_config\n"
        "read_config({'model_type': 'llama', 'hidden_size': 8, 'num_hidden_layers': 1,"
        " 'num_attention_heads': 2, 'vocab_size': 8, 'intermediate_size': 8,"
        " 'architectures': ['LlamaForCausalLM']})\n"
        "start = 'llmnotes.configs.families.'\n"
        "print(sorted(name for name in sys.modules if name.startswith(start)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert ran.stdout.strip() == repr(
        ["llmnotes.configs.families.dense", "llmnotes.configs.families.dense.llama"]
    )
