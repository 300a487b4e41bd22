"""A model's published files, from a folder, a file or the hub."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.ingest.formats.hub import read_repository
from llmnotes.ingest.model_config import CARD, model_name
from llmnotes.ingest.raw import Remarks
from llmnotes.model_files.config_file import ConfigFile, config_of, config_paths, own_config
from llmnotes.model_files.parameters import Stored
from llmnotes.model_files.stored import INDEX, dtype_of, stored_parameters
from llmnotes.store.paths import expanded

GENERATION, TOKENIZER, TOKENIZER_SETTINGS = (
    "generation_config.json", "tokenizer.json", "tokenizer_config.json",
)  # fmt: skip
BESIDE = (CARD, GENERATION, TOKENIZER, TOKENIZER_SETTINGS, INDEX)
"""Files that are read where they exist beside a configuration."""

_MOST_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Published:
    """The files of one model.

    Attributes:
        name: `organization/name` where the path includes it, else the name.
        config: its configuration.
        files: all files read, by name, including the configuration.
        stored: the parameter count of its weights; None where there are none.
        commit: the commit of the hub's repository; None for local files.
    """

    name: str
    config: ConfigFile
    files: Mapping[str, bytes]
    stored: Stored | None = None
    commit: str | None = None

    @property
    def config_name(self) -> str:
        """The file name of its configuration."""
        return next(iter(self.files))

    @property
    def url(self) -> str | None:
        """Its page on the hub, where its name may be one there."""
        return f"https://huggingface.co/{self.name}" if "/" in self.name else None

    def text(self, name: str) -> str | None:
        """A file as text; None where there is none."""
        data = self.files.get(name)
        return None if data is None else data.decode("utf-8", "replace")


def published(source: str, remarks: Remarks) -> list[Published]:
    """The models of a configuration, a folder of one or several, or a repository of the hub.

    `source` is a path, `hf:organization/name[@revision]`, or such a name alone where no file has that path.
    Raises `InputError` where nothing of the kind exists; other files in a folder of several are remarked.
    """
    path = expanded(source)
    repository = source.removeprefix("hf:")
    if source.startswith("hf:") or (repository.count("/") == 1 and not path.exists()):
        return [_of_hub(repository, remarks)]
    found = [model for item in config_paths(path) for model in _of_path(item, path, remarks)]
    if not found:
        raise InputError(f"{source}: no configuration in it can be read")
    return found


def _of_hub(repository: str, remarks: Remarks) -> Published:
    found = read_repository(repository, BESIDE, remarks)
    remarks.leave_out(found.notice, found.name)
    return Published(found.name, found.config, found.files, found.stored, found.commit)


def _of_path(path: Path, root: Path, remarks: Remarks) -> Iterator[Published]:
    try:
        yield _read(path, root)
    except InputError as error:
        if path == root:
            raise
        remarks.malformed(str(path.relative_to(root)), str(error))


def _read(path: Path, root: Path) -> Published:
    file = own_config(path) if path.is_dir() else path
    if file is None:
        raise InputError(f"{path}: no configuration in it")
    try:
        files = {file.name: file.read_bytes()}
        for name in BESIDE if path.is_dir() else ():
            other = path / name
            if other.is_file() and other.stat().st_size <= _MOST_BYTES:
                files[name] = other.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    config = config_of(files[file.name], str(file))
    stored = None
    if path.is_dir():
        tied = config.config.get("tie_word_embeddings") is True
        stored = stored_parameters(path, dtype_of(config.config), tied=tied)
    below = path.relative_to(root)
    named = below.as_posix() if path.is_dir() and len(below.parts) == 2 else model_name(path)
    return Published(named, config, files, stored)
