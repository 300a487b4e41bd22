"""The attention of multi-head, multi-query and grouped-query models."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.token_cache import KeepsTokens
from llmnotes.sizing.weights import Weight, linear, vector


@dataclass(frozen=True, slots=True)
class Attention(KeepsTokens):
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
