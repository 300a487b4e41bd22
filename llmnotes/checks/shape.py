"""Rules on the consistency of the shape: heads, widths, layers, embeddings."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel
from llmnotes.display import value_text
from llmnotes.schema import ATTRIBUTES


@of_model("error")
def kv_heads_exceed_heads(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """There are no more key and value heads than query heads."""
    heads, kv = model.numbers(HEADS), model.numbers(KV_HEADS)
    if heads and kv and max(kv) > max(heads) and model.answers_for(HEADS, KV_HEADS):
        yield Violation(
            KV_HEADS,
            f"{max(kv):,} KV heads are more than the {max(heads):,} query heads",
            model.said(KV_HEADS, HEADS),
        )


@of_model("error")
def heads_do_not_divide(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Every key and value head serves the same number of query heads."""
    heads, kv = model.number(HEADS), model.number(KV_HEADS)
    if not heads or not kv or not model.answers_for(HEADS, KV_HEADS):
        return
    if kv <= heads and heads % kv:
        yield Violation(
            KV_HEADS,
            f"{heads:,} query heads do not divide into {kv:,} groups",
            model.said(KV_HEADS, HEADS),
        )


@of_model("error")
def head_sharing_contradicts_heads(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The kind of attention fits the numbers of heads: MHA shares none, MQA shares one, GQA some."""
    kind, heads, kv = model.value("attention"), model.number(HEADS), model.number(KV_HEADS)
    if not heads or not kv or not model.answers_for("attention", HEADS, KV_HEADS):
        return
    if heads % kv:
        return  # the two rules above report that
    wrong = {
        "MHA": kv < heads,
        "MQA": kv != 1,
        "GQA": kv == heads or kv == 1,
    }.get(kind if isinstance(kind, str) else "", False)
    if wrong:
        yield Violation(
            "attention",
            f"{kind} is claimed of {heads:,} query heads and {kv:,} KV heads",
            model.said("attention", HEADS, KV_HEADS),
        )


@of_model("error")
def width_does_not_divide(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Where no head width is declared, the model width divides by the heads."""
    width, heads = model.number("d_model"), model.number(HEADS)
    if not width or not heads or model.claim("head_dim") or not _plain_attention(model):
        return
    if width % heads and model.answers_for("d_model", HEADS):
        yield Violation(
            "d_model",
            f"a width of {width:,} does not divide into {heads:,} heads",
            model.said("d_model", HEADS),
        )


@of_model("error")
def head_width_differs(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A head width derived from the width of the stream is that width over the heads."""
    # A block of shared weights reads the stream beside the embeddings: twice the model width.
    claim = model.claim("head_dim")
    width, heads = model.number("d_model"), model.number(HEADS)
    if claim is None or not width or not heads or claim.status != "derived":
        return
    if "d_model" not in (claim.locator or "") or not model.answers_for("head_dim", "d_model"):
        return
    read = width * (2 if model.number("n_shared_blocks") else 1)
    if claim.value * heads != read:
        yield Violation(
            "head_dim",
            f"{heads:,} heads of {claim.value:,} are {claim.value * heads:,} wide, not {read:,}, "
            "from which the head width is derived",
            model.said("head_dim", HEADS, "d_model"),
        )


@of_model("warning")
def head_width_implausible(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """All heads together are between a quarter of the model width and sixteen times as wide."""
    dim, width, heads = (model.number(name) for name in ("head_dim", "d_model", HEADS))
    if not dim or not width or not heads or not _plain_attention(model):
        return
    if not width <= 4 * dim * heads <= 64 * width and model.answers_for("head_dim", "d_model"):
        yield Violation(
            "head_dim",
            f"{heads:,} heads of {dim:,} are {dim * heads:,} wide in a model {width:,} wide",
            model.said("head_dim", HEADS, "d_model"),
        )


@of_model("error")
def layers_do_not_add_up(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The layers are those of the encoder and the decoder together."""
    total = model.number("n_layers")
    sides = [model.number("n_encoder_layers"), model.number("n_decoder_layers")]
    known = [side for side in sides if side is not None]
    if total is None or not known:
        return
    both = model.value("architecture") == "encoder-decoder"
    wrong = sum(known) > total or (sum(known) != total and (len(known) == 2 or not both))
    if wrong and model.answers_for("n_layers", "n_encoder_layers", "n_decoder_layers"):
        yield Violation(
            "n_layers",
            f"{' + '.join(map(str, known))} layers are claimed of the sides, {total:,} of the whole",
            model.said("n_layers", "n_encoder_layers", "n_decoder_layers"),
        )


@of_model("error")
def pattern_does_not_fit(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A pattern of layers repeats to the number of layers."""
    layers = model.number("n_layers")
    if not layers:
        return
    for name, claims in model.claims.items():
        value = claims[0].value
        if not isinstance(value, dict) or "runs" not in value or not model.answers_for(name):
            continue
        length = sum(count for count, _ in value["runs"])
        # The last repetition may be incomplete: 26 layers of five sliding to one full.
        if length > layers:
            yield Violation(
                name,
                f"the pattern {value_text(ATTRIBUTES[name], value)} has {length:,} layers, "
                f"the model {layers:,}",
                model.said(name, "n_layers"),
            )


@of_model("error")
def embedding_exceeds_total(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The token embedding alone is smaller than the whole model."""
    rows, width = model.number("vocab_size"), model.number("d_model")
    total = model.claim("params_total") or model.claim("params_reported")
    if not rows or not width or total is None or model.recount is not None:
        return
    if model.value("architecture") == "encoder-only":
        return  # an encoder's embedding may be factorised, as in ALBERT
    if rows * width > total.value and model.answers_for("vocab_size", "d_model", "params_total"):
        yield Violation(
            "vocab_size",
            f"an embedding of {rows:,} rows of {width:,} has {rows * width:,} parameters, the whole "
            f"model {total.value:,}",
            (*model.said("vocab_size", "d_model"), total),
        )


@of_model("error")
def context_exceeds_positions(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A learned position table has a row for every position of the context."""
    rows, context = model.number("n_positions"), model.numbers("context_length")
    if not rows or not context or model.value("positional_encoding") != "learned-absolute":
        return
    if max(context) > rows and model.answers_for("n_positions", "context_length"):
        yield Violation(
            "context_length",
            f"a context of {max(context):,} tokens does not fit a table of {rows:,} positions",
            model.said("context_length", "n_positions"),
        )


@of_model("warning")
def context_below_pretraining(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The context a publisher states is no shorter than the sequences of pretraining."""
    length, context = model.number("context_length_pretraining"), model.numbers("context_length")
    if not length or not context or max(context) >= length:
        return
    if model.answers_for("context_length", "context_length_pretraining"):
        yield Violation(
            "context_length",
            f"a context of {max(context):,} tokens after pretraining on sequences of {length:,}",
            model.said("context_length", "context_length_pretraining"),
        )


@of_model("info")
def window_exceeds_context(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A sliding window is no longer than the context, where it is not a way to switch it off."""
    window, context = model.number("sliding_window"), model.numbers("context_length")
    if window and context and window > max(context) and model.answers_for("sliding_window"):
        yield Violation(
            "sliding_window",
            f"a window of {window:,} tokens in a context of {max(context):,}",
            model.said("sliding_window", "context_length"),
        )


@of_model("error")
def gate_contradicts_activation(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """A gated activation (SwiGLU, GeGLU, ReGLU) is claimed of a gated feed-forward layer only."""
    activation = model.value("activation")
    if not isinstance(activation, str) or not activation.endswith("GLU"):
        return
    if model.value("gated_ffn") is False and model.answers_for("activation", "gated_ffn"):
        yield Violation(
            "gated_ffn",
            f"the activation is {activation}, but the feed-forward layer is said to have no gate",
            model.said("gated_ffn", "activation"),
        )


_MASKS = {
    "encoder-only": {"bidirectional"},
    "causal-decoder": {"causal"},
    "prefix-decoder": {"prefix"},
    "encoder-decoder": {"bidirectional", "causal"},
}
"""The masks implied by an architecture (arXiv 1910.10683, section 3.2)."""


@of_model("warning")
def mask_contradicts_architecture(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """An encoder sees both ways, a causal decoder only back, an encoder-decoder has both masks."""
    architecture, masks = model.value("architecture"), set(model.value("attention_mask") or ())
    expected = _MASKS.get(architecture) if isinstance(architecture, str) else None
    if not masks or expected is None or masks <= expected:
        return
    if model.answers_for("architecture", "attention_mask"):
        yield Violation(
            "attention_mask",
            f"the mask of a model called {architecture} is {', '.join(sorted(masks))}",
            model.said("attention_mask", "architecture"),
        )


def _plain_attention(model: CheckedModel) -> bool:
    """Whether every layer is multi-head, multi-query or grouped-query attention, as far as known."""
    kinds = {model.value("attention"), model.value("mixer")} - {None} if _hashable(model) else {"?"}
    return kinds <= {"MHA", "MQA", "GQA", "transformer"}


def _hashable(model: CheckedModel) -> bool:
    return not any(isinstance(model.value(name), dict) for name in ("attention", "mixer"))


@of_model("warning")
def latent_head_taken_for_shared(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """Under latent attention a head is as wide as its parts with and without position, not the
    model's width over its heads."""
    width, heads, head = (model.number(name) for name in ("d_model", HEADS, "head_dim"))
    if model.value("attention") != "MLA" or not width or not heads or head != width // heads:
        return
    parts = [model.number(name) for name in ("qk_nope_head_dim", "qk_rope_head_dim")]
    if model.answers_for("head_dim", "attention") and sum(filter(None, parts)) != head:
        yield Violation(
            "head_dim",
            f"{head:,} is the model's width {width:,} over {heads:,} heads, which sizes no head of "
            "latent attention",
            model.said("head_dim", "d_model", HEADS, "attention"),
        )
