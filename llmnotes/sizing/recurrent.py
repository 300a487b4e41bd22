"""Mixers with a fixed-size state: state-space models, linear attention, recurrences, convolutions."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.weights import Weight, linear, vector

_PART = "recurrent"


@dataclass(frozen=True, slots=True)
class Recurrent:
    """A mixer whose state has a fixed size, whatever the context length.

    Attributes:
        kind: its type (Mamba, Mamba-2, gated DeltaNet, RG-LRU, RWKV, short convolution ...).
        parts: its weights.
        state: elements per sequence in this layer (recurrent state and convolution inputs).
        step_macs: multiply-accumulates per token for updating and reading the state.
    """

    kind: str
    parts: tuple[Weight, ...]
    state: int
    step_macs: int = 0

    def weights(self) -> tuple[Weight, ...]:
        """Its weights, and the compute on the state as a weight without parameters."""
        if not self.step_macs:
            return self.parts
        return (*self.parts, Weight(_PART, "state update", 0, self.step_macs))

    @property
    def window(self) -> int | None:
        """None: there is no attention window."""
        return None

    @property
    def cache_per_token(self) -> int:
        """0: the cache does not grow with the context."""
        return 0

    @property
    def growth_per_token(self) -> int:
        """0: the cache does not grow with the context."""
        return 0

    def cached(self, context: int) -> int:
        """0: the cache does not grow with the context."""
        return 0

    def cache_formula(self, *, growing: bool) -> str:
        """The formula of the per-token cache, which is 0."""
        return "0"

    @property
    def macs_per_key(self) -> int:
        """0: compute does not grow with the context."""
        return 0


def convolution(name: str, channels: int, kernel: int, bias: bool) -> Weight:
    """A depthwise causal convolution over time: `kernel` taps for each channel."""
    size = channels * kernel
    return Weight(_PART, name, size + (channels if bias else 0), size)


def mamba(
    d_model: int,
    d_inner: int,
    d_state: int,
    dt_rank: int,
    kernel: int,
    *,
    bias: bool = False,
    conv_bias: bool = True,
    norms: int = 0,
) -> Recurrent:
    """A selective state-space mixer (Mamba, arXiv 2312.00752).

    `norms` counts the parameters of norms on dt, B and C, where a model has them (Jamba).
    State: `d_inner * (d_state + kernel)` elements.
    """
    parts = [
        linear(_PART, "input projection", d_model, 2 * d_inner, bias),
        convolution("convolution", d_inner, kernel, conv_bias),
        linear(_PART, "dt, B and C projection", d_inner, dt_rank + 2 * d_state),
        linear(_PART, "dt projection", dt_rank, d_inner, True),
        vector(_PART, "A and D", d_inner * (d_state + 1)),
        linear(_PART, "output projection", d_inner, d_model, bias),
    ]
    if norms:
        parts.append(vector("norms", "dt, B and C norms", norms))
    state = d_inner * (d_state + kernel)
    return Recurrent("Mamba", tuple(parts), state, 2 * d_inner * d_state)


def mamba2(
    d_model: int,
    d_inner: int,
    n_heads: int,
    n_groups: int,
    d_state: int,
    kernel: int,
    *,
    bias: bool = False,
    out_bias: bool | None = None,
    conv_bias: bool = True,
    norm: int = 0,
) -> Recurrent:
    """A Mamba-2 (state-space duality) mixer, arXiv 2405.21060.

    State: `d_inner * d_state` plus the convolution's inputs.
    """
    conv = d_inner + 2 * n_groups * d_state
    parts = [
        linear(_PART, "input projection", d_model, d_inner + conv + n_heads, bias),
        convolution("convolution", conv, kernel, conv_bias),
        vector(_PART, "A, D and dt bias", 3 * n_heads),
        linear(
            _PART, "output projection", d_inner, d_model, bias if out_bias is None else out_bias
        ),
    ]
    if norm:
        parts.append(vector("norms", "gated norm", norm))
    state = d_inner * d_state + conv * kernel
    return Recurrent("Mamba-2", tuple(parts), state, 2 * d_inner * d_state)


def gated_delta_net(
    d_model: int, n_k_heads: int, n_v_heads: int, k_dim: int, v_dim: int, kernel: int
) -> Recurrent:
    """A gated DeltaNet mixer (arXiv 2412.06464), as Qwen3-Next lays it out.

    State: one `k_dim` by `v_dim` matrix for each value head, plus the convolution's inputs.
    """
    keys, values = n_k_heads * k_dim, n_v_heads * v_dim
    parts = (
        linear(_PART, "query, key, value and gate projection", d_model, 2 * (keys + values)),
        linear(_PART, "beta and decay projection", d_model, 2 * n_v_heads),
        convolution("convolution", 2 * keys + values, kernel, False),
        vector(_PART, "A and dt bias", 2 * n_v_heads),
        vector("norms", "gated norm", v_dim),
        linear(_PART, "output projection", values, d_model),
    )
    state = n_v_heads * k_dim * v_dim + (2 * keys + values) * kernel
    return Recurrent("gated DeltaNet", parts, state, 4 * n_v_heads * k_dim * v_dim)


def kimi_delta_attention(
    d_model: int,
    n_heads: int,
    head_dim: int,
    kernel: int,
    *,
    low_rank_gates: bool = True,
    low_rank_output_gate: bool | None = None,
) -> Recurrent:
    """Kimi delta attention (arXiv 2510.26692): a delta rule with a decay for each channel.

    The forget gate and the output gate are both of low rank or both full, unless the output's is given
    separately.
    """
    width = n_heads * head_dim
    low, full = d_model * head_dim + head_dim * width, d_model * width
    forget = low if low_rank_gates else full
    output = forget if low_rank_output_gate is None else low if low_rank_output_gate else full
    parts = (
        linear(_PART, "query, key and value projection", d_model, 3 * width),
        convolution("convolution", 3 * width, kernel, False),
        Weight(_PART, "forget gate", forget, forget),
        vector(_PART, "A and dt bias", n_heads + width),
        linear(_PART, "beta projection", d_model, n_heads),
        Weight(_PART, "output gate", output, output),
        vector("norms", "gated norm", head_dim),
        linear(_PART, "output projection", width, d_model),
    )
    state = n_heads * head_dim * head_dim + 3 * width * kernel
    return Recurrent("Kimi delta attention", parts, state, 4 * n_heads * head_dim * head_dim)


def short_convolution(d_model: int, kernel: int, bias: bool) -> Recurrent:
    """A gated short convolution (LFM2): project to three, gate, convolve, gate, project back."""
    parts = (
        linear(_PART, "input projection", d_model, 3 * d_model, bias),
        convolution("convolution", d_model, kernel, bias),
        linear(_PART, "output projection", d_model, d_model, bias),
    )
    return Recurrent("short convolution", parts, d_model * kernel)


def rg_lru(d_model: int, width: int, n_blocks: int, kernel: int) -> Recurrent:
    """The recurrent block of Griffin (arXiv 2402.19427): a convolution, then an RG-LRU."""
    block = width // n_blocks
    gates = 2 * n_blocks * block * block
    parts = (
        linear(_PART, "gate projection", d_model, width, True),
        linear(_PART, "input projection", d_model, width, True),
        convolution("convolution", width, kernel, True),
        Weight(_PART, "input and recurrence gates", gates + 2 * width, gates),
        vector(_PART, "recurrence", width),
        linear(_PART, "output projection", width, d_model, True),
    )
    return Recurrent("RG-LRU", parts, width * kernel)


def lightning_attention(
    d_model: int, n_heads: int, head_dim: int, *, qk_norm: int = 0
) -> Recurrent:
    """Lightning (linear) attention with an output gate, as in MiniMax-01 (arXiv 2501.08313).

    `qk_norm` counts the parameters of norms on queries and keys, where a model has them (Ling 2.5).
    """
    width = n_heads * head_dim
    parts = [
        linear(_PART, "query, key and value projection", d_model, 3 * width),
        linear(_PART, "output gate", d_model, width),
        vector("norms", "output norm", width),
        linear(_PART, "output projection", width, d_model),
    ]
    if qk_norm:
        parts.append(vector("norms", "query and key norms", qk_norm))
    state = n_heads * head_dim * head_dim
    return Recurrent("lightning attention", tuple(parts), state, 2 * state)


def mlstm(d_model: int, n_heads: int, qk_width: int, v_width: int, *, bias: bool) -> Recurrent:
    """The matrix memory of xLSTM (arXiv 2405.04517): one matrix of keys by values for each head.

    State: the matrices, a sum of keys and a stabiliser for each head.
    """
    parts = (
        linear(_PART, "query and key projection", d_model, 2 * qk_width, bias),
        linear(_PART, "value and output gate projection", d_model, 2 * v_width, bias),
        linear(_PART, "input and forget gates", d_model, 2 * n_heads, True),
        vector("norms", "head norm", v_width * (2 if bias else 1)),
        linear(_PART, "output projection", v_width, d_model, bias),
    )
    memory = qk_width * v_width // n_heads
    return Recurrent("mLSTM", parts, memory + qk_width + n_heads, 2 * memory)


def hyena(d_model: int, kernel: int, n_states: int) -> Recurrent:
    """A gated long convolution whose filter is a sum of exponentials (StripedHyena, arXiv 2310.18780).

    Three projections pass a short convolution; the product of two is filtered and gated by the third. The
    filter of a channel has `n_states` complex poles and residues, with which it runs as a recurrence.
    """
    filters = 2 * 2 * n_states * d_model
    parts = (
        linear(_PART, "input projections", d_model, 3 * d_model, True),
        convolution("short filter", 3 * d_model, kernel, True),
        vector(_PART, "long filter: poles and residues", filters),
        vector(_PART, "long filter: direct path", d_model),
        linear(_PART, "output projection", d_model, d_model, True),
    )
    state = 2 * n_states * d_model + 3 * d_model * kernel
    return Recurrent("Hyena", parts, state, 2 * n_states * d_model)


def rwkv4_time_mix(d_model: int, width: int) -> Recurrent:
    """The time mixing of RWKV-4 (arXiv 2305.13048).

    State: three sums, and the last inputs of time and of channel mixing, whose shifts need them
    (`RwkvModel` of transformers keeps these five).
    """
    parts = (
        vector(_PART, "time decay, first and mixing", 2 * width + 3 * d_model),
        linear(_PART, "key, value and receptance projection", d_model, 3 * width),
        linear(_PART, "output projection", width, d_model),
    )
    return Recurrent("RWKV", parts, 3 * width + 2 * d_model)
