"""The URL of the hub and the user's token for it, from the settings of the hub's own tools."""

from __future__ import annotations

import os
import re
from pathlib import Path

from llmnotes.errors import InputError, quoted
from llmnotes.ingest.hub_cache import home


def endpoint() -> str:
    """The URL of the hub; raises `InputError` where the environment variable is not a URL."""
    found = (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")
    if not re.fullmatch(r"https?://[!-~]+", found):
        raise InputError(f"HF_ENDPOINT is {quoted(found)}; write a URL, as https://huggingface.co")
    return found


def authorization() -> dict[str, str]:
    """The user's own token for the hub, where its tools store it."""
    token = os.environ.get("HF_TOKEN")
    if token is None:
        path = Path(os.environ.get("HF_TOKEN_PATH") or home() / "token")
        try:
            token = path.read_text("utf-8")
        except (OSError, ValueError):
            token = None
    token = (token or "").strip()
    return (
        {"Authorization": f"Bearer {token}"}
        if token.isascii() and token.isprintable() and token
        else {}
    )
