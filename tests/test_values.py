"""Parsing of values into canonical form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from llmnotes.display import value_text
from llmnotes.errors import InputError
from llmnotes.schema import ATTRIBUTES
from llmnotes.values import elements, kinds_of, parse_value, pattern_of


@pytest.mark.parametrize(
    ("name", "raw", "canonical"),
    [
        ("params_total", "7B", 7_000_000_000),
        ("context_length", "4k", 4096),
        ("context_length", [32768, "8k"], [8192, 32768]),
        ("context_length", ["4k", 4096], 4096),
        ("training_tokens", "1.4T tokens", 1_400_000_000_000),
        ("learning_rate", "3e-4", 3e-4),
        ("gated_ffn", "yes", True),
        ("attention", "grouped-query attention", "GQA"),
        ("attention_span", "5×sliding, 1×full", {"runs": [[5, "sliding"], [1, "full"]]}),
        ("attention_span", "2*sliding,1*sliding", "sliding"),
        ("n_kv_heads", "3x8,1x4", {"runs": [[3, 8], [1, 4]]}),
        ("n_kv_heads", "2×(3×8, 1×4), 2×4", {"runs": [[3, 8], [1, 4], [3, 8], [3, 4]]}),
        ("n_kv_heads", "5000×(1×8,1×4)", {"runs": [[1, 8], [1, 4]] * 5000}),
        ("objective", "MLM", ["MLM"]),
        ("objective", ["masked language modeling", "MLM", "NSP"], ["MLM", "NSP"]),
        ("release_date", "2023-07", "2023-07"),
        ("batch_size", "512 seqs", {"stages": [512], "unit": "sequences"}),
        (
            "batch_size",
            ["1M tokens", "2M tokens", "4M tokens"],
            {"stages": [1_000_000, 2_000_000, 4_000_000], "unit": "tokens"},
        ),
        ("warmup", "2000 steps", {"value": 2000, "unit": "steps"}),
        ("training_data", "C4", [{"name": "C4"}]),
        (
            "training_data",
            [{"name": "C4", "size": "745 GB", "weight": 0.5}],
            [{"name": "C4", "size": 745_000_000_000, "unit": "bytes", "weight": 0.5}],
        ),
        (
            "evaluation",
            [{"benchmark": "MMLU", "metric": "accuracy", "score": 63.4}],
            [{"benchmark": "MMLU", "metric": "accuracy", "score": 63.4}],
        ),
    ],
)
def test_a_value_has_one_canonical_form(name, raw, canonical):
    assert parse_value(ATTRIBUTES[name], raw) == canonical


@pytest.mark.parametrize(
    ("name", "raw", "complaint"),
    [
        ("n_layers", "many", "n_layers: 'many' is not a quantity"),
        ("n_layers", 1.5, "not a whole number"),
        ("n_layers", -1, "outside the range"),
        ("n_kv_heads", "5001×(1×8,1×4)", "has more than 10,000 layers"),
        ("n_kv_heads", "0×(1×8,1×4)", "repeats 0 layers"),
        ("n_layers", True, "not a number"),
        ("attention", "GQX", "unknown attention value 'GQX'"),
        ("gated_ffn", "perhaps", "neither yes nor no"),
        ("batch_size", "512", "needs one unit"),
        ("batch_size", ["512 sequences", "1M tokens"], "needs one unit"),
        ("warmup", "2000", "needs a unit"),
        ("training_data", [{"name": "C4", "weight": 1.5}], "not between 0 and 1"),
        ("training_data", [{"nam": "C4"}], "unknown key 'nam'"),
        ("learning_rate", float("nan"), "not a finite number"),
        ("release_date", "soon", "is not a date"),
        ("license", "  ", "not a text"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name, raw, complaint):
    with pytest.raises(InputError, match=complaint) as refused:
        parse_value(ATTRIBUTES[name], raw, "llama.toml: ")

    assert str(refused.value).startswith("llama.toml: ")


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("params_total", 6_738_415_616, "6.74B"),
        ("context_length", 4096, "4,096"),
        ("context_length", [8192, 32768], "8,192 or 32,768"),
        ("training_tokens", 1_000_000_000_000, "1.0T"),
        ("gated_ffn", False, "no"),
        ("attention_span", {"runs": [[5, "sliding"], [1, "full"]]}, "5×sliding, 1×full"),
        ("batch_size", {"stages": [512, 1024], "unit": "sequences"}, "512 → 1,024 sequences"),
        ("batch_size", {"stages": [4_000_000], "unit": "tokens"}, "4M tokens"),
        ("warmup", {"value": 0.01, "unit": "fraction"}, "1 % of training"),
        ("training_data", [{"name": "C4", "size": 745 * 10**9, "unit": "bytes"}], "C4 (745 GB)"),
        ("learning_rate", 3e-4, "3e-4"),
    ],
)
def test_a_value_is_shown_as_people_read_it(name, value, text):
    assert value_text(ATTRIBUTES[name], value) == text


def test_parameters_are_shown_behind_the_value():
    shown = value_text(ATTRIBUTES["optimizer"], "AdamW", {"beta1": 0.9, "beta2": 0.95, "eps": 1e-5})

    assert shown == "AdamW (β1 0.9, β2 0.95, ε 1e-5)"


def test_a_pattern_holds_its_kinds_and_its_run_lengths():
    value = parse_value(ATTRIBUTES["attention_span"], "5×sliding,1×full")

    assert kinds_of(value) == ["sliding", "full"]
    assert pattern_of(value) == "5×sliding,1×full"
    assert elements(ATTRIBUTES["attention_span"], value) == ["sliding", "full"]


@pytest.mark.parametrize(
    ("layers", "pattern"),
    [
        (
            "3×full,1×sliding,3×full,2×sliding",
            "3×full,1×sliding,3×full,2×sliding",
        ),  # no period twice
        ("3×full,1×sliding,3×full,1×sliding,2×full", "2×(3×full,1×sliding),2×full"),
        ("1×full,1×sliding,1×full,1×sliding,1×full,1×sliding", "3×(1×full,1×sliding)"),
        ("1×full,1×sliding,1×full,1×sliding,1×sparse", "2×(1×full,1×sliding),1×sparse"),
    ],
)
def test_a_period_within_a_pattern_is_written_once(layers, pattern):
    assert pattern_of(parse_value(ATTRIBUTES["attention_span"], layers)) == pattern


@given(
    st.lists(
        st.tuples(st.integers(1, 3), st.sampled_from(["full", "sliding", "sparse"])), min_size=1
    )
)
def test_a_pattern_reads_back_as_itself(runs):
    item = ATTRIBUTES["attention_span"]
    value = parse_value(item, ",".join(f"{count}×{kind}" for count, kind in runs))
    text = pattern_of(value)

    assert text is None or parse_value(item, text) == value
    assert kinds_of(value) == list(dict.fromkeys(kind for _, kind in runs))


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(sorted(ATTRIBUTES)), _ANYTHING)
def test_anything_is_read_or_refused_in_a_sentence(name, raw):
    try:
        value = parse_value(ATTRIBUTES[name], raw)
    except InputError as refused:
        assert str(refused).startswith(name)
    else:
        assert value_text(ATTRIBUTES[name], value)
