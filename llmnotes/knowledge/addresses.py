"""Names as they stand in addresses of web pages, paths of files and catalogues of providers."""

from __future__ import annotations

import re

from llmnotes.pattern import late

_HOST = late(
    r"^\s*(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co|hf-mirror\.com|modelscope\.cn/models|ollama\.com(?:/library)?)/"
    r"|^\s*(?:hf|ollama|huggingface):(?://)?(?=\S+)",
    re.IGNORECASE,
)
_PAGE = late(r"(?:/(?:tree|blob|resolve|raw|discussions|tags|blame)(?:/.*)?|/?[?#].*|/)$")
_PATH = late(
    r"^(?:\.{0,2}/|~/|[A-Za-z]:\\)|[/\\].*\.(?:gguf|safetensors|bin|pth?|onnx|ckpt)$", re.IGNORECASE
)
_PROVIDER = late(
    r"^(?:(?:[a-z]{2}|apac|global|us-gov)\.)?(?P<publisher>[a-z\d]+)\.(?=[a-z])(?P<own>.*)",
    re.IGNORECASE,
)
_REVISION = late(r"[-_ ]v?\d{1,3}:\d{1,3}$|[-_ ]latest$|:(?:latest|free|batch)$", re.IGNORECASE)
_SNAPSHOT = late(r"[-_@ ](?P<version>0\d{2,3}|1[0-2][0-3]\d)$")


def without_address(name: str) -> str:
    """The model's name at the end of the address of its page, or of the path of a file; else the name."""
    short = _HOST.sub("", name.strip())
    if short != name.strip():
        short = _PAGE.sub("", short)
    if _PATH.search(short):
        short = re.split(r"[/\\]", short.rstrip("/\\"))[-1]
    return short or name


def of_provider(name: str) -> tuple[str, str] | None:
    """Publisher and name in the notation of a cloud, `anthropic.claude-3-haiku-20240307-v1:0`."""
    match = _PROVIDER.match(name)
    return (match["publisher"], match["own"]) if match else None


def without_revision(name: str) -> str:
    """A name without the mark of a cloud's revision, of what is newest, or of how it is sold.

    `-v1:0`, `-latest`, `:free`. What is newest of a whole line, `gpt-latest`, is no model's name.
    """
    own = _REVISION.sub("", name)
    of_a_line = name[len(own) + 1 :].lower() == "latest" and not re.search(
        r"\d|:$", name[: len(own) + 1]
    )
    return name if of_a_line else own


def snapshot(name: str) -> tuple[str, str] | None:
    """A name without the number of a version behind it, and that number: `gpt-4-0613`."""
    match = _SNAPSHOT.search(name)
    return (name[: match.start()], match["version"]) if match else None
