"""The files of a model become claims of a draft, each with its source and key."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from llmnotes.errors import InputError
from llmnotes.records import Family
from llmnotes.schema import CLAIMABLE
from tests.curate.drafts import CARD, COUNT, TOKENIZER, claim, drafted, index, put
from tests.ingest.formats.test_hub import CONFIG


def test_a_model_s_files_become_claims_with_their_keys(tmp_path: Path) -> None:
    config = {**CONFIG, "torch_dtype": "bfloat16"}
    folder = put(
        tmp_path / "Toy-1B", config, card=CARD, index=index(COUNT), tokenizer=json.dumps(TOKENIZER)
    )

    family, text = drafted(folder)

    layers = claim(family, "n_layers")
    assert (layers.value, layers.source, layers.at) == (2, "toy-1b-config", "num_hidden_layers")
    activation = claim(family, "activation")
    assert (activation.value, activation.printed) == ("SwiGLU", ["silu"])
    heads = claim(family, "attention")
    assert (heads.value, heads.source, heads.at) == ("GQA", "product", "n_heads 4, n_kv_heads 2")
    assert claim(family, "head_dim").value == 16
    assert claim(family, "license").value == "MIT"
    assert claim(family, "languages").value == ["English", "German"]
    assert claim(family, "training_data").value == [{"name": "words"}]
    tokenizer = claim(family, "tokenizer")
    assert (tokenizer.value, tokenizer.at) == ("byte-level BPE", "model.type")
    assert family.sources["toy-1b-config"].sha256
    assert "# copy_read = " in text
    assert "# tokenizer.json has 3 tokens, the embedding 100 rows" in text
    assert "# the card links arXiv:2401.01234" in text
    assert [model.size for model in family.models] == ["1B"]


@pytest.mark.parametrize(
    ("stored", "says"),
    [
        (COUNT, f"# the checkpoint holds the {COUNT:,} parameters that are counted"),
        (COUNT + 1, f"# the checkpoint holds {COUNT + 1:,} parameters, 1 more than"),
        (COUNT - 1, f"# the checkpoint holds {COUNT - 1:,} parameters, 1 fewer than"),
    ],
)
def test_the_count_is_held_against_the_checkpoint_s(tmp_path: Path, stored: int, says: str) -> None:
    folder = put(tmp_path / "toy", {**CONFIG, "torch_dtype": "bfloat16"}, index=index(stored))

    family, text = drafted(folder)

    counted, found = family.claims["params_total"]
    assert (counted.value, counted.source, counted.status) == (
        COUNT,
        "parameters-from-shape",
        "derived",
    )
    assert "d_model 64, n_layers 2, d_ff 172, n_heads 4, n_kv_heads 2" in counted.at
    assert found.value == stored
    assert says in text


def test_what_sizes_share_stands_once_and_a_variant_repeats_nothing_of_its_base(
    tmp_path: Path,
) -> None:
    put(tmp_path / "toys/acme/Toy-2-1B")
    put(tmp_path / "toys/acme/Toy-2-3B", {**CONFIG, "num_hidden_layers": 4})
    put(tmp_path / "toys/acme/Toy-2-1B-Instruct", card="---\nbase_model: acme/Toy-2-1B\n---\n")

    family, _ = drafted(tmp_path / "toys")

    assert (family.id, family.name) == ("toy-2", "Toy-2")
    assert [model.id for model in family.models] == ["toy-2-1b", "toy-2-1b-instruct", "toy-2-3b"]
    assert "vocab_size" in family.claims
    assert set(family.models[0].claims) == {"n_layers", "params_total", "params_active"}
    assert claim(family, "n_layers", 2).value == 4
    assert family.models[1].variant == "post-trained"
    assert claim(family, "based_on", 1).value == ["toy-2-1b"]
    assert set(family.models[1].claims) == {"based_on"}
    assert family.models[2].aliases == ["acme/Toy-2-3B"]


def test_an_instruct_model_alone_names_the_base_that_is_missing(tmp_path: Path) -> None:
    folder = put(tmp_path / "toy-chat", card="---\nbase_model: acme/absent\n---\n")

    family, text = drafted(folder)

    assert family.models[0].variant == "post-trained"
    assert "# the card names acme/absent as its base" in text


def test_the_width_of_a_model_of_experts_alone_is_theirs(tmp_path: Path) -> None:
    config = {**CONFIG, "model_type": "mixtral", "num_local_experts": 4, "num_experts_per_tok": 2}

    family, _ = drafted(put(tmp_path / "toy", config))

    assert claim(family, "d_expert").value == 172
    assert "d_ff" not in family.claims
    sparsity = claim(family, "sparsity")
    assert (sparsity.value, sparsity.at, sparsity.printed) == ("moe", "num_local_experts", ["4"])


def test_what_is_left_to_find_is_listed_and_can_be_uncommented(tmp_path: Path) -> None:
    family, text = drafted(put(tmp_path / "toy"))

    left = [name for name in CLAIMABLE if f"\n# {name} " in text]
    assert {"optimizer", "training_data", "release_date", "normalization"} <= set(left)
    assert not set(left) & set(family.claims)
    assert "n_experts" not in left
    line = next(line for line in text.splitlines() if line.startswith("# optimizer "))
    filled = (
        line.removeprefix("# ")
        .replace('value = ""', 'value = "AdamW"')
        .replace('= ""', '= "toy-config"')
    )
    again = Family.model_validate(tomllib.loads(text.replace(line, filled)))
    assert claim(again, "optimizer").value == "AdamW"


def test_an_architecture_that_is_unknown_leaves_its_keys_and_says_why(tmp_path: Path) -> None:
    family, text = drafted(
        put(tmp_path / "toy", {**CONFIG, "model_type": "zyx9", "architectures": []})
    )

    assert claim(family, "n_layers").value == 2
    assert "params_total" not in family.claims
    assert "# the parameters are not counted: " in text
    assert "zyx9" in text


EYES = {"hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 2, "intermediate_size": 48,
        "hidden_act": "gelu", "head_dim": 16, "rope_theta": 10000.0,
        "rope_parameters": {"rope_theta": 10000.0, "rope_type": "default"}}  # fmt: skip
"""A vision part, whose keys are those of a language model."""


@pytest.mark.parametrize("own", ["text_config", "llm_config", "language_config"])
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("nested", [True, False])
def test_a_wrapped_model_s_keys_are_those_of_its_language_part(
    tmp_path: Path, own: str, first: bool, nested: bool
) -> None:
    text = {"model_type": "ministral3", "hidden_size": 64, "num_hidden_layers": 2,
            "num_attention_heads": 4, "num_key_value_heads": 2, "intermediate_size": 172,
            "hidden_act": "silu", "vocab_size": 200, "head_dim": 24}  # fmt: skip
    rope = {"rope_theta": 1e6, "rope_type": "yarn", "factor": 4.0}
    text |= {"rope_parameters": rope} if nested else {"rope_theta": 1e6, "rope_scaling": rope}
    parts = {own: text, "vision_config": EYES} if first else {"vision_config": EYES, own: text}
    family, _ = drafted(put(tmp_path / "Toy-1B", {"model_type": "mistral3", **parts}))
    table = f"{own}.rope_parameters" if nested else own
    scaling = table if nested else f"{own}.rope_scaling"
    for name, value, at, printed in (
        ("rope_theta", 1_000_000, f"{table}.rope_theta", None),
        ("positional_encoding", "RoPE", f"{table}.rope_theta", "1000000"),
        ("rope_scaling", "YaRN", scaling, "yarn"),
        ("head_dim", 24, f"{own}.head_dim", None),
        ("d_ff", 172, f"{own}.intermediate_size", None),
    ):
        said = claim(family, name)
        assert (said.value, said.at) == (value, at), name
        assert printed is None or [str(text) for text in said.printed] == [printed], name


CONFIGS = 24


def table(reference: Path, name: str) -> list[dict[str, str]]:
    text = (reference / "configs" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_real_configurations_become_drafts_that_count_as_estimate_does(reference: Path) -> None:
    rows = [row for row in table(reference, "index") if row["kind"] == "hf-config"]
    counted = {
        row["file"]: int(row["language_total"] or row["total"])
        for row in table(reference, "counts")
        if (row["language_total"] or row["total"]) and not row["base_total"]
    }
    known = [row["file"] for row in rows if row["file"] in counted]
    step = max(1, len(known) // CONFIGS)
    for file in known[::step]:
        try:
            family, _ = drafted(reference / "configs" / file)
        except InputError as error:
            pytest.fail(f"{file}: {error}")
        assert claim(family, "params_total").value == counted[file], file
