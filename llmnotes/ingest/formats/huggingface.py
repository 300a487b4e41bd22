"""A Hugging Face config.json, or the folder of a model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, parse_json, read_bytes, read_text
from llmnotes.ingest.card import card_claims, front_matter, is_post_trained
from llmnotes.ingest.config_keys import config_claims
from llmnotes.ingest.raw import Contents, RawClaim, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.ingest.weights import weight_claims
from llmnotes.model_files.stored import dtype_of, stored_parameters

_MOST_CONFIG = 16 * 2**20
_INDEX = "model.safetensors.index.json"


def recognises(source: InputFile) -> bool:
    """A folder with a config.json, or JSON that names a `model_type`."""
    if source.is_folder:
        return (source.path / "config.json").is_file()
    return source.looks_like_json and (
        source.name == "config.json" or b'"model_type"' in source.head
    )


def read(source: InputFile) -> Contents:
    """The one model that the config (and card, and weights beside it) describes."""
    folder = source.path if source.is_folder else source.path.resolve().parent
    config = source.path / "config.json" if source.is_folder else source.path
    name = folder.name if source.is_folder or config.name == "config.json" else config.stem
    remarks = Remarks()
    return read_model(name, config, folder if source.is_folder else None, remarks)


def read_model(
    name: str,
    config: Path,
    folder: Path | None,
    remarks: Remarks,
    *,
    url: str | None = None,
    copy: str | None = None,
    publisher: str | None = None,
) -> Contents:
    """A model called `name` from its config and, in `folder`, its card and weights."""
    data = parse_json(read_bytes(config, _MOST_CONFIG), str(config))
    if not isinstance(data, dict):
        raise InputError(f"{config}: not an object; a config.json holds key and value pairs")
    origin = url or str(config.resolve())
    row = source_row(
        source_id("config", origin), f"{config.name} of {name}", kind="config", url=url, copy=copy
    )
    claims = list(config_claims(data, config.name, remarks))
    variant = None
    if folder is not None:
        card = _card(folder, remarks)
        variant = "post-trained" if is_post_trained(card) else None
        if card:
            source = source_row(
                source_id("card", origin), f"model card of {name}", kind="model-card", url=url,
                copy=copy,
            )  # fmt: skip
            claims += _from(source, card_claims(card, "README.md", remarks))
        tied = data.get("tie_word_embeddings") is True
        stored = stored_parameters(folder, dtype_of(data), tied=tied)
        weights = [] if stored is None else list(weight_claims(stored, remarks))
        source = source_row(
            source_id("weights", origin),
            f"weights of {name}",
            kind="checkpoint",
            url=url,
            copy=copy,
        )
        claims += _from(source, weights)
    if not claims:
        raise InputError(f"{config}: no key of a language model's configuration in it")
    entry = RawModel(name, claims, publisher=publisher, variant=variant)
    return Contents("huggingface", row, [entry], remarks, total=1)


def _from(source: dict[str, Any], claims: Any) -> list[RawClaim]:
    found = list(claims)
    for item in found:
        item.source = item.source or source
    return found


def _card(folder: Path, remarks: Remarks) -> dict[str, Any]:
    path = folder / "README.md"
    if not path.is_file():
        return {}
    try:
        return front_matter(read_text(path, _MOST_CONFIG), remarks)
    except InputError as error:
        remarks.leave_out("a card that cannot be read", str(error))
        return {}
