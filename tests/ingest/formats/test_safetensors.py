"""The parameters that a safetensors file tells."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from llmnotes.ingest.formats import read
from llmnotes.ingest.raw import RawContents


def test_packed_weights_give_no_parameter_count(tmp_path: Path) -> None:
    tensors = {"a.qweight": {"dtype": "I32", "shape": [8, 8], "data_offsets": [0, 256]}}
    header = json.dumps(tensors).encode()
    path = tmp_path / "model.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(256))

    contents = read(str(path))
    assert isinstance(contents, RawContents)
    assert [entry.claims for entry in contents.models] == [[]]
    assert any("packed" in reason for reason in contents.remarks.reasons)
