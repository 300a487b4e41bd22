"""OpenRouter's list of models: offers with the hub repository where there is one."""

from __future__ import annotations

from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.provider_offers import ProviderOffers, count, modalities
from llmnotes.ingest.raw import Contents, Remarks
from llmnotes.ingest.sources import source_row


def recognises(source: InputFile) -> bool:
    """A JSON object whose `data` lists models with OpenRouter's keys."""
    return (
        source.looks_like_json
        and all(key in source.head for key in (b'"data"', b'"canonical_slug"'))
    ) or (source.looks_like_json and b'"hugging_face_id"' in source.head)


def read(source: InputFile) -> Contents:
    """Every model that is no router or alias; raises `InputError` where there is no list."""
    data = source.json
    rows = data.get("data") if isinstance(data, dict) else data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{source.path}: no list of OpenRouter's models under `data`")
    remarks, offers = Remarks(), ProviderOffers()
    for row in rows:
        key = row.get("id")
        if not isinstance(key, str):
            remarks.leave_out("a row without an id", str(row)[:60])
        elif key.startswith(("~", "openrouter/")) or _is_router(row):
            remarks.leave_out("a router or a moving alias, not a model", key)
        else:
            _offer(offers, key, row, remarks)
    row = source_row(
        "import-openrouter", "OpenRouter: models", url="https://openrouter.ai/models",
        copy=source.path.name,
    )  # fmt: skip
    return Contents("openrouter", row, offers.models(), remarks, total=len(offers))


def _is_router(row: dict[str, Any]) -> bool:
    pricing = row.get("pricing")
    return isinstance(pricing, dict) and str(pricing.get("prompt", "")).startswith("-")


def _offer(offers: ProviderOffers, key: str, row: dict[str, Any], remarks: Remarks) -> None:
    name = key.partition(":")[0]
    title = row.get("name")
    hub = row.get("hugging_face_id")
    aliases = [hub.strip()] if isinstance(hub, str) and "/" in hub else []
    plain = title.rpartition(": ")[2] if isinstance(title, str) else None
    offers.model(name, plain, name.rpartition("/")[0] or None, *aliases)
    if aliases:
        offers.add(
            name, "repository", [f"https://huggingface.co/{aliases[0]}"], f"{key}: hugging_face_id"
        )
    length = count(row.get("context_length"))
    if length:
        offers.add(name, "context_length", length, f"{key}: context_length")
    else:
        remarks.leave_out("context_length 0: OpenRouter knows none", key)
    shape = row.get("architecture")
    if isinstance(shape, dict):
        found = modalities(shape.get("input_modalities"), shape.get("output_modalities"))
        if found:
            offers.add(name, "modalities", found, f"{key}: architecture")
    if isinstance(row.get("knowledge_cutoff"), str):
        offers.add(name, "knowledge_cutoff", row["knowledge_cutoff"], f"{key}: knowledge_cutoff")
    if row.get("created"):
        remarks.leave_out("created: the day of OpenRouter's listing, not of the release", key)
