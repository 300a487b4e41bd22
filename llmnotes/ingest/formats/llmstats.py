"""LLMStats: a tree of model.json files with results, each with its source."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, parse_json, read_bytes
from llmnotes.ingest.fields import COUNT, LIST, NUMBER, TEXT, TypedFields
from llmnotes.ingest.licenses import licence
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_row

_HUB = re.compile(r"https://huggingface\.co/([\w.-]+/[\w.-]+)/?$")
_LARGEST = 4 * 2**20
_COUNTS = {
    "param_count": "params_reported", "training_tokens": "training_tokens",
    "input_context_size": "context_length",
}  # fmt: skip
_DATES = ("release_date", "knowledge_cutoff")
_LINKS = ("weights_link", "repo_link")
_MODEL = TypedFields(
    "name", name=TEXT, license=TEXT, qualitative_metrics=LIST,
    **dict.fromkeys(_COUNTS, COUNT), **dict.fromkeys((*_DATES, *_LINKS), TEXT),
)  # fmt: skip
_RESULT = TypedFields("dataset_name", dataset_name=TEXT, score=NUMBER, analysis_method=TEXT)


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


def read(source: InputFile) -> RawContents:
    """Every model of the tree."""
    remarks = Remarks()
    paths = list(_files(source.path)) if source.is_folder else [source.path]
    origin = source_row(
        "import-llmstats", "LLMStats (CC BY 4.0)",
        url="https://github.com/JonathanChavezTamales/LLMStats",
    )  # fmt: skip
    return RawContents(
        "llmstats", origin, _models(paths, source, remarks), remarks, total=len(paths)
    )


def _models(paths: list[Path], source: InputFile, remarks: Remarks) -> Iterator[RawModel]:
    root = source.path.resolve()
    for path in paths:
        if path.is_symlink() and not path.resolve().is_relative_to(root):
            remarks.leave_out("a link that leads out of the folder", path.name)
            continue
        publisher, key = path.resolve().parent.parent.name, path.resolve().parent.name
        try:
            row = parse_json(read_bytes(path, _LARGEST), str(path))
        except InputError as error:
            remarks.malformed(f"{publisher}/{key}", str(error))
            continue
        fields = _MODEL.salvage(row, f"{publisher}/{key}", remarks)
        if fields:
            yield _model(fields, publisher, key, remarks)


def _model(fields: dict[str, Any], publisher: str, key: str, remarks: Remarks) -> RawModel:
    place = f"{publisher}/{key}"
    hub = _HUB.match(fields["weights_link"] or "")
    aliases = (key, hub[1]) if hub else (key,)
    claims = list(_claims(fields, place, remarks))
    return RawModel(place, claims, fields["name"], publisher, aliases)


def _claims(fields: dict[str, Any], place: str, remarks: Remarks) -> Iterator[RawClaim]:
    for field, attribute in (*_COUNTS.items(), *((name, name) for name in _DATES)):
        if fields[field]:
            yield RawClaim(attribute, fields[field], f"{place}: {field}")
    if fields["license"]:
        yield RawClaim("license", licence(fields["license"]), f"{place}: license")
    links = [fields[key] for key in _LINKS if fields[key]]
    if links:
        yield RawClaim("repository", links, f"{place}: {', '.join(_LINKS)}")
    metrics = f"{place}: qualitative_metrics"
    results = [
        _RESULT.salvage(item, metrics, remarks) for item in fields["qualitative_metrics"] or ()
    ]
    scores = [_score(item) for item in results if item and item["score"] is not None]
    if scores:
        yield RawClaim("evaluation", scores, metrics)


def _score(result: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"benchmark": result["dataset_name"], "score": result["score"]}
    if result["analysis_method"]:
        found["setting"] = result["analysis_method"]
    return found
