"""The errors llmnotes raises, each with the exit code a command ends with."""

from __future__ import annotations

from collections.abc import Iterable

from llmnotes.spelling import nearest


class LlmnotesError(Exception):
    """Base of every error a user may see: one sentence, no traceback."""

    exit_code = 2


class InputError(LlmnotesError, ValueError):
    """Bad usage or bad input: the message says what, where and what would be right."""


class StandInWarning(UserWarning):
    """What is answered is said of another model than the one named: the one it is a copy of."""


class StoreError(LlmnotesError):
    """The store cannot be used; the message says why and how to mend it."""

    exit_code = 3


class OutputError(LlmnotesError):
    """What a command has to say cannot be written down."""


class ReaderGoneError(LlmnotesError):
    """Nobody reads standard output any more (`| head`): the command ends, and that is no error."""

    exit_code = 0


def quoted(word: str) -> str:
    """`word` as an error shows it: in quotes, control characters spelt out, a long one cut."""
    return repr(word if len(word) <= _SHOWN else word[:_SHOWN] + "…")


_SHOWN = 60
"""Characters of somebody's word that an error repeats."""


def unknown(what: str, word: str, candidates: Iterable[str], place: str = "") -> InputError:
    """An `InputError` for a name that is not in a closed list, offering the nearest ones."""
    known = list(candidates)
    close = nearest(word, known)
    if close:
        hint = f"Nearest: {', '.join(close)}."
    elif len(known) <= 20:
        hint = f"Known: {', '.join(known)}."
    else:
        hint = f"Known: {', '.join(known[:8])} … ({len(known)} in all)."
    return InputError(f"{place}unknown {what} {quoted(word)}. {hint}".rstrip())
