"""Shows a long text through the user's pager."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

DEFAULT = "less"
"""With `LESS` unset it runs with FRX: quit if the text fits, keep colour, keep the screen."""


def show(text: str) -> bool:
    """Show a text and wait until the pager ends; False where there is no pager."""
    chosen = os.environ.get("LLMNOTES_PAGER", os.environ.get("PAGER", DEFAULT)).strip()
    if chosen in {"", "cat"} or os.environ.get("TERM") == "dumb":
        return False
    if chosen == DEFAULT and shutil.which(DEFAULT) is None:
        return False
    environment = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8", **os.environ}
    sys.stdout.flush()
    try:
        # The shell is used because PAGER may hold arguments and pipes.
        process = subprocess.Popen(chosen, shell=True, stdin=subprocess.PIPE, env=environment)
    except OSError:
        return False
    assert process.stdin is not None
    with suppress(OSError):  # the reader has left the pager before the end
        process.stdin.write(text.encode("utf-8", "replace"))
        process.stdin.close()
    while True:
        try:
            return process.wait() not in _NOT_STARTED
        except KeyboardInterrupt:
            continue  # the pager reports its own errors


_NOT_STARTED = (126, 127)
"""Exit codes of a shell that could not run its command."""
