"""LLMStats: a tree of model.json with results, each with where it is from."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, parse_json, read_bytes
from llmnotes.ingest.licenses import licence
from llmnotes.ingest.provider_offers import count
from llmnotes.ingest.raw import Contents, RawClaim, RawModel, Remarks
from llmnotes.ingest.sources import source_row

_HUB = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)/?$")
_LARGEST = 4 * 2**20


def recognises(source: InputFile) -> bool:
    """A folder with `organization/model/model.json` in it, or one such file."""
    if source.is_folder:
        return next(_files(source.path), None) is not None
    return source.looks_like_json and b'"input_context_size"' in source.head


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        if "model.json" in names:
            yield Path(place) / "model.json"


def read(source: InputFile) -> Contents:
    """Every model of the tree."""
    remarks = Remarks()
    paths = list(_files(source.path)) if source.is_folder else [source.path]
    row = source_row(
        "import-llmstats", "LLMStats (CC BY 4.0)",
        url="https://github.com/JonathanChavezTamales/LLMStats",
    )  # fmt: skip
    return Contents("llmstats", row, _models(paths, source, remarks), remarks, total=len(paths))


def _models(paths: list[Path], source: InputFile, remarks: Remarks) -> Iterator[RawModel]:
    root = source.path.resolve()
    for path in paths:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            remarks.leave_out("a link that leads out of the folder", path.name)
            continue
        try:
            row = parse_json(read_bytes(path, _LARGEST), str(path))
        except InputError as error:
            remarks.leave_out("a file that cannot be read", str(error))
            continue
        if isinstance(row, dict) and isinstance(row.get("name"), str):
            yield _entry(row, path)
        else:
            remarks.leave_out("a model.json without a name", str(path))


def _entry(row: dict[str, Any], path: Path) -> RawModel:
    publisher, key = path.parent.parent.name, path.parent.name
    place = f"{publisher}/{key}"
    hub = _HUB.match(str(row.get("weights_link") or ""))
    aliases = (key, hub[1]) if hub else (key,)
    return RawModel(place, list(_claims(row, place)), row["name"], publisher, aliases)


def _claims(row: dict[str, Any], place: str) -> Iterator[RawClaim]:
    for field, attribute in (
        ("param_count", "params_reported"), ("training_tokens", "training_tokens"),
        ("input_context_size", "context_length"),
    ):  # fmt: skip
        if number := count(row.get(field)):
            yield RawClaim(attribute, number, f"{place}: {field}")
    for field in ("release_date", "knowledge_cutoff"):
        if isinstance(row.get(field), str) and row[field]:
            yield RawClaim(field, row[field], f"{place}: {field}")
    if isinstance(row.get("license"), str) and row["license"]:
        yield RawClaim("license", licence(row["license"]), f"{place}: license")
    links = [
        row[key]
        for key in ("weights_link", "repo_link")
        if isinstance(row.get(key), str) and row[key].strip()
    ]
    if links:
        yield RawClaim("repository", links, f"{place}: weights_link, repo_link")
    scores = [_score(item) for item in row.get("qualitative_metrics") or [] if _scored(item)]
    if scores:
        yield RawClaim("evaluation", scores, f"{place}: qualitative_metrics")


def _scored(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("dataset_name"), str)
        and bool(item["dataset_name"].strip())
        and type(item.get("score")) in {int, float}
    )


def _score(item: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"benchmark": item["dataset_name"], "score": item["score"]}
    if isinstance(item.get("analysis_method"), str) and item["analysis_method"].strip():
        found["setting"] = item["analysis_method"]
    return found
