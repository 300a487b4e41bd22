"""A Hugging Face config.json, or the folder of a model."""

from __future__ import annotations

from pathlib import Path

from llmnotes.files import InputFile
from llmnotes.ingest.model_config import Origin, card_beside, config_model, model_name
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.model_files.config_file import own_config, read_config_file
from llmnotes.model_files.stored import dtype_of, stored_parameters


def recognises(source: InputFile) -> bool:
    """A folder with a configuration, or JSON that names a `model_type`."""
    if source.is_folder:
        return own_config(source.path) is not None
    return source.looks_like_json and (
        source.name == "config.json" or b'"model_type"' in source.head
    )


def read(source: InputFile) -> RawContents:
    """The one model described by the configuration (and card, and weights beside it)."""
    remarks = Remarks()
    model, form = read_model(source.path, model_name(source.path), remarks)
    key = str(source.path.resolve())
    row = source_row(source_id("config", key), f"configuration of {model.name}", kind="config")
    return RawContents(form, row, [model], remarks, total=1)


def read_model(path: Path, name: str, remarks: Remarks) -> tuple[RawModel, str]:
    """The model of a configuration or a model's folder, and the configuration's format.

    Raises `InputError` where it cannot be read or counted.
    """
    file = read_config_file(path)
    card, stored = None, None
    if path.is_dir():
        card = card_beside(path, remarks)
        tied = file.config.get("tie_word_embeddings") is True
        stored = stored_parameters(path, dtype_of(file.config), tied=tied)
    return config_model(file, Origin(name, file.place), remarks, card, stored), file.format
