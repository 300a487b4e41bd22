"""Questions and results of a quiz, for people and for scripts."""

from __future__ import annotations

from typing import Any

from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.study.questions import Question
from llmnotes.study.quiz import GivenAnswer, Sheet, reference_line


def quiz_answer(sheet: Sheet, given: list[GivenAnswer]) -> Answer:
    """The questions with their keys; with answers, also the results and the next due dates."""
    results = {one.question.item.id: one for one in given}
    data: dict[str, Any] = {
        "seed": sheet.seed,
        "questions": [_json(sheet, one, results.get(one.item.id)) for one in sheet.questions],
    }
    columns = ["#", "Question", "Choices", "Key", "Answer", "Source"]
    if given:
        data["score"] = {"asked": len(given), "right": sum(one.right for one in given)}
        columns[3:3] = ["Given"]
    rows = []
    for number, one in enumerate(sheet.questions, start=1):
        choices = "  ".join(f"{letter}) {text}" for letter, text in one.choices.items())
        cells = [str(number), one.item.prompt, choices, one.key, one.item.answer]
        result = results.get(one.item.id)
        if given:
            cells[3:3] = [result.letter if result else ""]
        cells.append(source_text(sheet, one))
        rows.append(Row(tuple(Cell(text, text) for text in cells)))
    return Answer([AnswerTable(tuple(columns), rows, raw=True)], data, records="questions")


def _json(sheet: Sheet, asked: Question, result: GivenAnswer | None) -> dict[str, Any]:
    found = {**asked.as_json(), "sources": sheet.references[asked.item.id]}
    if result is not None:
        found |= {"given": result.letter, "right": result.right, "due": result.due.isoformat()}
    return found


def source_text(sheet: Sheet, asked: Question) -> str:
    """The source of the answer, in one line."""
    derived = any(one.status == "derived" for one in asked.item.evidence)
    return ("derived: " if derived else "") + reference_line(sheet.references[asked.item.id])


def question_text(number: int, total: int, asked: Question) -> str:
    """A question as shown to a person."""
    lines = [f"{number}/{total}  {asked.item.prompt}"]
    lines += [f"  {letter}) {text}" for letter, text in asked.choices.items()]
    return "\n".join(lines)


def result_text(sheet: Sheet, result: GivenAnswer) -> str:
    """The response to an answer: right or wrong, the right one, its source."""
    asked = result.question
    source = source_text(sheet, asked)
    # The source is itself the answer to a question about papers, and would be repeated.
    told = source.startswith(asked.item.answer)
    answer = f"{asked.key})" if told else f"{asked.key}) {asked.item.answer}."
    return f"{'Right.' if result.right else f'Wrong: {answer}'} {source}"
