"""Ollama: Modelfiles, and manifests with the blobs beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from llmnotes.errors import InputError
from llmnotes.files import InputFile, parse_json, read_bytes, read_text
from llmnotes.ingest.fields import LIST, OBJECT, TEXT, TypedFields
from llmnotes.ingest.raw import RawClaim, RawContents, RawModel, Remarks
from llmnotes.ingest.sources import source_id, source_row

_WORDS = (
    "FROM", "PARAMETER", "TEMPLATE", "SYSTEM", "ADAPTER", "LICENSE", "MESSAGE", "DRAFT", "RENDERER",
    "PARSER", "REQUIRES",
)  # fmt: skip
_MEDIA = "application/vnd.ollama.image."
_MANIFEST = TypedFields("layers", layers=LIST, config=OBJECT)
_LAYER = TypedFields(mediaType=TEXT, digest=TEXT)
_CONFIG = TypedFields(model_type=TEXT)
_MOST_CONFIG = 8 * 2**20
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def recognises(source: InputFile) -> bool:
    """A manifest with Ollama's layers, or a file that begins like a Modelfile."""
    if source.is_folder:
        return False
    if source.looks_like_json:
        return _MEDIA.encode() in source.head
    lines = [line.strip() for line in source.head.decode("utf-8", "ignore").splitlines()]
    first = next((line for line in lines if line and not line.startswith("#")), "")
    named = source.name.startswith("modelfile") or source.name.endswith(".modelfile")
    return bool(re.match(r"from\s+\S", first, re.I)) and (named or first[:4].isupper())


def read(source: InputFile) -> RawContents:
    """The one model described by the file; raises `InputError` where it describes none."""
    return _manifest(source) if source.looks_like_json else _modelfile(source)


def instructions(text: str, place: str) -> Iterator[tuple[str, str]]:
    """The instructions of a Modelfile with their arguments, unquoted.

    Raises `InputError` with the line of an invalid or unterminated instruction.
    """
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, rest = line.strip().partition(" ")
        if word.upper() not in _WORDS:
            raise InputError(f"{place}:{number}: {word[:40]!r} is no instruction of a Modelfile")
        rest = rest.strip()
        quote = '"""' if rest.startswith('"""') or ' """' in rest else '"'
        opened = rest.find(quote)
        if opened >= 0 and rest.count(quote, opened) == 1:
            parts = [rest]
            for _, more in lines:
                parts.append(more)
                if quote in more:
                    break
            else:
                raise InputError(f"{place}:{number}: the quote is not closed")
            rest = "\n".join(parts)
        yield word.upper(), rest.strip().strip('"')


def _modelfile(source: InputFile) -> RawContents:
    place = str(source.path)
    said = list(instructions(read_text(source.path, 2**24), place))
    bases = [text for word, text in said if word == "FROM" and text]
    if not bases:
        raise InputError(f"{place}: no FROM; a Modelfile names what it is made from")
    remarks = Remarks()
    claims: list[RawClaim] = []
    for base in dict.fromkeys(bases):
        claims += _base(base, source.path.parent, remarks)
    for word, text in said:
        if word == "PARAMETER" and text.split()[:1] == ["num_ctx"]:
            remarks.leave_out(
                "num_ctx: how much this set-up offers, not what the model can do", text
            )
    stem = (
        source.path.stem
        if source.name.endswith(".modelfile")
        else source.path.resolve().parent.name
    )
    row = source_row(
        source_id("import-ollama", stem), f"Ollama Modelfile {source.path.name} of {stem}"
    )
    return RawContents("ollama", row, [RawModel(stem, claims)], remarks, total=1)


def _base(base: str, folder: Path, remarks: Remarks) -> list[RawClaim]:
    """Claims on the model that a Modelfile is based on: a GGUF file beside it, or a name."""
    path = folder / base
    if base.endswith(".gguf") and not Path(base).is_absolute() and ".." not in Path(base).parts:
        if path.is_file():
            from llmnotes.ingest.gguf import claims
            from llmnotes.model_files.gguf import read_header

            return list(claims(read_header(path), path.name, remarks))
        remarks.leave_out("a file that is not there", base)
        return []
    return [RawClaim("based_on", [base.partition(":")[0]], f"FROM {base}")]


def _manifest(source: InputFile) -> RawContents:
    fields = _MANIFEST.read(source.json, str(source.path))
    parts = source.path.resolve().parts
    name = ":".join(parts[-2:]) if "manifests" in parts else source.path.name.split(".")[0]
    remarks = Remarks()
    config = _LAYER.salvage(fields["config"] or {}, "config", remarks)
    layers = [_LAYER.salvage(layer, "layers", remarks) for layer in fields["layers"]]
    claims = [
        *_size(config, source.path, remarks),
        *_weights(filter(None, layers), source.path, remarks),
    ]
    row = source_row(source_id("import-ollama", name), f"Ollama manifest of {name}")
    return RawContents("ollama", row, [RawModel(name, claims)], remarks, total=1)


def _blob(digest: str | None, manifest: Path) -> Path | None:
    if digest is None or not _DIGEST.fullmatch(digest):
        return None
    for folder in manifest.resolve().parents:
        path = folder / "blobs" / digest.replace(":", "-")
        if path.is_file():
            return path
    return None


def _size(config: dict[str, Any] | None, manifest: Path, remarks: Remarks) -> Iterator[RawClaim]:
    blob = _blob(config["digest"], manifest) if config else None
    if blob is None:
        return
    data = parse_json(read_bytes(blob, _MOST_CONFIG), str(blob))
    fields = _CONFIG.salvage(data, "config", remarks)
    if fields and fields["model_type"] and re.fullmatch(r"[\d.]+[KMBT]", fields["model_type"]):
        yield RawClaim("params_reported", fields["model_type"], "config: model_type")


def _weights(
    layers: Iterable[dict[str, Any]], manifest: Path, remarks: Remarks
) -> Iterator[RawClaim]:
    for layer in layers:
        if layer["mediaType"] != f"{_MEDIA}model":
            continue
        blob = _blob(layer["digest"], manifest)
        if blob is None:
            remarks.leave_out("weights that are not on this machine", (layer["digest"] or "")[:20])
        else:
            from llmnotes.ingest.gguf import claims
            from llmnotes.model_files.gguf import read_header

            yield from claims(read_header(blob), "model layer", remarks)
