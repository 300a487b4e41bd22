"""models.dev: its tree of TOML files, or the api.json made from it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, read_text
from llmnotes.ingest.fields import COUNT, FLAG, LIST, NUMBER, OBJECT, TEXT, TEXTS, TypedFields
from llmnotes.ingest.provider_offers import ProviderOffers, modalities, offered_model
from llmnotes.ingest.raw import RawContents, Remarks
from llmnotes.ingest.sources import source_row

_MOST_FILES = 100_000
_LARGEST = 2**20
_TEXTS = {
    "release_date": "release_date", "knowledge": "knowledge_cutoff", "license": "license",
}  # fmt: skip
_PROVIDER = TypedFields("models", models=OBJECT)
_MODEL = TypedFields(
    name=TEXT, base_model=TEXT, limit=OBJECT, modalities=OBJECT, open_weights=FLAG, benchmarks=LIST,
    **dict.fromkeys(_TEXTS, TEXT),
)  # fmt: skip
_LIMIT = TypedFields(context=COUNT)
_MODALITIES = TypedFields(input=TEXTS, output=TEXTS)
_RESULT = TypedFields(
    "name", name=TEXT, score=NUMBER, metric=TEXT, variant=TEXT, harness=TEXT, version=TEXT
)


def recognises(source: InputFile) -> bool:
    """A folder with `models/` or `providers/` of TOML files, or JSON with its keys."""
    if source.is_folder:
        return next(_files(source.path), None) is not None
    return source.looks_like_json and all(
        key in source.head for key in (b'"limit"', b'"open_weights"', b'"attachment"')
    )


def read(source: InputFile) -> RawContents:
    """Every model and every offer; raises `InputError` where there is none."""
    remarks, offers = Remarks(), ProviderOffers()
    if source.is_folder:
        _read_tree(source.path, offers, remarks)
    else:
        _read_json(source, offers, remarks)
    if not len(offers):
        raise InputError(f"{source.path}: no model of models.dev in it")
    row = source_row("import-models-dev", "models.dev", url="https://models.dev")
    return RawContents("models-dev", row, offers.models(), remarks, total=len(offers))


def _read_json(source: InputFile, offers: ProviderOffers, remarks: Remarks) -> None:
    data = source.json
    if not isinstance(data, dict):
        raise InputError(f"{source.path}: not an object of models.dev's providers")
    for provider, row in data.items():
        fields = _PROVIDER.salvage(row, provider, remarks)
        for key, model in fields["models"].items() if fields else ():
            _offer(offers, f"{provider}/{key}", offered_model(key), model, remarks)


def _files(folder: Path) -> Iterator[Path]:
    """The TOML files below `models/` and `providers/`, in order; links to folders are not followed."""
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
        except (ValueError, RecursionError) as error:
            remarks.malformed(place, f"not TOML ({str(error)[:80]})")
            continue
        _file(offers, place, row, remarks)


def _file(offers: ProviderOffers, place: str, row: dict[str, Any], remarks: Remarks) -> None:
    parts = place.removesuffix(".toml").split("/")
    if parts[0] == "models" and len(parts) >= 3:
        name, key = "/".join(parts[1:]), parts[-1]
        fields = _MODEL.salvage(row, place, remarks) or {}
        offers.model(name, fields["name"], parts[1], key)
        _claims(offers, name, fields, place, remarks)
    elif parts[0] == "providers" and len(parts) >= 4:
        _offer(offers, place, offered_model("/".join(parts[3:])), row, remarks)


def _offer(offers: ProviderOffers, place: str, name: str, row: Any, remarks: Remarks) -> None:
    fields = _MODEL.salvage(row, place, remarks)
    if fields is None:
        return
    if place.endswith(".toml"):
        name = fields["base_model"] or name
    offers.model(name, fields["name"])
    _claims(offers, name, fields, place, remarks)


def _claims(
    offers: ProviderOffers, name: str, fields: dict[str, Any], place: str, remarks: Remarks
) -> None:
    for key, attribute in _TEXTS.items():
        offers.add(name, attribute, fields[key], f"{place}: {key}")
    limit = _LIMIT.salvage(fields["limit"] or {}, f"{place}: limit", remarks) or {}
    offers.add(name, "context_length", limit["context"], f"{place}: limit.context")
    here = f"{place}: modalities"
    shape = _MODALITIES.salvage(fields["modalities"] or {}, here, remarks) or {}
    offers.add(name, "modalities", modalities(shape["input"], shape["output"]), here)
    if fields["open_weights"] is not None:
        value = "open-weights" if fields["open_weights"] else "api-only"
        offers.add(name, "availability", value, f"{place}: open_weights")
    here = f"{place}: benchmarks"
    results = [_RESULT.salvage(item, here, remarks) for item in fields["benchmarks"] or ()]
    scores = [_score(item) for item in results if item and item["score"] is not None]
    offers.add(name, "evaluation", scores, here)


def _score(result: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"benchmark": result["name"], "score": result["score"]}
    if result["metric"]:
        found["metric"] = result["metric"]
    setting = ", ".join(result[key] for key in ("variant", "harness", "version") if result[key])
    return {**found, "setting": setting} if setting else found
