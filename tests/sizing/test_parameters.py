"""The count: parts, tying, encoders, and what is named apart."""

from __future__ import annotations

from dataclasses import replace

from llmnotes.sizing import Attention, Head, MixtureOfExperts, Stack, Weight, count_parameters
from llmnotes.sizing.architecture import Block, Run, norm, pooler
from llmnotes.sizing.parameters import parameter_figures
from llmnotes.sizing.weights import linear, vector
from tests.sizing.tiny import LAYERS, PLAIN, D, V, model


def test_linear_and_vector() -> None:
    """A matrix multiplies, its bias and a vector do not."""
    plain, biased = linear("ffn", "a", 3, 5), linear("ffn", "a", 3, 5, True)

    assert (plain.size, plain.macs) == (15, 15)
    assert (biased.size, biased.macs) == (20, 15)
    assert (vector("norms", "b", 4).size, vector("norms", "b", 4).macs) == (4, 0)


def test_copies_are_stored_and_some_are_used() -> None:
    """A bank of five, of which a token uses two."""
    bank = Weight("experts", "bank", 10, 9, 5, 2)

    assert (bank.total, bank.active, bank.active_macs) == (50, 20, 18)


def test_norms_scale_and_may_shift() -> None:
    """RMSNorm scales, LayerNorm adds a bias, a non-parametric norm has neither."""
    assert (norm(7), norm(7, bias=True), norm(7, scale=False)) == (7, 14, 0)


def test_a_pooler_is_a_square_matrix_with_a_bias() -> None:
    """BERT's, on the first position."""
    assert [weight.total for weight in pooler(6)] == [6 * 6 + 6]


def test_tied_and_untied_differ_by_one_table() -> None:
    """Whichever the model is, both totals are told."""
    tied, untied = (
        count_parameters(model(Attention(D, 4, 2, 2))),
        count_parameters(model(Attention(D, 4, 2, 2), tied=False)),
    )

    assert untied.total - tied.total == V * D
    assert (tied.tied_total, tied.untied_total) == (tied.total, untied.total)
    assert (untied.tied_total, untied.untied_total) == (tied.total, untied.total)
    assert (tied.parts.get("head"), untied.parts["head"]) == (None, V * D)
    assert (tied.head_apart, untied.head_apart) == (0, 0)
    assert "counted once" in tied.counted
    assert "its own output projection" in untied.counted


def test_a_model_without_a_head_says_so() -> None:
    """No matrix, so that tied and untied are one."""
    bare = count_parameters(replace(PLAIN, head=Head()))

    assert bare.counted == "the model without an output projection"
    assert bare.tied_total == bare.untied_total == bare.total


def test_a_head_apart_is_named_and_not_counted() -> None:
    """An encoder's head: its own weights, and the tied matrix once more as none."""
    head = Head(V * D, True, (vector("head", "bias", V),), apart=True)
    encoder = count_parameters(replace(PLAIN, head=head, pooler=pooler(D)))
    bare = count_parameters(replace(PLAIN, head=replace(head, tied=False)))

    assert encoder.head_apart == V
    assert bare.head_apart == V + V * D
    assert encoder.total - bare.total == D * D + D
    assert "with its pooler" in encoder.counted
    assert "it has no pooler" in bare.counted
    assert encoder.tied_total == encoder.total
    assert bare.tied_total == bare.untied_total == bare.total


def test_parts_make_up_the_whole_in_their_order() -> None:
    """Every weight belongs to one part; empty ones are left out."""
    extra = (vector("norms", "final norm", D), vector("positions", "table", 3))
    stack = replace(PLAIN.stacks[0], extra=extra)
    found = count_parameters(replace(PLAIN, stacks=(stack,)))

    assert list(found.parts) == ["embeddings", "positions", "attention", "ffn", "norms"]
    assert sum(found.parts.values()) == found.total == found.active
    assert found.parts["norms"] == D
    assert found.parts["ffn"] == LAYERS * 2 * D * 16


def test_equal_blocks_count_together_wherever_they_stand() -> None:
    """Runs of one block in two places are one for sums; copies and layers add up."""
    one, two = PLAIN.stacks[0].runs[0].block, Block((), (), 5)
    stack = Stack("decoder", (Run(one, 2), Run(two, 3), Run(one, 4, 1)))

    assert [(run.count, run.weight_copies) for run in stack.distinct()] == [(6, 3), (3, 3)]
    assert stack.n_layers == 9
    assert replace(stack, runs=(*stack.runs, Run(two, 4, within=True))).n_layers == 9
    assert replace(PLAIN, stacks=(stack, stack)).n_layers == 18


def test_a_block_without_norms_has_no_weight_for_them() -> None:
    """Nor has a head without a matrix one; LayerNorm scales and shifts."""
    assert Block().weights() == ()
    assert [weight.size for weight in Block(norms=5).weights()] == [5]
    assert Head(extra=(vector("head", "bias", 3),)).weights() == (vector("head", "bias", 3),)


def test_a_mixture_counts_its_router_and_biases() -> None:
    """Three experts of inner width 4 over width 5, gated, with biases, and a scored idle one."""
    mixture = MixtureOfExperts(5, 3, 2, 4, True, True, router_bias=True, router_outputs=4)
    found = {weight.name: weight for weight in mixture.weights()}

    assert found["router"].size == 5 * 4
    assert found["router bias"].size == 4
    assert (found["expert up projection"].size, found["expert up projection"].macs) == (48, 40)
    assert (found["expert down projection"].size, found["expert down projection"].macs) == (25, 20)
    assert found["expert up projection"].copies == 3
    assert found["expert up projection"].used == 2
    bare = MixtureOfExperts(5, 3, 2, 4, router_weights=False).weights()
    assert [weight.name for weight in bare] == ["expert up projection", "expert down projection"]


def test_figures_show_total_and_active() -> None:
    """With the parts as inputs, and from a count that is at hand."""
    count = count_parameters(PLAIN)
    total, active = parameter_figures(PLAIN, count)

    assert (total.value, active.value) == (count.total, count.active)
    assert total.inputs == count.parts
    assert total.formula == "embeddings + attention + ffn"
    assert active.inputs == count.active_parts
    assert parameter_figures(PLAIN) == [total, active]
