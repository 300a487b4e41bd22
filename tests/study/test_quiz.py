"""The quiz command: asks on standard input, prints for scripts, stores answers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.export import FORMATS
from llmnotes.store.write import writing
from llmnotes.study import cards
from llmnotes.study.questions import items, question
from llmnotes.study.quiz import judge

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


def sheet(run: Any, *options: str) -> Any:
    return run("quiz", "--seed", "5", "-f", "json", *options).json["questions"]


def test_scripts_get_questions_with_choices_and_keys(run: Any) -> None:
    asked = sheet(run, "--count", "50")

    assert len(asked) == 50
    for one in asked:
        assert one["choices"][one["key"]] == one["answer"]
        assert one["sources"][0]["text"]


@pytest.mark.usefixtures("on_small_base")
@pytest.mark.parametrize("format", FORMATS)
def test_questions_come_in_every_format(run: Any, format: str) -> None:
    done = run("quiz", "--seed", "5", "--count", "3", "--topic", "formula", "-f", format)

    assert done.code == 0
    assert done.err == ""
    assert len(done.out) > 200


@pytest.mark.usefixtures("on_small_base")
def test_the_same_seed_draws_the_same_questions_also_after_answers(run: Any) -> None:
    before = sheet(run, "--count", "3")
    run("quiz", "--seed", "5", "--count", "3", input="a\nb\nc\n")

    assert sheet(run, "--count", "3") == before


@pytest.mark.usefixtures("on_small_base")
def test_answers_are_read_from_standard_input_and_judged_with_the_source(run: Any) -> None:
    right, wrong = sheet(run, "--count", "2")
    other = next(letter for letter in wrong["choices"] if letter != wrong["key"])

    done = run("quiz", "--seed", "5", "--count", "2", input=f"{right['key']}\n{other}\n")

    assert done.code == 0
    assert f"1/2  {right['question']}" in done.out
    assert f"Right. {right['sources'][0]['text']}" in done.out.replace("derived: ", "")
    assert f"Wrong: {wrong['key']}) {wrong['answer']}" in done.out
    assert done.err == "1 right of 2 answered, 2 asked\n"


@pytest.mark.usefixtures("on_small_base")
@pytest.mark.parametrize("seed", range(4))
def test_a_wrong_answer_is_told_the_right_one(run: Any, seed: int) -> None:
    [asked] = run("quiz", "--seed", str(seed), "--count", "1", "-f", "json").json["questions"]
    other = next(letter for letter in asked["choices"] if letter != asked["key"])

    done = run("quiz", "--seed", str(seed), "--count", "1", input=f"{other}\n")

    assert f"Wrong: {asked['key']}) {asked['answer']}" in done.out


@pytest.mark.usefixtures("on_small_base")
def test_a_quiz_may_be_left_early_and_questions_skipped(run: Any, user_store: Path) -> None:
    left = run("quiz", "--count", "3", input="q\n")
    ended = run("quiz", "--count", "3", input="")
    skipped = run("quiz", "--count", "1", "--seed", "5", input="\n")

    assert left.err == ended.err == "0 right of 0 answered, 3 asked\n"
    assert "Skipped: " in skipped.out
    assert not user_store.exists()


@pytest.mark.usefixtures("on_small_base")
def test_a_finished_sheet_is_marked_from_a_file_or_standard_input(run: Any, tmp_path: Path) -> None:
    keys = [one["key"] for one in sheet(run, "--count", "4")]
    lines = "\n".join([keys[0], "", keys[2].upper()])
    (tmp_path / "answers.txt").write_text(lines)
    options = ("quiz", "--seed", "5", "--count", "4", "-f", "json", "--answers")

    piped = run(*options, "-", input=lines).json
    read = run(*options, "answers.txt").json

    assert piped["score"] == read["score"] == {"asked": 2, "right": 2}
    assert [one.get("right") for one in piped["questions"]] == [True, None, True, None]


@pytest.mark.usefixtures("on_small_base")
def test_what_was_answered_is_due_again_and_comes_first(run: Any, user_store: Path) -> None:
    asked = sheet(run, "--count", "2")
    run("quiz", "--seed", "5", "--count", "2", input="a\nb\n")
    with sqlite3.connect(user_store) as store:
        store.execute("UPDATE review_card SET due = '2020-01-01T00:00:00+00:00'")
        store.execute("UPDATE review_card SET due = '2019-01-01T00:00:00+00:00' WHERE id = ?",
                      (asked[1]["id"],))  # fmt: skip
    store.close()

    due = run("quiz", "--due", "-f", "json").json["questions"]
    next_ones = run("quiz", "--count", "3", "-f", "json").json["questions"]

    assert [one["id"] for one in due] == [asked[1]["id"], asked[0]["id"]]
    assert [one["id"] for one in next_ones[:2]] == [asked[1]["id"], asked[0]["id"]]
    assert next_ones[2]["id"] not in {one["id"] for one in due}


def test_with_nothing_due_it_says_so(run: Any) -> None:
    done = run("quiz", "--due", "-f", "json")

    assert done.json["questions"] == []
    assert done.err == "no card is due; without --due there are new ones\n"


@pytest.mark.usefixtures("on_small_base")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--topic", "atention"), "unknown topic 'atention'. Nearest: attention"),
        (("--count", "many"), "--count takes a whole number, not 'many'"),
        (("--count", "0"), "--count takes a number from 1 to 10,000, not '0'"),
        (("-f", "jsn"), "unknown format 'jsn'. Nearest: json"),
        (("--answers", "-", "-f", "json"), "--answers needs the --seed"),
        (("--answers", "nowhere", "--seed", "1", "-f", "json"), "cannot read the answers nowhere"),
    ],
)
def test_bad_usage_is_one_sentence(run: Any, arguments: tuple[str, ...], message: str) -> None:
    done = run("quiz", *arguments)

    assert done.code == 2
    assert done.err.startswith(f"llmnotes: {message}")
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("on_small_base")
def test_an_answer_that_is_no_choice_names_its_question_and_keeps_nothing(
    run: Any, user_store: Path
) -> None:
    options = ("quiz", "--seed", "5", "--count", "2", "-f", "json", "--answers", "-")
    marked = run(*options, input="a\nperhaps\n")
    surplus = run(*options, input="a\nb\nc\n")
    piped = run("quiz", "--count", "1", input="perhaps\n")

    assert marked.code == surplus.code == piped.code == 2
    assert "question 2: 'perhaps' is none of the choices; answer a, b" in marked.err
    assert "3 answers for 2 questions" in surplus.err
    assert "'perhaps' is none of the choices" in piped.err
    assert not user_store.exists()


def test_an_answer_is_a_letter_a_number_or_the_words(connection: sqlite3.Connection) -> None:
    (item,) = [one for one in items(connection) if one.id == "value/attention/llama-2-70b"]
    asked = question(item, 1)
    letters = list(asked.choices)

    for said in (asked.key, asked.key.upper() + ")", str(letters.index(asked.key) + 1), "gqa"):
        assert judge(asked, said) == asked.key
    with pytest.raises(InputError, match="none of the choices"):
        judge(asked, "9")


def test_words_win_over_a_choices_number(connection: sqlite3.Connection) -> None:
    """KV heads of PaLM: `1` is what it has, whatever stands first."""
    (item,) = [one for one in items(connection) if one.id == "value/n_kv_heads/palm"]

    for seed in range(8):
        asked = question(item, seed)
        assert judge(asked, "1") == asked.key


def test_right_answers_move_a_card_away_and_wrong_ones_bring_it_back(user_store: Path) -> None:
    with writing(user_store) as store:
        first = cards.review(store, "card", True, MORNING)
        second = cards.review(store, "card", True, first)
        third = cards.review(store, "card", True, second)
        lost = cards.review(store, "card", False, third)

    assert MORNING < first < second < third
    assert third - second > timedelta(days=1)
    assert lost - third < timedelta(days=1)
    with sqlite3.connect(user_store) as read:
        assert read.execute("SELECT count(*), sum(rating) FROM review_log").fetchone() == (4, 10)
    read.close()


def test_due_cards_come_first_then_new_ones_then_the_rest() -> None:
    due = {
        "late": MORNING - timedelta(days=3),
        "now": MORNING,
        "later": MORNING + timedelta(days=9),
        "soon": MORNING + timedelta(days=1),
    }

    order = cards.next_first(["new", "later", "now", "soon", "late", "newer"], due, MORNING)

    assert order == ["late", "now", "new", "newer", "soon", "later"]
