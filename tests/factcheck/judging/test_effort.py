"""The bound on what is read and asked of one file."""

from __future__ import annotations

import random
import signal
import string
from itertools import pairwise

import pytest

from llmnotes.factcheck.judging.check import Checker
from llmnotes.factcheck.judging.effort import Effort, sample
from llmnotes.tables import read

SECONDS = 20
"""Of processor time; it takes about one, and took more than a minute without a bound."""


@pytest.mark.parametrize("count", [0, 1, 25, 26, 1000])
def test_a_sample_is_all_of_a_few_and_an_even_part_of_many(count):
    found = sample(range(count))
    assert len(found) <= 25
    assert set(found) <= set(range(count))
    if count <= 25:
        assert list(found) == list(range(count))
    else:
        assert found[0] == 0
        assert len({b - a for a, b in pairwise(found)}) == 1


@pytest.mark.parametrize("text", ["", "7B", "1,234.5", "MMLU", "-"])
def test_one_number_or_word_may_always_be_read(text):
    assert Effort(pieces=0).may_read(text)


@pytest.mark.parametrize("text", ["7B 13B", "a b", "层数", "9" * 26, "x" * 26, "(((((((("])
def test_longer_texts_are_read_while_pieces_are_left_and_counted_once(text):
    assert not Effort(pieces=0).may_read(text)
    effort = Effort(pieces=1)
    assert effort.may_read(text)
    assert effort.may_read(text)
    assert not effort.may_read(text[::-1] + "5 5")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("9" * 19 + "B", "9" * 20 + "B"),
        ("1,234.5B", "1,234.5 B"),
        ("1.5B", "1.5BB"),
        ("x" * 20, "x" * 21),
        ("层", "层数"),
        ("(" * 7, "(" * 8),
        ("((( 7B", "((() 7B"),
    ],
)
def test_a_piece_is_a_number_a_word_a_letter_of_others_or_four_signs(one, two):
    assert Effort(pieces=0).may_read(one)
    assert not Effort(pieces=0).may_read(two)
    assert Effort(pieces=1).may_read(two)


def test_a_file_has_eight_thousand_pieces_and_five_thousand_questions():
    assert Effort().may_read("a " * 8_001)
    assert not Effort().may_read("a " * 8_002)
    assert Effort().may_ask(5_000)
    assert not Effort().may_ask(5_001)


def test_every_text_takes_its_pieces_from_what_is_left():
    effort = Effort(pieces=3)
    assert effort.may_read("a b c")
    assert not effort.may_read("d e f")
    assert effort.may_read("d e")
    assert not effort.may_read("f g")
    assert effort.may_read("h")


def test_what_is_true_is_given_back_once():
    effort = Effort(pieces=2)
    assert effort.may_read("a b c")
    effort.give_back("a b c")
    effort.give_back("a b c")
    assert effort.may_read("a b c")
    assert effort.may_read("d e f")
    assert not effort.may_read("g h")


def test_a_blank_cell_makes_no_room_for_others():
    effort = Effort(pieces=0)
    assert effort.may_read("")
    assert not effort.may_read("a b")


def test_what_was_not_read_is_not_given_back():
    effort = Effort(pieces=1)
    effort.give_back("x y z")
    assert not effort.may_read("a b c")
    assert effort.may_read("a b")


def test_what_is_true_is_counted_no_more():
    effort = Effort(pieces=1)
    assert effort.may_read("7B 13B")
    effort.give_back("7B 13B")
    assert effort.may_read("33B 65B")


def test_so_many_questions_may_be_asked_and_no_more():
    effort = Effort(questions=3)
    assert [effort.may_ask(2), effort.may_ask(), effort.may_ask()] == [True, True, False]


def judgements(checker: Checker, rows: list[str], effort: Effort) -> list[tuple[str, str | None]]:
    text = "| Model | Layers |\n|---|---|\n" + "".join(f"| LLaMA 7B | {row} |\n" for row in rows)
    (table,) = read(text, "t.md")
    checked = checker.check(table, effort)
    assert checked is not None
    return [(one.judgement.verdict, one.judgement.cause) for one in checked.judged_cells]


def test_long_cells_are_passed_over_when_the_pieces_are_used_up(connection):
    rows = ["31 layers", "33 layers", "32", "35"]
    found = judgements(Checker(connection), rows, Effort(pieces=1))
    assert found[0][0] == "wrong"
    assert found[1] == ("unsupported", "passed-over")
    assert [verdict for verdict, _ in found[2:]] == ["agrees", "wrong"]
    enough = judgements(Checker(connection), rows, Effort(pieces=2))
    assert [verdict for verdict, _ in enough] == ["wrong", "wrong", "agrees", "wrong"]


def test_false_cells_have_no_cause_when_the_questions_are_used_up(connection):
    (one,) = judgements(Checker(connection), ["4096"], Effort(questions=0))
    assert one == ("wrong", "unexplained")
    (one,) = judgements(Checker(connection), ["4096"], Effort())
    assert one == ("misplaced", "other-attribute")


def hostile(kind: str, chance: random.Random) -> str:
    letters = string.ascii_uppercase
    words = ["".join(chance.choices(letters, k=5)) for _ in range(15)]
    return {
        "digits": "".join(chance.choices(string.digits, k=26)),
        "numbers": " ".join(str(chance.randrange(10**6)) for _ in range(40)),
        "words": " ".join(words),
        "scores": ", ".join(f"{word} {chance.random() * 100:.1f}" for word in words),
        "brackets": "(" * 40 + str(chance.random()) + "[" * 40,
    }[kind]


def table(kind: str, rows: int, chance: random.Random) -> str:
    heads = ["Params", "Context", "Evaluation", "MMLU", "Training data"]
    lines = [f"| Model | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    lines.append("| LLaMA 7B | 7B | 2048 | MMLU | 35.1 | Wikipedia |")  # its columns are read
    for _ in range(rows):
        cells = " | ".join(hostile(kind, chance) for _ in heads)
        lines.append(f"| LLaMA 7B | {cells} |")
    return "\n".join(lines)


@pytest.mark.parametrize("rows", [160, 2], ids=["large tables", "small tables"])
def test_cells_made_to_keep_the_checker_busy_are_done_in_time(connection, rows):
    kinds = ("digits", "numbers", "words", "scores", "brackets")
    chance = random.Random(9)
    texts = [table(kind, rows, chance) for kind in kinds for _ in range(160 // rows)]
    checker = Checker(connection)

    def too_long(*_: object) -> None:
        raise AssertionError("the cells take longer than they may")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        checked = checker.check_all(read("\n\n".join(texts), "h.md"))
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    assert sum(len(one.judged_cells) for one in checked) == 5 * 5 * (rows + 1) * (160 // rows)
