"""`llmfit list --json`, and the list it is made from: facts scraped from hub repositories.

Where llmfit found nothing it writes a default; these are recognised and left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.attributes.config_keys import attribute_by_key
from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.fields import COUNT, FLAG, TEXT, TEXTS, TypedFields
from llmnotes.ingest.head_sharing import FORMULA, LATENT, LATENT_FORMULA, head_sharing
from llmnotes.ingest.licenses import language_claims, licence
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_row

_KEYS = {"name", "parameters_raw", "context_length", "min_ram_gb"}

_COUNTS = attribute_by_key("llmfit")

DEFAULT_CONTEXT = 4096
HUB_EPOCH = "2022-03-02"
FEWEST_PARAMETERS = 10_000
_MODEL = TypedFields(
    "name", name=TEXT, parameters_raw=COUNT, context_length=COUNT, release_date=TEXT, license=TEXT,
    languages=TEXTS, is_moe=FLAG, architecture=TEXT, format=TEXT, hf_downloads=COUNT,
    **dict.fromkeys(_COUNTS, COUNT),
)  # fmt: skip
_PACKED = frozenset({"awq", "gptq", "autoround", "mlx"})


def recognises(source: InputFile) -> bool:
    """A JSON list of objects with llmfit's keys, or an object that holds one."""
    return source.looks_like_json and all(f'"{key}"'.encode() in source.head for key in _KEYS)


def read(source: InputFile) -> RawContents:
    """Every row of the list; raises `InputError` where it is not a list."""
    data = source.json
    rows = data.get("models") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise InputError(f"{source.path}: no list of llmfit's models")
    remarks = Remarks()
    origin = source_row(
        "import-llmfit", f"llmfit's list of models ({source.path.name})",
        url="https://github.com/AlexsJones/llmfit",
    )  # fmt: skip
    return RawContents("llmfit", origin, _models(rows, remarks), remarks, total=len(rows))


def _models(rows: list[Any], remarks: Remarks) -> Iterator[RawModel]:
    for number, row in enumerate(rows, start=1):
        name = row.get("name") if isinstance(row, dict) else None
        place = name if isinstance(name, str) else f"model {number}"
        fields = _MODEL.salvage(row, place, remarks)
        if fields:
            publisher = place.rpartition("/")[0] or None
            claims = list(_claims(fields, place, remarks))
            downloads = fields["hf_downloads"] or 0
            yield RawModel(place, claims, publisher=publisher, popularity=downloads)


def _claims(fields: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    yield from _parameters(fields, name, remarks)
    yield from _context(fields, name, remarks)
    for key, attribute in _COUNTS.items():
        if fields[key]:
            yield RawClaim(attribute, fields[key], f"{name}: {key}")
    released = fields["release_date"]
    if released == HUB_EPOCH:
        remarks.leave_out(
            f"release_date {HUB_EPOCH}: the day on which the hub began to keep dates", name
        )
    elif released and released != "unknown":
        yield RawClaim("release_date", released, f"{name}: release_date")
    yield from _sharing(fields, name)
    if fields["is_moe"]:
        yield RawClaim("sparsity", "moe", f"{name}: is_moe", canonical=True)
    if fields["license"] and fields["license"] not in {"other", "unknown"}:
        yield RawClaim("license", licence(fields["license"]), f"{name}: license")
    yield from language_claims(fields["languages"], f"{name}: languages", remarks)


def _parameters(fields: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    count, form = fields["parameters_raw"], fields["format"] or ""
    if count is None:
        return
    if count < FEWEST_PARAMETERS:
        remarks.leave_out(f"fewer than {FEWEST_PARAMETERS:,} parameters: no language model", name)
        return
    place = f"{name}: parameters_raw"
    if form.lower() in _PACKED:
        remarks.leave_out("parameters of packed weights, taken as an estimate", name)
        note = f"counted on {form} weights, which pack several parameters in one element"
        yield RawClaim("params_total", count, place, "estimated", note)
    else:
        yield RawClaim("params_total", count, place)


def _context(fields: dict[str, Any], name: str, remarks: Remarks) -> Iterator[RawClaim]:
    length, place = fields["context_length"], f"{name}: context_length"
    if length is None:
        return
    if length == DEFAULT_CONTEXT:
        remarks.leave_out(
            f"context_length {DEFAULT_CONTEXT:,}: what llmfit writes where it knows none; kept as an "
            "estimate, not a fact", name
        )  # fmt: skip
        note = "what llmfit writes where it knows none"
        yield RawClaim("context_length", length, place, "estimated", note)
    else:
        yield RawClaim("context_length", length, place)


def _sharing(fields: dict[str, Any], name: str) -> Iterator[RawClaim]:
    kind = fields["architecture"] or ""
    if kind.startswith(LATENT):
        place = f"{name}: architecture {kind}"
        yield RawClaim("attention", "MLA", place, "derived", canonical=True, source=LATENT_FORMULA)
        return
    found = head_sharing(fields["num_attention_heads"], fields["num_key_value_heads"])
    if found:
        place = f"{name}: num_attention_heads, num_key_value_heads"
        yield RawClaim("attention", found, place, "derived", canonical=True, source=FORMULA)
