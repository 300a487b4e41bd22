"""Attention on a compressed cache: a latent for all heads (MLA), or one entry for several older tokens."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.token_cache import KeepsTokens, within
from llmnotes.sizing.weights import Weight, linear, vector


@dataclass(frozen=True, slots=True)
class LatentAttention(KeepsTokens):
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
