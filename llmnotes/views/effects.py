"""The effects of the differences of a comparison, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from llmnotes.display import figure_text
from llmnotes.export.answer import AnswerTable, Cell, Row
from llmnotes.knowledge.compare import ModelComparison
from llmnotes.knowledge.effects import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from llmnotes.export.typesetting import Typesetting


_MOST_BESIDE = 3
"""The number of subjects up to which they are columns of a printed page; more become rows."""


def effect_tables(
    found: ModelComparison, typesetting: Typesetting | None = None
) -> list[AnswerTable]:
    """Each figure with its ratio to the first subject's."""
    sizes = {
        model: size
        for subject in found.subjects
        for model, size in zip(subject.models, subject.sizes, strict=True)
    }
    several = typesetting is not None and len(found.subjects) > _MOST_BESIDE
    rows = _by_subject(found, sizes) if several else _by_effect(found, sizes)
    columns = (
        ("Model", *(effect.label for effect in found.effects)) if several else _pairwise(found)
    )
    return [
        AnswerTable(
            columns, list(rows), caption="Effects", aside=True, turnable=True,
            typesetting=typesetting,
        )
    ]  # fmt: skip


def _pairwise(found: ModelComparison) -> tuple[str, ...]:
    first, *others = (subject.name for subject in found.subjects)
    return (
        "Effect", first, *(text for name in others for text in (name, f"against {first}"))
    )  # fmt: skip


def _by_effect(found: ModelComparison, sizes: dict[str, str]) -> Iterator[Row]:
    """A row for each effect: every subject's figure, and its ratio beside it."""
    for effect in found.effects:
        cells = [Cell(effect.label, effect.quantity), Cell(_figure(effect, 0))]
        for position in range(1, len(found.subjects)):
            cells += [Cell(_figure(effect, position)), Cell(_ratios(effect, position - 1, sizes))]
        yield Row(tuple(cells))


def _by_subject(found: ModelComparison, sizes: dict[str, str]) -> Iterator[Row]:
    """A row for each subject: its figures, each with its ratio behind it."""
    for position, subject in enumerate(found.subjects):
        texts = [
            _figure(effect, position)
            + (f"; {_ratios(effect, position - 1, sizes)}" if position else "")
            for effect in found.effects
        ]
        name = subject.name if position else f"{subject.name} (the others are against it)"
        yield Row((Cell(name), *map(Cell, texts)))


def _figure(effect: Effect, position: int) -> str:
    bounds = effect.values[position]
    if bounds is None:
        return "–"
    low, high = (figure_text(number, effect.unit) for number in bounds)
    return low if low == high else f"{low} – {high}"


def _ratios(effect: Effect, position: int, sizes: dict[str, str]) -> str:
    """One ratio where all pairs agree, else each with the sizes it is computed for."""
    said: dict[str, list[str]] = {}
    for pair in effect.pairs[position]:
        between = f"{sizes[pair.first]}→{sizes[pair.second]}"
        said.setdefault(ratio_text((pair.ratio, pair.ratio)), []).append(between)
    if len(said) <= 1:
        return next(iter(said), "–")
    return " · ".join(f"{text} ({', '.join(pairs)})" for text, pairs in said.items())


def ratio_text(ratio: tuple[float, float] | None) -> str:
    """A ratio for readers: `+12 %` near one, `×0.25` far from it; a range where pairs differ."""
    if ratio is None:
        return "–"
    near = all(2 / 3 < number < 1.5 for number in ratio)
    low, high = (_quotient(number, near) for number in ratio)
    return low if low == high else f"{low} – {high}"


def _quotient(number: float, near: bool) -> str:
    if near:
        return "same" if abs(number - 1) < 0.0005 else f"{(number - 1) * 100:+.3g} %"
    return f"×{number:,.0f}" if number >= 1000 else f"×{number:.3g}"
