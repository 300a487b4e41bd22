"""Aggregates offers (provider × model) into claims about their models.

Equal values of several providers make one claim with their number; different values stay separate, each
with its offer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from llmnotes.ingest.matching import exact_key
from llmnotes.ingest.raw import RawClaim, RawModel

_VENDORS = (
    "ai21|amazon|anthropic|cohere|deepseek|google|luma|meta|minimax|mistral|moonshot|moonshotai|"
    "nvidia|openai|qwen|stability|twelvelabs|writer|zai"
)
_REGIONAL = re.compile(rf"(?:(?:us-gov|us|eu|apac|global|jp|au|ca|in)\.)?(?:{_VENDORS})\.(?=[a-z])")
_REVISION = re.compile(r"-v\d+(?::\d+)?(?::\w+)?$")


def offered_model(key: str) -> str:
    """The model of an offer's key, without provider, region and the provider's revision.

    `bedrock/us-gov-east-1/anthropic.claude-3-haiku-v1:0` offers `claude-3-haiku`,
    `together_ai/meta-llama/Llama-3-8b` offers `meta-llama/Llama-3-8b`.
    """
    parts = key.split("/")
    last = parts[-1]
    plain = _REGIONAL.sub("", last, count=1)
    if plain != last:
        return _REVISION.sub("", plain)
    return "/".join(parts[-2:]) if len(parts) == 3 else last


@dataclass
class _Offered:
    name: str
    title: str | None = None
    publisher: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    values: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    offers: int = 0


class ProviderOffers:
    """Collects the values of offers until all are read."""

    def __init__(self) -> None:
        self._models: dict[str, _Offered] = {}

    def model(
        self, name: str, title: str | None = None, publisher: str | None = None, *aliases: str
    ) -> None:
        """Declare a model; values of later offers are added to it."""
        found = self._models.setdefault(exact_key(name), _Offered(name))
        found.title = found.title or title
        found.publisher = found.publisher or publisher
        found.aliases.update(dict.fromkeys(aliases))
        found.offers += 1

    def add(self, name: str, attribute: str, value: Any, place: str) -> None:
        """Add a value that an offer states of a model; None is ignored."""
        if value is None or value == []:
            return
        said = self._models.setdefault(exact_key(name), _Offered(name)).values
        key = (attribute, json.dumps(value, sort_keys=True))
        said.setdefault(key, [value, place, 0])[2] += 1

    def models(self) -> Iterator[RawModel]:
        """Every model with its collected claims."""
        for item in self._models.values():
            claims = [
                RawClaim(
                    attribute, value, place, note=f"stated by {count} offers" if count > 1 else None
                )
                for (attribute, _), (value, place, count) in item.values.items()
            ]
            yield RawModel(
                item.name, claims, item.title, item.publisher, tuple(item.aliases),
                popularity=item.offers,
            )  # fmt: skip

    def __len__(self) -> int:
        return len(self._models)


_INPUTS = {"text": "text", "image": "image-input", "audio": "audio-input", "video": "video-input"}
_OUTPUTS = {"text": "text", "image": "image-output", "audio": "audio-output"}


def modalities(inputs: list[str] | None, outputs: list[str] | None) -> list[str]:
    """Modalities as our terms; those without a term (files, documents) are left out."""
    found = [
        terms[word]
        for words, terms in ((inputs, _INPUTS), (outputs, _OUTPUTS))
        for word in words or ()
        if word in terms
    ]
    return sorted(set(found))
