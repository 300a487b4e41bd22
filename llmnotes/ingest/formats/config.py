"""Configurations of litgpt, MaxText, Megatron and others, and folders of configurations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.files import InputFile
from llmnotes.ingest.formats.huggingface import read as read_one
from llmnotes.ingest.formats.huggingface import read_model
from llmnotes.ingest.model_config import model_name
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.model_files.config_file import config_paths
from llmnotes.model_files.config_file import recognises as is_config


def recognises(source: InputFile) -> bool:
    """A configuration as `estimate` reads it, or a folder with some of them."""
    if not source.is_folder:
        return is_config(source.path)
    try:
        return bool(config_paths(source.path))
    except InputError:
        return False


def read(source: InputFile) -> RawContents:
    """The model of a file, or those of a folder; what cannot be counted there is remarked."""
    paths = config_paths(source.path)
    if paths == [source.path]:
        return read_one(source)
    place, remarks = str(source.path.resolve()), Remarks()
    row = source_row(
        source_id("configs", place), f"configurations in {source.path.name}", copy=place
    )
    models = _models(paths, source.path, remarks)
    return RawContents("config", row, models, remarks, total=len(paths))


def _models(paths: list[Path], root: Path, remarks: Remarks) -> Iterator[RawModel]:
    for path in paths:
        below = path.relative_to(root)
        try:
            yield read_model(path, _name(path, below), remarks)[0]
        except InputError as error:
            remarks.malformed(str(below), str(error).removeprefix(f"{path}: "))


def _name(path: Path, below: Path) -> str:
    """`publisher/name` of a folder two levels down, else the name of a single configuration."""
    if path.is_dir() and len(below.parts) == 2:
        return below.as_posix()
    return model_name(path)
