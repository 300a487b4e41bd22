"""What `estimate` is asked about: a name of the base, a file, a directory or standard input."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from llmnotes.errors import InputError
from llmnotes.ingest.checkpoint import Stored, dtype_of, stored_parameters
from llmnotes.knowledge.shapes import InsufficientError, Shape, Shapes, difference, named_shapes
from llmnotes.sizing import Architecture, count_parameters

STANDARD_INPUT = "-"
CONFIGS = ("config.json", "params.json", "model_config.yaml")
"""Configurations looked for in a directory, in this order."""

_NAMED = 6
"""So many assumed values are named in a remark; JSON has all."""

_ENDINGS = (".json", ".yaml", ".yml")
_MOST_BYTES = 16 * 2**20

OpenBase = Callable[[], AbstractContextManager[sqlite3.Connection]]


def shapes_of(text: str, base: OpenBase) -> Shapes:
    """The shapes that `text` stands for.

    `-` is standard input. What begins with `.` or `/`, or ends in .json, .yaml or .yml, is a path.
    Anything else is first a name of the base, then a path; where it is both, the name counts and a
    remark says so.

    Raises:
        InputError: there is neither, or what is there cannot be counted.
    """
    if text == STANDARD_INPUT:
        return Shapes([_read(sys.stdin.buffer.read(_MOST_BYTES + 1), "standard input", text)])
    if is_path(text):
        return Shapes([path_shape(Path(text))])
    path = Path(text)
    here = _exists(path)
    with base() as connection:
        try:
            found = named_shapes(connection, text)
        except InputError as error:
            if here:
                return Shapes([path_shape(path)])
            if isinstance(error, InsufficientError):
                raise
            raise InputError(f"{error} There is no file of that name either.") from None
    if not here:
        return found
    kind = "directory" if path.is_dir() else "file"
    remark = f"{text} is also a {kind} here; write {os.path.join('.', text)} to read that"
    return replace(found, remarks=(*found.remarks, remark))


def is_path(text: str) -> bool:
    """Whether `text` can only be a path."""
    return text.startswith((".", os.sep)) or text.lower().endswith(_ENDINGS)


def path_shape(path: Path) -> Shape:
    """The shape that a configuration file, or a directory with one, describes.

    Beside a checkpoint's safetensors files the counted parameters are held against the stored ones.

    Raises:
        InputError: it cannot be read, is no configuration, or its architecture is not known.
    """
    if not _exists(path):
        raise InputError(f"{path}: there is no such file or directory")
    file = _in_directory(path) if path.is_dir() else path
    try:
        with file.open("rb") as opened:
            data = opened.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
    found = _read(data, str(file), str(path))
    if not path.is_dir():
        return found
    stored = stored_parameters(path, dtype_of(data.decode("utf-8-sig", "replace")))
    return found if stored is None else _compared(found, stored)


def config_shape(config: Mapping[str, object], name: str = "configuration") -> Shape:
    """The shape that a configuration's keys and values describe.

    Raises:
        InputError: a value is missing or wrong, or the architecture is not known.
    """
    from llmnotes.configs import read_config

    return Shape(name, name, "a configuration", read_config(config))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long for the file system, or with a NUL in it
        return False


def _in_directory(path: Path) -> Path:
    for name in CONFIGS:
        if (path / name).is_file():
            return path / name
    raise InputError(f"{path}: holds none of {', '.join(CONFIGS)}")


def _read(data: bytes, place: str, name: str) -> Shape:
    from llmnotes.configs import read_text

    if len(data) > _MOST_BYTES:
        raise InputError(f"{place}: larger than {_MOST_BYTES // 2**20} MiB; no configuration is")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: not UTF-8 at byte {error.start:,}") from None
    if not text.strip():
        raise InputError(f"{place}: empty")
    architecture = read_text(text, place)
    return Shape(name, name, place, architecture, remarks=_assumed(place, architecture))


def _assumed(place: str, architecture: Architecture) -> tuple[str, ...]:
    """What the file leaves to its class, of which the first few are named."""
    taken = [f"{key} = {value}" for key, value in architecture.assumptions]
    if not taken:
        return ()
    more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
    return (f"{place} leaves to its class's defaults: {', '.join(taken[:_NAMED])}{more}",)


def _compared(shape: Shape, stored: Stored) -> Shape:
    """The shape with what its checkpoint holds, and a remark where that differs."""
    if stored.parameters is None:
        remark = f"not compared with {stored.place}: {stored.how}"
        return replace(shape, remarks=(*shape.remarks, remark))
    count = count_parameters(shape.architecture)
    found = replace(shape, published=stored.parameters)
    if stored.parameters == count.total:
        return found
    if count.tied and stored.parameters == count.untied_total:
        why = "the output projection, tied to the embedding, is stored a second time"
    elif count.not_counted:
        why = f"not counted: {', '.join(what for what, _ in count.not_counted)}"
    else:
        why = "the checkpoint holds other tensors than this configuration describes"
    said = difference(stored.parameters, count.total)
    remark = f"{stored.place} holds {stored.parameters:,} parameters ({stored.how}), {said}: {why}"
    return replace(found, remarks=(*found.remarks, remark))
