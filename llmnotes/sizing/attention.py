"""Attention mixers: multi-head, multi-query and grouped-query, and multi-head latent attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from llmnotes.sizing.weights import Weight, linear, vector


def within(window: int | None, context: int) -> int:
    """The number of `context` tokens within a window (None = all of them)."""
    return context if window is None else min(window, context)


class _KeepsTokens:
    """A mixer whose cache has the same size for every token in its window, or for all tokens."""

    __slots__ = ()

    if TYPE_CHECKING:  # fields and properties of the mixers below

        @property
        def cache_per_token(self) -> int: ...

        @property
        def window(self) -> int | None: ...

    @property
    def growth_per_token(self) -> int:
        """Elements added per token once the window is full: none, or the usual number without a window."""
        return self.cache_per_token if self.window is None else 0

    @property
    def state(self) -> int:
        """Elements whose number does not depend on the context length: none."""
        return 0

    def cached(self, context: int) -> int:
        """Elements cached for one sequence of `context` tokens."""
        return self.cache_per_token * within(self.window, context)


@dataclass(frozen=True, slots=True)
class Attention(_KeepsTokens):
    """Scaled dot-product attention; MHA, GQA and MQA differ by `n_kv_heads` alone.

    Attributes:
        d_model: width of the residual stream it reads and writes.
        n_heads: query heads.
        n_kv_heads: key and value heads (`n_heads` = MHA, 1 = MQA, between = GQA).
        head_dim: width of a query and key head; need not be d_model / n_heads.
        v_head_dim: width of a value head where it differs from `head_dim`.
        qkv_bias, o_bias: biases on the projections in and out.
        k_bias: set to False where queries and values have biases and keys do not.
        qk_norm: parameters of the norms on queries and keys together (0 = none).
        gate: width of a gate on the output (0 = none; n_heads, or n_heads * v_head_dim).
        sinks: learnable attention sinks (`n_heads` of them, or none).
        window: keys a query sees at most, sliding or chunked (None = all).
        key_is_value: values reuse the key projection.
        reuses_kv: keys and values come from an earlier layer: no cache of its own.
        has_kv_weights: set to False where such a layer also lacks the two projections.
        source_dim: width of the sequence attended to, for cross-attention (None = d_model).
        out_dim: width it writes where it differs from the one it reads (None = d_model).
        cross: attends to another sequence, whose length decides the cache.
        q_rank: rank of the query's compression, which a norm follows (None = a full projection).
        extra: further weights of this mixer.
        cache_extra: further elements cached for each token (an indexer's keys).
    """

    d_model: int
    n_heads: int
    n_kv_heads: int
    head_dim: int
    v_head_dim: int | None = None
    qkv_bias: bool = False
    o_bias: bool = False
    k_bias: bool | None = None
    qk_norm: int = 0
    gate: int = 0
    gate_bias: bool = False
    sinks: int = 0
    window: int | None = None
    key_is_value: bool = False
    reuses_kv: bool = False
    has_kv_weights: bool = True
    source_dim: int | None = None
    out_dim: int | None = None
    cross: bool = False
    q_rank: int | None = None
    extra: tuple[Weight, ...] = ()
    cache_extra: int = 0

    @property
    def kind(self) -> str:
        """MHA, GQA or MQA."""
        if self.n_kv_heads == self.n_heads:
            return "MHA"
        return "MQA" if self.n_kv_heads == 1 else "GQA"

    @property
    def value_dim(self) -> int:
        """Width of a value head."""
        return self.head_dim if self.v_head_dim is None else self.v_head_dim

    def weights(self) -> tuple[Weight, ...]:
        """Projections, norms on queries and keys, gate and sinks."""
        part = "cross_attention" if self.cross else "attention"
        d = self.d_model
        source = d if self.source_dim is None else self.source_dim
        k_bias = self.qkv_bias if self.k_bias is None else self.k_bias
        q_width, v_width = self.n_heads * self.head_dim, self.n_heads * self.value_dim
        found = self._queries(part, q_width)
        if self.has_kv_weights:
            k_width, kv_width = self.n_kv_heads * self.head_dim, self.n_kv_heads * self.value_dim
            found.append(linear(part, "key projection", source, k_width, k_bias))
            if not self.key_is_value:
                found.append(linear(part, "value projection", source, kv_width, self.qkv_bias))
        written = d if self.out_dim is None else self.out_dim
        found.append(linear(part, "output projection", v_width, written, self.o_bias))
        if self.gate:
            found.append(linear(part, "output gate", d, self.gate, self.gate_bias))
        if self.qk_norm:
            found.append(vector("norms", "query and key norms", self.qk_norm))
        if self.sinks:
            found.append(vector(part, "attention sinks", self.sinks))
        return (*found, *self.extra)

    def _queries(self, part: str, width: int) -> list[Weight]:
        d, rank = self.d_model, self.q_rank
        if rank is None:
            return [linear(part, "query projection", d, width, self.qkv_bias)]
        return [
            linear(part, "query down-projection", d, rank, self.qkv_bias),
            vector("norms", "query latent norm", rank),
            linear(part, "query up-projection", rank, width, self.qkv_bias),
        ]

    @property
    def cache_per_token(self) -> int:
        """Elements cached for each token attended to: keys and values of every KV head."""
        if self.reuses_kv:
            return 0
        width = self.head_dim + (self.value_dim if not self.key_is_value else self.head_dim)
        return self.n_kv_heads * width + self.cache_extra

    def cache_formula(self, *, growing: bool) -> str:
        """The formula of `cache_per_token`, or of `growth_per_token` where `growing`."""
        extra = f" + {self.cache_extra}" if self.cache_extra else ""
        return f"({self.n_kv_heads} x ({self.head_dim} + {self.value_dim}){extra})"

    @property
    def macs_per_key(self) -> int:
        """Multiply-accumulates of one query against one key: scores, then the weighted sum."""
        return self.n_heads * (self.head_dim + self.value_dim)


@dataclass(frozen=True, slots=True)
class LatentAttention(_KeepsTokens):
    """Multi-head latent attention (MLA): keys and values reconstructed from one cached latent.

    Source: DeepSeek-V2, arXiv 2405.04434, section 2.1; per token and layer it caches `kv_lora_rank +
    qk_rope_head_dim` elements, shared by all heads.

    Attributes:
        d_model: width of the residual stream.
        n_heads: heads of queries, keys and values.
        q_lora_rank: rank of the query compression (None = a full query projection).
        kv_lora_rank: rank of the cached latent.
        qk_nope_head_dim, qk_rope_head_dim: head widths without and with rotary positions.
        v_head_dim: width of a value head.
        bias: biases on the down-projections and the output.
        full_query_bias: bias on a full query projection.
        q_norm, kv_norm: whether the compressed query and latent are normalised.
        gate: width of an output gate (0 = none).
        window: keys a query sees at most (None = all).
        extra: further weights (a sparse-attention indexer, sinks).
        cache_extra: further elements cached for each token.
    """

    d_model: int
    n_heads: int
    q_lora_rank: int | None
    kv_lora_rank: int
    qk_nope_head_dim: int
    qk_rope_head_dim: int
    v_head_dim: int
    bias: bool = False
    full_query_bias: bool = False
    q_norm: bool = True
    kv_norm: bool = True
    gate: int = 0
    window: int | None = None
    extra: tuple[Weight, ...] = ()
    cache_extra: int = 0

    @property
    def kind(self) -> str:
        """MLA."""
        return "MLA"

    @property
    def qk_head_dim(self) -> int:
        """Width of a query or key head."""
        return self.qk_nope_head_dim + self.qk_rope_head_dim

    def weights(self) -> tuple[Weight, ...]:
        """Down- and up-projections of queries and of the latent, and the output projection."""
        part, d, h = "attention", self.d_model, self.n_heads
        q_width = h * self.qk_head_dim
        if self.q_lora_rank is None:
            found = [linear(part, "query projection", d, q_width, self.full_query_bias)]
        else:
            found = [
                linear(part, "query down-projection", d, self.q_lora_rank, self.bias),
                linear(part, "query up-projection", self.q_lora_rank, q_width),
            ]
            if self.q_norm:
                found.append(vector("norms", "query latent norm", self.q_lora_rank))
        latent, cached = self.kv_lora_rank, self.kv_lora_rank + self.qk_rope_head_dim
        kv_width = h * (self.qk_nope_head_dim + self.v_head_dim)
        found.append(linear(part, "key-value down-projection", d, cached, self.bias))
        if self.kv_norm:
            found.append(vector("norms", "key-value latent norm", latent))
        found.append(linear(part, "key-value up-projection", latent, kv_width))
        found.append(linear(part, "output projection", h * self.v_head_dim, d, self.bias))
        if self.gate:
            found.append(linear(part, "output gate", d, self.gate))
        return (*found, *self.extra)

    @property
    def cache_per_token(self) -> int:
        """Elements cached for each token: the latent and the shared rotary key."""
        return self.kv_lora_rank + self.qk_rope_head_dim + self.cache_extra

    def cache_formula(self, *, growing: bool) -> str:
        """The formula of `cache_per_token`, or of `growth_per_token` where `growing`."""
        extra = f" + {self.cache_extra}" if self.cache_extra else ""
        return f"({self.kv_lora_rank} + {self.qk_rope_head_dim}{extra})"

    @property
    def macs_per_key(self) -> int:
        """Multiply-accumulates of one query against one reconstructed key and value."""
        return self.n_heads * (self.qk_head_dim + self.v_head_dim)


@dataclass(frozen=True, slots=True)
class CompressedAttention:
    """One key-value head for all queries, a short window, and compressed keys for older tokens.

    Source: the DeepSeek-V4 model code; a key is also its value, queries and the output are projected by
    low-rank matrices, and every `rate` tokens leave one compressed entry.

    Attributes:
        d_model: width of the residual stream.
        n_heads: query heads.
        head_dim: width of a head, and of the one key.
        q_lora_rank: rank of the query compression.
        o_groups, o_lora_rank: groups of heads and rank of each group in the output projection.
        window: recent tokens cached uncompressed.
        rate: tokens that share one compressed entry (0 = no compressed entries).
        far_width: elements of one compressed entry (with its indexer's key).
        extra: weights of the compressor and its indexer.
    """

    d_model: int
    n_heads: int
    head_dim: int
    q_lora_rank: int
    o_groups: int
    o_lora_rank: int
    window: int
    rate: int = 0
    far_width: int = 0
    extra: tuple[Weight, ...] = ()

    @property
    def kind(self) -> str:
        """MQA with compression."""
        return "MQA"

    def weights(self) -> tuple[Weight, ...]:
        """Low-rank queries, one key, sinks, grouped low-rank output."""
        part, d, rank = "attention", self.d_model, self.q_lora_rank
        width = self.n_heads * self.head_dim
        mixed = self.o_groups * self.o_lora_rank
        return (
            linear(part, "query down-projection", d, rank),
            vector("norms", "query latent norm", rank),
            linear(part, "query up-projection", rank, width),
            linear(part, "key-value projection", d, self.head_dim),
            vector("norms", "key-value norm", self.head_dim),
            linear(part, "grouped output projection", width // self.o_groups, mixed),
            linear(part, "output projection", mixed, d),
            vector(part, "attention sinks", self.n_heads),
            *self.extra,
        )

    @property
    def cache_per_token(self) -> float:
        """Elements added per token: one key, which is also the value, and its share of a compressed entry."""
        return self.head_dim + self.growth_per_token

    @property
    def growth_per_token(self) -> float:
        """Elements added per token once the window is full: its share of a compressed entry."""
        return self.far_width / self.rate if self.rate else 0

    @property
    def state(self) -> int:
        """Elements whose number does not depend on the context length: none."""
        return 0

    def cached(self, context: int) -> int:
        """Elements cached for one sequence: the window, and one entry for every `rate` tokens."""
        far = context // self.rate * self.far_width if self.rate else 0
        return self.head_dim * within(self.window, context) + far

    def cache_formula(self, *, growing: bool) -> str:
        """The formula of `cache_per_token`, or of `growth_per_token` where `growing`."""
        far = f"{self.far_width} / {self.rate}" if self.rate else "0"
        return far if growing else f"({self.head_dim} + {far})"

    @property
    def macs_per_key(self) -> int:
        """Multiply-accumulates of one query against one key."""
        return 2 * self.n_heads * self.head_dim
