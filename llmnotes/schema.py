"""The vocabulary of llmnotes: every attribute that can be said of a model, declared once.

Table columns, command options, table rows, exports, the JSON Schema and `docs/attributes.md` are
made from these declarations. Importing this module builds no pydantic class; the record types
(`Family`, `Model`, `Claim`, `Source`, `Organization`) live in `llmnotes.records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from llmnotes.errors import InputError, unknown
from llmnotes.vocabulary import VOCABULARIES, fold

Kind = Literal[
    "integer", "number", "flag", "term", "terms", "text", "texts", "date",
    "batch", "quantity", "datasets", "results", "organizations", "models",
]  # fmt: skip

STATUSES: Mapping[str, str] = {
    "reported": "the source says so",
    "derived": "computed from other claims, or taken from a documented sibling of the same "
    "architecture; the source names the formula",
    "estimated": "a third party's estimate",
    "rumoured": "said by people who do not show where they know it from",
    "undisclosed": "the publisher refuses to say, or the documents searched are named and silent",
    "not-applicable": "the attribute has no meaning for this model",
}
"""What a claim's status says. No claim at all means unknown."""

TENTATIVE_STATUSES = frozenset({"estimated", "rumoured"})
"""Statuses passed over while any other claim exists, and by every filter unless asked for."""

LAYERS: Mapping[str, str] = {
    "user": "typed by the user",
    "curated": "ships with the package",
    "imported": "bulk data that a user brought in",
}
"""Who a claim comes from, strongest first."""

VARIANTS: Mapping[str, str] = {
    "base": "as pretraining left it",
    "post-trained": "a checkpoint trained further to follow instructions or to chat",
}

GROUPS: Mapping[str, str] = {
    "identity": "Identity",
    "architecture": "Architecture",
    "size": "Size",
    "objective": "Objective",
    "data": "Training data",
    "tokenizer": "Tokenizer",
    "position": "Positions",
    "attention": "Attention",
    "feed-forward": "Feed-forward and norms",
    "context": "Context",
    "layers": "Layers",
    "state-space": "State-space and linear layers",
    "batch": "Batch",
    "evaluation": "Evaluation",
    "post-training": "Post-training",
    "optimizer": "Optimizer",
    "compute": "Compute",
    "access": "Access",
}
"""Groups of attributes, in the order of the starting notes' rows, with their headings."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the view `models`: its SQL type and the part of the value it holds."""

    name: str
    sql_type: Literal["INTEGER", "REAL", "TEXT"]
    part: Literal["value", "min", "max", "unit", "tokens", "pattern"]


@dataclass(frozen=True)
class Attribute:
    """One thing that can be said of a model.

    `many` marks a number that may be a set, `per_layer` a value that may change from layer to
    layer, `inherited` an architecture attribute that a post-trained variant takes from its base,
    `binary` a count of which `4k` means 4,096, `fallback` the attribute that fills it when nothing
    is claimed of it, `row` the row of the starting notes' table it stands in, `also` further names
    of its option, `terms_of` the attribute in which a term is looked for that is none of its own.
    What is `computed` follows from the other claims: nobody can claim it, and it tells no difference
    between models.
    """

    id: str
    label: str
    group: str
    kind: Kind
    meaning: str
    unit: str | None = None
    vocabulary: str | None = None
    option: str = ""
    row: str | None = None
    many: bool = False
    per_layer: bool = False
    inherited: bool = False
    binary: bool = False
    fallback: str | None = None
    range_text: bool = False
    computed: bool = False
    also: tuple[str, ...] = ()
    terms_of: str | None = None

    @cached_property
    def option_name(self) -> str:
        """The lenient name used by `filter` options and by `--where`."""
        return self.option or self.id

    @cached_property
    def is_list(self) -> bool:
        """Whether a value holds several elements, of which `=` means contains."""
        return self.kind in LIST_KINDS

    @cached_property
    def plain(self) -> bool:
        """Whether one column holds the whole value."""
        return len(self.columns) == 1

    @cached_property
    def is_numeric(self) -> bool:
        """Whether the value is compared as a number."""
        return self.kind in {"integer", "number", "batch", "quantity"}

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the view `models` that hold this attribute, the plain one first."""
        kind = self.kind
        if kind in {"number", "quantity"}:
            sql_type: Literal["INTEGER", "REAL", "TEXT"] = "REAL"
        else:
            sql_type = "INTEGER" if kind in {"integer", "flag", "batch"} else "TEXT"
        found = [Column(self.id, sql_type, "value")]
        if kind == "date":
            found += [
                Column(f"{self.id}_min", "TEXT", "min"),
                Column(f"{self.id}_max", "TEXT", "max"),
            ]
        if kind == "integer" and (self.many or self.per_layer):
            found += [
                Column(f"{self.id}_min", "INTEGER", "min"),
                Column(f"{self.id}_max", "INTEGER", "max"),
            ]
        if self.per_layer:
            found.append(Column(f"{self.id}_pattern", "TEXT", "pattern"))
        if kind in {"batch", "quantity"}:
            found.append(Column(f"{self.id}_unit", "TEXT", "unit"))
        if kind == "batch":
            found.append(Column(f"{self.id}_tokens", "INTEGER", "tokens"))
        return tuple(found)

    @property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """The allowed terms with their synonyms; empty where any text is allowed."""
        return VOCABULARIES[self.vocabulary] if self.vocabulary else {}


FLAG_TERMS = ("yes", "no")
"""How the values of a flag are written."""

LIST_KINDS = frozenset({"terms", "texts", "datasets", "results", "organizations", "models"})
"""Kinds whose value is a list; the rest hold one value (a set or a pattern counts as one)."""


def _declare() -> Iterator[Attribute]:
    def of(group: str, *items: Attribute) -> Iterator[Attribute]:
        for item in items:
            assert item.group == group, item.id
            yield item

    A = Attribute
    yield from of(
        "identity",
        A("organization", "Organization", "identity", "organizations",
          "Who published the model.", row="Company"),
        A("release_date", "Released", "identity", "date",
          "First public date of the model: its paper, announcement or weights, whichever came "
          "first; as precise as the source.", option="released", row="Time"),
        A("based_on", "Based on", "identity", "models",
          "The models whose weights this one starts from; a post-trained variant shares their "
          "architecture."),
        A("languages", "Languages", "identity", "texts",
          "Languages that the publisher says the model is trained on or meant for."),
        A("modalities", "Modalities", "identity", "terms",
          "What goes in and comes out.", vocabulary="modalities"),
        A("knowledge_cutoff", "Knowledge cutoff", "identity", "date",
          "The date after which the pretraining data holds nothing, as the publisher states it."),
        A("coverage", "Coverage", "identity", "term",
          "How much is known here: architecture and training (full), the architecture alone, or "
          "little because the publisher withholds it; docs/conventions.md counts how.",
          vocabulary="coverage", computed=True),
    )  # fmt: skip
    yield from of(
        "architecture",
        A("architecture", "Architecture", "architecture", "term",
          "How the stack is built and what its attention may see.",
          vocabulary="architecture", row="Architecture", inherited=True),
        A("mixer", "Mixer", "architecture", "term",
          "What mixes information between positions.",
          vocabulary="mixer", per_layer=True, row="Architecture", inherited=True),
        A("sparsity", "Sparsity", "architecture", "term",
          "Whether every token passes through all feed-forward parameters (dense) or a routed part "
          "of them (moe).", vocabulary="sparsity", row="Architecture", inherited=True),
    )  # fmt: skip
    yield from of(
        "size",
        A("params_total", "Parameters", "size", "integer",
          "All parameters, each tied tensor counted once: the exact count of the checkpoint or of "
          "a complete configuration, or the published figure where no exact count exists.",
          unit="parameters", option="params", row="ModelSize", inherited=True,
          fallback="params_reported"),
        A("params_reported", "Parameters as published", "size", "integer",
          "The publisher's own, rounded figure.", unit="parameters", row="ModelSize",
          inherited=True),
        A("params_active", "Active parameters", "size", "integer",
          "Parameters that take part in computing one token; all of them in a dense model.",
          unit="parameters", row="ModelSize", inherited=True),
    )  # fmt: skip
    yield from of(
        "objective",
        A("objective", "Objective", "objective", "terms",
          "What pretraining predicts.", vocabulary="objective", row="Objective"),
    )  # fmt: skip
    yield from of(
        "data",
        A("training_data", "Training data", "data", "datasets",
          "Datasets of pretraining with their size and share.", row="Data", also=("data",)),
        A("training_tokens", "Training tokens", "data", "integer",
          "Tokens seen in pretraining, repeated ones counted each time.", unit="tokens",
          row="Data", range_text=True),
        A("preprocessing", "Preprocessing", "data", "terms",
          "What is done to the text before it is tokenized.",
          vocabulary="preprocessing", row="Preprocessing"),
    )  # fmt: skip
    yield from of(
        "tokenizer",
        A("tokenizer", "Tokenizer", "tokenizer", "term",
          "The algorithm that cuts text into tokens.",
          vocabulary="tokenizer", row="Tokenizer", inherited=True, terms_of="tokenizer_library"),
        A("tokenizer_library", "Tokenizer library", "tokenizer", "term",
          "The program that runs the algorithm.",
          vocabulary="tokenizer_library", row="Tokenizer", inherited=True),
        A("vocab_size", "Vocabulary", "tokenizer", "integer",
          "Rows of the token embedding, padding rows included.",
          unit="tokens", row="Tokenizer", inherited=True),
    )  # fmt: skip
    yield from of(
        "position",
        A("positional_encoding", "Positional encoding", "position", "term",
          "How the model knows where a token stands.", vocabulary="positional_encoding",
          per_layer=True, row="PositionalEncoding", inherited=True),
        A("rope_theta", "RoPE base", "position", "number",
          "The base of the rotary angles, theta.", inherited=True, row="PositionalEncoding"),
        A("rope_scaling", "RoPE scaling", "position", "term",
          "How rotary angles are stretched beyond the pretraining length.",
          vocabulary="rope_scaling", inherited=True, row="PositionalEncoding"),
        A("n_positions", "Position table", "position", "integer",
          "Rows of a learned position embedding.", unit="positions", inherited=True,
          row="PositionalEncoding"),
        A("n_relative_positions", "Relative positions", "position", "integer",
          "Rows of a table of relative positions: T5's buckets, DeBERTa's distances.",
          unit="positions", inherited=True),
        A("n_position_projections", "Position projections", "position", "integer",
          "Matrices of one attention layer that project relative positions: two in DeBERTa, none "
          "in DeBERTa-v2, which shares those of the content.", inherited=True),
        A("n_token_types", "Token types", "position", "integer",
          "Rows of the segment (token type) embedding.", unit="types", inherited=True,
          row="PositionalEncoding"),
    )  # fmt: skip
    yield from of(
        "attention",
        A("attention", "Attention", "attention", "term",
          "How heads share keys and values.",
          vocabulary="attention", per_layer=True, row="Attention", inherited=True),
        A("attention_mask", "Attention mask", "attention", "terms",
          "What a position may attend to; an encoder-decoder has one for each side.",
          vocabulary="attention_mask", row="Attention", inherited=True),
        A("attention_span", "Attention span", "attention", "term",
          "How far a position may attend.",
          vocabulary="attention_span", per_layer=True, row="Attention", inherited=True),
        A("sliding_window", "Sliding window", "attention", "integer",
          "Positions a sliding or chunked layer attends to.", unit="tokens", binary=True,
          row="Attention", inherited=True),
        A("kv_source", "Keys and values", "attention", "term",
          "Where an attention layer has its keys and values from, and so what it caches.",
          vocabulary="kv_source", per_layer=True, inherited=True),
        A("attention_gate", "Attention gate", "attention", "term",
          "Whether a gate scales the output of attention, once for each head or each channel.",
          vocabulary="attention_gate", inherited=True),
        A("attention_sinks", "Attention sinks", "attention", "flag",
          "Whether each head has a learned logit that takes up attention.", inherited=True),
        A("q_lora_rank", "Query rank", "attention", "integer",
          "Rank of the compressed query of MLA.", inherited=True),
        A("kv_lora_rank", "KV rank", "attention", "integer",
          "Rank of the compressed key and value of MLA.", inherited=True),
        A("qk_nope_head_dim", "Query head without position", "attention", "integer",
          "Width of the part of an MLA head that carries no position.", inherited=True),
        A("qk_rope_head_dim", "Query head with position", "attention", "integer",
          "Width of the rotary part of an MLA head.", inherited=True),
        A("v_head_dim", "Value head width", "attention", "integer",
          "Width of a value head where it differs from the query's.", inherited=True),
        A("o_lora_rank", "Output rank", "attention", "integer",
          "Rank of each group of heads in a grouped, low-rank output projection.",
          inherited=True),
        A("n_output_groups", "Output groups", "attention", "integer",
          "Groups of heads that share a low-rank output projection.", inherited=True),
        A("kv_compression_rate", "KV compression", "attention", "integer",
          "Tokens whose keys and values a layer compresses into one entry for the far past; 1 = "
          "none.", unit="tokens", per_layer=True, inherited=True),
        A("n_indexer_heads", "Indexer heads", "attention", "integer",
          "Heads of the indexer that picks the keys of sparse attention; 0 = the layer reuses the "
          "choice of another.", per_layer=True, inherited=True),
        A("indexer_head_dim", "Indexer head width", "attention", "integer",
          "Width of an indexer's heads and of the one key it caches for each token.",
          inherited=True),
    )  # fmt: skip
    yield from of(
        "feed-forward",
        A("activation", "Activation", "feed-forward", "term",
          "The non-linearity of the feed-forward layer.",
          vocabulary="activation", row="FFW+Activation+related", inherited=True),
        A("gated_ffn", "Gated feed-forward", "feed-forward", "flag",
          "Whether the feed-forward layer multiplies by a gate and so has three matrices.",
          row="FFW+Activation+related", inherited=True),
        A("d_ff", "Feed-forward width", "feed-forward", "integer",
          "Inner width of a dense feed-forward layer.",
          per_layer=True, row="FFW+Activation+related", inherited=True),
        A("normalization", "Normalization", "feed-forward", "term",
          "The kind of norm.", vocabulary="normalization", row="FFW+Activation+related",
          inherited=True),
        A("norm_placement", "Norm placement", "feed-forward", "term",
          "Where the norms of a block stand.", vocabulary="norm_placement",
          row="FFW+Activation+related", inherited=True),
        A("n_block_norms", "Norms per block", "feed-forward", "integer",
          "Norms of one block on the residual stream's width, where the placement does not say.",
          inherited=True),
        A("embedding_norm", "Embedding norm", "feed-forward", "flag",
          "Whether the embeddings are normalised before the first block.", inherited=True),
        A("qk_norm", "Query-key norm", "feed-forward", "term",
          "Whether queries and keys are normalised before they meet.", vocabulary="qk_norm",
          row="FFW+Activation+related", inherited=True),
        A("bias", "Biases", "feed-forward", "terms",
          "Which linear layers and norms have a bias.", vocabulary="bias",
          row="FFW+Activation+related", inherited=True),
        A("parallel_blocks", "Parallel blocks", "feed-forward", "flag",
          "Whether attention and feed-forward of a block read the same input.",
          row="FFW+Activation+related", inherited=True),
        A("ffn_kind", "Feed-forward kind", "feed-forward", "term",
          "Dense or routed feed-forward, layer by layer.", vocabulary="ffn_kind", per_layer=True,
          inherited=True),
        A("n_experts", "Experts", "feed-forward", "integer",
          "Routed experts of a mixture layer.", inherited=True, row="FFW+Activation+related"),
        A("n_experts_active", "Experts per token", "feed-forward", "integer",
          "Routed experts that one token passes through.", inherited=True,
          row="FFW+Activation+related"),
        A("n_shared_experts", "Shared experts", "feed-forward", "integer",
          "Experts that every token passes through.", inherited=True),
        A("d_shared_expert", "Shared expert width", "feed-forward", "integer",
          "Inner width of all shared experts together, where it is not their number times an "
          "expert's width.", inherited=True),
        A("router_scales", "Router scales", "feed-forward", "flag",
          "Whether the router has a scale for each channel of its input and for each expert.",
          inherited=True),
        A("shared_expert_gate", "Shared expert gate", "feed-forward", "flag",
          "Whether a gate of one output scales what the shared experts say.", inherited=True),
        A("d_expert", "Expert width", "feed-forward", "integer",
          "Inner width of one expert.", inherited=True),
    )  # fmt: skip
    yield from of(
        "context",
        A("context_length", "Context length", "context", "integer",
          "The longest input the publisher states for this release; several offers make a set.",
          unit="tokens", option="context", many=True, binary=True, row="ContextLength"),
        A("context_length_pretraining", "Pretraining length", "context", "integer",
          "Sequence length of the main phase of pretraining.",
          unit="tokens", binary=True, row="ContextLength"),
    )  # fmt: skip
    yield from of(
        "layers",
        A("n_layers", "Layers", "layers", "integer",
          "Blocks of the stack; encoder and decoder together.", row="Layers", inherited=True),
        A("n_encoder_layers", "Encoder layers", "layers", "integer",
          "Blocks of the encoder.", row="Layers", inherited=True),
        A("n_decoder_layers", "Decoder layers", "layers", "integer",
          "Blocks of the decoder.", row="Layers", inherited=True),
        A("d_model", "Model width", "layers", "integer",
          "Width of the residual stream.", row="Layers", inherited=True),
        A("n_heads", "Heads", "layers", "integer",
          "Query heads of an attention layer.", per_layer=True, row="Layers", inherited=True),
        A("n_kv_heads", "KV heads", "layers", "integer",
          "Key and value heads of an attention layer.", per_layer=True, row="Layers",
          inherited=True),
        A("head_dim", "Head width", "layers", "integer",
          "Width of one query head; not always the model width over the heads.", per_layer=True,
          row="Layers", inherited=True),
        A("n_residual_streams", "Residual streams", "layers", "integer",
          "Residual streams that hyper-connections mix; an ordinary model has one.",
          inherited=True),
        A("d_embedding", "Embedding width", "layers", "integer",
          "Width of the token embedding where a projection brings it to the model width.",
          inherited=True),
        A("d_per_layer_embedding", "Per-layer embedding width", "layers", "integer",
          "Width of the token embedding that each layer has of its own.", inherited=True),
        A("tied_embeddings", "Tied embeddings", "layers", "flag",
          "Whether the output layer is the token embedding.", row="Layers", inherited=True),
    )  # fmt: skip
    yield from of(
        "state-space",
        A("ssm_kind", "State layer", "state-space", "term",
          "The kind of state-space, linear-attention or recurrent layer.", vocabulary="ssm_kind",
          inherited=True),
        A("ssm_state_size", "State size", "state-space", "integer",
          "State dimensions of one channel or head.", inherited=True),
        A("ssm_expand", "Expansion", "state-space", "number",
          "Inner width of a state-space layer, or width of a linear-attention layer's values, over "
          "the model width.", inherited=True),
        A("ssm_n_heads", "State heads", "state-space", "integer",
          "Heads of a state-space layer, or value heads of a linear-attention layer.",
          inherited=True),
        A("ssm_n_groups", "State groups", "state-space", "integer",
          "Groups that share the input and output projections of the state: the key heads of a "
          "linear-attention layer.", inherited=True),
        A("conv_kernel", "Convolution", "state-space", "integer",
          "Length of the causal convolution before the mixer.", unit="tokens", inherited=True),
    )  # fmt: skip
    yield from of(
        "batch",
        A("batch_size", "Batch size", "batch", "batch",
          "Batch of pretraining with its unit; a ramp lists its stages.", row="BatchSize"),
    )  # fmt: skip
    yield from of(
        "evaluation",
        A("evaluation", "Evaluation", "evaluation", "results",
          "Results on benchmarks, each with metric, score and setting.", row="Evaluation"),
    )  # fmt: skip
    yield from of(
        "post-training",
        A("post_training", "Post-training", "post-training", "terms",
          "What was done after pretraining to make the published variant.",
          vocabulary="post_training", row="Training technique"),
    )  # fmt: skip
    yield from of(
        "optimizer",
        A("optimizer", "Optimizer", "optimizer", "term",
          "The optimizer of pretraining, with its numbers.",
          vocabulary="optimizer", row="Optimizer"),
        A("learning_rate", "Learning rate", "optimizer", "number",
          "Peak learning rate of pretraining.", row="Optimizer"),
        A("lr_schedule", "Schedule", "optimizer", "term",
          "How the learning rate falls after its peak.",
          vocabulary="lr_schedule", row="Optimizer"),
        A("warmup", "Warm-up", "optimizer", "quantity",
          "Length of the rise to the peak learning rate.", vocabulary="warmup_unit",
          row="Optimizer"),
        A("weight_decay", "Weight decay", "optimizer", "number",
          "Weight decay of pretraining.", row="Optimizer"),
        A("dropout", "Dropout", "optimizer", "number",
          "Dropout rate of pretraining.", row="Optimizer"),
        A("gradient_clipping", "Gradient clipping", "optimizer", "number",
          "Norm to which gradients are clipped.", row="Optimizer"),
        A("precision", "Precision", "optimizer", "terms",
          "Number formats of training.", vocabulary="precision", row="Optimizer"),
    )  # fmt: skip
    yield from of(
        "compute",
        A("training_compute", "Training compute", "compute", "number",
          "Floating-point operations of pretraining.", unit="FLOP"),
        A("hardware", "Hardware", "compute", "texts",
          "Machines of pretraining, with number and hours where stated."),
    )  # fmt: skip
    yield from of(
        "access",
        A("license", "License", "access", "text",
          "Licence of the weights: its SPDX id where it has one, else its name."),
        A("availability", "Availability", "access", "term",
          "How the weights can be had.", vocabulary="availability"),
        A("repository", "Repository", "access", "texts",
          "Where code or weights are published."),
    )  # fmt: skip


ATTRIBUTES: Mapping[str, Attribute] = {item.id: item for item in _declare()}
"""Every attribute by id, in the order of the groups."""

CLAIMABLE: Mapping[str, Attribute] = {
    name: item for name, item in ATTRIBUTES.items() if not item.computed
}
"""The attributes of which something can be claimed: the others follow from the claims."""


def refuse_computed(item: Attribute) -> None:
    """Raise `InputError` for an attribute of which nothing can be claimed."""
    if item.computed:
        raise InputError(
            f"{item.id} is worked out from the other claims; nothing can be claimed of it"
        )


def attribute(name: str, place: str = "") -> Attribute:
    """The attribute called `name`: its id, option name or label, in any case and punctuation.

    Raises `InputError` with the nearest names when there is none.
    """
    found = ATTRIBUTES.get(name)
    if found:
        return found
    key = fold(name)
    for item in ATTRIBUTES.values():
        if key in map(fold, (item.id, item.option_name, item.label, *item.also)):
            return item
    raise unknown(
        "attribute",
        name,
        [*ATTRIBUTES, *(a.option for a in ATTRIBUTES.values() if a.option)],
        place,
    )


def attributes_in(group: str) -> list[Attribute]:
    """The attributes of a group, named by its id or heading.

    Raises `InputError` with the nearest groups when there is none.
    """
    for key, heading in GROUPS.items():
        if fold(group) in (fold(key), fold(heading)):
            return [item for item in ATTRIBUTES.values() if item.group == key]
    raise unknown("group", group, GROUPS)


def attributes_called(names: Iterable[str]) -> list[str]:
    """Ids of the attributes that names stand for, of a group's name all its attributes.

    Raises `InputError` with the nearest attributes for a name of neither.
    """
    found: dict[str, None] = {}
    for name in names:
        try:
            found[attribute(name).id] = None
        except InputError:
            if fold(name) not in {fold(word) for group in GROUPS.items() for word in group}:
                raise
            found.update(dict.fromkeys(item.id for item in attributes_in(name)))
    return list(found)
