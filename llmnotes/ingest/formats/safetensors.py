"""Safetensors files, and the index of several."""

from __future__ import annotations

from llmnotes.files import InputFile
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.ingest.weights import weight_claims
from llmnotes.model_files.parameters import count_stored
from llmnotes.model_files.safetensors import read_tensors
from llmnotes.model_files.stored import index_parameters


def recognises(source: InputFile) -> bool:
    """A file with that suffix, or JSON that maps weights to files."""
    if source.is_folder:
        return False
    return source.name.endswith((".safetensors", ".safetensors.index.json")) or (
        source.looks_like_json and b'"weight_map"' in source.head
    )


def read(source: InputFile) -> RawContents:
    """The parameter count of the checkpoint, under the name of the file or its folder."""
    remarks, place = Remarks(), source.path.name
    if source.looks_like_json and not source.name.endswith(".safetensors"):
        stored = index_parameters(source.json, place)
    else:
        stored = count_stored(read_tensors(source.path), place)
    found = list(weight_claims(stored, remarks))
    name = source.path.name.partition(".safetensors")[0]
    if name in {"model", "pytorch_model", "adapter_model"}:
        name = source.path.resolve().parent.name
    row = source_row(source_id("safetensors", name), f"{place} of {name}", kind="checkpoint")
    return RawContents("safetensors", row, [RawModel(name, found)], remarks, total=1)
