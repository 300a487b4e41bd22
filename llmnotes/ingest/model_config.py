"""Reads one model from its configuration, with the card and the weights beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import read_text
from llmnotes.ingest.architecture_claims import as_built, counted_claims, shape_claims
from llmnotes.ingest.card import card_claims, front_matter, is_post_trained
from llmnotes.ingest.config_keys import config_claims
from llmnotes.ingest.raw import RawClaim, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row
from llmnotes.ingest.weights import weight_claims
from llmnotes.model_files.config_file import CONFIG_NAMES, MOST_BYTES, ConfigFile
from llmnotes.model_files.parameters import Stored
from llmnotes.sizing.architecture import Architecture

CARD = "README.md"
_CACHED = "models--"
"""Prefix of the folder names of repositories in the hub's cache."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin of a model.

    Attributes:
        name: its name there, `organization/name` on the hub.
        key: distinguishes its sources from others: its URL, or the path of its configuration.
        url: its page.
        copy: repository and commit that were read.
    """

    name: str
    key: str
    url: str | None = None
    copy: str | None = None

    def source(self, kind: str, title: str) -> dict[str, Any]:
        """The source row of this kind."""
        prefix = {"model-card": "card", "checkpoint": "weights"}.get(kind, kind)
        key = source_id(prefix, self.key)
        return source_row(key, f"{title} of {self.name}", kind=kind, url=self.url, copy=self.copy)


def config_model(
    file: ConfigFile, origin: Origin, remarks: Remarks, card: str | None, stored: Stored | None
) -> RawModel:
    """The model described by a configuration, with the claims of its card and its weights.

    Raises `InputError` where the configuration cannot be counted, as `estimate` does.
    """
    place = PurePath(file.place).name
    claims = _from(origin.source("config", place), described(file, file.architecture()))
    return _with_others(claims, origin, remarks, card, stored)


def described(file: ConfigFile, architecture: Architecture) -> Iterator[RawClaim]:
    """The claims of a configuration that describes `architecture`, and those counted from it.

    Raises `InputError` where it cannot be counted.
    """
    place = PurePath(file.place).name
    if file.format == "huggingface":
        yield from as_built(config_claims(file.config, place), architecture)
    else:
        yield from shape_claims(architecture, place)
    yield from counted_claims(architecture, place)


def uncounted_model(
    file: ConfigFile, origin: Origin, remarks: Remarks, card: str | None, stored: Stored | None
) -> RawModel:
    """As `config_model` for an unknown architecture: only the claims of the keys."""
    place = PurePath(file.place).name
    claims = _from(origin.source("config", place), config_claims(file.config, place))
    return _with_others(claims, origin, remarks, card, stored)


def _with_others(
    claims: list[RawClaim],
    origin: Origin,
    remarks: Remarks,
    card: str | None,
    stored: Stored | None,
) -> RawModel:
    front = front_matter(card, remarks) if card else {}
    if front:
        source = origin.source("model-card", "model card")
        claims += _from(source, card_claims(front, CARD, remarks))
    if stored is not None:
        source = origin.source("checkpoint", "weights")
        claims += _from(source, weight_claims(stored, remarks))
    variant = "post-trained" if is_post_trained(front) else None
    publisher = origin.name.rpartition("/")[0] or None
    return RawModel(origin.name, claims, publisher=publisher, variant=variant)


def _from(source: dict[str, Any], claims: Iterable[RawClaim]) -> list[RawClaim]:
    found = list(claims)
    for item in found:
        item.source = item.source or source
    return found


def card_beside(folder: Path, remarks: Remarks) -> str | None:
    """The text of the model card in a folder; None where there is no readable one."""
    path = folder / CARD
    if not path.is_file():
        return None
    try:
        return read_text(path, MOST_BYTES)
    except InputError as error:
        remarks.malformed(CARD, str(error))
        return None


def model_name(path: Path) -> str:
    """The model's name according to its configuration's path, with the publisher where it is included.

    `org--name.json`, `org/name/config.json` and the hub's cache give `org/name`.
    """
    if path.is_dir() or path.name in CONFIG_NAMES:
        return _folder_name(path if path.is_dir() else path.parent)
    return _parted(path.name.partition(".gz")[0].rpartition(".")[0]) or path.name


def _folder_name(folder: Path) -> str:
    for part in folder.resolve().parts:
        if part.startswith(_CACHED):
            return _parted(part.removeprefix(_CACHED))
    name = _parted(folder.resolve().name)
    # In an absolute path a publisher's folder is indistinguishable from one of the user's own.
    parts = folder.parts
    if "/" in name or folder.is_absolute() or len(parts) < 2 or ".." in parts[-2:]:
        return name
    return "/".join(parts[-2:])


def _parted(text: str) -> str:
    publisher, dashes, name = text.partition("--")
    return f"{publisher}/{name}" if dashes and publisher and name else text
