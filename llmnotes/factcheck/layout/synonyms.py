"""What other people call the attributes, in English, Chinese and the keys of configuration files.

The ids, labels, option names and the starting notes' row names come from the schema; here stands what
the schema cannot know. A name is compared by its letters and digits alone, after `#`, `number of`
and `n_` have become one sign.
"""

from __future__ import annotations

SYNONYMS: dict[str, tuple[str, ...]] = {
    "organization": (
        "company", "developer", "creator", "model creator", "publisher", "institution", "institute",
        "affiliation", "org", "vendor", "provider", "lab", "released by", "developed by", "maker",
        "published by", "created by", "trained by", "made by", "built by", "from",
        "author", "authors", "owner", "team", "source organization", "发布机构", "机构", "公司", "组织",
        "开发者", "开发机构", "研发机构", "厂商", "发布方", "团队", "发布单位", "单位",
    ),
    "release_date": (
        "date", "time", "year", "release", "released", "release date", "release time", "release year",
        "publication date", "published", "launch date", "announced", "announcement date", "month",
        "发布时间", "发布日期", "时间", "日期", "年份", "发布年份", "推出时间", "发布",
    ),
    "based_on": (
        "base model", "based on", "parent model", "backbone", "foundation model", "finetuned from",
        "initialized from", "基础模型", "基座模型", "基座", "底座模型",
    ),
    "languages": ("language", "languages", "supported languages", "语言", "支持语言"),
    "modalities": ("modality", "modalities", "input modalities", "模态"),
    "knowledge_cutoff": (
        "cutoff", "knowledge cutoff", "cut-off", "data cutoff", "training cutoff", "知识截止", "知识截止日期",
    ),
    "architecture": (
        "arch", "type", "architecture type", "model type", "model architecture", "structure",
        "category", "transformer type", "架构", "模型架构", "结构", "模型结构", "类别", "架构类型",
    ),
    "sparsity": ("dense or moe", "moe", "dense/moe", "稠密/稀疏"),
    "params_total": (
        "params", "param", "parameters", "parameter", "n params", "n parameters", "model size", "size",
        "size parameters", "size params", "total params", "total parameters", "parameter count",
        "param count", "parameter size", "model parameters", "params total", "weights", "total size",
        "scale", "model scale", "max size", "largest size", "参数", "参数量", "参数规模", "模型参数",
        "参数大小", "参数数量", "模型大小", "大小", "规模", "总参数", "总参数量", "模型规模", "最大参数量",
    ),
    "params_active": (
        "active params", "active parameters", "activated params", "activated parameters",
        "active", "activated", "params active", "params per token", "active size", "激活参数",
        "激活参数量", "活跃参数",
    ),
    "objective": (
        "objective", "pretraining objective", "training objective", "pretraining task", "loss",
        "pretraining tasks", "objectives", "task", "预训练目标", "训练目标", "预训练任务", "目标",
    ),
    "training_data": (
        "data", "dataset", "datasets", "corpus", "corpora", "pretraining data", "pre-training data",
        "training corpus", "training dataset", "data source", "data sources", "training data",
        "训练数据", "预训练数据", "数据", "数据集", "语料", "训练语料", "数据来源",
    ),
    "training_tokens": (
        "tokens", "n tokens", "training tokens", "trained tokens", "n trained tokens", "token count",
        "train tokens", "n training tokens", "pretrained tokens", "n pretrained tokens",
        "pretraining tokens", "total tokens", "tokens seen", "data size", "corpus size",
        "training data size", "training dataset size", "training dataset size datapoints",
        "pretrain data scale", "tokens trained", "训练token数", "训练token", "训练数据量", "数据量",
        "数据规模", "token数", "token数量", "预训练数据规模", "预训练token数", "训练词元",
    ),
    "preprocessing": ("preprocessing", "data processing", "data cleaning", "预处理", "数据处理"),
    "tokenizer": ("tokenizer", "tokenization", "tokeniser", "tokenisation", "分词器", "分词", "分词方法"),
    "vocab_size": (
        "vocab", "vocabulary", "vocab size", "vocabulary size", "n vocab", "v", "vocabulary tokens",
        "词表", "词表大小", "词汇表大小", "词汇量", "词典大小",
    ),
    "positional_encoding": (
        "position", "positions", "position encoding", "pos encoding", "pos enc", "pe",
        "position embedding", "positional embedding", "positional embeddings", "position embeddings",
        "pos emb", "positional", "pos embedding", "position_embedding_type", "位置编码", "位置嵌入",
        "位置表示",
    ),
    "rope_theta": ("rope base", "rope theta", "rotary base", "rotary_emb_base", "rope_theta", "theta",
                   "base frequency", "rope frequency", "rope base frequency"),
    "rope_scaling": ("rope scaling", "context extension", "length extrapolation"),
    "n_positions": ("n positions", "position table", "positions embedding size"),
    "n_token_types": ("token types", "type_vocab_size", "segments"),
    "attention": (
        "attention", "attn", "attention type", "attention mechanism", "attention variant", "注意力",
        "注意力机制", "注意力类型",
    ),
    "attention_mask": ("attention mask", "mask", "masking", "causality", "注意力掩码"),
    "attention_span": ("attention span", "attention pattern", "span", "sparse attention", "window"),
    "activation": (
        "activation", "activation function", "activations", "act", "act fn", "nonlinearity",
        "hidden_act", "activation_function", "hidden_activation", "ffn", "ffw", "mlp", "ffn type",
        "feed-forward", "feedforward", "激活函数", "激活", "前馈网络",
    ),
    "d_ff": (
        "d ff", "dff", "ffn dim", "ffn dimension", "ffn size", "ffn hidden size", "ffn width",
        "intermediate size", "intermediate_size", "mlp size", "mlp dim", "mlp hidden size", "n_inner",
        "feed-forward dim", "feedforward dimension", "feed forward size", "feed-forward size",
        "ff dim", "ffn hidden", "ffw size", "ffw_size", "ffn_hidden_size", "h dim", "inner dim", "d ffn",
        "ffn_dim", "前馈维度", "前馈层维度", "中间层维度", "中间维度", "FFN维度",
    ),
    "normalization": (
        "norm", "normalization", "normalisation", "norm type", "layer norm", "layernorm",
        "normalization type", "规范化", "归一化", "标准化", "层归一化",
    ),
    "norm_placement": ("norm placement", "norm position", "pre or post norm", "归一化位置"),
    "qk_norm": ("qk norm", "qk-norm", "query key norm"),
    "bias": ("bias", "biases", "use bias", "偏置", "偏置项"),
    "parallel_blocks": ("parallel", "parallel layers", "parallel blocks", "parallel attention"),
    "n_experts": (
        "experts", "n experts", "routed experts", "n routed experts", "total experts", "num_experts",
        "num_local_experts", "n_routed_experts", "专家数", "专家数量", "路由专家", "总专家数",
    ),
    "n_experts_active": (
        "activated experts", "n activated experts", "active experts", "n active experts", "top k",
        "experts per token", "num_experts_per_tok", "experts per tok", "激活专家", "激活专家数",
    ),
    "n_shared_experts": ("shared experts", "n shared experts", "n_shared_experts", "共享专家",
                         "共享专家数"),
    "d_expert": ("expert dim", "expert size", "expert intermediate size", "moe_intermediate_size",
                 "expert hidden size", "expert width", "专家维度"),
    "context_length": (
        "context", "ctx", "context len", "context length", "context window", "context size", "window",
        "max length", "max context", "max context length", "maximum context length", "mcl", "max seq",
        "maximum length", "max input", "max tokens", "n_ctx", "max_position_embeddings",
        "max sequence length", "maximum sequence length", "context tokens", "sequence length",
        "seq length", "seq len", "seqlen", "seq", "context length tokens", "length", "n context",
        "input length", "token limit", "max_seq_len", "max_sequence_length", "上下文", "上下文长度",
        "上下文窗口", "最大长度", "序列长度", "最大上下文", "最大上下文长度", "窗口长度",
        "上下文窗口大小", "最大序列长度",
    ),
    "context_length_pretraining": (
        "pretraining length", "pretraining context", "training context length", "train length",
        "training sequence length", "pretraining sequence length", "pretrain length",
        "pretraining context length", "训练长度", "训练序列长度", "预训练长度", "预训练上下文长度",
    ),
    "n_layers": (
        "layer", "layers", "n layer", "n layers", "l", "nl", "depth", "blocks", "n blocks",
        "transformer layers", "hidden layers", "num_hidden_layers", "n_layer", "num_layers",
        "transformer blocks", "层数", "层", "层数量", "网络层数", "模型层数", "隐藏层数",
    ),
    "n_encoder_layers": ("encoder layers", "n encoder layers", "encoder_layers", "编码器层数"),
    "n_decoder_layers": ("decoder layers", "n decoder layers", "decoder_layers", "num_decoder_layers",
                         "解码器层数"),
    "d_model": (
        "dmodel", "d", "dim", "dims", "dimension", "model dim", "model dimension", "hidden size",
        "hidden_size", "hidden dim", "hidden dimension", "hidden", "embedding size", "embedding dim",
        "embedding dimension", "emb dim", "d emb", "embed dim", "n_embd", "n embd", "model width",
        "width", "hidden width", "hidden units", "embedding length", "units", "d hidden", "h",
        "bottleneck size", "residual width", "隐藏维度", "隐藏层维度", "隐藏层大小", "隐藏大小", "模型维度",
        "维度", "嵌入维度", "特征维度", "隐层维度", "隐藏尺寸",
    ),
    "n_heads": (
        "head", "heads", "n head", "n heads", "nh", "attention heads", "n attention heads", "attn heads",
        "query heads", "n query heads", "q heads", "n q heads", "num_attention_heads", "n_head", "a",
        "num_heads", "头数", "注意力头", "注意力头数", "头", "注意力头数量", "查询头数",
    ),
    "n_kv_heads": (
        "kv heads", "n kv heads", "kv head", "n kv head", "key value heads", "kv", "nkv",
        "num_key_value_heads", "num_kv_heads", "key/value heads", "k/v heads", "groups", "kv groups",
        "kv头数", "kv头", "键值头数", "键值头",
    ),
    "head_dim": (
        "d head", "dhead", "head dim", "head size", "head dimension", "head width", "kv size", "kvsize",
        "kv_size", "head_dim", "attention head size", "key/value size", "key size", "d_kv", "dkv",
        "kv dim", "per-head dim", "头维度", "注意力头维度", "每头维度",
    ),
    "tied_embeddings": (
        "tied embeddings", "tied", "tie embeddings", "embedding tying", "tie embedding",
        "shared embeddings", "embedding sharing", "weight tying", "tie_word_embeddings",
        "tied word embeddings", "tied weights", "share embeddings", "权重共享", "嵌入共享", "词嵌入共享",
    ),
    "ssm_state_size": ("state size", "state dim", "d state", "ssm state", "state_size"),
    "conv_kernel": ("conv kernel", "d conv", "convolution"),
    "batch_size": (
        "batch", "batch size", "batchsize", "bs", "global batch", "global batch size", "bsz",
        "batch size tokens", "batch size seqs", "train batch size", "batch tokens", "批量大小", "批大小",
        "批次大小", "批量", "批次", "训练批量",
    ),
    "evaluation": ("evaluation", "evaluations", "benchmark", "benchmarks", "eval", "评测", "评估"),
    "post_training": (
        "post-training", "alignment", "fine-tuning", "finetuning", "tuning", "training technique",
        "alignment method", "后训练", "对齐", "微调", "训练技术", "微调方法",
    ),
    "optimizer": ("optimizer", "optimiser", "optim", "优化器"),
    "learning_rate": (
        "lr", "learning rate", "learn rate", "peak lr", "peak learning rate", "max lr",
        "max learning rate", "maximum learning rate", "initial lr", "学习率", "最大学习率", "峰值学习率",
    ),
    "lr_schedule": ("schedule", "lr schedule", "scheduler", "lr scheduler", "lr decay", "decay",
                    "learning rate schedule", "decay method", "decay schedule", "衰减策略", "学习率调度",
                    "学习率衰减", "调度"),
    "warmup": ("warmup", "warm-up", "warmup steps", "n warmup steps", "warmup tokens", "预热", "预热步数"),
    "weight_decay": ("weight decay", "wd", "权重衰减"),
    "dropout": ("dropout", "drop", "dropout rate", "丢弃率", "dropout率"),
    "gradient_clipping": ("grad clip", "gradient clip", "gradient clipping", "clipping", "clip",
                          "gradient norm clipping", "梯度裁剪"),
    "precision": ("precision", "dtype", "precision type", "data type", "number format", "精度", "精度类型",
                  "训练精度"),
    "training_compute": ("compute", "training compute", "flops", "train flops", "training flops",
                         "total flops", "training compute flop", "算力", "计算量", "训练算力", "训练计算量"),
    "hardware": ("hardware", "gpus", "accelerators", "training hardware", "devices", "chips", "硬件",
                 "训练硬件"),
    "license": ("licence", "license", "licensing", "model license", "open source license", "许可证",
                "许可", "开源协议", "协议", "许可协议", "预训练结果开源协议", "模型许可证"),
    "availability": ("availability", "access", "open", "open source", "model accessibility", "open weights",
                     "accessibility", "weights available", "public", "是否开源", "开源", "开放"),
    "repository": ("repository", "repo", "github", "code", "link", "links", "url", "checkpoint",
                   "checkpoints", "仓库", "链接", "地址", "代码"),
}  # fmt: skip

COMPANIONS: dict[str, tuple[str, ...]] = {
    "architecture": ("sparsity", "mixer"),
    "params_total": ("params_active",),
    "params_active": ("params_total",),
    "training_data": ("training_tokens",),
    "training_tokens": ("training_data",),
    "tokenizer": ("tokenizer_library", "vocab_size"),
    "positional_encoding": ("rope_theta", "rope_scaling", "n_positions"),
    "attention": ("attention_mask", "attention_span", "sparsity"),
    "attention_span": ("attention",),
    "activation": ("normalization", "norm_placement", "sparsity", "n_experts"),
    "normalization": ("norm_placement", "qk_norm"),
    "norm_placement": ("normalization",),
    "optimizer": ("learning_rate", "lr_schedule", "warmup", "weight_decay", "gradient_clipping"),
    "learning_rate": ("lr_schedule",),
    "context_length": ("attention_span", "positional_encoding"),
}
"""What people put into the same cell: `BPE (SentencePiece, 32k)` stands under Tokenizer."""

SECOND_MEANINGS: dict[str, str] = {
    "hiddendim": "d_ff", "hiddensize": "d_ff", "hiddendimension": "d_ff", "hidden": "d_ff",
    "hdim": "d_model", "h": "n_heads", "l": "context_length", "size": "context_length",
    "dim": "head_dim", "type": "attention", "tokens": "context_length", "window": "attention_span",
    "decay": "weight_decay", "length": "context_length_pretraining", "groups": "ssm_n_groups",
    "depth": "n_layers", "date": "knowledge_cutoff", "code": "license", "moe": "n_experts",
}  # fmt: skip
"""Folded names that mean another attribute where a second column already has the first one."""

NAME_COLUMNS = (
    "model", "models", "name", "model name", "language model", "llm", "configuration", "config",
    "variant", "checkpoint name", "system", "method", "models name", "model family", "family",
    "model series", "模型", "模型名称", "名称", "模型系列", "模型名", "大模型",
)  # fmt: skip
"""Headers of the column that names the models."""

OTHER_COLUMNS = (
    "index", "id", "no", "rank", "notes", "note", "comment", "comments", "remarks", "remark",
    "description", "features", "highlights", "paper", "link to paper", "reference", "references",
    "chatbot", "architecture notes", "score", "shots", "n shots", "try it", "confidence", "排序", "序号",
    "备注", "说明", "简介", "特点", "论文", "排名",
)  # fmt: skip
"""Headers that are known and say nothing that the base holds."""

FLAG_TERMS: dict[str, tuple[str, ...]] = {
    "attention": ("MHA", "MQA", "GQA", "MLA"),
    "attention_span": ("sliding", "sparse"),
    "objective": ("MLM", "NSP", "CLM", "prefix-LM", "FIM", "MTP", "RTD", "span-corruption"),
    "positional_encoding": ("RoPE", "ALiBi"),
    "activation": ("SwiGLU", "GeGLU", "GELU", "ReLU"),
    "normalization": ("RMSNorm", "LayerNorm"),
    "post_training": ("SFT", "RLHF-PPO", "DPO", "RLAIF"),
    "sparsity": ("moe",),
}
"""Terms that head a column of their own, with yes or no below."""
