"""`llmfit list --json`, and the list it is made from: facts scraped from hub repositories.

Where llmfit found nothing it writes a default: those are told apart from facts here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.head_sharing import FORMULA, LATENT, LATENT_FORMULA, head_sharing
from llmnotes.ingest.licenses import language_claims, licence
from llmnotes.ingest.raw import Contents, RawClaim, RawModel, Remarks
from llmnotes.ingest.sources import source_row

_KEYS = {"name", "parameters_raw", "context_length", "min_ram_gb"}

_FIELDS = {
    "num_hidden_layers": "n_layers",
    "num_attention_heads": "n_heads",
    "num_key_value_heads": "n_kv_heads",
    "head_dim": "head_dim",
    "hidden_size": "d_model",
    "vocab_size": "vocab_size",
    "num_experts": "n_experts",
    "active_experts": "n_experts_active",
    "moe_intermediate_size": "d_expert",
    "active_parameters": "params_active",
    "release_date": "release_date",
}

DEFAULT_CONTEXT = 4096
HUB_EPOCH = "2022-03-02"
FEWEST_PARAMETERS = 10_000
_PACKED = frozenset({"awq", "gptq", "autoround", "mlx"})


def recognises(source: InputFile) -> bool:
    """A JSON list of objects with llmfit's keys, or an object that holds one."""
    return source.looks_like_json and all(f'"{key}"'.encode() in source.head for key in _KEYS)


def read(source: InputFile) -> Contents:
    """Every row of the list; raises `InputError` where it is none."""
    data = source.json
    rows = data.get("models") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{source.path}: no list of llmfit's models")
    remarks = Remarks()
    row = source_row(
        "import-llmfit", f"llmfit's list of models ({source.path.name})",
        url="https://github.com/AlexsJones/llmfit",
    )  # fmt: skip
    return Contents("llmfit", row, _models(rows, remarks), remarks, total=len(rows))


def _models(rows: list[dict[str, Any]], remarks: Remarks) -> Iterator[RawModel]:
    for row in rows:
        name = row.get("name")
        if isinstance(name, str):
            publisher = name.rpartition("/")[0] or None
            yield RawModel(name, list(_claims(row, name, remarks)), publisher=publisher)
        else:
            remarks.leave_out("a row without a name", str(row)[:60])


def _claims(row: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    yield from _parameters(row, name, remarks)
    yield from _context(row, name, remarks)
    for key, attribute in _FIELDS.items():
        value = row.get(key)
        if value in (None, "", 0, "unknown"):
            continue
        if key == "release_date" and value == HUB_EPOCH:
            remarks.leave_out(
                f"release_date {HUB_EPOCH}: the day on which the hub began to keep dates", name
            )
            continue
        yield RawClaim(attribute, value, f"{name}: {key}")
    yield from _sharing(row, name)
    if row.get("is_moe") is True:
        yield RawClaim("sparsity", "moe", f"{name}: is_moe", canonical=True)
    if isinstance(row.get("license"), str) and row["license"] not in {"", "other", "unknown"}:
        yield RawClaim("license", licence(row["license"]), f"{name}: license")
    yield from language_claims(row.get("languages"), f"{name}: languages", remarks)


def _parameters(row: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    count = row.get("parameters_raw")
    if not isinstance(count, int) or isinstance(count, bool):
        return
    if count < FEWEST_PARAMETERS:
        remarks.leave_out(f"fewer than {FEWEST_PARAMETERS:,} parameters: no language model", name)
        return
    place = f"{name}: parameters_raw"
    if str(row.get("format")).lower() in _PACKED:
        remarks.leave_out("parameters of packed weights, taken as an estimate", name)
        note = f"counted on {row['format']} weights, which pack several parameters in one element"
        yield RawClaim("params_total", count, place, "estimated", note)
    else:
        yield RawClaim("params_total", count, place)


def _context(row: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    length = row.get("context_length")
    if not isinstance(length, int) or isinstance(length, bool) or length < 1:
        return
    place = f"{name}: context_length"
    if length == DEFAULT_CONTEXT:
        remarks.leave_out(
            f"context_length {DEFAULT_CONTEXT:,}: what llmfit writes where it knows none; kept as an "
            "estimate, not a fact", name
        )  # fmt: skip
        note = "what llmfit writes where it knows none"
        yield RawClaim("context_length", length, place, "estimated", note)
    else:
        yield RawClaim("context_length", length, place)


def _sharing(row: dict[str, Any], name: str) -> Iterator[RawClaim]:
    if str(row.get("architecture")).startswith(LATENT):
        place = f"{name}: architecture {row['architecture']}"
        yield RawClaim("attention", "MLA", place, "derived", canonical=True, source=LATENT_FORMULA)
        return
    found = head_sharing(row.get("num_attention_heads"), row.get("num_key_value_heads"))
    if found:
        place = f"{name}: num_attention_heads, num_key_value_heads"
        yield RawClaim("attention", found, place, "derived", canonical=True, source=FORMULA)
