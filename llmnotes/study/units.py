"""The definitions of the base's units, in plain words."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """The definition of a unit, and its alternative spellings."""

    id: str
    meaning: str
    aliases: tuple[str, ...] = ()


_ALL = (
    Unit(
        "tokens",
        "Pieces of text as a tokenizer cuts it: words, parts of words, signs or bytes. Two "
        "tokenizers cut the same text into different numbers of tokens, so counts of models with "
        "different tokenizers compare only roughly.",
        ("token", "tok", "toks"),
    ),
    Unit(
        "parameters",
        "Numbers that training adjusts. A tied tensor counts once. In people's figures 7B means "
        "seven billion, usually rounded.",
        ("parameter", "weights"),
    ),
    Unit(
        "sequences",
        "Rows of a training batch, each as long as the training length. A batch of sequences "
        "times that length is the batch in tokens.",
        ("sequence", "seq", "seqs", "examples", "samples"),
    ),
    Unit("positions", "Places in a sequence, counted from its start; one token stands in each."),
    Unit("types", "Kinds of segment that a model's segment embedding tells apart."),
    Unit(
        "steps",
        "Updates of the weights in training: one batch, one step.",
        ("step", "iterations", "updates"),
    ),
    Unit(
        "fraction",
        "A share of a whole between 0 and 1; a warm-up of 0.01 takes one percent of training.",
        ("share",),
    ),
    Unit(
        "words", "Words of running text separated by blanks; an English word is one or two tokens."
    ),
    Unit("documents", "Whole texts of a dataset: pages, books, files.", ("pages", "books")),
    Unit(
        "FLOP",
        "One floating-point operation: an addition or a multiplication of two numbers. Training "
        "compute is a number of them; a multiply-add is two.",
        ("floating-point operation", "floating-point operations", "FLOPs"),
    ),
    Unit(
        "FLOP/s",
        "Floating-point operations per second: the speed of a machine. Written FLOPS it is easily "
        "taken for a number of operations.",
        ("FLOPS", "TFLOPS", "TFLOP/s", "PFLOPS"),
    ),
    Unit(
        "bytes", "Eight bits each; a bf16 number takes two bytes, an fp32 number four.", ("byte",)
    ),
    Unit(
        "GB",
        "A gigabyte: 10^9 bytes. KB, MB and TB are 10^3, 10^6 and 10^12 bytes.",
        ("gigabyte", "gigabytes", "KB", "MB", "TB", "megabyte", "terabyte"),
    ),
    Unit(
        "GiB",
        "A gibibyte: 2^30 bytes, 7 % more than a gigabyte. Memory of devices is counted so, "
        "though often written GB. KiB, MiB and TiB are 2^10, 2^20 and 2^40 bytes.",
        ("gibibyte", "gibibytes", "KiB", "MiB", "TiB", "mebibyte", "tebibyte"),
    ),
    Unit(
        "k",
        "A thousand: 32k vocabulary rows are 32,000 or so. For lengths of context it often means "
        "1,024, so that 4k is 4,096.",
        ("thousand", "kilo"),
    ),
    Unit("M", "A million, 10^6, as in 110M parameters.", ("million",)),
    Unit("B", "A billion, 10^9, as in 7B parameters or 300B tokens.", ("billion",)),
    Unit("T", "A trillion, 10^12, as in 1.4T tokens.", ("trillion",)),
)

UNITS = {unit.id: unit for unit in _ALL}
"""Every unit by its name."""
