"""Checked access to attributes: kinds, bounds, layers, and what is missing or taken for granted."""

from __future__ import annotations

from typing import Any

import pytest

from llmnotes.errors import InputError
from llmnotes.sizing.attribute_access import AttributeAccess


def of(**attributes: Any) -> AttributeAccess:
    return AttributeAccess(attributes)


@pytest.mark.parametrize(
    ("key", "largest"), [("d_model", 1 << 24), ("n_layers", 4096), ("n_encoder_layers", 4096)]
)
def test_whole_numbers_have_bounds(key: str, largest: int) -> None:
    """From one to the largest; depth is bounded closer than width."""
    assert [of(**{key: number}).integer(key) for number in (1, largest)] == [1, largest]
    for wrong in (0, -1, largest + 1, True, 2.0, "2"):
        with pytest.raises(InputError, match=rf"^{key} is "):
            of(**{key: wrong}).integer(key)


def test_a_missing_number_is_noted_or_assumed() -> None:
    """Without a default it counts as missing, with one as taken for granted."""
    access = of()

    assert (access.integer("d_model"), access.integer("d_ff", 7)) == (1, 7)
    assert (list(access.missing), access.assumed) == (["d_model"], {"d_ff": 7})
    with pytest.raises(InputError, match="worked out: d_model missing"):
        access.finish()
    of(d_model=1).finish()


def test_an_optional_number_may_be_none_or_zero() -> None:
    """Both say that there is none of it."""
    assert of().optional("n_shared_experts") is None
    assert of(n_shared_experts=0).optional("n_shared_experts") is None
    assert of(n_shared_experts=1).optional("n_shared_experts") == 1
    assert not of().missing


def test_terms_are_known_missing_or_assumed() -> None:
    """An unknown term is refused with those that are known."""
    access = of(mixer="ssm")

    assert of(mixer="b").term("mixer", ("a", "b")) == "b"
    assert (access.term("norm", ("a", "b")), access.term("kind", ("a", "b"), "b")) == ("a", "b")
    assert (list(access.missing), access.assumed) == (["norm"], {"kind": "b"})
    with pytest.raises(InputError, match="mixer is 'ssm'; sizes are known for a, b"):
        access.term("mixer", ("a", "b"))


def test_texts_and_lists_of_terms() -> None:
    """One term is a list of one; other kinds are refused."""
    access = of(a="x", b=["x", "y"], c=("z",), wrong=3)

    assert (access.text("a"), access.text("none")) == ("x", "")
    assert [access.terms(key) for key in ("a", "b", "c", "void")] == [
        ("x",), ("x", "y"), ("z",), (),
    ]  # fmt: skip
    assert list(access.missing) == ["none", "void"]
    for read in (access.text, access.terms):
        with pytest.raises(InputError, match="wrong is 3"):
            read("wrong")


def test_the_kinds_that_layers_have() -> None:
    key = "positional_encoding"
    runs = {"runs": [[3, "RoPE"], [1, "none"]]}

    assert AttributeAccess({key: runs}).kinds(key) == {"RoPE", "none"}
    assert AttributeAccess({key: "RoPE"}).kinds(key) == {"RoPE"}
    absent = AttributeAccess({})
    assert absent.kinds(key) == frozenset()
    assert key in absent.missing


def test_flags() -> None:
    """True, false, absent with and without a default."""
    access = of(yes=True, no=False, wrong="yes")

    assert (access.flag("yes"), access.flag("no"), access.flag("a"), access.flag("b", True)) == (
        True, False, False, True,
    )  # fmt: skip
    assert (list(access.missing), access.assumed) == (["a"], {"b": True})
    with pytest.raises(InputError, match="must be true or false"):
        access.flag("wrong")


def runs(*pairs: list[Any]) -> dict[str, Any]:
    return {"runs": list(pairs)}


def test_values_of_layers_repeat_to_the_last() -> None:
    """A pattern may stop before its end, and may not be longer than the model."""
    access = of(kind=runs([2, "a"], [1, "b"]), plain="c")

    assert access.terms_of_layers("kind", 3) == ["a", "a", "b"]
    assert access.terms_of_layers("kind", 5) == ["a", "a", "b", "a", "a"]
    assert access.terms_of_layers("kind", 6) == ["a", "a", "b", "a", "a", "b"]
    assert access.terms_of_layers("plain", 2) == ["c", "c"]
    assert access.terms_of_layers("none", 2) == ["", ""]
    with pytest.raises(InputError, match="kind names 3 layers of 2"):
        access.terms_of_layers("kind", 2)


def test_one_value_of_runs_that_agree() -> None:
    """Runs of one and the same value are that value; others are not known here."""
    assert of(d=runs([1, 4], [2, 4])).integer("d") == 4
    with pytest.raises(InputError, match="d changes from layer to layer"):
        of(d=runs([1, 4], [2, 5])).integer("d")
    assert of(d=runs([1, 4], [2, 5])).integer_at("d", 1, 3) == 5
    assert of(d=runs([1, 4])).changes_by_layer()
    assert not of(d=4, e={"other": 1}).changes_by_layer()


@pytest.mark.parametrize(
    "value",
    [{}, {"runs": []}, {"runs": "ab"}, runs([1]), runs([1, 2, 3]), runs(7), runs(["1", 2]),
     runs([0, 2]), runs([4097, 2]), runs([True, 2])],
)  # fmt: skip
def test_what_are_no_runs(value: object) -> None:
    """Pairs of a number of layers and a value, at least one."""
    with pytest.raises(InputError, match="d must be"):
        of(d=value).integer("d")


def test_runs_are_as_long_as_a_model_may_be() -> None:
    """4,096 layers are the most."""
    assert of(d=runs([4096, 2])).integer("d") == 2


def test_windows_where_layers_slide() -> None:
    """Sliding and chunked layers have one, full ones none; without any none is asked for."""
    spans = runs([1, "sliding"], [1, "full"], [1, "chunked"])

    assert of(attention_span=spans, sliding_window=9).windows(3) == [9, None, 9]
    assert of(attention_span="full").windows(2) == [None, None]
    missing = of(attention_span="sliding")
    assert missing.windows(1) == [1]
    assert list(missing.missing) == ["sliding_window"]


def test_which_layers_are_mixtures() -> None:
    """As their kind says, else wherever there are experts."""
    assert [of(ffn_kind=runs([1, "dense"], [1, "moe"])).is_mixture(i, 2) for i in (0, 1)] == [
        False, True,
    ]  # fmt: skip
    assert of(n_experts=4).is_mixture(0, 2)
    assert not of().is_mixture(0, 2)


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ({"objective": ["MLM", "NSP"]}, True),
        ({"objective": "SOP"}, True),
        ({"objective": ["MLM"]}, False),
        ({}, False),
        ({"pooler": True, "objective": ["MLM"]}, True),
        ({"pooler": False, "objective": ["NSP"]}, False),
    ],
)
def test_a_pooler_serves_objectives_on_pairs(attributes: dict[str, Any], found: bool) -> None:
    """Unless it is said outright, which assumes nothing."""
    access = of(**attributes)

    assert access.has_pooler() is found
    assert access.assumed == ({} if "pooler" in attributes else {"pooler": found})


def test_the_longest_of_several_lengths() -> None:
    """A set of offers, one number, or none."""
    assert of(context_length=[8192, 32768, None]).longest("context_length") == 32768
    assert of(context_length=7).longest("context_length") == 7
    assert of().longest("context_length") is None


def test_what_changes_is_looked_at_for_each_depth_of_its_own() -> None:
    """An encoder and a decoder of other depths read the same values; without any there is nothing."""
    access = of(kind=runs([1, "a"], [1, "b"]), plain="c")

    assert [access.changing(layer, 2) for layer in (0, 1)] == [("a",), ("b",)]
    assert [access.changing(layer, 3) for layer in (0, 1, 2)] == [("a",), ("b",), ("a",)]
    assert of(plain="c").changing(0, 2) is None


def test_what_changes_over_other_depths_makes_every_layer_its_own() -> None:
    """The value may be one that nothing needs, so it is not refused before it is asked for."""
    access = of(kind=runs([3, "a"]), other=runs([1, 1]))

    assert access.changing(0, 2) != access.changing(1, 2)


def test_a_width_as_a_multiple_of_another() -> None:
    """A ratio that was rounded is meant where it comes within a thousandth of a whole width."""
    for ratio, width, found in ((0.5, 8, 4), (1, 8, 8), (64, 2, 128), (2.666666, 768, 2048)):
        assert of(ssm_expand=ratio).multiple("ssm_expand", width) == found
    with pytest.raises(InputError, match="ssm_expand 2.6667 times 768 must be a whole number"):
        of(ssm_expand=2.6667).multiple("ssm_expand", 768)


@pytest.mark.parametrize("wrong", [0, -2, 64.5, True, "2"])
def test_what_is_no_multiple(wrong: object) -> None:
    """Above none, at most 64 times, and a number."""
    with pytest.raises(InputError, match="ssm_expand is "):
        of(ssm_expand=wrong).multiple("ssm_expand", 8)


def test_a_missing_multiple_is_noted() -> None:
    """Once is taken until it is known."""
    access = of()

    assert access.multiple("ssm_expand", 8) == 8
    assert list(access.missing) == ["ssm_expand"]


def test_a_number_of_one_layer_may_be_none() -> None:
    """Zero says that this layer has none of it."""
    access = of(n_shared_experts=runs([1, 0], [1, 1]))

    assert [access.optional_at("n_shared_experts", layer, 2) for layer in (0, 1)] == [None, 1]
    assert of().optional_at("n_shared_experts", 0, 2) is None


def test_more_layers_than_there_are_pass_only_while_the_depth_is_missing() -> None:
    """A missing depth is counted as one layer; any other missing value excuses nothing."""
    depth, width = (of(kind=runs([2, "a"], [1, "b"])) for _ in range(2))
    depth.integer("n_layers")
    width.integer("d_model")

    assert depth.terms_of_layers("kind", 2) == ["a", "a"]
    with pytest.raises(InputError, match="kind names 3 layers of 2"):
        width.terms_of_layers("kind", 2)


def test_terms_of_one_layer() -> None:
    """A term that no layer may have is refused where it stands, not elsewhere."""
    access = of(norm=runs([1, "a"], [1, "z"]), plain="b")

    assert access.term_at("norm", 0, 2, ("a", "b"), "b") == "a"
    with pytest.raises(InputError, match="norm is 'z'; sizes are known for a, b"):
        access.term_at("norm", 1, 2, ("a", "b"), "b")
    assert access.term_at("plain", 1, 2, ("a", "b"), "a") == "b"
    assert access.term_at("absent", 1, 2, ("a", "b"), "b") == "b"
    assert access.assumed == {"absent": "b"}
    assert access.plain_at("rare", 1, 2, ("a", "b"), "b") == "b"
    assert "rare" not in access.assumed


def test_what_most_models_leave_unsaid() -> None:
    """Its absence means something and is not told as an assumption."""
    access = of(yes=True, kind="b")

    assert (access.stated("yes", False), access.stated("absent", True)) == (True, True)
    assert access.plain("kind", ("a", "b"), "a") == "b"
    assert access.plain("absent", ("a", "b"), "a") == "a"
    assert not access.assumed
    assert access.one_of("kind", ("b", "c"))
    assert not access.one_of("kind", ("a", "c"))
    assert not access.one_of("absent", ("b",))


def test_which_layers_have_a_network() -> None:
    """All of them unless their kind is none."""
    access = of(ffn_kind=runs([1, "none"], [1, "dense"]))

    assert [access.has_network(layer, 2) for layer in (0, 1)] == [False, True]
    assert of().has_network(0, 2)
