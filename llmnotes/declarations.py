"""The declaration of every attribute, group by group; `llmnotes.schema` makes `ATTRIBUTES` of it."""

from __future__ import annotations

from collections.abc import Iterator

from llmnotes.attribute_types import Attribute


def declared() -> Iterator[Attribute]:
    """Every attribute in the order of the groups."""

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
        A("d_expert_latent", "Expert input width", "feed-forward", "integer",
          "Width that routed experts read and write, where projections bring it from and to the "
          "model width.", inherited=True),
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
        A("n_shared_blocks", "Shared blocks", "layers", "integer",
          "Sets of weights of the transformer block that several layers share.", inherited=True),
        A("adapter_rank", "Adapter rank", "layers", "integer",
          "Rank of the adapters that each layer has for the feed-forward network of a shared block.",
          inherited=True),
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
        A("ssm_norm", "State layer norm", "state-space", "term",
          "What a state-space layer normalises inside, where it is not what its kind does: nothing in "
          "Mamba, the gated output in Mamba-2.", vocabulary="ssm_norm", inherited=True),
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
