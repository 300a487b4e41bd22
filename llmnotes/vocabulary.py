"""Controlled vocabularies: one spelling for each thing a value can say, with its synonyms.

A term is matched without regard to case, spaces and punctuation, so `byte level bpe` finds
`byte-level BPE`; only spellings that differ in their letters need to be listed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from llmnotes.errors import unknown
from llmnotes.pattern import late


def fold(text: str) -> str:
    """The letters and digits of `text` in lower case: the form in which names are compared.

    Numbers stay apart: a point between two digits is kept, so that `1.3B` is not `13B`, and any
    other sign between two digits is `-`, so that `llama-2-7b` is not `llama-27b`. A plus that ends a
    word is the word: `HumanEval+` is HumanEval Plus. Wide, raised and lowered characters count as plain
    ones, and the multiplication sign as x.
    """
    if text.isalnum() and text.isascii():
        return text.lower()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("×", "x")
    return _SIGNS.sub(_joint, text.lower())


_SIGNS = late(r"(?P<number>(?<=\d)[\W_]+(?=\d))|(?P<plus>(?<=\w)\++(?!\w))|[\W_]+")


def _joint(signs: re.Match[str]) -> str:
    if signs["number"] is None:
        return "plus" * len(signs["plus"] or "")
    return "." if signs["number"] == "." else "-"


# term: its synonyms. The starting notes' spellings are among them ("casual-decoder", "GLEU").
VOCABULARIES: dict[str, dict[str, tuple[str, ...]]] = {
    "architecture": {
        "encoder-only": ("encoder", "bidirectional encoder", "masked encoder"),
        "encoder-decoder": ("enc-dec", "seq2seq", "sequence-to-sequence"),
        "causal-decoder": (
            "decoder",
            "decoder-only",
            "casual-decoder",
            "autoregressive decoder",
            "causal LM",
        ),
        "prefix-decoder": ("prefix LM decoder", "non-causal decoder", "prefix-LM architecture"),
    },
    "mixer": {
        "transformer": ("softmax attention", "self-attention"),
        "ssm": ("state-space", "state space model", "mamba", "mamba-2"),
        "recurrent": ("rnn", "rwkv", "linear recurrence", "RG-LRU"),
        "linear-attention": ("linear", "lightning attention", "gated delta net", "GDN", "KDA"),
        "convolution": ("short convolution", "gated short convolution", "conv"),
        "hybrid": ("attention and ssm", "hybrid ssm"),
        "none": (),
    },
    "sparsity": {"dense": (), "moe": ("mixture of experts", "sparse moe", "SMoE", "sparse")},
    "objective": {
        "MLM": ("masked language modeling", "masked language modelling", "masked LM"),
        "NSP": ("next sentence prediction",),
        "SOP": ("sentence order prediction",),
        "CLM": (
            "causal language modeling",
            "causal language modelling",
            "casual lang model",
            "CLM (Casual lang model)",
            "next-token prediction",
            "auto-regressive",
            "autoregressive language modeling",
            "language modeling",
        ),
        "span-corruption": ("span corruption denoising", "denoising", "text-to-text denoising"),
        "prefix-LM": ("prefix language modeling", "prefix language modelling"),
        "RTD": ("replaced token detection",),
        "FIM": ("fill-in-the-middle", "infilling"),
        "MTP": ("multi-token prediction",),
        "mixture-of-denoisers": ("UL2", "MoD"),
        "masked-diffusion": ("discrete diffusion", "diffusion language modeling"),
        "distillation": ("knowledge distillation", "teacher's distribution"),
        "multi-task-supervised": (
            "supervised multi-task",
            "multi-task supervised pretraining",
            "supervised mixture",
        ),
    },
    "preprocessing": {
        "deduplication": ("dedup", "deduplicated", "de-duplication", "fuzzy deduplication"),
        "quality-filtering": ("quality filter", "classifier filtering", "heuristic filtering"),
        "language-filtering": ("language id", "language identification"),
        "toxicity-filtering": ("bad-words filter", "safety filtering"),
        "privacy-filtering": ("PII removal", "personal information removed"),
        "boilerplate-removal": ("text extraction", "HTML text extraction", "markup removal"),
        "test-set-removal": ("decontamination", "benchmark removal", "Wikipedia removed"),
        "upsampling": ("up-sampling", "upsampled factual sources", "dataset upweighting"),
        "text-cleaning": ("ftfy", "whitespace standardization", "cleaning"),
        "lowercasing": ("lower-casing", "uncased", "accent stripping"),
        "byte-level": ("no preprocessing of text", "lossless"),
        "digit-splitting": ("digits split", "numbers split into digits"),
        "task-prefix": ("task prefix", "text-to-text prefix"),
        "sentence-pairs": ("segment pairs", "[CLS] and [SEP]"),
        "sequence-packing": ("packing", "documents concatenated"),
    },
    "tokenizer": {
        "WordPiece": ("word piece",),
        "BPE": ("byte pair encoding", "byte-pair encoding"),
        "byte-level BPE": ("BBPE", "byte-level byte pair encoding"),
        "byte-fallback BPE": ("BPE with byte fallback", "SentencePiece BPE", "BPE byte fallback"),
        "Unigram": ("unigram language model", "unigram LM", "SentencePiece Unigram"),
        "bytes": ("byte", "utf-8 bytes"),
        "characters": ("character", "char"),
    },
    "tokenizer_library": {
        "SentencePiece": ("sentence piece",),
        "tiktoken": (),
        "tokenizers": ("Hugging Face tokenizers", "huggingface tokenizers"),
        "fastBPE": (),
        "subword-nmt": (),
        "own": ("own implementation", "in-house", "custom"),
    },
    "positional_encoding": {
        "learned-absolute": (
            "learned absolute",
            "learnt absolute",
            "learnable positional encoding",
            "absolute positional encoding, learnable positional encoding",
            "learned",
            "absolute positional encoding, segment embedding,learnable",
            "absolute learned",
        ),
        "sinusoidal": ("sinusoidal absolute", "fixed absolute"),
        "relative-bias": (
            "relative position bias",
            "relative positional encoding",
            "relative attention bias",
            "T5 bias",
            "relative",
        ),
        "Transformer-XL": ("Transformer-XL relative", "relative encoding of Dai et al."),
        "disentangled-relative": ("DeBERTa relative", "disentangled attention"),
        "RoPE": ("rotary", "rotary position embedding", "rotary embeddings", "ROPE(variant)"),
        "ALiBi": ("attention with linear biases",),
        "none": ("NoPE", "no positional encoding"),
    },
    "rope_scaling": {
        "linear": ("position interpolation", "PI"),
        "NTK-aware": ("dynamic NTK", "ntk", "dynamic"),
        "YaRN": (),
        "LongRoPE": ("su", "longrope"),
        "llama3": ("llama 3 scaling",),
    },
    "attention": {
        "MHA": ("multi-head", "multi-head attention", "full multi-head"),
        "MQA": ("multi-query", "multi-query attention"),
        "GQA": (
            "grouped-query",
            "grouped-query attention",
            "group query attention",
            "GroupQueryAttention",
            "group-query attention",
        ),
        "MLA": ("multi-head latent attention", "latent attention"),
        "linear": ("linear attention", "lightning attention", "gated DeltaNet"),
        "none": ("attention-free",),
    },
    "attention_mask": {
        "bidirectional": ("fully visible", "fully-visible", "unmasked"),
        "causal": ("casual attention mask", "autoregressive mask", "unidirectional"),
        "prefix": ("causal with prefix", "prefix LM mask"),
    },
    "attention_span": {
        "full": ("global", "dense"),
        "sliding": ("sliding-window", "SWA", "local", "sliding window attention"),
        "chunked": ("chunked local", "block-local"),
        "sparse": (
            "locally banded sparse",
            "sparse attention",
            "SparseAttention",
            "strided",
            "factorized",
            "banded",
        ),
    },
    "activation": {
        "ReLU": ("rectified linear unit",),
        "GELU": ("GLEU", "gelu_new", "gelu_fast", "gaussian error linear unit", "gelu tanh"),
        "SiLU": ("swish", "swish-1"),
        "SwiGLU": ("swiglu variant", "silu gated", "swish-gated"),
        "GeGLU": ("gated gelu", "gelu gated"),
        "ReGLU": ("gated relu",),
        "squared-ReLU": ("relu2", "relu squared"),
    },
    "normalization": {
        "LayerNorm": ("layer normalization", "layer norm", "LN"),
        "RMSNorm": ("root mean square norm", "rms norm", "T5 LayerNorm", "scale-only norm"),
        "non-parametric LayerNorm": ("LayerNorm without parameters",),
    },
    "norm_placement": {
        "post-norm": ("post-LN", "after residual", "postnorm"),
        "pre-norm": ("pre-LN", "prenorm", "LayerNorm before decoder", "input norm"),
        "sandwich-norm": ("pre and post norm", "peri-LN"),
        "output-norm": ("reordered norm", "norm after sublayer"),
    },
    "qk_norm": {
        "none": (),
        "per-head": ("head-wise", "RMSNorm per head"),
        "unscaled": ("L2 norm", "without parameters", "norm without a scale"),
        "full": ("whole projection", "across heads"),
    },
    "bias": {
        "all": ("yes", "true", "all linear layers"),
        "none": ("no", "false", "no biases"),
        "qkv": ("query, key and value", "qkv only"),
        "query-value": ("query and value", "qv"),
        "attention": ("attention projections",),
        "attention-output": ("output projection", "attention output projection"),
        "ffn": ("feed-forward", "mlp"),
        "router": ("routing", "gate of the experts"),
        "norm": ("normalization",),
        "head": ("output head", "lm head"),
    },
    "kv_source": {
        "own": ("own projections", "separate keys and values"),
        "key-as-value": ("K=V", "keys as values", "one projection for keys and values"),
        "earlier-layer": ("shared KV", "KV sharing", "cross-layer attention", "CLA", "YOCO"),
        "other-sequence": ("cross-attention", "image", "encoder output"),
    },
    "attention_gate": {
        "none": (),
        "per-head": ("head-wise",),
        "per-channel": ("element-wise", "channel-wise"),
    },
    "ssm_kind": {
        "Mamba": ("mamba-1", "S6", "selective state space"),
        "Mamba-2": ("mamba2", "SSD", "state-space duality"),
        "gated DeltaNet": ("GDN", "gated delta rule"),
        "Kimi delta attention": ("KDA",),
        "lightning attention": (),
        "RG-LRU": ("Griffin", "Hawk"),
        "RWKV-4": ("RWKV", "RWKV-v4"),
        "RWKV-5": ("Eagle",),
        "RWKV-6": ("Finch",),
        "RWKV-7": ("Goose",),
    },
    "ffn_kind": {"dense": ("mlp",), "moe": ("experts", "mixture of experts"), "none": ()},
    "lr_schedule": {
        "constant": (),
        "linear-decay": ("linear", "linear warmup, linear decay", "linear decay to 0"),
        "cosine": ("cosine decay", "cosine annealing"),
        "inverse-square-root": ("rsqrt", "inverse sqrt", "1/sqrt(k)"),
        "WSD": ("warmup-stable-decay", "trapezoidal"),
        "multi-step": ("step decay",),
        "exponential-decay": ("exponential",),
        "power": ("power scheduler", "power-law decay"),
    },
    "optimizer": {
        "SGD": (),
        "Adam": (),
        "AdamW": ("Adam with decoupled weight decay", "adam w"),
        "Adafactor": ("AdaFactor", "ada factor"),
        "Lion": (),
        "LAMB": (),
        "Muon": (),
        "MuonClip": (),
        "AdEMAMix": (),
        "SOAP": (),
    },
    "precision": {
        "fp32": ("float32",),
        "fp16": ("float16", "half"),
        "bf16": ("bfloat16",),
        "fp8": ("float8",),
        "mxfp4": (),
        "mixed": ("mixed precision",),
    },
    "post_training": {
        "SFT": ("supervised fine-tuning", "instruction tuning", "fine tune", "task fine-tuning"),
        "RLHF-PPO": ("RLHF", "PPO", "RLHF (PPO)", "reinforcement learning from human feedback"),
        "DPO": ("direct preference optimization",),
        "rejection-sampling": ("rejection sampling fine-tuning", "best-of-n"),
        "RLAIF": ("RL from AI feedback", "constitutional AI"),
        "RL": ("reinforcement learning", "large-scale reinforcement learning", "CoT RL"),
        "RLVR": ("RL with verifiable rewards",),
        "GRPO": ("group relative policy optimization",),
        "distillation": ("distilation", "knowledge distillation"),
        "RBRM": ("rule-based reward models",),
        "context-distillation": ("ghost attention", "safety context distillation"),
        "none": (),
    },
    "availability": {
        "open-weights": ("open", "weights available", "public weights"),
        "gated-weights": ("weights on request", "research access", "restricted weights"),
        "api-only": ("API", "closed"),
        "unreleased": ("not released", "internal"),
    },
    "coverage": {"full": (), "architecture": ("architecture only",), "withheld": ()},
    "modalities": {
        "text": (),
        "image-input": ("images in", "vision"),
        "audio-input": ("audio in",),
        "video-input": ("video in",),
        "image-output": ("images out",),
        "audio-output": ("audio out",),
    },
    "batch_unit": {
        "tokens": ("token", "tok", "toks"),
        "sequences": ("sequence", "seq", "seqs", "examples", "samples"),
    },
    "warmup_unit": {
        "steps": ("step", "iterations", "updates"),
        "tokens": ("token",),
        "sequences": ("examples", "samples"),
        "fraction": ("share of training",),
    },
    "data_unit": {
        "tokens": ("token",),
        "words": ("word",),
        "bytes": ("byte", "B"),
        "documents": ("document", "pages", "web pages", "books"),
    },
}


def spellings(vocabulary: str) -> dict[str, str]:
    """Every folded spelling of a vocabulary with the term it stands for."""
    return dict(_spellings(vocabulary))


@cache
def _spellings(vocabulary: str) -> dict[str, str]:
    found = {
        fold(synonym): term
        for term, synonyms in VOCABULARIES[vocabulary].items()
        for synonym in synonyms
    }
    found.update({fold(term): term for term in VOCABULARIES[vocabulary]})
    return found


def canonical(vocabulary: str, text: str, place: str = "") -> str:
    """The term that `text` spells in `vocabulary`.

    Raises `InputError` with the nearest terms when there is none.
    """
    term = _spellings(vocabulary).get(fold(text))
    if term is None:
        what = vocabulary.replace("_", " ")
        raise unknown(f"{what} value", text, VOCABULARIES[vocabulary], place)
    return term
