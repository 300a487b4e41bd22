"""The formats that `import` reads, one file each, and how a source is recognised."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError, unknown
from llmnotes.files import InputFile, refuse_pointer
from llmnotes.store.paths import expanded

if TYPE_CHECKING:
    from llmnotes.ingest.bundles import Bundle
    from llmnotes.ingest.raw import RawContents, RawModel

FORMATS = {
    "bundle": "our own `export --bundle`",
    "huggingface": "a config.json or a model folder",
    "safetensors": "a safetensors file or its index",
    "gguf": "a GGUF file",
    "models-dev": "models.dev: its TOML tree or api.json",
    "llmfit": "`llmfit list --json`",
    "litellm": "litellm's model prices and context windows",
    "openrouter": "OpenRouter's list of models",
    "epoch": "Epoch AI's CSV of models",
    "llmstats": "LLMStats: its tree of model.json",
    "genai-prices": "genai-prices' data.json",
    "config": "a litgpt, MaxText or Megatron configuration, or a folder of configurations",
    "ollama": "an Ollama Modelfile or manifest",
    "table": "a table in Markdown, CSV, TSV, HTML or LaTeX",
}
"""Every format by name, in the order of recognition; `llmnotes.ingest.formats.NAME` has
`recognises(source)` and `read(source)`."""


def read(text: str, form: str | None = None) -> RawContents | Bundle:
    """Read a source in the format `form`, or in the one it is recognised as.

    Raises `InputError` where its format is unknown.
    """
    if form is not None and form not in {*FORMATS, "hub"}:
        raise unknown("format", form, [*FORMATS, "hub"])
    if text.startswith("hf:") and form not in {None, "hub"}:
        raise InputError(f"--as {form} is for files; {text[:80]} is a repository of the hub")
    if text.startswith("hf:") or form == "hub":
        from llmnotes.ingest.formats.hub import read_hub

        return read_hub(text.removeprefix("hf:"))
    from llmnotes.ingest.raw import RawContents

    try:
        found = _read_file(text, form)
        if isinstance(found, RawContents):
            found.models = _readable(found.models, text)
    except OSError as error:
        raise _unreadable(text, error) from error
    return found


def _is_list(source: InputFile) -> bool:
    return isinstance(source.json, list)


def _unreadable(text: str, error: OSError) -> InputError:
    return InputError(f"{text}: cannot be read ({error.strerror or error})")


def _readable(models: Iterable[RawModel], text: str) -> Iterator[RawModel]:
    """The models as they are read one by one; a read error on the way is reported."""
    try:
        yield from models
    except OSError as error:
        raise _unreadable(text, error) from error


def _read_file(text: str, form: str | None) -> RawContents | Bundle:
    from llmnotes.model_files.config_file import ENDINGS, read_config_file

    source = InputFile(expanded(text))
    refuse_pointer(source.head, source.path)
    for name in [form] if form else FORMATS:
        module: Any = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
        if form or module.recognises(source):
            found: RawContents | Bundle = module.read(source)
            return found
    if source.looks_like_json and not source.json:
        raise InputError(f"{text}: holds nothing")
    if source.name.endswith(ENDINGS) and not (source.looks_like_json and _is_list(source)):
        read_config_file(source.path).architecture()  # reports why it is not of that format
    raise InputError(
        f"{text}: in none of the formats known ({', '.join(FORMATS)}); `--as FORMAT` names one"
    )
