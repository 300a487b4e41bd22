"""The command `llmnotes`, the same as `python -m llmnotes`."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line with garbage collection set for a process that soon ends."""
    # Collecting often takes longer than it saves, already while Typer is imported.
    gc.set_threshold(100_000)
    from llmnotes.cli import main as run

    try:
        run()
    except SystemExit as ended:
        _leave(ended.code if isinstance(ended.code, int) else 0)
        raise
    finally:
        # Otherwise all that is left would be searched for garbage once more at exit.
        gc.freeze()


def _leave(code: int) -> None:
    """End the process at once where nothing waits for its end: freeing each object takes a while.

    Standard output is flushed by then. Threads, profilers and debuggers get a regular exit.
    """
    threads = sys.modules.get("threading")
    alone = threads is None or threads.active_count() == 1
    if alone and not (sys.gettrace() or sys.getprofile() or os.environ.get("LLMNOTES_DEBUG")):
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
