import json
from pathlib import Path

import pytest

from tests.evidence.planting import COMMIT

FAMILY = f"""\
id = "toy"
name = "Toy"
line = "toy"

[sources.lee-2020-toy]
kind = "paper"
title = "Toy: A Model for Tests"
authors = ["Kim Lee"]
year = 2020
url = "https://arxiv.org/abs/2001.00001"
arxiv = "2001.00001v2"
copy_read = "https://arxiv.org/abs/2001.00001v2 on 2026-11-28"
sha256 = "%DIGEST%"
length = %LENGTH%
read = "whole"
checked = "2026-11-28"

[sources.toy-code]
kind = "code"
title = "toy/toy: the code"
year = 2020
url = "https://github.com/toy/toy"
copy_read = "toy/toy@{COMMIT}"
read = "part"

[sources.toy-config]
kind = "config"
title = "toy/toy-1b: config.json"
url = "https://huggingface.co/toy/toy-1b"
copy_read = "huggingface.co/toy/toy-1b@{COMMIT}:config.json"
read = "whole"

[sources.toy-talk]
kind = "news"
title = "A talk on Toy"
read = "quoted"
via = "lee-2020-toy"

[claims]
organization = {{ value = ["toys"], source = "lee-2020-toy", at = "title page", printed = "Toys Inc." }}
objective = {{ value = ["CLM"], source = "lee-2020-toy", at = "§2.1", printed = "next-token" }}
learning_rate = {{ value = 6e-4, source = "lee-2020-toy", at = "§2.1", printed = "6.0 × 10−4" }}
batch_size = {{ value = "512 sequences", source = "lee-2020-toy", at = "§2.1", printed = "512" }}
warmup = {{ value = "2000 steps", source = "lee-2020-toy", at = "App. A.1", printed = "2,000 steps" }}
lr_schedule = {{ value = "cosine", source = "lee-2020-toy", at = "App. A.1", printed = "cosine" }}
weight_decay = {{ value = 0.1, source = "lee-2020-toy", at = "App. A.1", printed = "0.1" }}
dropout = {{ value = 0.1, source = "toy-code", at = "toy/model.py dropout", printed = "0.1" }}
activation = {{ value = "GELU", source = "toy-code", at = "toy/model.py mlp", printed = "gelu" }}
license = {{ value = "MIT", source = "toy-code", at = "LICENSE", printed = "MIT License" }}
hardware = {{ status = "undisclosed", source = "lee-2020-toy", at = "whole text", note = "None are named." }}
precision = {{ value = ["bf16"], source = "toy-talk", at = "§2.1", printed = "bfloat16" }}

[[models]]
id = "toy-1b"
name = "Toy 1B"
size = "1B"

[models.claims]
params_reported = {{ value = "1B", source = "lee-2020-toy", at = "Table 1", printed = "1.0B" }}
n_layers = {{ value = 24, source = "toy-config", at = "num_hidden_layers" }}
d_model = {{ value = 2048, source = "toy-config", at = "hidden_size" }}
n_heads = {{ value = 16, source = "toy-config", at = "num_attention_heads" }}
tied_embeddings = {{ value = true, source = "toy-config", at = "tie_word_embeddings" }}
d_ff = [
  {{ value = 8192, source = "toy-config", at = "intermediate_size" }},
  {{ value = 8192, source = "lee-2020-toy", at = "Table 1", printed = "8192" }},
]
evaluation = {{ value = [{{ benchmark = "MMLU", score = 40.5 }}], source = "lee-2020-toy", at = "Table 2" }}
"""

PAPER = (
    """\
Toy: A Model for Tests

Kim Lee, Toys Inc.

arXiv:2001.00001v2 [cs.CL] 5 Mar 2020

Abstract
A small model.

1 Introduction
Models are large.

2.1 Training
Toy is trained on next-token prediction with a learning rate of 6.0 × 10^{-4} and batches of 512
sequences in bfloat16.

Table 1: The size.
1.0B 24 2048 16 8192

3 Results
"""
    + "It is small. " * 1_200
    + """

Table 2: Results.
MMLU 40.5

A.1 Optimizer
Warm-up of 2,000 steps, a cosine schedule, weight decay of 0.1.
"""
)

CONFIG = {
    "num_hidden_layers": 24, "hidden_size": 2048, "num_attention_heads": 16,
    "tie_word_embeddings": True, "intermediate_size": 8192,
}  # fmt: skip


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of curated files without a family."""
    folder = tmp_path / "data"
    (folder / "families").mkdir(parents=True)
    (folder / "entities").mkdir()
    (folder / "entities" / "organizations.toml").write_text('[toys]\nname = "Toys Inc."\n')
    (folder / "sources.toml").write_text("")
    return folder


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """A folder with a copy of each source of the family."""
    folder = tmp_path / "copies"
    (folder / "toy-code" / "toy").mkdir(parents=True)
    (folder / "lee-2020-toy.txt").write_text(PAPER, encoding="utf-8")
    (folder / "toy-config.json").write_text(json.dumps(CONFIG))
    (folder / "toy-code" / "LICENSE").write_text("MIT License\n")
    (folder / "toy-code" / "toy" / "model.py").write_text(
        "dropout = 0.1\n\n\ndef mlp(x):\n    return gelu(x)\n"
    )
    (folder / "copies.toml").write_text(f'toy-code = "toy/toy@{COMMIT}"\n')
    return folder


@pytest.fixture
def family(tmp_path: Path):
    """Writes the family file, changed by replacing parts of lines, and gives its path."""
    import hashlib

    def write(*changes: tuple[str, str]) -> Path:
        text = FAMILY.replace("%DIGEST%", hashlib.sha256(PAPER.encode()).hexdigest())
        text = text.replace("%LENGTH%", str(len(PAPER)))
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "toy.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write
