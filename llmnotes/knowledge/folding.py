"""Folds the values of a family's sizes into one cell: `4,096`, or `MHA (7B, 13B) · GQA (34B, 70B)`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from llmnotes.display import UNKNOWN, result_name, status_text, value_text
from llmnotes.knowledge.effects import ModelClaims
from llmnotes.resolve import WITHOUT_EXPERTS, Statement, Statements, resolved, without_meaning
from llmnotes.schema import ATTRIBUTES, Attribute

Key = tuple[Any, ...]

SIZE_MARK = " · "
"""The separator between the sizes of a family and between their values."""

TUNED = "post-trained"
"""The variant that the label of a size tells of, where base models stand beside it."""


class Value(NamedTuple):
    """One value of a cell with the models it holds for."""

    models: list[str]
    value: Any
    status: str | None
    source: str | None
    locator: str | None
    text: str
    sources: Sequence[str] = ()
    also: Sequence[dict[str, Any]] = ()
    layer: str | None = None
    implied: bool = False
    """Whether it is not claimed but computed from another value."""
    parameters: dict[str, Any] | None = None

    @property
    def shown(self) -> str:
        """The text, marked where the value is the user's own."""
        return f"{self.text} (yours)" if self.layer == "user" else self.text


class FoldedCell(NamedTuple):
    """The values of one subject for one attribute."""

    subject: str
    text: str
    values: list[Value]

    @property
    def sources(self) -> list[str]:
        """Ids of the sources of the values shown, in order."""
        return list(dict.fromkeys(key for value in self.values for key in value.sources))


class ComparedSubject(NamedTuple):
    """One subject of a comparison with the models it stands for.

    `tuned` says that all of them are post-trained, which their labels in `sizes` then leave out.
    """

    id: str
    kind: str
    name: str
    models: list[str]
    sizes: list[str]
    tuned: bool = False

    def listed(self, mark: str = SIZE_MARK) -> str:
        """The labels of its models, for a heading."""
        return mark.join(self.sizes) + (f" ({TUNED})" if self.tuned else "")


def fold(
    claims: ModelClaims, column: ComparedSubject, item: Attribute, publishers: dict[str, str]
) -> FoldedCell:
    """The cell of a subject for an attribute; `publishers` maps organization ids to names."""
    grouped: dict[Key, Value] = {}
    sizes: dict[Key, list[str]] = {}
    shared: dict[int, Key] = {}  # by claim: models have most of theirs from their family
    for model, size in zip(column.models, column.sizes, strict=True):
        statements = claims.of_model(model)
        claim = resolved(statements, item)
        known = shared.get(id(claim)) if claim is not None and item.id != "n_layers" else None
        if known is not None:
            grouped[known].models.append(model)
            sizes[known].append(size)
            continue
        value = _value(item, model, claim, statements, publishers)
        key = _key(value)
        shared[id(claim)] = key
        if key in grouped:
            grouped[key].models.append(model)
            grouped[key] = _with_sources(grouped[key], value.sources)
        else:
            grouped[key] = value
        sizes.setdefault(key, []).append(size)
    values = list(grouped.values())
    return FoldedCell(column.id, _folded(item, values, list(sizes.values())), values)


def _with_sources(value: Value, sources: Iterable[str]) -> Value:
    return value._replace(sources=list(dict.fromkeys([*value.sources, *sources])))


def _key(value: Value) -> Key:
    """What two values of a cell have in common where they are shown as one."""
    said = value.value
    if isinstance(said, list | dict):
        said = json.dumps(said)
    return (
        type(value.value),
        said,
        value.status in {"reported", "derived"} or value.status,
        value.shown,
    )


def _value(
    item: Attribute,
    model: str,
    claim: Statement | None,
    statements: Statements,
    publishers: dict[str, str],
) -> Value:
    if claim is None and item.id in WITHOUT_EXPERTS and item.id in without_meaning(statements):
        status = "not-applicable"
        return Value([model], None, status, None, None, status_text(status), implied=True)
    if claim is None:
        return Value([model], None, None, None, None, UNKNOWN)
    if claim.value is None:
        text = status_text(claim.status)
    else:
        text = value_text(item, claim.value, claim.parameters)
        if item.kind == "organizations":
            text = ", ".join(publishers.get(key, key) for key in claim.value)
        if item.id == "n_layers":
            text = _sides(statements) or text
        if claim.status in {"estimated", "rumoured"}:
            text = f"{text} ({claim.status})"
    also = [
        {
            "value": other.value,
            "status": other.status,
            "source": other.source,
            "locator": other.locator,
        }
        for other in statements.get(item.id, [])
        if other is not claim and (other.value, other.status) != (claim.value, claim.status)
    ]
    cited = [claim.source] if claim.source else []
    return Value(
        [model], claim.value, claim.status, claim.source, claim.locator, text, cited, also,
        claim.layer, parameters=claim.parameters,
    )  # fmt: skip


def _sides(statements: Statements) -> str:
    """Layers of an encoder-decoder as `12+12`; empty for a single stack."""
    found = [
        resolved(statements, ATTRIBUTES[f"n_{side}_layers"]) for side in ("encoder", "decoder")
    ]
    counts = [claim.value for claim in found if claim is not None and claim.value]
    return "+".join(str(count) for count in counts) if len(counts) == 2 else ""


def _folded(item: Attribute, values: list[Value], sizes: list[list[str]]) -> str:
    """`4,096` where all sizes agree, `MHA (7B, 13B) · GQA (34B, 70B)` where they do not."""
    if len(values) <= 1:
        return values[0].shown if values else UNKNOWN  # a user's family without members
    if item.kind == "results" and all(isinstance(value.value, list) for value in values):
        return ", ".join(result_lines(values))
    parts = [
        value.shown if of == [value.text] else f"{value.shown} ({', '.join(of)})"
        for value, of in zip(values, sizes, strict=True)
    ]
    folded = SIZE_MARK.join(parts)
    if item.range_text and all(isinstance(value.value, int) for value in values):
        ordered = sorted(values, key=lambda value: value.value)
        return f"{ordered[0].text}–{ordered[-1].text}: {folded}"
    return folded


def result_lines(values: Sequence[Value]) -> list[str]:
    """Scores of each benchmark in the order of the sizes: `MMLU (5-shot) 35.1 / 46.9 / – / 63.4`."""
    names = list(dict.fromkeys(result_name(item) for value in values for item in value.value))
    lines = []
    for name in names:
        scores = []
        for value in values:
            found = [item.get("score") for item in value.value if result_name(item) == name]
            score = f"{found[0]:g}" if found and found[0] is not None else "–"
            scores += [score] * len(value.models)
        lines.append(name if set(scores) == {"–"} else f"{name} {' / '.join(scores)}")
    return lines
