"""Safetensors headers are read within the format's own limits, or refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.errors import InputError
from llmnotes.model_files.safetensors import Tensor, read_tensors


def write(path: Path, header: Any, length: int | None = None) -> Path:
    """A safetensors file with that header and no weights; `length` is what it claims."""
    text = json.dumps(header).encode()
    path.write_bytes((len(text) if length is None else length).to_bytes(8, "little") + text)
    return path


def tensor(shape: Any, dtype: Any = "BF16") -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [0, 0]}


def test_tensors_by_name_without_the_metadata(tmp_path: Path) -> None:
    """A scalar has one element; what the writer said of itself is no tensor."""
    path = write(
        tmp_path / "a.safetensors",
        {"__metadata__": {"format": "pt"}, "w": tensor([3, 4]), "scale": tensor([], "F32")},
    )

    found = read_tensors(path)

    assert found == {"w": Tensor("BF16", (3, 4)), "scale": Tensor("F32", ())}
    assert [each.elements for each in found.values()] == [12, 1]


WRONG = [
    ([], "not an object"),
    ({"w": 1}, "w has no shape"),
    ({"w": {"dtype": "BF16"}}, "w has no shape"),
    ({"w": tensor("3")}, "w has no shape"),
    ({"w": tensor([True])}, "w has no shape"),
    ({"w": tensor([-1])}, "w has no shape"),
    ({"w": tensor([2.0])}, "w has no shape"),
    ({"w": tensor([3], None)}, "w has no dtype"),
    ({"w": tensor([2**62, 2])}, "2^63 elements"),
    ({"w": tensor([1] * 17)}, "16 sides"),
    ({"w": tensor([0, 2**64])}, "2^63 elements"),
]


@pytest.mark.parametrize(("header", "sentence"), WRONG)
def test_a_header_that_claims_the_impossible(tmp_path: Path, header: Any, sentence: str) -> None:
    """One sentence with the file and the tensor."""
    path = write(tmp_path / "a.safetensors", header)

    with pytest.raises(InputError) as caught:
        read_tensors(path)

    assert sentence in str(caught.value)
    assert str(caught.value).startswith(str(path))


@pytest.mark.parametrize("shape", [[2**62], [2**62, 1], [1] * 16, [0]])
def test_the_largest_that_is_read(tmp_path: Path, shape: list[int]) -> None:
    """Just inside the limits of elements and sides."""
    assert read_tensors(write(tmp_path / "a.safetensors", {"w": tensor(shape)}))["w"].shape == (
        *shape,
    )


def test_a_header_longer_than_the_file(tmp_path: Path) -> None:
    """The length a file claims is held against its size before anything is read."""
    header = {"w": tensor([1])}
    size = len(json.dumps(header))

    assert read_tensors(write(tmp_path / "fits", header, size))
    for claimed in (size + 1, 2**63):
        with pytest.raises(InputError, match=r"claims a header of [\d,]+ bytes in a file of"):
            read_tensors(write(tmp_path / "long", header, claimed))
    with pytest.raises(InputError, match="not a safetensors file"):
        read_tensors(write(tmp_path / "short", header, 1))


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a missing file and a Git LFS pointer are told as what they are."""
    (tmp_path / "pointer").write_bytes(
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"
    )
    for name, sentence in (("", "cannot be read"), ("no", "cannot be read"), ("pointer", "LFS")):
        with pytest.raises(InputError, match=sentence):
            read_tensors(tmp_path / name)


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=120))
def test_any_bytes_are_read_or_refused(data: bytes, tmp_path_factory: Any) -> None:
    """No bytes end in anything but tensors or one sentence."""
    path = tmp_path_factory.getbasetemp() / "any.safetensors"
    path.write_bytes(data)
    try:
        found = read_tensors(path)
    except InputError as error:
        assert str(error).startswith(str(path))
        assert "\n" not in str(error)
    else:
        assert all(isinstance(each, Tensor) for each in found.values())
