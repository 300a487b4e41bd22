"""litellm's model prices and context windows: offers keyed by provider and model."""

from __future__ import annotations

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.provider_offers import ProviderOffers, count, offered_model
from llmnotes.ingest.raw import Contents, Remarks
from llmnotes.ingest.sources import source_row

_MODES = {"chat", "completion", "responses", "embedding", None}


def recognises(source: InputFile) -> bool:
    """A JSON object of objects that name litellm's providers."""
    return source.looks_like_json and b'"litellm_provider"' in source.head


def read(source: InputFile) -> Contents:
    """Every offer of a language model; raises `InputError` where the file is none of litellm's."""
    data = source.json
    if not isinstance(data, dict):
        raise InputError(f"{source.path}: not an object of litellm's models")
    remarks, offers = Remarks(), ProviderOffers()
    for key, row in data.items():
        if key == "sample_spec" or not isinstance(row, dict) or "litellm_provider" not in row:
            remarks.leave_out("an explanation of the format, not a model", key)
        elif row.get("mode") not in _MODES:
            remarks.leave_out(f"no language model: mode {str(row.get('mode'))[:40]}", key)
        else:
            _offer(offers, key, row)
    row = source_row(
        "import-litellm", "litellm: model prices and context windows",
        url="https://github.com/BerriAI/litellm", copy=source.path.name,
    )  # fmt: skip
    return Contents("litellm", row, offers.models(), remarks, total=len(offers))


def _offer(offers: ProviderOffers, key: str, row: dict[str, object]) -> None:
    name = offered_model(key)
    offers.model(name)
    for field in ("max_input_tokens", "max_tokens"):
        length = count(row.get(field))
        if length and (field == "max_input_tokens" or "max_output_tokens" not in row):
            offers.add(name, "context_length", length, f"{key}: {field}")
            break
    seen = [
        term
        for field, term in (
            ("supports_vision", "image-input"),
            ("supports_audio_input", "audio-input"),
            ("supports_audio_output", "audio-output"),
            ("supports_video_input", "video-input"),
        )
        if row.get(field) is True
    ]
    if seen:
        offers.add(name, "modalities", sorted({"text", *seen}), f"{key}: supports_vision, _audio")
