"""litellm's model prices and context windows: offers keyed by provider and model."""

from __future__ import annotations

from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.fields import COUNT, FLAG, TEXT, TypedFields
from llmnotes.ingest.provider_offers import ProviderOffers, offered_model
from llmnotes.ingest.raw import RawContents, Remarks
from llmnotes.ingest.sources import source_row

_MODES = {"chat", "completion", "responses", "embedding", None}
_INPUTS = {
    "supports_vision": "image-input", "supports_audio_input": "audio-input",
    "supports_audio_output": "audio-output", "supports_video_input": "video-input",
}  # fmt: skip
_OFFER = TypedFields(
    "litellm_provider", litellm_provider=TEXT, mode=TEXT, max_input_tokens=COUNT,
    max_output_tokens=COUNT, max_tokens=COUNT, **dict.fromkeys(_INPUTS, FLAG),
)  # fmt: skip


def recognises(source: InputFile) -> bool:
    """A JSON object of objects that name litellm's providers."""
    return source.looks_like_json and b'"litellm_provider"' in source.head


def read(source: InputFile) -> RawContents:
    """Every offer of a language model; raises `InputError` where the file is not litellm's."""
    data = source.json
    if not isinstance(data, dict):
        raise InputError(f"{source.path}: not an object of litellm's models")
    remarks, offers = Remarks(), ProviderOffers()
    for key, row in data.items():
        if key == "sample_spec":
            remarks.leave_out("an explanation of the format, not a model", key)
            continue
        fields = _OFFER.salvage(row, key, remarks)
        if fields is None:
            continue
        if fields["mode"] not in _MODES:
            remarks.leave_out(f"no language model: mode {fields['mode'][:40]}", key)
        else:
            _offer(offers, key, fields)
    origin = source_row(
        "import-litellm", "litellm: model prices and context windows",
        url="https://github.com/BerriAI/litellm", copy=source.path.name,
    )  # fmt: skip
    return RawContents("litellm", origin, offers.models(), remarks, total=len(offers))


def _offer(offers: ProviderOffers, key: str, fields: dict[str, Any]) -> None:
    name = offered_model(key)
    offers.model(name)
    if fields["max_input_tokens"]:
        offers.add(name, "context_length", fields["max_input_tokens"], f"{key}: max_input_tokens")
    elif fields["max_output_tokens"] is None:
        offers.add(name, "context_length", fields["max_tokens"], f"{key}: max_tokens")
    seen = [term for field, term in _INPUTS.items() if fields[field]]
    if seen:
        offers.add(name, "modalities", sorted({"text", *seen}), f"{key}: supports_vision, _audio")
