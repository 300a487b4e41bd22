"""Our own bundles."""

from __future__ import annotations

from llmnotes.errors import InputError
from llmnotes.files import InputFile, read_text
from llmnotes.ingest.bundles import Bundle, is_bundle, read_bundle


def recognises(source: InputFile) -> bool:
    """A JSON object, or YAML, that names itself."""
    return b'"llmnotes_bundle"' in source.head or source.head.startswith(b"llmnotes_bundle:")


def read(source: InputFile) -> Bundle:
    """The bundle; raises `InputError` with the place of what is wrong."""
    place = str(source.path)
    is_json = source.looks_like_json
    data = source.json if is_json else _yaml(read_text(source.path), place)
    if not is_bundle(data):
        raise InputError(f"{place}: not a bundle; `llmnotes export --bundle` writes one")
    return read_bundle(data, place)


def _yaml(text: str, place: str) -> object:
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, loader)):
            raise InputError(f"{place}: aliases (*name) are not read")
        return yaml.load(text, loader)
    except (yaml.YAMLError, RecursionError) as error:
        raise InputError(f"{place}: not YAML ({str(error)[:200]})") from error
