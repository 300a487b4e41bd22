"""A repository of the Hugging Face hub, fetched with limits on size and time."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from llmnotes.errors import InputError
from llmnotes.files import parse_json
from llmnotes.ingest.download import Deadline, Downloads, StatusError, UnreachableError
from llmnotes.ingest.fields import LIST, TEXT, TypedFields
from llmnotes.ingest.hub_access import authorization, endpoint
from llmnotes.ingest.hub_cache import HubCache, is_commit
from llmnotes.ingest.model_config import CARD, Origin, config_model, uncounted_model
from llmnotes.ingest.raw import RawContents, RawModel, Remarks
from llmnotes.model_files.config_file import MOST_BYTES, ConfigFile, config_of
from llmnotes.model_files.parameters import Stored, count_stored
from llmnotes.model_files.safetensors import LONGEST_HEADER, Tensor, tensors_of
from llmnotes.model_files.stored import dtype_of, stored_parameters

_REPOSITORY = re.compile(r"((?:[\w-][\w.-]{0,95}/)?[\w-][\w.-]{0,95})(?:@([\w-][\w./-]{0,199}))?")
_CONFIG, _INDEX = "config.json", "model.safetensors.index.json"
_MOST = {
    _CONFIG: MOST_BYTES, CARD: 4 * 2**20, _INDEX: 64 * 2**20, "generation_config.json": 2**20,
    "tokenizer_config.json": 16 * 2**20, "tokenizer.json": 64 * 2**20,
}  # fmt: skip
"""The files that are read, with their size limits in bytes."""
_MOST_LISTING = 32 * 2**20
_MOST_SHARDS = 1_000
_HEADER_START = 64 * 1024
_THREADS = 8
"""Headers of weight files fetched at a time."""
_LISTING = TypedFields("sha", "siblings", sha=TEXT, siblings=LIST)
_SIBLING = TypedFields("rfilename", rfilename=TEXT)
_SHARD = re.compile(r"[\w.-]+\.safetensors")

SECONDS = 120.0
"""Time limit in seconds for a whole repository."""


@dataclass(frozen=True, slots=True)
class Repository:
    """Files of a repository at one commit.

    Attributes:
        name: `organization/name`.
        commit: the commit that was read.
        files: the files read that exist, by name; `config.json` is always present.
        stored: the parameter count in the headers of its weights; None where it has none.
        notice: how the files were obtained, in particular from a cache.
    """

    name: str
    commit: str
    files: Mapping[str, bytes]
    stored: Stored | None
    notice: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"https://huggingface.co/{self.name}"

    @property
    def config(self) -> ConfigFile:
        """Its configuration; raises `InputError` where that is invalid."""
        return config_of(self.files[_CONFIG], _CONFIG)


def read_hub(text: str, seconds: float = SECONDS) -> RawContents:
    """The model of `organization/name[@revision]`: its config, card and parameter count.

    Raises `InputError` where the repository is not available; if the hub did not answer and the cache was
    used, its notices say so, with commit and age.
    """
    remarks = Remarks()
    found = read_repository(text, (CARD,), remarks, seconds)
    origin = Origin(found.name, found.url, found.url, f"{found.name}@{found.commit}")
    card = found.files.get(CARD)
    text_of_card = card.decode("utf-8", "replace") if card else None
    try:
        model = _model(found.config, origin, remarks, text_of_card, found.stored)
    except InputError as error:
        raise InputError(f"hf:{found.name}: {error}") from error
    row = origin.source("config", _CONFIG)
    return RawContents("hub", row, [model], remarks, total=1, notices=[found.notice])


def read_repository(
    text: str, names: Iterable[str], remarks: Remarks, seconds: float = SECONDS
) -> Repository:
    """The configuration of `organization/name[@revision]` and those of the files `names` that exist.

    Raises `InputError` as `read_hub` does.
    """
    matched = _REPOSITORY.fullmatch(text)
    if matched is None or ".." in text:
        raise InputError(
            f"hf:{text[:80]}: write hf:organization/name or hf:organization/name@revision"
        )
    repository, revision = matched[1], matched[2] or "main"
    with Deadline(seconds) as deadline:
        hub = _Hub(repository, revision, Downloads(deadline))
        try:
            return hub.fetch(names, remarks)
        except UnreachableError as error:
            return hub.cached(names, error)
        except StatusError as error:
            raise _refusal(repository, revision, error) from error
        except InputError as error:
            raise InputError(f"hf:{repository}: {error}") from error


def _refusal(repository: str, revision: str, error: StatusError) -> InputError:
    place = f"hf:{repository}"
    if error.reason == "GatedRepo" or error.status == 403:
        return InputError(
            f"{place}: access is gated; accept its terms on the hub and log in with `hf auth login`"
        )
    if error.reason == "RevisionNotFound":
        return InputError(f"{place}: there is no revision {revision!r}")
    if error.reason == "EntryNotFound":
        return InputError(f"{place}: a file that it lists is not there")
    if error.status in {401, 404}:
        return InputError(f"{place}: there is no such repository (or no access)")
    return InputError(f"{place}: {error}")


def _model(
    file: ConfigFile, origin: Origin, remarks: Remarks, card: str | None, stored: Stored | None
) -> RawModel:
    """The model; for an unknown architecture without the counted parameters."""
    try:
        return config_model(file, origin, remarks, card, stored)
    except InputError as error:
        remarks.malformed(_CONFIG, str(error).removeprefix(f"{file.place}: "))
    model = uncounted_model(file, origin, remarks, card, stored)
    if not model.claims:
        raise InputError(f"{file.place}: no key of a language model's configuration in it")
    return model


class _Hub:
    """One repository at one revision."""

    def __init__(self, repository: str, revision: str, downloads: Downloads) -> None:
        self._repository, self._revision = repository, revision
        self._downloads = downloads
        self._cache = HubCache(repository)
        self._endpoint = endpoint()
        self._headers = authorization()

    def fetch(self, wanted: Iterable[str], remarks: Remarks) -> Repository:
        """The repository as read from the hub."""
        if os.environ.get("HF_HUB_OFFLINE", "").lower() in {"1", "true", "yes", "on"}:
            raise UnreachableError("HF_HUB_OFFLINE keeps it from being asked")
        commit, names = self._listing(remarks)
        if _CONFIG not in names:
            raise InputError(f"no {_CONFIG} in it")
        files = {name: self._file(commit, name) for name in (_CONFIG, *wanted) if name in names}
        stored = self._stored(commit, names, tied=_is_tied(config_of(files[_CONFIG], _CONFIG)))
        self._cache.remember(self._revision, commit)
        notice = f"{self._repository} at commit {commit[:12]}"
        return Repository(self._repository, commit, files, stored, notice)

    def cached(self, wanted: Iterable[str], error: UnreachableError) -> Repository:
        """The repository as cached; raises `InputError` where it is not."""
        commit = self._cache.commit(self._revision)
        read = {
            name: self._cache.read(commit, name, _MOST[name])
            for name in (_CONFIG, *wanted)
            if commit
        }
        files = {name: data for name, data in read.items() if data is not None}
        if commit is None or _CONFIG not in files:
            raise InputError(
                f"hf:{self._repository}: {error}, and nothing of it is cached"
            ) from error
        why = "the hub did not answer"
        file = config_of(files[_CONFIG], _CONFIG)
        stored = stored_parameters(
            self._cache.folder(commit), dtype_of(file.config), tied=_is_tied(file)
        ) or Stored(None, self._repository, why)
        return Repository(self._repository, commit, files, stored, (
            f"{why} ({error}): {self._repository} was taken from the cache, commit {commit[:12]}"
            f"{_age(self._cache.fetched(self._revision))}"
        ))  # fmt: skip

    def _listing(self, remarks: Remarks) -> tuple[str, set[str]]:
        """The commit of the revision, and its top-level files."""
        revision = quote(self._revision, safe="")
        url = f"{self._endpoint}/api/models/{self._repository}/revision/{revision}"
        data = self._downloads.fetch(url, _MOST_LISTING, headers=self._headers)
        fields = _LISTING.read(parse_json(data, "the hub's listing"), "the hub's listing")
        if not is_commit(fields["sha"]):
            raise InputError("the hub's listing names no commit")
        files = [
            _SIBLING.salvage(item, "the hub's listing", remarks) for item in fields["siblings"]
        ]
        return fields["sha"], {file["rfilename"] for file in files if file}

    def _url(self, commit: str, name: str) -> str:
        return f"{self._endpoint}/{self._repository}/resolve/{commit}/{name}"

    def _file(self, commit: str, name: str) -> bytes:
        """A file of the commit, which never changes, from the cache or the hub."""
        found = self._cache.read(commit, name, _MOST[name])
        if found is None:
            url = self._url(commit, name)
            found = self._downloads.fetch(url, _MOST[name], headers=self._headers)
            self._cache.write(commit, name, found)
        return found

    def _stored(self, commit: str, names: set[str], *, tied: bool) -> Stored | None:
        """The exact parameter count from the headers of the weights."""
        try:
            if _INDEX in names:
                shards = _shards(self._file(commit, _INDEX))
            else:
                shards = ["model.safetensors"] if "model.safetensors" in names else []
            if not shards:
                return None
            with ThreadPoolExecutor(_THREADS) as pool:
                headers = list(pool.map(self._header_of(commit), shards))
        except InputError as error:
            return Stored(None, self._repository, str(error))
        tensors = {name: tensor for header in headers for name, tensor in header.items()}
        place = f"{len(shards):,} safetensors header{'s' * (len(shards) > 1)}"
        return count_stored(tensors, place, tied=tied)

    def _header_of(self, commit: str) -> Callable[[str], dict[str, Tensor]]:
        def read(name: str) -> dict[str, Tensor]:
            url = self._url(commit, name)
            start = self._part(url, 0, _HEADER_START)
            length = int.from_bytes(start[:8], "little")
            if not 2 <= length <= LONGEST_HEADER or len(start) < 8:
                raise InputError(f"{name}: claims a header of {length:,} bytes")
            rest = b""
            if length + 8 > len(start):
                rest = self._part(url, len(start), length + 8)
            return tensors_of((start + rest)[8 : length + 8], name)

        return read

    def _part(self, url: str, first: int, end: int) -> bytes:
        return self._downloads.fetch(url, end, headers=self._headers, part=(first, end - 1))


def _is_tied(file: ConfigFile) -> bool:
    return file.config.get("tie_word_embeddings") is True


def _shards(data: bytes) -> list[str]:
    """The files listed in an index; raises `InputError` where it is not an index."""
    index: Any = parse_json(data, _INDEX)
    files = index.get("weight_map") if isinstance(index, dict) else None
    names = sorted({str(name) for name in files.values()}) if isinstance(files, dict) else []
    if not names or len(names) > _MOST_SHARDS:
        raise InputError(f"{_INDEX} names {len(names):,} files; 1 to {_MOST_SHARDS:,} are read")
    for name in names:
        if not _SHARD.fullmatch(name):
            raise InputError(f"{_INDEX} names {name[:60]!r}, which is no safetensors file in it")
    return names


def _age(fetched: datetime | None) -> str:
    if fetched is None:
        return ""
    age = datetime.now(UTC) - fetched
    old = f"{age.days} days" if age.days else f"{int(age.total_seconds() // 3600)} hours"
    return f", fetched {old} ago"
