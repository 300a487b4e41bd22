"""A family is drafted from folders, files and a real hub on loopback; the catalog takes the draft."""

from __future__ import annotations

import csv
import json
import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes import catalog
from llmnotes.curate.new_family import new_family
from llmnotes.curate.writing import toml_value
from llmnotes.errors import InputError
from llmnotes.records import Family
from llmnotes.schema import CLAIMABLE
from tests.ingest.formats.test_hub import COMMIT, CONFIG, FILES, hub

__all__ = ["hub"]

COUNT = 12_800 + 2 * 2 * 64 * (64 + 32) + 2 * 3 * 64 * 172 + 5 * 64
"""Two tables, and of each of two layers: attention with half the key-value heads, a gated
feed-forward layer, two norms; one norm at the end."""

TOKENIZER = {
    "model": {"type": "BPE", "vocab": {"a": 0, "b": 1}, "merges": []},
    "pre_tokenizer": {"type": "ByteLevel"},
    "added_tokens": [{"id": 2, "content": "<eos>"}, {"id": 0, "content": "a"}],
}
CARD = """---
license: mit
language:
- en
- de
datasets: [acme/words]
---
# Toy, see https://arxiv.org/abs/2401.01234
"""


def index(parameters: int) -> str:
    return json.dumps(
        {"metadata": {"total_size": 2 * parameters}, "weight_map": {"a": "b.safetensors"}}
    )


def put(folder: Path, config: dict[str, Any] = CONFIG, **files: str) -> Path:
    """A model's folder; `card` is its README, `config_json` stands for the configuration."""
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(files.pop("config_json", json.dumps(config)))
    names = {"card": "README.md", "index": "model.safetensors.index.json",
             "tokenizer": "tokenizer.json", "settings": "tokenizer_config.json",
             "generation": "generation_config.json"}  # fmt: skip
    for name, text in files.items():
        (folder / names[name]).write_text(text)
    return folder


@pytest.fixture(autouse=True)
def others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other files declare is read once for all drafts; none of these is of a shipped family."""
    monkeypatch.setattr("llmnotes.curate.draft.load_others", lambda data, but: declared())


@cache
def declared() -> catalog.Others:
    return catalog.load_others(catalog.DATA, but="")


def drafted(source: Path | str, **options: Any) -> tuple[Family, str]:
    """The family of a draft, and its text."""
    text = new_family(str(source), **options).text
    return Family.model_validate(tomllib.loads(text)), text


def loaded(text: str, tmp_path: Path) -> Family:
    """The draft as the catalog reads it among all other files."""
    data = tmp_path / "data"
    shutil.copytree(catalog.DATA, data, ignore=shutil.ignore_patterns("*.sqlite"))
    key = tomllib.loads(text)["id"]
    (data / "families" / f"{key}.toml").write_text(text, encoding="utf-8")
    return next(family for family in catalog.load(data).families if family.id == key)


def claim(family: Family, name: str, model: int | None = None) -> Any:
    subject = family if model is None else family.models[model]
    return subject.claims[name][0]


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


def test_a_repository_of_the_hub_names_commit_and_file(
    tmp_path: Path, hub: Any, monkeypatch: Any
) -> None:
    files = {
        "config.json": json.dumps(CONFIG), "README.md": CARD, "tokenizer.json": json.dumps(TOKENIZER),
        "tokenizer_config.json": json.dumps({"model_max_length": 4096, "tokenizer_class": "Toy"}),
        "generation_config.json": json.dumps({"temperature": 0.6}),
        "other.bin": "never fetched",
    }  # fmt: skip
    monkeypatch.setitem(
        FILES, "google/toy-9b", {name: text.encode() for name, text in files.items()}
    )

    for source in ("hf:google/toy-9b", "google/toy-9b"):
        _, text = drafted(source)

    family = loaded(text, tmp_path)
    source = family.sources["toy-9b-config"]
    assert source.copy_read == f"huggingface.co/google/toy-9b@{COMMIT}:config.json"
    assert (source.read, source.sha256) == ("whole", None)
    assert claim(family, "organization").value == ["google"]
    assert claim(family, "tokenizer").source == "toy-9b-tokenizer"
    assert "model_max_length 4,096, config.json max_position_embeddings 512" in text
    assert "# generation_config.json: temperature 0.6" in text
    assert family.models[0].aliases == ["google/toy-9b"]


def test_the_weights_headers_of_a_repository_are_a_source(hub: Any) -> None:
    family, text = drafted("hf:acme/tiny-7b-chat")

    counted, found = family.claims["params_total"]
    assert (counted.value, found.value, found.source) == (COUNT, 12_800, "tiny-7b-chat-weights")
    assert family.sources["tiny-7b-chat-weights"].kind == "checkpoint"
    assert "fewer than the configuration counts" in text


def test_a_file_is_written_once_with_a_way_to_the_schema(run: Any, tmp_path: Path) -> None:
    put(tmp_path / "toy")

    done = run("new-family", "toy", "-o", "my-toy.toml")

    assert (done.code, done.out) == (0, "")
    text = (tmp_path / "my-toy.toml").read_text()
    assert text.startswith("#:schema ")
    assert tomllib.loads(text)["id"] == "my-toy"
    schema = (tmp_path / text.splitlines()[0].removeprefix("#:schema ")).resolve()
    assert schema == (catalog.DATA / "family.schema.json").resolve()
    refused = run("new-family", "toy", "-o", "my-toy.toml")
    assert (refused.code, (tmp_path / "my-toy.toml").read_text()) == (2, text)
    assert "there already" in refused.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["absent"], "there is no such file"),
        (["toy", "-o", "absent/toy.toml"], "no folder"),
        (["toy", "--id", "My Toy"], "'my-toy' is one"),
        (["torn"], "torn/config.json"),
        (["blank"], "nothing can be said"),
        (["unlike"], "give --id and --name"),
        (["hf:a/b/c"], "hf:organization/name"),
    ],
)
def test_what_cannot_be_drafted_is_refused_in_one_sentence(
    run: Any, tmp_path: Path, arguments: list[str], says: str
) -> None:
    put(tmp_path / "toy")
    put(tmp_path / "torn", config_json='{"model_type": ')
    put(tmp_path / "blank", {"model_type": "zyx9"})
    put(tmp_path / "unlike" / "one-1b")
    put(tmp_path / "unlike" / "other-2b", {**CONFIG, "num_hidden_layers": 3})

    refused = run("new-family", *arguments)

    assert (refused.code, refused.out) == (2, "")
    assert says in refused.err
    assert len(refused.err.strip().splitlines()) == 1


@given(
    st.recursive(
        st.text() | st.integers(-(2**60), 2**60) | st.booleans() | st.floats(-1e9, 1e9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1), inner, max_size=3),
        max_leaves=6,
    )
)  # fmt: skip
def test_every_value_is_written_as_toml_reads_it(value: Any) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}")["x"] == value


@pytest.mark.parametrize(
    "name",
    ['quote " and \\ back', "é漢字", "new\nline", "#comment", "a" * 300, "]]"],
)
def test_names_from_outside_never_become_syntax(tmp_path: Path, name: str) -> None:
    card = f"---\nlicense: other\nlicense_name: {json.dumps(name)}\nbase_model: {json.dumps(name)}\n---\n"

    family, _ = drafted(put(tmp_path / "toy", card=card))

    assert claim(family, "license").value.split() == name.split()


def test_control_characters_of_a_card_are_left_out(tmp_path: Path) -> None:
    card = '---\nlicense: other\nlicense_name: "\\u001b[31mred"\n---\n'

    family, text = drafted(put(tmp_path / "toy", card=card))

    assert "\x1b" not in claim(family, "license").value
    assert "u001b" not in text


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
