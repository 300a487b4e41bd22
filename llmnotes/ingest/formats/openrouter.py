"""OpenRouter's list of models: offers with the hub repository where there is one."""

from __future__ import annotations

from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.fields import COUNT, OBJECT, TEXT, TEXTS, TypedFields
from llmnotes.ingest.provider_offers import ProviderOffers, modalities
from llmnotes.ingest.raw import RawContents, Remarks
from llmnotes.ingest.sources import source_row

_MODEL = TypedFields(
    "id", id=TEXT, name=TEXT, hugging_face_id=TEXT, context_length=COUNT, architecture=OBJECT,
    knowledge_cutoff=TEXT, created=COUNT, pricing=OBJECT,
)  # fmt: skip
_PRICING = TypedFields(prompt=TEXT)
_ARCHITECTURE = TypedFields(input_modalities=TEXTS, output_modalities=TEXTS)


def recognises(source: InputFile) -> bool:
    """A JSON object whose `data` lists models with OpenRouter's keys."""
    return (
        source.looks_like_json
        and all(key in source.head for key in (b'"data"', b'"canonical_slug"'))
    ) or (source.looks_like_json and b'"hugging_face_id"' in source.head)


def read(source: InputFile) -> RawContents:
    """Every model except routers and aliases; raises `InputError` where there is no list."""
    data = source.json
    rows = data.get("data") if isinstance(data, dict) else data
    if not isinstance(rows, list):
        raise InputError(f"{source.path}: no list of OpenRouter's models under `data`")
    remarks, offers = Remarks(), ProviderOffers()
    for number, row in enumerate(rows, start=1):
        fields = _MODEL.salvage(row, _place(row, number), remarks)
        if fields is None:
            continue
        if fields["id"].startswith(("~", "openrouter/")) or _is_router(fields, remarks):
            remarks.leave_out("a router or a moving alias, not a model", fields["id"])
        else:
            _offer(offers, fields["id"], fields, remarks)
    origin = source_row(
        "import-openrouter", "OpenRouter: models", url="https://openrouter.ai/models",
        copy=source.path.name,
    )  # fmt: skip
    return RawContents("openrouter", origin, offers.models(), remarks, total=len(offers))


def _place(row: Any, number: int) -> str:
    """The place of a row: its id, else its number."""
    key = row.get("id") if isinstance(row, dict) else None
    return key if isinstance(key, str) else f"model {number}"


def _is_router(fields: dict[str, Any], remarks: Remarks) -> bool:
    pricing = _PRICING.salvage(fields["pricing"] or {}, f"{fields['id']}: pricing", remarks)
    return bool(pricing) and str((pricing or {})["prompt"]).startswith("-")


def _offer(offers: ProviderOffers, key: str, fields: dict[str, Any], remarks: Remarks) -> None:
    name = key.partition(":")[0]
    title, hub = fields["name"], fields["hugging_face_id"]
    aliases = [hub.strip()] if hub and "/" in hub else []
    plain = title.rpartition(": ")[2] if title else None
    offers.model(name, plain, name.rpartition("/")[0] or None, *aliases)
    if aliases:
        offers.add(
            name, "repository", [f"https://huggingface.co/{aliases[0]}"], f"{key}: hugging_face_id"
        )
    if fields["context_length"] is None:
        remarks.leave_out("context_length 0: OpenRouter knows none", key)
    offers.add(name, "context_length", fields["context_length"], f"{key}: context_length")
    place = f"{key}: architecture"
    shape = _ARCHITECTURE.salvage(fields["architecture"] or {}, place, remarks) or {}
    found = modalities(shape.get("input_modalities"), shape.get("output_modalities"))
    offers.add(name, "modalities", found, place)
    offers.add(name, "knowledge_cutoff", fields["knowledge_cutoff"], f"{key}: knowledge_cutoff")
    if fields["created"]:
        remarks.leave_out("created: the day of OpenRouter's listing, not of the release", key)
