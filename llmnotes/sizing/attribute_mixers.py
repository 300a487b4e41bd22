"""Builds the mixer of a layer from a model's attributes."""

from __future__ import annotations

from llmnotes.attributes.sizing_roles import HEADS, KV_HEADS
from llmnotes.errors import InputError
from llmnotes.sizing import recurrent
from llmnotes.sizing.architecture import Mixer
from llmnotes.sizing.attention import Attention
from llmnotes.sizing.attention_variants import differential, expert_attention, localized_filter
from llmnotes.sizing.attribute_access import AttributeAccess
from llmnotes.sizing.compressed_attention import CompressedAttention, LatentAttention
from llmnotes.sizing.recurrent import Recurrent
from llmnotes.sizing.shared_traits import SharedTraits
from llmnotes.sizing.sparse_attention import compressor, indexed_compressor, indexer, pool
from llmnotes.sizing.weights import Weight, linear, vector

_WITHOUT_KEYS = ("ssm", "linear-attention", "recurrent")
PARALLEL, SHARED = "parallel-hybrid", "shared-hybrid"
"""A state layer with attention beside it, and one whose input a block of shared weights gives."""
_MIXERS = ("transformer", *_WITHOUT_KEYS, "convolution", PARALLEL, SHARED, "none")
_STATE_KINDS = (
    "gated DeltaNet", "Kimi delta attention", "Mamba-2", "lightning attention", "Mamba", "RG-LRU",
    "mLSTM",
)  # fmt: skip
_CONVOLUTIONS = ("short convolution", "Hyena")
_KV_SOURCES = ("own", "key-as-value", "earlier-layer", "other-sequence")


def mixers(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int, window: int | None
) -> tuple[Mixer, ...]:
    """The mixers of one of `n` layers: none where it has only a feed-forward network, two side by side.

    Raises:
        InputError: a value is of a kind that is not supported.
    """
    kind = read.term_at("mixer", layer, n, _MIXERS, "transformer")
    if kind == "none":
        return ()
    if kind == "convolution":
        return (_convolution(read, shape),)
    if kind in _WITHOUT_KEYS or kind == SHARED:
        return (_state_layer(read, shape),)
    attention = _with_keys(read, shape, layer, n, window)
    return (_state_layer(read, shape), attention) if kind == PARALLEL else (attention,)


def _with_keys(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int, window: int | None
) -> Mixer:
    if read.given("kv_compression_rate"):
        return _compressed(read, shape, layer, n)
    sharing = read.terms_of_layers("attention", n)[layer]
    if sharing == "MLA":
        return _latent(read, shape, layer, n, window)
    return _attention(read, shape, layer, n, window, sharing)


def _attention(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int, window: int | None, sharing: str
) -> Attention:
    heads = read.integer_at(HEADS, layer, n)
    implied = {"MHA": heads, "MQA": 1}.get(sharing)
    kv = read.integer_at(KV_HEADS, layer, n, implied)
    dim = read.integer_at("head_dim", layer, n)
    if experts := read.optional("n_attention_experts"):
        active, bias = read.integer("n_experts_active"), shape.biased("attention-output")
        return expert_attention(shape.d_model, kv, dim, experts, active, bias=bias)
    if heads % kv and not read.missing:
        raise InputError(f"{HEADS} {heads:,} does not divide by {KV_HEADS} {kv:,}")
    source = read.plain_at("kv_source", layer, n, _KV_SOURCES, "own")
    reuses = source == "earlier-layer"
    keys = 0 if reuses else kv
    each = (heads + keys) * dim
    qk = {"per-head": dim if reuses else 2 * dim, "per-head-scales": each, "full": each}
    qk_size = qk.get(shape.qk_norm, 0) * (2 if "qk-norm" in shape.biases else 1)
    gates = {"per-head": heads, "per-channel": heads * dim}
    qkv = shape.biased("attention", "qkv")
    return Attention(
        shape.d_model,
        heads,
        kv,
        dim,
        read.optional("v_head_dim"),
        qkv_bias=qkv or shape.biased("query-value"),
        k_bias=qkv,
        o_bias=shape.biased("attention", "attention-output"),
        qk_norm=qk_size,
        gate=gates.get(shape.gate, 0),
        sinks=heads if shape.sinks else 0,
        window=window,
        key_is_value=source == "key-as-value",
        reuses_kv=reuses,
        has_kv_weights=not reuses,
        cross=source == "other-sequence",
        q_rank=read.optional("q_lora_rank"),
        extra=_beside(read, shape, heads * dim, qkv)
        + (differential(dim, shape.norm_of(2 * dim)) if sharing == "differential" else ()),
    )


def _beside(
    read: AttributeAccess, shape: SharedTraits, width: int, biased: bool
) -> tuple[Weight, ...]:
    """What few kinds of attention have: projections and biases of positions, a norm of the output."""
    found = _position_projections(shape, width, biased)
    if "Transformer-XL" in read.kinds("positional_encoding"):
        # Content and position have a bias each; segments, where told apart by relation, one and a table.
        types = read.optional("n_token_types") or 0
        rows = 2 + (types + 1 if types else 0)
        found += (vector("attention", "relative position biases", rows * width),)
    if shape.inner_norm:
        found += (vector("norms", "norm of the output", shape.norm_of(width)),)
    if read.stated("localized_filtering", False):
        found += localized_filter(shape.d_model, shape.one_norm)
    return found


def _position_projections(shape: SharedTraits, width: int, key_bias: bool) -> tuple[Weight, ...]:
    """Projections of relative positions: the first for keys, biased like them, the second for queries."""
    query_bias = key_bias or shape.biased("query-value")
    found = (
        linear("attention", "position key projection", shape.d_model, width, key_bias),
        linear("attention", "position query projection", shape.d_model, width, query_bias),
    )
    if shape.position_projections > len(found):
        raise InputError(
            f"n_position_projections is {shape.position_projections}; sizes are known for 0 to 2"
        )
    return found[: shape.position_projections]


def _latent(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int, window: int | None
) -> LatentAttention:
    heads = read.integer_at(HEADS, layer, n)
    extra: tuple[Weight, ...] = ()
    keys = 0
    if indexers := read.optional_at("n_indexer_heads", layer, n):
        keys = read.integer("indexer_head_dim")
        # Its queries come from the latent of the heads' queries, or from the layer where there is none.
        rank = read.optional("q_lora_rank") or shape.d_model
        extra = indexer(shape.d_model, rank, indexers, keys)
        if pooled := read.optional("indexer_pool"):
            extra += pool(shape.d_model, keys, pooled)
    v_dim = read.integer("v_head_dim")
    gates = {"per-head": heads, "per-channel": heads * v_dim}
    return LatentAttention(
        shape.d_model,
        heads,
        read.optional("q_lora_rank"),
        read.integer("kv_lora_rank"),
        read.integer("qk_nope_head_dim"),
        read.count("qk_rope_head_dim"),
        v_dim,
        gate=gates.get(shape.gate, 0),
        window=window,
        extra=extra,
        cache_extra=keys,
    )


def _compressed(
    read: AttributeAccess, shape: SharedTraits, layer: int, n: int
) -> CompressedAttention:
    """DeepSeek-V4: a window, and compressed older entries that are sparse, heavy or absent."""
    d, rank = shape.d_model, read.integer("q_lora_rank")
    dim = read.integer_at("head_dim", layer, n)
    rate = read.integer_at("kv_compression_rate", layer, n)
    sparse = read.terms_of_layers("attention_span", n)[layer] == "sparse"
    extra: tuple[Weight, ...] = ()
    far = dim
    if sparse:
        small = read.integer("indexer_head_dim")
        heads = read.integer_at("n_indexer_heads", layer, n)
        extra, far = indexed_compressor(d, dim, rate, rank, heads, small), dim + small
    elif rate > 1:
        extra = compressor(d, dim, rate, dim)
    return CompressedAttention(
        d_model=d,
        n_heads=read.integer_at(HEADS, layer, n),
        head_dim=dim,
        q_lora_rank=rank,
        o_groups=read.integer("n_output_groups"),
        o_lora_rank=read.integer("o_lora_rank"),
        window=read.integer("sliding_window"),
        rate=rate if rate > 1 else 0,
        far_width=far,
        extra=extra,
    )


def _selective(read: AttributeAccess, shape: SharedTraits) -> Recurrent:
    """Mamba: the rank of dt is a sixteenth of the width, rounded up (arXiv 2312.00752, §3.6)."""
    d, states = shape.d_model, read.integer("ssm_state_size")
    rank = -(-d // 16)
    normalised = read.plain("ssm_norm", ("none", "dt-B-C"), "none") == "dt-B-C"
    return recurrent.mamba(
        d,
        read.multiple("ssm_expand", d),
        states,
        rank,
        read.integer("conv_kernel"),
        norms=rank + 2 * states if normalised else 0,
    )


def _convolution(read: AttributeAccess, shape: SharedTraits) -> Recurrent:
    """A short convolution, or Hyena's long one behind a short one."""
    kernel = read.integer("conv_kernel")
    if read.plain("ssm_kind", _CONVOLUTIONS, _CONVOLUTIONS[0]) == "Hyena":
        return recurrent.hyena(shape.d_model, kernel, read.integer("ssm_state_size"))
    return recurrent.short_convolution(shape.d_model, kernel, shape.biased())


def _state_layer(read: AttributeAccess, shape: SharedTraits) -> Recurrent:
    kind = read.term("ssm_kind", _STATE_KINDS)
    if kind == "Mamba":
        return _selective(read, shape)
    if kind == "RG-LRU":
        # Its width is the model's, divided into as many blocks as attention has heads.
        blocks, kernel = read.integer(HEADS), read.integer("conv_kernel")
        return recurrent.rg_lru(shape.d_model, shape.d_model, blocks, kernel)
    d, heads = shape.d_model, read.integer("ssm_n_heads")
    state = read.integer("ssm_state_size")
    if kind == "Kimi delta attention":
        gates = read.plain("ssm_gate", ("low-rank", "full-output", "full"), "low-rank")
        return recurrent.kimi_delta_attention(
            d,
            heads,
            state,
            read.integer("conv_kernel"),
            low_rank_gates=gates != "full",
            low_rank_output_gate=gates == "low-rank",
        )
    if kind == "mLSTM":
        values = read.multiple("ssm_expand", d)
        return recurrent.mlstm(d, heads, heads * state, values, bias=shape.biased())
    if kind == "lightning attention":
        qk_norm = 2 * state if shape.qk_norm == "per-head" else 0
        return recurrent.lightning_attention(d, heads, state, qk_norm=qk_norm)
    groups, kernel = read.integer("ssm_n_groups"), read.integer("conv_kernel")
    # The values of a linear-attention layer have the width of its keys unless given.
    same = kind == "gated DeltaNet" and not read.given("ssm_expand")
    inner = heads * state if same else read.multiple("ssm_expand", d)
    if inner % heads or heads % groups:
        raise InputError(
            f"ssm_n_heads {heads:,} must divide the inner width {inner:,} and be a multiple of "
            f"ssm_n_groups {groups:,}"
        )
    if kind == "Mamba-2":
        normalised = read.plain("ssm_norm", ("none", "gated"), "gated") == "gated"
        norm = inner if normalised else 0
        return recurrent.mamba2(d, inner, heads, groups, state, kernel, norm=norm)
    return recurrent.gated_delta_net(d, groups, heads, state, inner // heads, kernel)
