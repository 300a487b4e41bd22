"""Resolves the subject of `estimate`: a name in the base, a file, a folder or standard input."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from llmnotes.errors import InputError
from llmnotes.knowledge.name_meaning import Subject
from llmnotes.knowledge.shapes import InsufficientError, Shape, Shapes, difference, named_shapes
from llmnotes.model_files.config_file import (
    ENDINGS,
    MOST_BYTES,
    ConfigFile,
    config_of,
    config_paths,
    exists,
    read_config_file,
)
from llmnotes.sizing import Architecture, count_parameters

if TYPE_CHECKING:
    from llmnotes.model_files.parameters import Stored

STANDARD_INPUT = "-"

_NAMED = 6
"""Number of assumed values that a remark lists; JSON has all."""

OpenBase = Callable[[], AbstractContextManager[sqlite3.Connection]]


def shapes_of(text: str, base: OpenBase) -> Shapes:
    """The shapes that `text` refers to.

    `-` is standard input. A text that begins with `.` or `/`, or ends in .json, .yaml or .yml, is a path.
    Anything else is looked up in the base first, then as a path; where both exist, the name is used and a
    remark says so.

    Raises:
        InputError: neither exists, or its parameters cannot be counted.
    """
    if text == STANDARD_INPUT:
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
        return Shapes([_shape(config_of(data, "standard input"), text)])
    if is_path(text):
        return path_shapes(Path(text))
    path = Path(text)
    here = exists(path)
    with base() as connection:
        try:
            found = named_shapes(connection, text)
        except InputError as error:
            if here:
                return path_shapes(path)
            if isinstance(error, InsufficientError):
                raise
            raise InputError(f"{error} There is no file of that name either.") from None
    if not here:
        return found
    kind = "directory" if path.is_dir() else "file"
    remark = f"{text} is also a {kind} here; write {os.path.join('.', text)} to read that"
    return replace(found, remarks=(*found.remarks, remark))


def pasted_shape(
    data: bytes, name: str = "configuration", place: str = "the configuration"
) -> Shape:
    """The shape described by the text of a configuration, in any supported format.

    Raises:
        InputError: it cannot be parsed, is no configuration, or its architecture is unknown.
    """
    return _shape(config_of(data, place), name)


def is_path(text: str) -> bool:
    """Whether `text` can only be a path."""
    return text.startswith((".", os.sep)) or text.lower().endswith(ENDINGS)


def path_shapes(path: Path) -> Shapes:
    """The shapes of the configurations at `path`: a file, a model's folder, or a folder of such.

    In a folder of several, each that cannot be counted is listed as refused.

    Raises:
        InputError: there is none, or the only one cannot be read or counted.
    """
    paths = config_paths(path)
    if len(paths) == 1:
        return Shapes([path_shape(paths[0])])
    shapes, refused = [], []
    for each in paths:
        try:
            shapes.append(path_shape(each))
        except InputError as error:
            refused.append((str(each), str(error).removeprefix(f"{each}: ")))
    if not shapes:
        raise InputError("; ".join(f"{each}: {reason}" for each, reason in refused[:_NAMED]))
    return Shapes(shapes, Subject("folder", str(path), path.resolve().name), refused)


def path_shape(path: Path) -> Shape:
    """The shape described by a configuration file, or by the folder of one model.

    Where the folder has safetensors files, the count is compared with the stored parameters.

    Raises:
        InputError: it cannot be read, is no configuration, or its architecture is unknown.
    """
    file = read_config_file(path)
    found = _shape(file, str(path))
    if not path.is_dir():
        return found
    from llmnotes.model_files.stored import dtype_of, stored_parameters

    stored = stored_parameters(path, dtype_of(file.config))
    return found if stored is None else _compared(found, stored)


def config_shape(config: Mapping[str, object], name: str = "configuration") -> Shape:
    """The shape described by a configuration's keys and values.

    Raises:
        InputError: a value is missing or wrong, or the architecture is unknown.
    """
    from llmnotes.configs import read_config

    found = read_config(config)
    return Shape(name, name, "a configuration", found, remarks=found.remarks)


def _shape(file: ConfigFile, name: str) -> Shape:
    architecture = file.architecture()
    said = tuple(f"{file.place}: {remark}" for remark in architecture.remarks)
    remarks = (*said, *_assumed(file.place, architecture))
    return Shape(name, name, file.place, architecture, remarks=remarks)


def _assumed(place: str, architecture: Architecture) -> tuple[str, ...]:
    """A remark on the class defaults assumed for missing keys, the first few by name."""
    taken = [f"{key} = {value}" for key, value in architecture.assumptions]
    if not taken:
        return ()
    more = f" and {len(taken) - _NAMED} more" if len(taken) > _NAMED else ""
    return (f"{place} leaves to its class's defaults: {', '.join(taken[:_NAMED])}{more}",)


def _compared(shape: Shape, stored: Stored) -> Shape:
    """The shape with the stored parameter count, and a remark where it differs."""
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
