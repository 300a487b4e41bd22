"""The widths and traits that every layer of a model shares, read from its attributes once."""

from __future__ import annotations

from functools import cached_property

from llmnotes.sizing.architecture import norm
from llmnotes.sizing.attribute_access import AttributeAccess

_NORMS_PER_SUBLAYER = {"pre-norm": 1, "post-norm": 1, "output-norm": 1, "sandwich-norm": 2}
_BARE = ("non-parametric LayerNorm", "non-parametric RMSNorm")
_NORMALIZATIONS = ("LayerNorm", "RMSNorm", *_BARE)
_QK_NORMS = ("none", "unscaled", "per-head", "per-head-scales", "full")


class SharedTraits:
    """The traits common to all layers."""

    def __init__(self, read: AttributeAccess) -> None:
        self._read = read
        self.d_model = read.integer("d_model")
        self.biases = read.terms("bias")
        kind = read.term("normalization", _NORMALIZATIONS)
        self._norm_bias = kind == "LayerNorm" and self.biased("norm")
        self._norm_scale = kind not in _BARE
        self.one_norm = self.norm_of(self.d_model)
        self.parallel = read.flag("parallel_blocks", False)
        self.qk_norm = read.term("qk_norm", _QK_NORMS, "none")
        self.block_norms = read.optional("n_block_norms")
        self.gate = read.plain("attention_gate", ("none", "per-head", "per-channel"), "none")
        self.inner_norm = read.stated("inner_norm", False)
        self.sinks = read.stated("attention_sinks", False)
        self.position_projections = read.optional("n_position_projections") or 0

    @cached_property
    def gated(self) -> bool:
        """Whether feed-forward networks have a gate; read only where there are such networks."""
        return self._read.flag("gated_ffn")

    @cached_property
    def placement(self) -> str:
        """The placement of norms; read only where the kind of block does not imply it."""
        return self._read.term("norm_placement", tuple(_NORMS_PER_SUBLAYER))

    def biased(self, *what: str) -> bool:
        """Whether any of these linear layers or norms has biases."""
        return any(name in self.biases for name in ("all", *what))

    def norm_of(self, width: int) -> int:
        """Parameters of one norm on a width."""
        return norm(width, bias=self._norm_bias, scale=self._norm_scale)

    def norms(self, sublayers: int) -> int:
        """Parameters of a block's norms."""
        count = 1 if self.parallel else sublayers
        count *= _NORMS_PER_SUBLAYER[self.placement]
        return (self.block_norms or count) * self.one_norm

    @property
    def final_norm(self) -> int:
        """Parameters of the norm after the stack, which pre-norm models have."""
        return 0 if self.placement == "post-norm" else self.one_norm
