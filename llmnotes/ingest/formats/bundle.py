"""Our own bundles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from llmnotes.broken import placed, yaml_fault
from llmnotes.errors import InputError
from llmnotes.files import InputFile, read_text
from llmnotes.ingest.bundles import MARK, Bundle, read_bundle
from llmnotes.ingest.json_stream import entries

_MOST_YAML = 64 * 2**20


def recognises(source: InputFile) -> bool:
    """A JSON object or YAML with the bundle's format name."""
    return f'"{MARK}"'.encode() in source.head or source.head.startswith(f"{MARK}:".encode())


def read(source: InputFile) -> Bundle:
    """The bundle; raises `InputError` with the place of the fault."""
    place = str(source.path)
    if source.looks_like_json:
        return read_bundle(place, lambda: entries(source.path))
    data = _yaml(read_text(source.path, _MOST_YAML), place)
    if not isinstance(data, dict):
        raise InputError(f"{place}: not a bundle; `llmnotes export --bundle` writes one")
    return read_bundle(place, lambda: _flat(data))


def _flat(data: dict[Any, Any]) -> Iterator[tuple[str, Any]]:
    for section, value in data.items():
        for entry in value if isinstance(value, list) else [value]:
            yield str(section), entry


def _yaml(text: str, place: str) -> object:
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, loader)):
            raise InputError(f"{place}: aliases (*name) are not read")
        return yaml.load(text, loader)
    except InputError:
        raise
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(placed(place, yaml_fault(error))) from error
