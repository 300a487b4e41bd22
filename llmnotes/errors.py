"""The exceptions of llmnotes, each with the exit code of the command it ends."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.spelling import nearest


class LlmnotesError(Exception):
    """Base of every error a user may see: one sentence, no traceback."""

    exit_code = 2


class InputError(LlmnotesError, ValueError):
    """Bad usage or bad input: the message names the place, the fault and the correction."""


class StandInWarning(UserWarning):
    """The answer is about another model than the one named, which is a copy of it."""


class StoreError(LlmnotesError):
    """The store cannot be used; the message gives the reason and the repair."""

    exit_code = 3


class OutputError(LlmnotesError):
    """The output of a command cannot be written."""


class ReaderGoneError(LlmnotesError):
    """The reader of standard output has closed it (`| head`); the command ends without an error."""

    exit_code = 0


def quoted(word: str) -> str:
    """`word` as error messages show it: quoted, control characters escaped, cut to `_SHOWN` characters."""
    return repr(word if len(word) <= _SHOWN else word[:_SHOWN] + "…")


_SHOWN = 60
"""Characters of a user's word that an error message repeats."""


def unknown(
    what: str, word: str, candidates: Iterable[str], place: str = "", listed_by: str = ""
) -> InputError:
    """An `InputError` for a name outside a closed list, with the nearest names as suggestions.

    `listed_by` is the command that shows a list too long for the sentence.
    """
    known = list(candidates)
    close = nearest(word, known)
    if close:
        hint = f"Nearest: {', '.join(close)}."
    elif len(known) <= 20:
        hint = f"Known: {', '.join(known)}."
    else:
        where = f"; `{listed_by}` shows them" if listed_by else ""
        hint = f"Known: {', '.join(known[:8])} … ({len(known)} in all{where})."
    return InputError(f"{place}unknown {what} {quoted(word)}. {hint}".rstrip())
