"""The command `llmnotes`, the same as `python -m llmnotes`."""

from __future__ import annotations

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line with garbage collection set for a process that soon ends."""
    # Collecting often takes longer than it saves, already while Typer is imported.
    gc.set_threshold(100_000)
    from llmnotes.cli import main as run

    try:
        run()
    finally:
        # Otherwise all that is left would be searched for garbage once more at exit.
        gc.freeze()


if __name__ == "__main__":
    main()
