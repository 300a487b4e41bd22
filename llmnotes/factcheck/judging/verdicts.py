"""The verdicts and causes of cells, declared once.

The reference page, the JSON, the reports and the SARIF rules are generated from these two tables.
"""

from __future__ import annotations

from collections.abc import Mapping

from llmnotes.errors import unknown

VERDICTS: Mapping[str, str] = {
    "agrees": "the cell says what the base says, as precisely as it is written",
    "agrees-normalised": "true, written in other words or units than the base's",
    "partly-wrong": "true of some of the models the cell speaks for, or true in part; the reason "
    "says of which",
    "wrong": "false of the model it stands with",
    "misplaced": "false where it stands, true of another column or another attribute",
    "misspelt": "the right value in a broken spelling",
    "disputed": "published sources differ, and this is what one of them says",
    "rumour": "a number stated as a fact that the publisher does not disclose: what a rumour says, or "
    "what nobody does",
    "unsupported": "the base does not know the model or this attribute of it, or the publisher does "
    "not disclose it",
    "unreadable": "not understood as a value of the attribute it stands under",
    "blank": "nothing stands there, or a mark that says so",
}
"""Every verdict with its meaning, best first."""

TRUE_VERDICTS = frozenset({"agrees", "agrees-normalised", "misspelt", "disputed"})
"""Verdicts of a cell that needs no correction."""

FAILING = ("wrong", "misplaced")
"""Verdicts that end the command with exit code 1; `--fail-on` adds to them."""

CAUSES: Mapping[str, str] = {
    "other-attribute": "it is the value of another attribute of the same model",
    "other-column": "it is the value of a neighbouring model of the table",
    "misheaded-column": "its whole column holds another attribute than its header says",
    "shifted-row": "cells of the row stand one or more columns beside the place they belong to",
    "fused-number": "several numbers have run together into one",
    "digit-slip": "a digit is wrong, missing, doubled or swapped, or a zero or point is lost",
    "no-such-date": "no calendar has the day, or no language model is of the year",
    "wrong-date": "it is another year, month or day, not far from the right one",
    "unit-slip": "the number is right and its unit or scale is not",
    "other-size": "it is the value of another size of the family",
    "other-setting": "it is the score of the same benchmark in another setting",
    "other-generation": "it is the value of another generation of the line",
    "fine-tuning-value": "it is a value of fine-tuning or of a side experiment, not of pretraining",
    "source-misprint": "a source prints it so, and is wrong itself",
    "self-contradiction": "it does not fit the other cells of its own row",
    "stated-absence": "it says there is none of what the sources describe",
    "undisclosed": "the publisher does not say; the figure is a rumour or a guess",
    "incomplete": "it leaves out sizes or parts that the sources name",
    "passed-over": "it was not looked at, as its file holds too many long cells that are not true",
    "unexplained": "no likely cause was found, or its file holds too many false cells to look for one",
}
"""Likely causes of a cell that is not true: a closed list."""

ROW_FINDINGS: Mapping[str, str] = {
    "ragged": "the row has fewer or more cells than the table has columns",
    "shifted": "the row's cells fit the columns better when they are moved",
    "contradiction": "the row's own cells contradict each other",
}
"""The findings on a row as a whole."""


def check_verdicts(names: list[str]) -> list[str]:
    """The verdicts called `names`; raises `InputError` with the nearest for an unknown one."""
    for name in names:
        if name not in VERDICTS:
            raise unknown("verdict", name, VERDICTS)
    return names
