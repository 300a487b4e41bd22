"""Changed lines of files since a git revision, to which a report is restricted."""

from __future__ import annotations

import os
import re
import subprocess
from functools import cache

from llmnotes.errors import InputError, quoted
from llmnotes.factcheck.reporting.report import Checked
from llmnotes.pattern import late

_HUNK = late(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_SECONDS = 120


class _GitRefusedError(InputError):
    """Git ended with an error; the message is its first line."""


class Changes:
    """Changed lines since a revision, of files of any repository."""

    def __init__(self, revision: str) -> None:
        """Raises `InputError` where git is not installed."""
        self._revision = revision
        self._root = cache(self._root_of)
        self._new = cache(self._untracked)

    def touched(self, path: str) -> bool:
        """Whether a file changed; raises `InputError` as `lines` does."""
        lines = self.lines(path)
        return lines is None or bool(lines)

    def lines(self, path: str) -> set[int] | None:
        """The changed lines of a file in its current state; None where the whole file is new.

        Raises `InputError` for a file outside of any repository and for an unknown revision.
        """
        file = os.path.realpath(path)
        root = self._root(os.path.dirname(file))
        if file in self._new(root):
            return None
        found = _git(
            root, "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-renames", "--text",
            "--end-of-options", self._revision, "--", file,
        )  # fmt: skip
        text = found.decode("latin-1")
        if "\nnew file mode" in text[:2_000]:
            return None
        lines: set[int] = set()
        for match in _HUNK.finditer(text):
            count = int(match[2] or 1)
            lines |= set(range(int(match[1]), int(match[1]) + count))
        return lines

    def _root_of(self, folder: str) -> str:
        try:
            found = _git(folder, "rev-parse", "--show-toplevel").decode(errors="surrogateescape")
        except _GitRefusedError as error:
            raise InputError(f"--since: {folder} is in no git repository") from error
        root = found.rstrip("\n")
        commit = f"{self._revision}^{{commit}}"
        try:
            _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", commit)
        except _GitRefusedError as error:
            known = "a branch, a tag or a commit, such as HEAD or main"
            raise InputError(
                f"--since: {quoted(self._revision)} names no commit; give {known}"
            ) from error
        return root

    def _untracked(self, root: str) -> set[str]:
        found = _git(root, "ls-files", "--others", "-z")
        names = found.decode(errors="surrogateescape").split("\0")
        return {os.path.realpath(os.path.join(root, name)) for name in names if name}


def keep_changed(file: Checked, lines: set[int]) -> None:
    """Remove findings on unchanged lines from a checked file.

    A table whose header changed is kept whole, as the meaning of its cells may have changed.
    """
    for checked in file.tables:
        heads = {file.line(c.place) for row in checked.table.rows[:1] for c in row}
        heads |= {file.line(c.place) for row in checked.table.rows for c in row if c.header}
        if heads & lines:
            continue
        kept = [one for one in checked.judged_cells if file.line(one.cell.place) in lines]
        checked.judged_cells[:] = kept
        rows = {one.row for one in kept}
        checked.findings[:] = [found for found in checked.findings if found.row in rows]
        ids = {id(one) for one in kept}
        checked.columns[:] = [
            column for column in checked.columns if any(id(cell) in ids for cell in column.cells)
        ]
    file.entries[:] = [entry for entry in file.entries if entry.line in lines]


def _git(folder: str, *arguments: str) -> bytes:
    """The output of git; raises `InputError` where it is not installed or fails."""
    command = ["git", "-c", "core.quotePath=false", "-C", folder or ".", *arguments]
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=_SECONDS,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except FileNotFoundError as error:
        raise InputError("--since needs git, which is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise InputError(f"--since: git took more than {_SECONDS} seconds") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _GitRefusedError(f"git: {said[0] if said else f'ended with {done.returncode}'}")
    return done.stdout
