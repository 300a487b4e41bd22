"""GGUF files."""

from __future__ import annotations

import re

from llmnotes.files import InputFile, safe_text
from llmnotes.ingest.gguf import claims
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.model_files.gguf import GgufHeader, read_header

_HASH = re.compile(r"[0-9a-f]{32,}")
_QUANTISATION = re.compile(r"[.-](?:I?Q\d\w*|F16|F32|BF16|MXFP4\w*)$", re.I)


def recognises(source: InputFile) -> bool:
    """A file with GGUF's magic number."""
    return source.head[:4] == b"GGUF"


def read(source: InputFile) -> RawContents:
    """The one model of the file."""
    header, remarks = read_header(source.path), Remarks()
    name = _name(header, source)
    row = source_row(
        source_id("gguf", str(source.path.name)), f"GGUF file {source.path.name}", kind="checkpoint"
    )
    entry = RawModel(name, list(claims(header, source.path.name, remarks)))
    return RawContents("gguf", row, [entry], remarks, total=1)


def _name(header: GgufHeader, source: InputFile) -> str:
    """The name in the header; the file's where that is missing or only a hash."""
    stem = _QUANTISATION.sub("", source.path.name.removesuffix(".gguf"))
    named = safe_text(header.keys.get("general.name"))
    return stem if named is None or _HASH.fullmatch(named) else named
