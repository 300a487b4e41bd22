"""Shows a long text through the user's pager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

DEFAULT = "less"
"""With `LESS` unset it gets FRX: it ends where all fits, shows colour, and leaves the text standing."""


def show(text: str) -> bool:
    """Show a text and wait until it was read; False where there is no pager to show it."""
    chosen = os.environ.get("LLMNOTES_PAGER", os.environ.get("PAGER", DEFAULT)).strip()
    if chosen in {"", "cat"} or os.environ.get("TERM") == "dumb":
        return False
    if chosen == DEFAULT and shutil.which(DEFAULT) is None:
        return False
    environment = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    try:
        # Through the shell, as people write arguments and pipes into PAGER.
        process = subprocess.Popen(chosen, shell=True, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    assert process.stdin is not None
    with suppress(OSError):  # whoever leaves the pager early has read enough
        process.stdin.write(text.encode("utf-8", "replace"))
        process.stdin.close()
    while True:
        try:
            return process.wait() not in _NOT_STARTED
        except KeyboardInterrupt:
            continue  # the pager's own affair


_NOT_STARTED = (126, 127)
"""How a shell ends that could not start what it was told to."""
