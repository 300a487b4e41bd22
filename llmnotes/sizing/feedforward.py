"""Feed-forward networks: dense (plain or gated) and mixtures of experts."""

from __future__ import annotations

from dataclasses import dataclass

from llmnotes.sizing.weights import Weight, linear, vector


@dataclass(frozen=True, slots=True)
class FeedForward:
    """A dense feed-forward network: two matrices, or three when gated (arXiv 2002.05202).

    Attributes:
        d_model: width it reads and writes.
        d_ff: inner width.
        gated: has a gate matrix beside the up-projection (SwiGLU, GeGLU ...).
        in_bias, out_bias: biases on the matrices in and on the one out.
        shared: is the always-active expert of a mixture.
        extra: further weights (an inner norm, a gate on the output).
    """

    d_model: int
    d_ff: int
    gated: bool = True
    in_bias: bool = False
    out_bias: bool = False
    shared: bool = False
    extra: tuple[Weight, ...] = ()

    def weights(self) -> tuple[Weight, ...]:
        """Up-projection (with the gate, where there is one) and down-projection."""
        part = "shared_experts" if self.shared else "ffn"
        n_in = 2 if self.gated else 1
        name = "gate and up projection" if self.gated else "up projection"
        return (
            linear(part, name, self.d_model, n_in * self.d_ff, self.in_bias),
            linear(part, "down projection", self.d_ff, self.d_model, self.out_bias),
            *self.extra,
        )


@dataclass(frozen=True, slots=True)
class MixtureOfExperts:
    """A mixture of experts: a router selects `n_active` of `n_experts` for each token.

    Attributes:
        d_model: width it reads and writes.
        n_experts: routed experts.
        n_active: routed experts one token uses.
        d_expert: inner width of one routed expert.
        gated: an expert has a gate matrix.
        bias: an expert has biases.
        router_bias: the router has a bias that is a parameter (a correction buffer is not).
        router_outputs: number of router scores, where it is not `n_experts`.
        router_weights: False where the router is no single matrix; its weights are then in `extra`.
        shared: the experts every token uses, as one dense network.
        extra: further weights.
    """

    d_model: int
    n_experts: int
    n_active: int
    d_expert: int
    gated: bool = True
    bias: bool = False
    router_bias: bool = False
    router_outputs: int | None = None
    router_weights: bool = True
    shared: FeedForward | None = None
    extra: tuple[Weight, ...] = ()

    def weights(self) -> tuple[Weight, ...]:
        """Router, routed experts as banks of copies, shared experts."""
        d, inner = self.d_model, self.d_expert
        wide = (2 if self.gated else 1) * inner
        n, used = self.n_experts, self.n_active
        up, down = d * wide, inner * d
        up_bias, down_bias = (wide, d) if self.bias else (0, 0)
        found: list[Weight] = []
        if self.router_weights:
            outputs = n if self.router_outputs is None else self.router_outputs
            found.append(linear("routers", "router", d, outputs))
            if self.router_bias:
                found.append(vector("routers", "router bias", outputs))
        found.append(Weight("experts", "expert up projection", up + up_bias, up, n, used))
        found.append(Weight("experts", "expert down projection", down + down_bias, down, n, used))
        shared = self.shared.weights() if self.shared is not None else ()
        return (*found, *shared, *self.extra)


def latent_projections(d_model: int, latent: int, bias: bool = False) -> tuple[Weight, ...]:
    """The projections to and from the width that routed experts work at, where it is not the model's."""
    return (
        linear("experts", "latent down-projection", d_model, latent, bias),
        linear("experts", "latent up-projection", latent, d_model, bias),
    )
