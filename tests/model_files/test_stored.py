"""How many parameters a checkpoint stores: from headers, from an index, or why it cannot be told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.model_files.parameters import count_stored
from llmnotes.model_files.safetensors import Tensor
from llmnotes.model_files.stored import INDEX, dtype_of, index_parameters, stored_parameters
from tests.model_files.test_safetensors import tensor, write


def stored(**tensors: tuple[str, tuple[int, ...]]) -> Any:
    named = {name.replace("__", "."): Tensor(*each) for name, each in tensors.items()}
    return count_stored(named, "here")


def test_buffers_masks_and_scales_are_no_parameters() -> None:
    """A causal mask has the name of a bias and two sides or more."""
    found = stored(
        h__0__attn__weight=("BF16", (2, 3)),
        h__0__attn__bias=("F32", (1, 1, 9, 9)),
        block__attn__bias=("F32", (5,)),
        rotary__inv_freq=("F32", (7,)),
        embeddings__position_ids=("I64", (1, 512)),
        w__weight_scale_inv=("F32", (11,)),
    )

    assert found.parameters == 2 * 3 + 5
    assert found.how == "shapes of 2 BF16, F32 tensors"


@pytest.mark.parametrize(
    ("name", "dtype"),
    [
        ("a.qweight", "I32"),
        ("a.weight", "U8"),
        ("mlp.experts.down_proj_blocks", "U8"),
        ("a.weight_packed", "I32"),
    ],
)
def test_packed_weights_are_not_counted(name: str, dtype: str) -> None:
    """Their elements hold several weights each."""
    found = count_stored({name: Tensor(dtype, (8, 8)), "b.weight": Tensor("F16", (2,))}, "here")

    assert found.parameters is None
    assert found.how == f"weights are packed as {dtype} ({name})"


def test_a_tied_copy_is_counted_once() -> None:
    """Only where the two are alike, and only where the file says they are tied."""
    tensors = {
        "model.embed_tokens.weight": Tensor("BF16", (10, 4)),
        "lm_head.weight": Tensor("BF16", (10, 4)),
    }
    longer = tensors | {"lm_head.weight": Tensor("BF16", (11, 4))}

    assert count_stored(tensors, "here").parameters == 80
    assert count_stored(tensors, "here", tied=True).parameters == 40
    assert count_stored(longer, "here", tied=True).parameters == 84


def test_shards_of_the_index_count_and_copies_beside_them_do_not(tmp_path: Path) -> None:
    """A folder may hold the same weights a second time."""
    write(tmp_path / "model-1.safetensors", {"a": tensor([3])})
    write(tmp_path / "model-2.safetensors", {"b": tensor([4])})
    write(tmp_path / "consolidated.safetensors", {"a": tensor([3]), "b": tensor([4])})
    names = {"a": "model-1.safetensors", "b": "model-2.safetensors"}
    (tmp_path / INDEX).write_text(json.dumps({"weight_map": names}))

    found = stored_parameters(tmp_path)

    assert found is not None
    assert (found.parameters, found.place) == (7, "2 safetensors files")
    (tmp_path / INDEX).unlink()
    whole = stored_parameters(tmp_path)
    assert whole is not None
    assert whole.place == "3 safetensors files"
    write(tmp_path / "model.safetensors", {"a": tensor([5])})
    alone = stored_parameters(tmp_path)
    assert alone is not None
    assert alone.parameters == 5


def test_without_its_shards_the_index_speaks(tmp_path: Path) -> None:
    """A pointer in place of a shard is no shard; a broken one is told, not counted."""
    write(tmp_path / "b.safetensors", {"a": tensor([3])}, 2**40)
    broken = stored_parameters(tmp_path)
    assert broken is not None
    assert broken.parameters is None
    assert "claims a header" in broken.how

    (tmp_path / "b.safetensors").write_bytes(b"version https://git-lfs.github.com/spec/v1\n")
    assert stored_parameters(tmp_path) is None
    index = {"metadata": {"total_size": 24}, "weight_map": {"a": "b.safetensors"}}
    (tmp_path / INDEX).write_text(json.dumps(index))
    told = stored_parameters(tmp_path, "torch.bfloat16")
    assert told is not None
    assert told.parameters == 12


MAP = {"a.weight": "1"}
INDICES: list[tuple[dict[str, Any], object, int | None]] = [
    ({"metadata": {"total_parameters": 5, "total_size": 24}, "weight_map": MAP}, None, 5),
    ({"metadata": {"total_parameters": 2**63}, "weight_map": MAP}, None, None),
    ({"metadata": {"total_size": 24}, "weight_map": MAP}, None, None),
    ({"metadata": {"total_size": 24.0}, "weight_map": MAP}, "float32", 6),
    ({"metadata": {"total_size": 25}, "weight_map": MAP}, "float32", None),
    ({"metadata": {"total_size": 24}, "weight_map": {"a.weight_scale": "1"}}, "float32", None),
    ({"metadata": {"total_parameters": 5}, "weight_map": {"a.qweight": "1"}}, None, None),
    ({"metadata": [], "weight_map": MAP}, "float32", None),
]


@pytest.mark.parametrize(("index", "dtype", "expected"), INDICES)
def test_what_an_index_says(index: dict[str, Any], dtype: object, expected: int | None) -> None:
    """The count where it is given or follows from bytes of one known width."""
    found = index_parameters(index, "i.json", dtype)

    assert expected == found.parameters
    assert found.place == "i.json"


@pytest.mark.parametrize("index", [None, [], {}, {"weight_map": []}])
def test_what_is_no_index(index: object) -> None:
    """One sentence with the file."""
    with pytest.raises(InputError, match=r"^i\.json: no `weight_map`"):
        index_parameters(index, "i.json")


def test_the_format_a_configuration_names() -> None:
    """At the top or of its language model, under the old name or the new."""
    assert dtype_of({"torch_dtype": "float16"}) == "float16"
    assert dtype_of({"text_config": {"dtype": "bfloat16"}}) == "bfloat16"
    assert dtype_of({"torch_dtype": 3, "text_config": []}) is None
