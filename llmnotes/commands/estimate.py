"""`llmnotes estimate`: parameters by part, KV cache, memory and compute, with their formulas."""

from __future__ import annotations

from typing import Annotated

import typer

from llmnotes import console
from llmnotes.commands.common import Format, Lake, Output, base, complete_name, say
from llmnotes.errors import InputError
from llmnotes.export import check_format


def complete_hardware(incomplete: str) -> list[str]:
    """Completions of a device."""
    from llmnotes.sizing import HARDWARE

    return [name for name in ("list", *HARDWARE) if name.startswith(incomplete)]


def complete_number_format(incomplete: str) -> list[str]:
    """Completions of a number format."""
    from llmnotes.sizing import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete.lower())]


def command(
    context: typer.Context,
    subject: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME|FILE|DIRECTORY|-",
            help="A model or family; a config.json, params.json, litgpt, Megatron or MaxText file; "
            "a directory with one; - for standard input.",
            autocompletion=complete_name,
        ),
    ] = None,
    length: Annotated[
        str | None,
        typer.Option("--context", metavar="TOKENS", help="Tokens of a sequence, such as 8k."),
    ] = None,
    batch: Annotated[str | None, typer.Option(metavar="NUMBER", help="Sequences at once.")] = None,
    dtype: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="Number format of weights and computation (bf16).",
            autocompletion=complete_number_format,
        ),
    ] = None,
    quant: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="Number format of the weights alone: q4_k, q8_0, int8, ...",
            autocompletion=complete_number_format,
        ),
    ] = None,
    kv_dtype: Annotated[
        str | None,
        typer.Option(
            "--kv-dtype",
            metavar="FORMAT",
            help="Number format of the KV cache.",
            autocompletion=complete_number_format,
        ),
    ] = None,
    hardware: Annotated[
        list[str] | None,
        typer.Option(
            metavar="DEVICE",
            help="Bounds of time on a device; repeat for more, `list` shows all.",
            autocompletion=complete_hardware,
        ),
    ] = None,
    training: Annotated[
        bool, typer.Option("--training", help="Memory and compute of training.")
    ] = False,
    optimizer: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="adamw, adam, adam-8bit, adafactor, lion, sgd-momentum or sgd."
        ),
    ] = None,
    tokens: Annotated[
        str | None, typer.Option(metavar="NUMBER", help="Training tokens, such as 1.4T.")
    ] = None,
    formulas: Annotated[
        bool, typer.Option("--formulas", help="Show formula, inputs and source of every figure.")
    ] = False,
    lake: Lake = None,
    format: Format = "table",
    output: Output = None,
) -> None:
    """Parameters by part, KV cache, memory and FLOPs of a model, with the formulas.

    Without --context the model's own length is taken. Nothing is guessed: an unknown architecture
    or a missing value is refused.
    """
    check_format(format)
    if "list" in (hardware or ()):
        from llmnotes.views.estimate import hardware_answer

        say(hardware_answer(), format, output)
        return
    if subject is None:
        raise InputError("estimate needs a model, a file, a directory or - for standard input")
    from llmnotes.knowledge.estimate import estimate
    from llmnotes.knowledge.estimate_options import read_options
    from llmnotes.knowledge.estimate_subject import shapes_of
    from llmnotes.views.estimate import estimate_answer

    options = read_options(
        context=length, batch=batch, dtype=dtype, quant=quant, kv_dtype=kv_dtype,
        hardware=hardware or (), training=training, optimizer=optimizer, tokens=tokens,
    )  # fmt: skip
    if lake is not None:
        from pathlib import Path

        from llmnotes.knowledge.shapes import Shapes
        from llmnotes.lake.named import shape

        found = Shapes([shape(Path(lake), subject)])
    else:
        found = shapes_of(subject, lambda: base(context))
    estimates = [estimate(shape, options) for shape in found.shapes]
    say(estimate_answer(estimates, found.group, found.refused, formulas=formulas), format, output)
    for text in (*found.remarks, *(text for shape in found.shapes for text in shape.remarks)):
        console.remark(text)
    for model, reason in found.refused:
        console.remark(f"{model} left out: {reason}")
