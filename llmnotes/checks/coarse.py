"""A rough check of shapes that are too incomplete for an exact count, as imported ones often are."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.checks.rules import Violation, of_model
from llmnotes.checks.subjects import CheckedBase, CheckedModel

_LARGEST_VOCABULARY = 300_000
"""Rows of the embedding where no size is known."""
_SLACK = (0.85, 1.2)
"""Tolerance: norms, biases and small tables are left out, and the printed figure may be rounded."""


@of_model("warning")
def parameters_out_of_reach(model: CheckedModel, base: CheckedBase) -> Iterator[Violation]:
    """The parameters lie between the least and the most that layers, widths and vocabulary allow."""
    total = model.claim("params_total") or model.claim("params_reported")
    if total is None or model.recount is not None:
        return
    if not model.answers_for("params_total", "params_reported", "n_layers", "d_model"):
        return
    bounds = dense_bounds(model)
    if bounds is None:
        return
    low, high = bounds[0] * _SLACK[0], bounds[1] * _SLACK[1]
    if not low <= total.value <= high:
        yield Violation(
            total.attribute,
            f"{total.value:,} parameters, but {model.number('n_layers'):,} layers of width "
            f"{model.number('d_model'):,} have between {round(low):,} and {round(high):,}",
            (total, *model.said("n_layers", "d_model", "d_ff", "vocab_size")),
        )


def dense_bounds(model: CheckedModel) -> tuple[int, int] | None:
    """Lower and upper bound of the parameters of a dense transformer with this shape.

    Per layer, query and output are 2·d·(heads × head width), keys and values 2·d·(KV heads × head width),
    the feed-forward layer two or three matrices of d × d_ff; the embedding counts once or twice. Unknown
    values are taken at their extremes. None unless it is a plain dense transformer.
    """
    layers, width = model.number("n_layers"), model.number("d_model")
    plain = model.value("mixer") in (None, "transformer")
    if not layers or not width or not plain or model.value("sparsity") == "moe":
        return None
    if set(model.value("modalities") or ()) - {"text"}:
        return None  # multimodal models have parts that the text shape does not describe
    if model.claims.get("n_experts") or model.value("architecture") == "encoder-decoder":
        return None
    attention, feed_forward = _attention(model, width), _feed_forward(model, width)
    rows = model.number("vocab_size")
    positions = (model.number("n_positions") or 0) * width
    least_layers, least_rows = layers, rows or 0
    if model.value("architecture") == "encoder-only":
        # ALBERT shares one set of weights between its layers and factorises its embedding.
        least_layers, least_rows = 1, 0
    return (
        least_layers * (attention[0] + feed_forward[0]) + least_rows * width,
        layers * (attention[1] + feed_forward[1])
        + 2 * (rows or _LARGEST_VOCABULARY) * width
        + positions,
    )


def _attention(model: CheckedModel, width: int) -> tuple[int, int]:
    heads, kv, dim = (model.number(name) for name in (HEADS, KV_HEADS, "head_dim"))
    if not heads:
        return width * width, 4 * width * width
    inner = heads * (dim or width // heads)
    shared = kv * inner // heads if kv else None
    low = 2 * width * (inner + (shared if shared is not None else inner // heads))
    return low, 2 * width * (inner + (shared if shared is not None else inner))


def _feed_forward(model: CheckedModel, width: int) -> tuple[int, int]:
    inner, gated = model.numbers("d_ff"), model.value("gated_ffn")
    if not inner:
        return 2 * width * width, 24 * width * width
    low, high = 2 * width * min(inner), 3 * width * max(inner)
    if gated is True:
        low = 3 * width * min(inner)
    elif gated is False:
        high = 2 * width * max(inner)
    return low, high
