"""genai-prices' data.json: providers with the models they offer."""

from __future__ import annotations

from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.provider_offers import ProviderOffers, count, offered_model
from llmnotes.ingest.raw import Contents, Remarks
from llmnotes.ingest.sources import source_row


def recognises(source: InputFile) -> bool:
    """A JSON list of providers with genai-prices' keys."""
    return source.looks_like_json and (
        b'"pricing_urls"' in source.head or b'"api_pattern"' in source.head
    )


def read(source: InputFile) -> Contents:
    """Every offer with its context window; raises `InputError` where there are no providers."""
    data = source.json
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise InputError(f"{source.path}: no list of genai-prices' providers")
    remarks, offers = Remarks(), ProviderOffers()
    for provider in data:
        models = provider.get("models")
        for row in models if isinstance(models, list) else []:
            _offer(offers, str(provider.get("id")), row, remarks)
    row = source_row(
        "import-genai-prices", "genai-prices: models and prices",
        url="https://github.com/pydantic/genai-prices", copy=source.path.name,
    )  # fmt: skip
    return Contents("genai-prices", row, offers.models(), remarks, total=len(offers))


def _offer(offers: ProviderOffers, provider: str, row: Any, remarks: Remarks) -> None:
    key = row.get("id") if isinstance(row, dict) else None
    length = count(row.get("context_window")) if isinstance(row, dict) else None
    if not isinstance(key, str) or not length:
        remarks.leave_out("an offer that states no context window", f"{provider}/{key}")
        return
    name = offered_model(key)
    offers.model(name)
    offers.add(name, "context_length", length, f"{provider}/{key}: context_window")
