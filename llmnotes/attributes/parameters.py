"""The names of the numbers that belong to a value: the betas of an optimizer, the base of an encoding."""

from __future__ import annotations

from collections.abc import Mapping

PARAMETERS: Mapping[str, Mapping[str, str]] = {
    "optimizer": {
        "beta1": "decay of the first moment",
        "beta2": "decay of the second moment, or its formula",
        "beta3": "decay of a third average, as Adan's",
        "eps": "added to the denominator",
        "alpha": "a smoothing constant, as RMSProp's",
        "momentum": "of the update, as SGD's and Muon's",
        "tau": "a threshold, as of clipping by value",
        "factored": "whether the second moment is factored, as Adafactor's",
    },
    "lr_schedule": {
        "final": "the rate at the end",
        "final_fraction": "the rate at the end as a share of the peak",
        "constant_steps": "steps at the peak",
        "decay_tokens": "tokens over which the rate falls",
    },
    "context_length": {"output": "the most tokens of one answer, where a service limits it"},
    "normalization": {"eps": "added to the variance"},
    "rope_scaling": {
        "factor": "by which the context grows",
        "original_length": "the context before it grew",
        "low_freq_factor": "below which frequencies are scaled",
        "high_freq_factor": "above which frequencies are kept",
    },
    "positional_encoding": {
        "buckets": "of relative distances",
        "max_distance": "beyond which distances share a bucket",
        "theta": "the base of the rotations",
        "fraction": "the share of a head that is rotated",
        "rotary_dim": "the width of a head that is rotated",
    },
    "tokenizer": {"merges": "of byte-pair encoding"},
    "training_data": {
        "tokens": "of all of it, each text counted once, where its parts have no sizes of their own",
        "words": "of all of it, likewise",
    },
}
"""The parameters of a value of each attribute that has some, with what they say."""

SAID_AS: Mapping[str, str] = {
    "partial": "fraction",
    "partial_rotary_factor": "fraction",
    "dims": "rotary_dim",
    "rope_theta": "theta",
    "base": "theta",
    "epsilon": "eps",
    "original_max_position_embeddings": "original_length",
}
"""Other names that sources use, with the one that is written."""


def other_names(attribute: str, names: set[str]) -> list[tuple[str, str | None]]:
    """The names that are no parameters of `attribute`, each with the one that is meant, if it is known."""
    known = PARAMETERS.get(attribute, {})
    return [
        (name, SAID_AS[name] if SAID_AS.get(name) in known else None)
        for name in sorted(names - set(known))
    ]
