"""Epoch AI's CSVs of models, both generations of columns. Data: Epoch AI, CC BY 4.0."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

from llmnotes.errors import InputError
from llmnotes.files import MOST_JSON, InputFile, read_text
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_row

_NEEDED = {"Model", "Organization", "Parameters"}
_MOST_COLUMNS = 500
_LONGEST_CELL = 1_000_000
"""Characters of a cell."""
_LARGEST = 1e40
"""A larger number cannot be one of a model."""

_ACCESS = {
    "open weights (unrestricted)": "open-weights",
    "open weights (restricted use)": "open-weights",
    "open weights (non-commercial)": "open-weights",
    "open access (unrestricted)": "open-weights",
    "open access (restricted use)": "open-weights",
    "open access (non-commercial)": "open-weights",
    "api access": "api-only",
    "hosted access (no api)": "api-only",
    "unreleased": "unreleased",
}
_DATE_COLUMNS = ("Publication date", "Release date")


def recognises(source: InputFile) -> bool:
    """A CSV whose header has Epoch's columns."""
    first = source.head.split(b"\n", 1)[0]
    return not source.is_folder and all(
        word in first for word in (b"Model,", b"Training compute (FLOP)", b"Confidence")
    )


def read(source: InputFile) -> RawContents:
    """Every language model; raises `InputError` where required columns are missing."""
    csv.field_size_limit(MOST_JSON)
    reader = csv.DictReader(io.StringIO(read_text(source.path), newline=""), restval="")
    remarks = Remarks()
    with _csv_errors(reader, source):
        _check_columns(list(reader.fieldnames or ()), source)
    origin = source_row(
        "import-epoch", "Data: Epoch AI, CC BY 4.0", url="https://epoch.ai/data",
        copy=source.path.name,
    )  # fmt: skip
    return RawContents("epoch", origin, _models(reader, source, remarks), remarks)


def _check_columns(columns: list[str], source: InputFile) -> None:
    if len(columns) > _MOST_COLUMNS:
        raise InputError(f"{source.path}: {len(columns):,} columns; Epoch's files have about 50")
    missing = _NEEDED - set(columns)
    if missing:
        raise InputError(f"{source.path}:1: no column {', '.join(sorted(missing))}")


@contextmanager
def _csv_errors(reader: csv.DictReader[str], source: InputFile) -> Iterator[None]:
    try:
        yield
    except csv.Error as error:
        raise InputError(f"{source.path}:{reader.line_num}: not CSV ({error})") from error


def _models(reader: csv.DictReader[str], source: InputFile, remarks: Remarks) -> Iterator[RawModel]:
    with _csv_errors(reader, source):
        for row in reader:
            name, domain = row["Model"].strip(), row.get("Domain", "")
            place = f"line {reader.line_num}"
            cells = [cell for cell in row.values() if isinstance(cell, str)]
            if not name:
                remarks.malformed(place, "a row without a name")
            elif max(map(len, cells)) > _LONGEST_CELL:
                remarks.malformed(place, f"a cell of more than {_LONGEST_CELL:,} characters")
            elif domain and not re.search("language|multimodal", domain, re.I):
                remarks.leave_out(f"no language model: domain {domain.split(',')[0][:40]}", name)
            else:
                yield RawModel(name, list(_claims(row, place, remarks)))


def _claims(row: dict[str, str], place: str, remarks: Remarks) -> Iterator[RawClaim]:
    publishers = _organizations(row["Organization"])
    if publishers:
        yield RawClaim("organization", publishers, f"{place}: Organization")
    for column in _DATE_COLUMNS:
        if row.get(column, "").strip():
            yield RawClaim("release_date", row[column].strip(), f"{place}: {column}")
            break
    sure = row.get("Confidence", "").strip() == "Confident"
    parameters = _number(row, "Parameters", place, remarks)
    if parameters:
        status, note = ("reported", None) if sure else ("estimated", _doubt(row))
        yield RawClaim("params_reported", parameters, f"{place}: Parameters", status, note)
    if compute := _number(row, "Training compute (FLOP)", place, remarks):
        yield RawClaim(
            "training_compute", float(compute), f"{place}: Training compute (FLOP)", "estimated",
            "Epoch AI's figure",
        )  # fmt: skip
    hardware = [part.strip() for part in row.get("Training hardware", "").split(",")]
    if any(hardware):
        yield RawClaim(
            "hardware", [part for part in hardware if part], f"{place}: Training hardware"
        )
    access = row.get("Model accessibility", "").strip().lower()
    if access in _ACCESS:
        yield RawClaim("availability", _ACCESS[access], f"{place}: Model accessibility")
    for column in ("Batch size", "Training dataset size (gradients)",
                   "Training dataset size (datapoints)"):  # fmt: skip
        if row.get(column, "").strip():
            remarks.leave_out(f"{column}: without a unit", row["Model"].strip())


def _doubt(row: dict[str, str]) -> str:
    return f"Epoch AI's confidence: {row.get('Confidence', '').strip()[:40] or 'not stated'}"


def _number(row: dict[str, str], column: str, place: str, remarks: Remarks) -> int | None:
    """A positive number as written, `405000000000.0` or `3.8e+25`; None where there is none."""
    text = row.get(column, "").strip()
    try:
        value = float(text) if text else 0.0
    except ValueError:
        value = -1.0
    if 0 <= value < _LARGEST:
        return int(value) or None
    remarks.malformed(place, f"{column}: no number from 0 to {_LARGEST:.0e}")
    return None


def _organizations(text: str) -> list[str]:
    """Publishers separated by commas; `Runway AI, Inc.` is one."""
    whole = re.sub(r",\s*(Inc|Ltd|LLC|Co|Corp|GmbH)\b\.?", r"\0\1", " ".join(text.split()))
    return list(dict.fromkeys(
        part.strip().replace("\0", ", ") for part in whole.split(",") if part.strip()
    ))  # fmt: skip
