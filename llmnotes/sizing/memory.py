"""Memory: weights in a number format, optimizer states, gradients, and a lower bound of activations."""

from __future__ import annotations

from llmnotes.errors import unknown
from llmnotes.sizing.architecture import Architecture
from llmnotes.sizing.figures import Figure
from llmnotes.sizing.numbers import number_format
from llmnotes.sizing.parameters import ParameterCount, count_parameters


def weight_memory(
    model: Architecture, dtype: str = "bf16", count: ParameterCount | None = None
) -> Figure:
    """Bytes of all parameters in one number format.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    width = number_format(dtype)
    total = (count or count_parameters(model)).total
    note = ""
    if width.elements > 1:
        note = (
            "every parameter in this block format; real files keep norms, and often embeddings "
            "and head, in a wider one"
        )
    return Figure(
        "weights",
        total * width.bytes_per_element,
        "bytes",
        f"parameters x {width.block_bytes:g} bytes / {width.elements} elements",
        {"parameters": total, "bytes_per_parameter": width.bytes_per_element, "dtype": width.name},
        width.source,
        note,
    )


_OPTIMIZERS: dict[str, tuple[float, str, str]] = {
    "adam": (8.0, "two fp32 moments", "Adam, arXiv 1412.6980"),
    "adamw": (8.0, "two fp32 moments", "AdamW, arXiv 1711.05101"),
    "adam-8bit": (
        2.0 + 2 * 4 / 2048,
        "two 8-bit moments with one fp32 scale for each block of 2,048",
        "8-bit Optimizers via Block-wise Quantization, arXiv 2110.02861, section 2.1",
    ),
    "sgd-momentum": (4.0, "one fp32 momentum", "Sutskever et al. 2013, momentum"),
    "sgd": (0.0, "no state", "Robbins and Monro 1951"),
    "lion": (4.0, "one fp32 momentum", "Lion, arXiv 2302.06675"),
}


def optimizer_memory(
    model: Architecture, optimizer: str = "adamw", count: ParameterCount | None = None
) -> Figure:
    """Bytes of an optimizer's states.

    Raises:
        InputError: the optimizer is unknown.
    """
    key = optimizer.strip().lower().replace("_", "-").replace("8bit-adam", "adam-8bit")
    total = (count or count_parameters(model)).total
    if key == "adafactor":
        return _adafactor(model, total)
    if key not in _OPTIMIZERS:
        raise unknown("optimizer", optimizer, [*_OPTIMIZERS, "adafactor"])
    size, what, source = _OPTIMIZERS[key]
    return Figure(
        "optimizer_states",
        total * size,
        "bytes",
        f"parameters x {size:g} bytes ({what})",
        {"parameters": total, "bytes_per_parameter": size, "optimizer": key},
        source,
    )


def _adafactor(model: Architecture, total: int) -> Figure:
    """A row and a column of sums for each matrix, and one number for each other parameter.

    The sides of a matrix are not stored here, so twice the square root of its size is used instead: the
    minimum for a row and a column together.
    """
    factored = whole = 0.0
    for weight, copies in _all_weights(model):
        size, macs = weight
        if macs:
            factored += 2 * macs**0.5 * copies
            whole += (size - macs) * copies
        else:
            whole += size * copies
    tables = sum(weight.total for weight in model.embeddings)
    # Embedding tables are matrices too; their shorter side is the model's width.
    whole -= tables
    factored += sum(weight.total / model.d_model + model.d_model for weight in model.embeddings)
    return Figure(
        "optimizer_states",
        4 * (factored + max(whole, 0.0)),
        "bytes",
        "4 bytes x (rows + columns of each matrix + the other parameters)",
        {"parameters": total, "factored_elements": factored, "optimizer": "adafactor"},
        "Adafactor, arXiv 1804.04235, section 3, without momentum",
        "a lower bound: each matrix is taken as square",
    )


def _all_weights(model: Architecture) -> list[tuple[tuple[int, int], int]]:
    found = [((w.size, w.macs), w.copies) for w in (*model.embeddings, *model.pooler)]
    for stack in model.stacks:
        found += [((w.size, w.macs), w.copies) for w in stack.extra]
        for run in stack.distinct():
            copies = run.weight_copies
            found += [((w.size, w.macs), w.copies * copies) for w in run.block.weights() if w.size]
    if not model.head.apart:
        found += [((w.size, w.macs), w.copies) for w in model.head.weights() if w.size]
    return found


def gradient_memory(
    model: Architecture, dtype: str = "bf16", count: ParameterCount | None = None
) -> Figure:
    """Bytes of one gradient for each parameter.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    width = number_format(dtype)
    total = (count or count_parameters(model)).total
    return Figure(
        "gradients",
        total * width.bytes_per_element,
        "bytes",
        f"parameters x {width.bytes_per_element:g} bytes",
        {"parameters": total, "dtype": width.name},
        "ZeRO, arXiv 1910.02054, section 3.1",
    )


def master_weight_memory(model: Architecture, count: ParameterCount | None = None) -> Figure:
    """Bytes of the fp32 copy of the weights that mixed-precision training keeps."""
    total = (count or count_parameters(model)).total
    return Figure(
        "master_weights",
        total * 4.0,
        "bytes",
        "parameters x 4 bytes",
        {"parameters": total},
        "Mixed Precision Training, arXiv 1710.03740, section 3.1",
    )


def activation_memory(
    model: Architecture, context: int, batch: int = 1, dtype: str = "bf16"
) -> Figure:
    """Lower bound of activation memory: the input of every layer, with full recomputation.

    Raises:
        InputError: `dtype` is not a known number format.
    """
    width = number_format(dtype)
    layers = model.n_layers
    elements = layers * context * batch * model.d_model
    return Figure(
        "activations",
        elements * width.bytes_per_element,
        "bytes",
        "layers x context x batch x d_model x bytes per element",
        {
            "layers": layers,
            "context": context,
            "batch": batch,
            "d_model": model.d_model,
            "bytes_per_element": width.bytes_per_element,
        },
        "Reducing Activation Recomputation, arXiv 2205.05198, section 4.3 (full recomputation)",
        "a lower bound: the layer being recomputed, logits and workspace come on top",
    )
