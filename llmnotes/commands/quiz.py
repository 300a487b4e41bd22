"""`llmnotes quiz`: questions from the base, repeated when they are due."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from llmnotes import console
from llmnotes.commands.common import Output, base, complete_format, say, whole_number
from llmnotes.commands.study import QuizTopic
from llmnotes.errors import InputError
from llmnotes.escapes import printable
from llmnotes.export import FORMATS, check_format

if TYPE_CHECKING:
    from pathlib import Path

    from llmnotes.study.quiz import GivenAnswer, Sheet


def command(
    context: typer.Context,
    topic: QuizTopic = None,
    count: Annotated[str, typer.Option(metavar="N", help="So many questions.")] = "10",
    due: Annotated[bool, typer.Option("--due", help="Only cards that are due again.")] = False,
    seed: Annotated[
        str | None, typer.Option(metavar="N", help="Draw the same questions each time, due or not.")
    ] = None,
    answers: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --format: answers, one on a line; - is stdin."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            autocompletion=complete_format,
            help=f"Print the questions with their keys: {', '.join(FORMATS)}.",
        ),
    ] = None,
    output: Output = None,
) -> None:
    """Questions from the base, with sources; what was answered comes back when it is due.

    Answers are letters, numbers or the choice's words, one on a line of standard input; an empty
    line skips, q ends. With --format nothing is asked: the questions are printed with their keys,
    and --answers marks a finished sheet.
    """  # fmt: skip
    if format is not None or output is not None or answers is not None:
        format = check_format(format or "table")
    if answers is not None and seed is None:
        raise InputError("--answers needs the --seed that the questions were drawn with")
    from llmnotes.store.paths import user_store
    from llmnotes.study.cards import now
    from llmnotes.study.quiz import Wanted, draw

    wanted = Wanted(_count(count), topic, due, whole_number(seed, "--seed"))
    with base(context) as connection:
        sheet = draw(connection, wanted, now())
    user = user_store((context.obj or {}).get("db"))
    if format is None:
        _dialogue(sheet, user)
        return
    from llmnotes.views.quiz import quiz_answer

    given = _mark(sheet, answers, user) if answers is not None else []
    say(quiz_answer(sheet, given), format, output)
    _remark_on_none(sheet)


def _count(text: str) -> int:
    count = whole_number(text, "--count") or 0
    if not 1 <= count <= 10_000:
        raise InputError(f"--count takes a number from 1 to 10,000, not {text!r}")
    return count


def _remark_on_none(sheet: Sheet) -> None:
    if not sheet.questions:
        console.remark("no card is due; without --due there are new ones")


def _dialogue(sheet: Sheet, user: Path) -> None:
    """Ask the questions one by one; every answer is stored at once."""
    from llmnotes.views.quiz import question_text, result_text

    _remark_on_none(sheet)
    given: list[GivenAnswer] = []
    total = len(sheet.questions)
    for number, asked in enumerate(sheet.questions, start=1):
        _tell(question_text(number, total, asked))
        while True:
            line = _ask()
            if line is None or line.strip().lower() in {"q", "quit"}:
                _score(given, total)
                return
            if not line.strip():
                _tell(f"Skipped: {asked.key}) {asked.item.answer}.\n\n")
                break
            try:
                found = _record(sheet, {asked.item.id: line}, user)
            except InputError as error:
                if not sys.stdin.isatty():
                    raise  # the answers that follow belong to other questions
                console.remark(str(error))
                continue
            given += found
            _tell(result_text(sheet, found[0]) + "\n\n")
            break
    _score(given, total)


def _ask() -> str | None:
    """A line of standard input; None at its end."""
    sys.stdout.flush()
    if sys.stdin.isatty():
        sys.stderr.write("answer (empty skips, q ends) > ")
        sys.stderr.flush()
    return sys.stdin.readline() or None


def _tell(text: str) -> None:
    """Print a text for a person: fitted to a terminal, in a pipe line by line."""
    import textwrap

    width = console.width() if console.is_terminal() else 10**6
    for line in printable(text).splitlines():
        indent = " " * (len(line) - len(line.lstrip()))
        console.write(textwrap.fill(line, width, subsequent_indent=indent) if line else "")


def _score(given: list[GivenAnswer], total: int) -> None:
    if total:
        right = sum(one.right for one in given)
        console.remark(f"{right} right of {len(given)} answered, {total} asked")


def _mark(sheet: Sheet, answers: str, user: Path) -> list[GivenAnswer]:
    """Judge the lines of a file of answers; a blank line skips its question."""
    if answers == "-":
        lines = _lines(sys.stdin)
    else:
        try:
            with open(answers, encoding="utf-8") as file:
                lines = _lines(file)
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or "not a text in UTF-8"
            raise InputError(f"cannot read the answers {answers}: {reason}") from error
    if len(lines) > len(sheet.questions):
        raise InputError(
            f"{len(lines)} answers for {len(sheet.questions)} questions; "
            "give the --seed and --count that the questions were drawn with"
        )
    pairs = zip(sheet.questions, lines, strict=False)
    return _record(sheet, {one.item.id: line for one, line in pairs if line.strip()}, user)


def _lines(file: TextIO) -> list[str]:
    return file.read(1_000_000).splitlines()


def _record(sheet: Sheet, lines: dict[str, str], user: Path) -> list[GivenAnswer]:
    """Judge answers and store all of them, or none where one cannot be parsed."""
    from llmnotes.store.write import writing
    from llmnotes.study.cards import now, review
    from llmnotes.study.quiz import GivenAnswer, judge

    letters = {}
    for number, one in enumerate(sheet.questions, start=1):
        if one.item.id in lines:
            try:
                letters[one.item.id] = judge(one, lines[one.item.id])
            except InputError as error:
                raise InputError(f"question {number}: {error}") from error
    if not letters:
        return []
    given = []
    with writing(user) as connection:
        for one in sheet.questions:
            letter = letters.get(one.item.id)
            if letter is not None:
                right = letter == one.key
                given.append(
                    GivenAnswer(one, letter, right, review(connection, one.item.id, right, now()))
                )
    return given
