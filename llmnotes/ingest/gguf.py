"""Claims from a GGUF header."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from llmnotes.attributes.config_keys import attribute_by_key
from llmnotes.files import safe_text
from llmnotes.ingest.fields import COUNT, NUMBER, TEXT, TypedFields
from llmnotes.ingest.licenses import licence
from llmnotes.ingest.raw import RawClaim, Remarks
from llmnotes.model_files.gguf import GgufHeader

_COUNTS = attribute_by_key("gguf")
_THETA = "rope.freq_base"
_HEADER = TypedFields(**dict.fromkeys(_COUNTS, COUNT), **{_THETA: NUMBER})
_GENERAL = TypedFields(**{"general.license": TEXT, "general.size_label": TEXT})


def claims(header: GgufHeader, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    """The claims stated by the header."""
    prefix = safe_text(header.keys.get("general.architecture")) or ""
    stated = {key: header.keys.get(f"{prefix}.{key}") for key in (*_COUNTS, _THETA)}
    layered = {key: value for key, value in stated.items() if isinstance(value, list)}
    fields = _HEADER.salvage({**stated, **dict.fromkeys(layered)}, place, remarks) or {}
    for key, attribute in _COUNTS.items():
        found = _layered(layered[key]) if key in layered else fields[key]
        if found:
            yield RawClaim(attribute, found, f"{place}: {prefix}.{key}")
    tokens = header.lengths.get("tokenizer.ggml.tokens")
    if tokens and not fields["vocab_size"]:
        yield RawClaim("vocab_size", tokens, f"{place}: tokenizer.ggml.tokens")
    if fields[_THETA] and fields[_THETA] > 0:
        yield RawClaim("rope_theta", fields[_THETA], f"{place}: {prefix}.{_THETA}")
    yield from _general(header, place, remarks)
    yield from _weights(header, place, remarks)


def _general(header: GgufHeader, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    fields = _GENERAL.salvage(header.keys, place, remarks) or {}
    if license_ := safe_text(fields["general.license"]):
        yield RawClaim("license", licence(license_), f"{place}: general.license")
    size = fields["general.size_label"]
    if size and re.fullmatch(r"\d+(\.\d+)?[KMBT]", size):
        yield RawClaim("params_reported", size, f"{place}: general.size_label")


def _layered(values: list[Any]) -> int | str | None:
    """A per-layer value as runs; layers without one (0) are covered by the attributes of hybrids."""
    kept = [value for value in values if type(value) is int and 0 < value < 2**63]
    if len(kept) != len(values) or not kept:
        return None
    return kept[0] if len(set(kept)) == 1 else ",".join(f"1×{value}" for value in kept)


def _weights(header: GgufHeader, place: str, remarks: Remarks) -> Iterator[RawClaim]:
    counted = {
        name: count for name, count in header.tensors.items() if not name.startswith("rope_freqs")
    }
    if not counted:
        remarks.leave_out("a file without tensors: it tells no parameter count", place)
        return
    part = header.keys.get("split.count")
    if type(part) is int and part > 1:
        remarks.leave_out("one part of several: it tells no parameter count", place)
        return
    yield RawClaim("params_total", sum(counted.values()), f"{place}: {len(counted):,} tensors")
    if "token_embd.weight" in counted:
        yield RawClaim("tied_embeddings", "output.weight" not in counted, f"{place}: output.weight")
