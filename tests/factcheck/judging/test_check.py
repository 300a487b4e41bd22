"""What holds for every value of the base, every planted error and every text."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from llmnotes.display import value_text
from llmnotes.factcheck.cells.reading import Item
from llmnotes.factcheck.judging.tolerance import covers, rounded
from llmnotes.factcheck.judging.verdicts import CAUSES, VERDICTS
from llmnotes.schema import ATTRIBUTES
from llmnotes.tables import read
from tests.curated import checker

CHECKER = checker()


@pytest.mark.thorough
def test_every_value_of_the_base_is_true_of_its_model(connection):
    models = [row[0] for row in connection.execute("SELECT id FROM models")]
    names = dict(connection.execute("SELECT id, name FROM models"))
    denied = []
    for model in models:
        known = [(item, CHECKER.base.known(model, item.id).first) for item in ATTRIBUTES.values()]
        said = [(item.label, value_text(item, claim.value)) for item, claim in known if claim]
        labels, texts = zip(*said, strict=True)
        rows = (("Model", *labels), ["---"] * (len(said) + 1), (names[model], *texts))
        table = "".join(f"| {' | '.join(c.replace('|', ' ') for c in row)} |\n" for row in rows)
        (checked,) = map(CHECKER.check, read(table, "t.md"))
        for judged in checked.judged_cells:
            if judged.judgement.is_false:
                denied.append((model, judged.judgement))
    assert denied == []


def test_planted_errors_are_found_and_true_cells_are_left_alone(benchmark, capsys):
    made, found, alarms, clean = benchmark.planted(600, seed=random.randrange(10**6))
    shown = capsys.readouterr().out
    assert alarms <= 0.005 * clean, shown
    assert found.total() >= 0.95 * made.total(), shown


def test_errors_planted_one_by_one_in_a_published_table_are_told(benchmark, tmp_path, capsys):
    rows = "| LLaMA 7B | 32 | 4096 |\n| LLaMA 13B | 40 | 5120 |\n| Pythia 12B | 36 | 5120 |\n"
    (tmp_path / "t.md").write_text(f"| Model | Layers | d_model |\n|---|---|---|\n{rows}", "utf-8")
    made, found = benchmark.slips(tmp_path, each=20)
    assert made.total() == 20
    assert found == made, capsys.readouterr().out


def test_published_tables_are_judged_as_their_gold_files_say(benchmark, reference, capsys):
    score = benchmark.tables(reference / "tables")
    shown = capsys.readouterr().out
    assert score.hard >= 10
    assert len(score.missed) <= 0.1 * score.hard, shown
    assert len(score.alarms) <= 0.01 * score.true, shown
    # Conflicts that the base settles: HyperCLOVA has two sizes, OPT saw its corpus more than once.
    assert len(score.other_missed) <= 2, shown


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["LLaMA 7B", "GPT-3", "Params", "Layers", "7B", "4k", "", "—", "12+12", "GQA"])
            | st.text(st.characters(blacklist_characters="|\n\r", blacklist_categories=["Cs"]), max_size=12),
            min_size=1, max_size=5,
        ),
        min_size=2, max_size=6,
    )
)  # fmt: skip
def test_no_table_whatever_stands_in_it_brings_the_checker_down(rows):
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    for table in read("\n".join(lines), "t.md"):
        checked = CHECKER.check(table)
        for judged in checked.judged_cells if checked else ():
            assert judged.judgement.verdict in VERDICTS
            assert judged.judgement.cause is None or judged.judgement.cause in CAUSES


@given(st.integers(10_000, 10**13))
def test_a_full_number_covers_itself_and_rounds_to_itself_alone(number):
    from decimal import Decimal

    item = Item(number, str(number), Decimal(number), Decimal(number), len(str(number)))
    assert covers(item, number)
    if number % 100:
        assert not rounded(item, number + 1)


def test_columns_that_hold_each_others_values_are_no_slipped_rows(check):
    shapes = {"LLaMA 7B": (4096, 32, 32), "LLaMA 13B": (5120, 40, 40), "LLaMA 65B": (8192, 64, 80),
              "GPT-2 XL": (1600, 25, 48)}  # fmt: skip
    rows = "".join(f"| {model} | {a} | {b} | {c} |\n" for model, (a, b, c) in shapes.items())
    found = check(f"| Model | Layers | d_model | Heads |\n|---|---|---|---|\n{rows}")
    assert {one.header: one.attribute for one in found.columns}["Layers"] == "d_model"
    assert found.findings == []


def test_tables_of_one_file_share_one_effort(connection):
    from llmnotes.factcheck.judging.check import Checker

    long = " ".join(f"w{at}" for at in range(3_000))
    text = f"| Model | Layers |\n|---|---|\n| LLaMA 7B | {long} {{}} |\n\n# Next\n\n"
    tables = list(read(text.format("a") + text.format("b"), "t.md"))
    causes = [one.judged_cells[0].judgement.cause for one in Checker(connection).check_all(tables)]
    assert causes == [None, "passed-over"]
    alone = [Checker(connection).check(table).judged_cells[0].judgement.cause for table in tables]
    assert alone == [None, None]


def test_verdicts_and_causes_are_explained_and_none_is_undeclared(connection):
    assert all(text and text[0].islower() for text in [*VERDICTS.values(), *CAUSES.values()])
    sources = (Path(__file__).parents[3] / "llmnotes" / "factcheck").rglob("*.py")
    text = "".join(path.read_text("utf-8") for path in sources)
    assert all(f'"{name}"' in text for name in VERDICTS)
    assert all(text.count(f'"{name}"') > 1 for name in CAUSES)


@pytest.mark.parametrize("model", ["Phi-4", "MPT-30B", "DeepSeek-V2-Lite"])
def test_length_of_pretraining_is_no_context_once_it_was_extended(cell, connection, model):
    context, earlier = connection.execute(
        "SELECT context_length, context_length_pretraining FROM models "
        "WHERE lower(replace(name, ' ', '-')) = lower(replace(?, ' ', '-'))", (model,),
    ).fetchone()  # fmt: skip

    found = cell(model, "Context length", str(earlier))
    assert (found.verdict, found.cause) == ("wrong", "other-attribute")
    assert "pretraining length" in found.reason
    assert cell(model, "Context length", str(context)).verdict == "agrees"
    assert cell(model, "Pretraining length", str(earlier)).verdict == "agrees"
    assert cell(model, "Training sequence length", str(earlier)).verdict.startswith("agrees")
    assert cell(model, "Seq len", str(earlier)).verdict == "agrees-normalised"
