"""genai-prices' data.json: providers with the models they offer."""

from __future__ import annotations

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.fields import COUNT, LIST, TEXT, TypedFields
from llmnotes.ingest.provider_offers import ProviderOffers, offered_model
from llmnotes.ingest.raw import RawContents, Remarks
from llmnotes.ingest.sources import source_row

_PROVIDER = TypedFields("id", "models", id=TEXT, models=LIST)
_MODEL = TypedFields("id", id=TEXT, context_window=COUNT)


def recognises(source: InputFile) -> bool:
    """A JSON list of providers with genai-prices' keys."""
    return source.looks_like_json and (
        b'"pricing_urls"' in source.head or b'"api_pattern"' in source.head
    )


def read(source: InputFile) -> RawContents:
    """Every offer with its context window; raises `InputError` where there are no providers."""
    data = source.json
    if not isinstance(data, list):
        raise InputError(f"{source.path}: no list of genai-prices' providers")
    remarks, offers = Remarks(), ProviderOffers()
    for number, row in enumerate(data, start=1):
        provider = _PROVIDER.salvage(row, f"provider {number}", remarks)
        if provider:
            _offers(offers, provider["id"], provider["models"], remarks)
    origin = source_row(
        "import-genai-prices", "genai-prices: models and prices",
        url="https://github.com/pydantic/genai-prices", copy=source.path.name,
    )  # fmt: skip
    return RawContents("genai-prices", origin, offers.models(), remarks, total=len(offers))


def _offers(offers: ProviderOffers, provider: str, rows: list[object], remarks: Remarks) -> None:
    for number, row in enumerate(rows, start=1):
        fields = _MODEL.salvage(row, f"{provider}: model {number}", remarks)
        if fields is None:
            continue
        key = fields["id"]
        if fields["context_window"] is None:
            remarks.leave_out("an offer that states no context window", f"{provider}/{key}")
            continue
        name = offered_model(key)
        offers.model(name)
        offers.add(
            name, "context_length", fields["context_window"], f"{provider}/{key}: context_window"
        )
