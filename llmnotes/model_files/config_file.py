"""Finds, reads with size limits, and recognises configuration files of any supported program.

`estimate` and `import` both read configurations here, so they accept the same files with the same errors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.sizing.architecture import Architecture

CONFIG_NAMES = ("config.json", "params.json", "model_config.yaml")
"""File names of a model's configuration, in the order of lookup."""

ENDINGS = (".json", ".yaml", ".yml")
"""Suffixes of configurations with other names."""

MOST_BYTES = 16 * 2**20
_MOST_FILES = 10_000


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """A parsed configuration.

    Attributes:
        place: its path, for messages.
        format: the program its keys belong to: huggingface, litgpt, maxtext, megatron, params or grok.
        config: its keys and values.
    """

    place: str
    format: str
    config: Mapping[str, object]

    def architecture(self) -> Architecture:
        """The architecture it describes.

        Raises:
            InputError: a key is missing or wrong, or the architecture is unknown.
        """
        from llmnotes.configs import read_config

        try:
            return read_config(self.config)
        except InputError as error:
            raise type(error)(f"{self.place}: {error}") from None


def read_config_file(path: Path) -> ConfigFile:
    """The configuration in a file, or in the folder of one model.

    Raises:
        InputError: there is none, it cannot be read, or it is no configuration.
    """
    file = own_config(path) if path.is_dir() else path
    if file is None:
        raise InputError(f"{path}: holds none of {', '.join(CONFIG_NAMES)}")
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file or directory") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{file}: cannot be read ({reason})") from None
    return config_of(data, str(file))


def config_of(data: bytes, place: str) -> ConfigFile:
    """The configuration in `data`; error messages begin with `place`.

    Raises:
        InputError: it is too large, not UTF-8, empty, or no configuration.
    """
    from llmnotes.configs import format_of, parsed

    if len(data) > MOST_BYTES:
        raise InputError(f"{place}: larger than {MOST_BYTES // 2**20} MiB; no configuration is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 at byte {error.start:,}") from None
    if not text.strip():
        raise InputError(f"{place}: empty")
    config = parsed(text, place)
    return ConfigFile(place, format_of(config), config)


def own_config(folder: Path) -> Path | None:
    """The configuration of the one model whose folder this is, or None."""
    return next((folder / name for name in CONFIG_NAMES if (folder / name).is_file()), None)


def config_paths(path: Path) -> list[Path]:
    """The configurations at `path`: a file, a model's folder, or a folder of such.

    In a folder of several, configurations are side by side under any name, or in folders of models or of
    publishers (`name/config.json`, `publisher/name/config.json`). Other files are skipped.

    Raises:
        InputError: there is nothing at `path`, or a folder without a configuration.
    """
    if not exists(path):
        raise InputError(f"{path}: there is no such file or directory")
    if not path.is_dir() or own_config(path) is not None:
        return [path]
    found = list(islice(_below(path, 2), _MOST_FILES))
    if not found:
        raise InputError(f"{path}: holds none of {', '.join(CONFIG_NAMES)}, nor another one")
    return found


def _below(folder: Path, depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir():
            if own_config(path) is not None:
                yield path
            elif depth > 1:
                yield from _below(path, depth - 1)
        elif recognises(path):
            yield path


def recognises(path: Path) -> bool:
    """Whether a folder contains a configuration, or a file is one."""
    if path.is_dir():
        return own_config(path) is not None
    if not path.name.lower().endswith(ENDINGS):
        return False
    try:
        return bool(read_config_file(path).format)
    except InputError:
        return False


def exists(path: Path) -> bool:
    """Whether `path` exists; False for invalid names."""
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for the file system, or with a NUL in it
        return False
