"""models.dev: its tree of TOML files, or the api.json made from it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, read_text
from llmnotes.ingest.provider_offers import ProviderOffers, count, modalities, offered_model
from llmnotes.ingest.raw import Contents, Remarks
from llmnotes.ingest.sources import source_row

_MOST_FILES = 100_000
_LARGEST = 2**20


def recognises(source: InputFile) -> bool:
    """A folder with `models/` or `providers/` of TOML files, or JSON with its keys."""
    if source.is_folder:
        return next(_files(source.path), None) is not None
    return source.looks_like_json and all(
        key in source.head for key in (b'"limit"', b'"open_weights"', b'"attachment"')
    )


def read(source: InputFile) -> Contents:
    """Every model and every offer; raises `InputError` where there is none."""
    remarks, offers = Remarks(), ProviderOffers()
    if source.is_folder:
        _read_tree(source.path, offers, remarks)
    else:
        _read_json(source, offers, remarks)
    if not len(offers):
        raise InputError(f"{source.path}: no model of models.dev in it")
    row = source_row("import-models-dev", "models.dev", url="https://models.dev")
    return Contents("models-dev", row, offers.models(), remarks, total=len(offers))


def _read_json(source: InputFile, offers: ProviderOffers, remarks: Remarks) -> None:
    data = source.json
    if not isinstance(data, dict):
        raise InputError(f"{source.path}: not an object of models.dev's providers")
    for provider, fields in data.items():
        models = fields.get("models") if isinstance(fields, dict) else None
        if not isinstance(models, dict):
            remarks.leave_out("a provider without models", str(provider))
            continue
        for key, row in models.items():
            _offer(offers, f"{provider}/{key}", offered_model(str(key)), row, remarks)


def _files(folder: Path) -> Iterator[Path]:
    """The TOML files below `models/` and `providers/`, in order; a folder link is not followed."""
    for part in ("models", "providers"):
        if (folder / part).is_symlink():
            continue
        for place, folders, names in os.walk(folder / part):
            folders.sort()
            for name in sorted(names):
                if name.endswith(".toml") and name != "provider.toml":
                    yield Path(place) / name


def _read_tree(folder: Path, offers: ProviderOffers, remarks: Remarks) -> None:
    root = folder.resolve()
    for number, path in enumerate(_files(folder)):
        place = path.relative_to(folder).as_posix()
        if number >= _MOST_FILES:
            raise InputError(f"{folder}: more than {_MOST_FILES:,} files")
        if path.is_symlink():
            if not path.exists():
                remarks.leave_out("a link that leads nowhere", place)
                continue
            if not path.resolve().is_relative_to(root):
                remarks.leave_out("a link that leads out of the folder", place)
                continue
        if not path.is_file():
            remarks.leave_out("no ordinary file", place)
            continue
        try:
            row = tomllib.loads(read_text(path, _LARGEST))
        except (tomllib.TOMLDecodeError, InputError, RecursionError) as error:
            remarks.leave_out("a file that is no TOML", f"{place}: {error}")
            continue
        _file(offers, place, row, remarks)


def _file(offers: ProviderOffers, place: str, row: dict[str, Any], remarks: Remarks) -> None:
    parts = place.removesuffix(".toml").split("/")
    if parts[0] == "models" and len(parts) >= 3:
        name, key = "/".join(parts[1:]), parts[-1]
        offers.model(name, _title(row), parts[1], key)
        _facts(offers, name, row, place)
    elif parts[0] == "providers" and len(parts) >= 4:
        base = row.get("base_model")
        name = base if isinstance(base, str) and base else offered_model("/".join(parts[3:]))
        _offer(offers, place, name, row, remarks)


def _offer(offers: ProviderOffers, place: str, name: str, row: Any, remarks: Remarks) -> None:
    if not isinstance(row, dict):
        remarks.leave_out("an offer that is no table", place)
        return
    offers.model(name, _title(row))
    _facts(offers, name, row, place)


def _title(row: dict[str, Any]) -> str | None:
    title = row.get("name")
    return title if isinstance(title, str) else None


def _facts(offers: ProviderOffers, name: str, row: dict[str, Any], place: str) -> None:
    for key, attribute in (
        ("release_date", "release_date"), ("knowledge", "knowledge_cutoff"), ("license", "license"),
    ):  # fmt: skip
        if isinstance(row.get(key), str) and row[key]:
            offers.add(name, attribute, row[key], f"{place}: {key}")
    limit = row.get("limit")
    if isinstance(limit, dict) and (length := count(limit.get("context"))):
        offers.add(name, "context_length", length, f"{place}: limit.context")
    shape = row.get("modalities")
    if isinstance(shape, dict) and (found := modalities(shape.get("input"), shape.get("output"))):
        offers.add(name, "modalities", found, f"{place}: modalities")
    if isinstance(row.get("open_weights"), bool):
        value = "open-weights" if row["open_weights"] else "api-only"
        offers.add(name, "availability", value, f"{place}: open_weights")
    results = row.get("benchmarks")
    if isinstance(results, list) and (
        scores := [_score(item) for item in results if _scored(item)]
    ):
        offers.add(name, "evaluation", scores, f"{place}: benchmarks")


def _scored(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("name"), str)
        and type(item.get("score")) in {int, float}
    )


def _score(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"benchmark": item["name"], "score": item["score"]}
    if isinstance(item.get("metric"), str) and item["metric"]:
        found["metric"] = item["metric"]
    setting = ", ".join(
        str(item[key])
        for key in ("variant", "harness", "version")
        if isinstance(item.get(key), str)
    )
    return {**found, "setting": setting} if setting else found
