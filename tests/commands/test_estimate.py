"""`llmnotes estimate` as a user runs it: names, files, directories, standard input, broken input."""

from __future__ import annotations

import csv
import io
import json
import re
import struct
from pathlib import Path

import pytest

from llmnotes.export import FORMATS
from tests.conftest import Run
from tests.small_model import SMALL, TOTAL, VOCABULARY

TINY = {**SMALL, "tie_word_embeddings": True, "torch_dtype": "bfloat16"}
TIED = TOTAL - VOCABULARY


def safetensors(path: Path, tensors: dict[str, tuple[str, list[int]]]) -> None:
    """A file with the header of these tensors and without weights."""
    header = {
        name: {"dtype": kind, "shape": shape, "data_offsets": [0, 0]}
        for name, (kind, shape) in tensors.items()
    }
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory with a small configuration."""
    path = tmp_path / "checkpoint"
    path.mkdir()
    (path / "config.json").write_text(json.dumps(TINY), encoding="utf-8")
    return path


def test_json_has_the_promised_shape(run: Run) -> None:
    found = run("estimate", "llama-2-7b", "-f", "json").json

    assert {"model", "params", "kv_cache_bytes_per_token", "memory", "flops_per_token", "formulas",
            "inputs"} <= set(found)  # fmt: skip
    assert found["model"] == "llama-2-7b"
    assert found["params"]["total"] == found["params"]["active"] == 6_738_415_616
    assert sum(found["params"]["parts"].values()) == 6_738_415_616
    assert found["kv_cache_bytes_per_token"] == 512 * 1024
    assert found["formulas"]["params_total"]["inputs"] == found["params"]["parts"]


def test_names_are_as_forgiving_as_everywhere(run: Run) -> None:
    for name in ("LLaMA 2 7B", "meta-llama/Llama-2-7b-hf"):
        assert run("estimate", name, "-f", "json").json["model"] == "llama-2-7b"


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_shows_the_exact_total(run: Run, format: str) -> None:
    done = run("estimate", "mixtral", "-f", format, "--hardware", "h100", "--formulas")

    assert done.code == 0
    assert any(digits in done.out for digits in ("46,702,792,704", "46702792704"))


def test_a_bar_for_each_part_is_read_without_colour_and_in_ascii(run: Run) -> None:
    done = run("estimate", "llama-2-7b", PYTHONUTF8="0", PYTHONIOENCODING="ascii", LC_ALL="C")
    lines = {line.split("  ")[0]: line for line in done.out.splitlines()}

    assert "#########..... 64.2 %" in lines["ffn"]
    assert ".............. 1.9 %" in lines["head"]
    assert "?" not in done.out


def test_a_table_says_what_counts(run: Run) -> None:
    done = run("estimate", "bert-base")

    assert "headless encoder, with its pooler" in done.out.splitlines()[0]
    assert "not counted: head" in done.out.splitlines()[0]


def test_a_family_has_a_column_for_each_member(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("estimate", "llama-2", "-f", "csv").out)))
    total = next(row for row in rows if row["Figure"] == "params_total")

    assert int(total["llama-2-7b"]) == 6_738_415_616
    assert int(total["llama-2-70b"]) == 68_976_648_192
    assert total["Unit"] == "parameters"
    data = run("estimate", "llama-2", "-f", "json").json
    assert [item["model"] for item in data["models"]] == list(total)[1:-1]


def test_formulas_are_shown_when_asked_for(run: Run) -> None:
    done = run("estimate", "llama-2-70b", "--formulas")

    assert "(80 x (8 x (128 + 128))) x 2 bytes" in done.out
    assert "arXiv 2305.13245" in done.out
    assert "arXiv 2305.13245" not in run("estimate", "llama-2-70b").out


def test_hardware_is_listed_and_bounds_times(run: Run) -> None:
    assert "H100" in run("estimate", "--hardware", "list").out
    found = run("estimate", "llama-2-7b", "--hardware", "a100-40gb", "--hardware", "h100",
                "--quant", "q4_k", "--context", "4k", "--batch", "8", "-f", "json").json  # fmt: skip

    assert list(found["hardware"]) == ["a100-40gb", "h100-sxm"]
    slow, fast = found["hardware"].values()
    assert slow["prefill_seconds"] > fast["prefill_seconds"]
    assert slow["decode_tokens_per_second"] == pytest.approx(8 / slow["decode_seconds"])


def test_training_tokens_come_from_the_base_unless_given(run: Run) -> None:
    known = run("estimate", "llama-2-7b", "--training", "-f", "json").json
    given_ = run("estimate", "llama-2-7b", "--tokens", "1T", "-f", "json").json

    assert known["inputs"]["tokens"] == 2_000_000_000_000
    assert known["training"]["training_compute_6nd"] == 6 * 6_738_415_616 * 2e12
    assert given_["training"]["tokens_per_parameter"] == pytest.approx(1e12 / 6_738_415_616)


@pytest.mark.parametrize("as_file", [True, False])
def test_a_file_a_directory_and_standard_input_say_the_same(
    run: Run, folder: Path, as_file: bool
) -> None:
    place = folder / "config.json" if as_file else folder
    found = run("estimate", str(place), "-f", "json")
    piped = run("estimate", "-", "-f", "json", input=json.dumps(TINY))

    assert found.json["params"] == piped.json["params"]
    assert found.json["params"]["total"] == TIED
    assert found.json["inputs"]["assumed"] == piped.json["inputs"]["assumed"]


def test_a_meta_params_file_in_a_directory_is_read(run: Run, tmp_path: Path) -> None:
    params = {"dim": 4096, "multiple_of": 256, "n_heads": 32, "n_layers": 32, "norm_eps": 1e-5,
              "vocab_size": 32_000}  # fmt: skip
    (tmp_path / "params.json").write_text(json.dumps(params))

    assert run("estimate", str(tmp_path), "-f", "json").json["params"]["total"] == 6_738_415_616


def test_a_checkpoint_that_holds_what_is_counted_is_left_in_peace(run: Run, folder: Path) -> None:
    rest = TIED - 6_400
    safetensors(
        folder / "model.safetensors",
        {"model.embed_tokens.weight": ("BF16", [100, 64]), "model.rest": ("BF16", [rest]),
         "model.layers.0.self_attn.rotary_emb.inv_freq": ("F32", [8])},
    )  # fmt: skip
    done = run("estimate", str(folder), "-f", "json")

    assert done.json["params"]["published"] == TIED
    assert "counted" not in done.err


def test_a_head_that_is_stored_twice_is_said(run: Run, folder: Path) -> None:
    safetensors(folder / "a.safetensors", {"lm_head.weight": ("BF16", [100, 64])})
    safetensors(folder / "b.safetensors", {"model.rest": ("BF16", [TIED])})
    index = {"weight_map": {"lm_head.weight": "a.safetensors", "model.rest": "b.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    safetensors(folder / "consolidated.safetensors", {"everything": ("BF16", [10**6])})
    done = run("estimate", str(folder), "-f", "json")

    assert done.json["params"]["total"] == TIED
    assert "6,400 more than counted" in done.err
    assert "stored a second time" in done.err


def test_an_index_alone_is_compared_by_its_bytes(run: Run, folder: Path) -> None:
    index = {"metadata": {"total_size": 2 * (TIED + 5)}, "weight_map": {"x": "gone.safetensors"}}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))

    assert "5 more than counted" in run("estimate", str(folder)).err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b"\xff" * 20),
        ("model.safetensors", struct.pack("<Q", 4) + b"{]}}"),
        ("model.safetensors", struct.pack("<Q", 9) + b'{"a": {}}'),
        ("model.safetensors", struct.pack("<Q", 21) + b'{"a": {"shape":[-1]}}'),
        ("model.safetensors.index.json", b"[]"),
        ("model.safetensors.index.json", b'{"metadata": {"total_size": -3}}'),
        ("model.safetensors.index.json", b'{"metadata": {"total_size": NaN}}'),
        ("model.safetensors.index.json", b'{"metadata": [], "weight_map": 3}'),
    ],
)
def test_a_damaged_checkpoint_is_only_remarked(
    run: Run, folder: Path, name: str, content: bytes
) -> None:
    (folder / name).write_bytes(content)
    done = run("estimate", str(folder), "-f", "json")

    assert done.code == 0
    assert done.json["params"]["total"] == TIED
    assert "not compared" in done.err


def test_quantised_weights_are_not_compared(run: Run, folder: Path) -> None:
    safetensors(folder / "model.safetensors", {"model.layers.0.qweight": ("I32", [8, 64])})

    assert "packed as I32" in run("estimate", str(folder)).err


@pytest.mark.parametrize(
    ("arguments", "input", "said"),
    [
        (["-"], '{"model_type": "lamma", "hidden_size": 64}', ["lamma", "llama"]),
        (["-"], "", ["standard input: empty"]),
        (["-"], "[1, 2]", ["mapping"]),
        (["-"], json.dumps({**TINY, "hidden_size": float("nan")}), ["hidden_size", "nan"]),
        (["-"], json.dumps({**TINY, "num_hidden_layers": -2}), ["num_hidden_layers", "-2"]),
        (["-"], json.dumps({**TINY, "vocab_size": "many"}), ["vocab_size", "'many'"]),
        (["-"], json.dumps({**TINY, "num_key_value_heads": 3}), ["num_key_value_heads"]),
        (["nowhere/config.json"], None, ["nowhere/config.json", "no such file"]),
        (["nothing-called-so"], None, ["nothing-called-so", "no file of that name"]),
        (["gpt-4"], None, ["gpt-4", "publisher does not say", "--claims"]),
        ([], None, ["a model, a file, a directory"]),
        (["llama-2-7b", "--context", "long"], None, ["--context", "'long'"]),
        (["llama-2-7b", "--hardware", "h1000"], None, ["h1000", "h100-sxm", "list"]),
    ],
)
def test_bad_input_is_one_sentence(
    run: Run, arguments: list[str], input: str | None, said: list[str]
) -> None:
    done = run("estimate", *arguments, input=input)

    assert done.code == 2
    assert done.out == ""
    assert len(done.err.splitlines()) == 1
    for text in said:
        assert text in done.err


def test_a_path_needs_no_store(run: Run, folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.sqlite"
    broken.write_text("no database")
    done = run("estimate", str(folder / "config.json"), LLMNOTES_DB=str(broken))

    assert done.code == 0


def test_the_way_to_a_name_imports_no_heavy_library(run: Run, tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['llmnotes', 'estimate', 'llama-2-7b']\n"
        "from llmnotes.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'sqlmodel', 'sqlalchemy', 'rich', 'yaml', 'llmnotes.configs'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip

    assert done.returncode == 0, done.stderr


def test_the_table_tells_what_of_the_cache_grows(run: Run) -> None:
    """A row more, and only where windows keep some of the cache from growing."""
    sliding, full = run("estimate", "mistral-7b"), run("estimate", "llama-2-7b")

    assert re.search(r"of which grows with the context +0 bytes", sliding.out)
    assert "of which grows" not in full.out
    as_json = run("estimate", "llama-2-7b", "-f", "json").json
    assert as_json["kv_cache_growth_bytes_per_token"] == 512 * 1024


def test_a_folder_of_configurations_is_a_table_of_models(run: Run, tmp_path: Path) -> None:
    """One column each; what cannot be counted is named and the rest counted."""
    for name, config in (
        ("one", TINY), ("two", {**TINY, "hidden_size": 32}), ("bad", {**TINY, "model_type": "x9"})
    ):  # fmt: skip
        (tmp_path / "many" / name).mkdir(parents=True)
        (tmp_path / "many" / name / "config.json").write_text(json.dumps(config))

    ran = run("estimate", "./many")
    found = run("estimate", "./many", "-f", "json").json

    assert ran.code == 0
    assert "many/bad left out: " in ran.err
    assert "'x9' is not known" in ran.err
    assert found["models"][0]["params"]["total"] == TIED
    assert [each["model"] for each in found["refused"]] == ["many/bad"]
    assert found["name"] == "many"
