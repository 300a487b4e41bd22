"""Checked access to a model's attributes: missing ones are collected and reported together."""

from __future__ import annotations

from collections.abc import Mapping

from llmnotes.errors import InputError

_MAX = 1 << 24
_MAX_LAYERS = 4_096
_SLIDING = ("sliding", "chunked")


class AttributeAccess:
    """A model's resolved attributes.

    `missing` collects the ids that were read but have no value, `assumed` the defaults used instead.
    `finish` raises where something is missing.
    """

    def __init__(self, attributes: Mapping[str, object]) -> None:
        self.attributes = attributes
        self.missing: dict[str, None] = {}
        self.assumed: dict[str, object] = {}
        self._changing: tuple[int, list[tuple[object, ...]]] | None = None
        self._by_layer: dict[tuple[str, int], list[object] | None] = {}

    def finish(self) -> None:
        """Report the missing attributes.

        Raises:
            InputError: at least one required attribute is missing.
        """
        if self.missing:
            names = ", ".join(self.missing)
            raise InputError(f"the size cannot be worked out: {names} missing")

    def text(self, key: str) -> str:
        """The text of a term; empty, and recorded as missing, where absent."""
        value = self._one(key)
        if value is None:
            self.missing[key] = None
            return ""
        if not isinstance(value, str):
            raise InputError(f"{key} is {value!r}; it must be a term")
        return value

    def term(self, key: str, known: tuple[str, ...], default: str = "") -> str:
        """One of the known terms.

        Raises:
            InputError: the value is another term, which is not supported.
        """
        value = self._one(key)
        if value is None:
            if default:
                self.assumed[key] = default
            else:
                self.missing[key] = None
            return default or known[0]
        if value not in known:
            raise InputError(f"{key} is {value!r}; sizes are known for {', '.join(known)}")
        return str(value)

    def terms(self, key: str) -> tuple[str, ...]:
        """A list of terms, recorded as missing where absent."""
        value = self.attributes.get(key)
        if value is None:
            self.missing[key] = None
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, (list, tuple)):
            return tuple(str(item) for item in value)
        raise InputError(f"{key} is {value!r}; it must be a list of terms")

    def flag(self, key: str, default: bool | None = None) -> bool:
        """A flag, recorded as missing where absent and without a default."""
        value = self._one(key)
        if isinstance(value, bool):
            return value
        if value is not None:
            raise InputError(f"{key} is {value!r}; it must be true or false")
        if default is None:
            self.missing[key] = None
        else:
            self.assumed[key] = default
        return bool(default)

    def given(self, key: str) -> bool:
        """Whether an attribute has a value."""
        return self.attributes.get(key) is not None

    def stated(self, key: str, otherwise: bool) -> bool:
        """A flag that is usually absent, with the value its absence means."""
        return self.flag(key) if self.given(key) else otherwise

    def plain(self, key: str, known: tuple[str, ...], otherwise: str) -> str:
        """One of the known terms of a rarely given attribute; `otherwise` where absent."""
        return self.term(key, known) if self.given(key) else otherwise

    def multiple(self, key: str, of: int) -> int:
        """An integer given as its ratio to another, such as an inner width to the model width."""
        value = self._one(key)
        if value is None:
            self.missing[key] = None
            return of
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 64:
            raise InputError(f"{key} is {value!r}; it must be a number above 0, at most 64")
        if abs(value * of - round(value * of)) > 1e-3:
            raise InputError(f"{key} {value} times {of:,} must be a whole number")
        return round(value * of)

    def integer(self, key: str, default: int | None = None) -> int:
        """An integer, recorded as missing where absent and without a default."""
        return self._checked(key, self._one(key), default)

    def optional(self, key: str) -> int | None:
        """An integer, or None where absent or 0 (`n_shared_experts = 0`)."""
        value = self._one(key)
        return None if value is None or value == 0 else self._checked(key, value, None)

    def count(self, key: str) -> int:
        """An integer that may be 0, recorded as missing where absent."""
        return 0 if self._one(key) == 0 else self.integer(key)

    def integer_at(self, key: str, layer: int, n: int, default: int | None = None) -> int:
        """An integer of one layer, where it may change from layer to layer."""
        values = self._layers(key, n)
        return self._checked(key, None if values is None else values[layer], default)

    def term_at(self, key: str, layer: int, n: int, known: tuple[str, ...], default: str) -> str:
        """One of the known terms of one layer, where it may change from layer to layer."""
        values = self._layers(key, n)
        if values is None:
            return self.term(key, known, default)
        if values[layer] not in known:
            raise InputError(f"{key} is {values[layer]!r}; sizes are known for {', '.join(known)}")
        return str(values[layer])

    def plain_at(self, key: str, layer: int, n: int, known: tuple[str, ...], otherwise: str) -> str:
        """As `plain`, for one layer."""
        return self.term_at(key, layer, n, known, otherwise) if self.given(key) else otherwise

    def optional_at(self, key: str, layer: int, n: int) -> int | None:
        """An integer of one layer, or None where absent or 0."""
        values = self._layers(key, n)
        value = None if values is None else values[layer]
        return None if value is None or value == 0 else self._checked(key, value, None)

    def terms_of_layers(self, key: str, n: int) -> list[str]:
        """A term for each of `n` layers; empty texts where absent."""
        values = self._layers(key, n)
        return [""] * n if values is None else [str(value) for value in values]

    def kinds(self, key: str) -> frozenset[str]:
        """Every term that some layer has; none, and recorded as missing, where absent."""
        value = self.attributes.get(key)
        if isinstance(value, Mapping):
            return frozenset(str(item) for _, item in _runs(key, value))
        return frozenset(filter(None, [self.text(key)]))

    def one_of(self, key: str, known: tuple[str, ...]) -> bool:
        """Whether a term is given and is one of `known`."""
        return self.attributes.get(key) in known

    def changes_by_layer(self) -> bool:
        """Whether any value changes from layer to layer."""
        return any(map(_changes, self.attributes.values()))

    def changing(self, layer: int, n: int) -> object:
        """A key of the values of a layer that change; layers with equal keys are equal."""
        if self._changing is None or self._changing[0] != n:
            names = [name for name, value in self.attributes.items() if _changes(value)]
            try:
                columns = [self._layers(name, n) or [] for name in names]
            except InputError:  # runs of some attribute do not fit: no two layers are equal
                columns = [list(range(n))]
            self._changing = n, list(zip(*columns, strict=True))
        return self._changing[1][layer] if self._changing[1] else None

    def windows(self, n: int) -> list[int | None]:
        """The maximum number of keys a query of each layer attends to (None = all)."""
        spans = self.terms_of_layers("attention_span", n)
        if not any(span in _SLIDING for span in spans):
            return [None] * n
        window = self.integer("sliding_window")
        return [window if span in _SLIDING else None for span in spans]

    def windows_of_sides(self, encoder: int, decoder: int) -> list[int | None]:
        """`windows` of an encoder's layers and then of the decoder's.

        Runs that name the layers of both sides tell them in that order: windows in the encoder alone
        (LED, LongT5) are `12×sliding,12×full`.
        """
        value = self.attributes.get("attention_span")
        named = 0
        if isinstance(value, Mapping):
            named = sum(count for count, _ in _runs("attention_span", value))
        if named > max(encoder, decoder):
            return self.windows(encoder + decoder)
        return [*self.windows(encoder), *self.windows(decoder)]

    def has_network(self, layer: int, n: int) -> bool:
        """Whether a layer has a feed-forward network."""
        kinds = self._layers("ffn_kind", n)
        return kinds is None or kinds[layer] != "none"

    def is_mixture(self, layer: int, n: int) -> bool:
        """Whether a layer's feed-forward network is a mixture of experts."""
        kinds = self._layers("ffn_kind", n)
        if kinds is not None:
            return kinds[layer] == "moe"
        return self.attributes.get("n_experts") is not None

    def names(self, key: str, *terms: str) -> bool:
        """Whether an attribute of one or several terms has one of these."""
        value = self.attributes.get(key)
        items = value if isinstance(value, (list, tuple)) else (value,)
        return any(item in terms for item in items)

    def has_pooler(self) -> bool:
        """Whether an encoder has a pooler, as those trained on sentence pairs do."""
        value = self.attributes.get("pooler")
        if isinstance(value, bool):
            return value
        found = self.names("objective", "NSP", "SOP")
        self.assumed["pooler"] = found
        return found

    def longest(self, key: str) -> int | None:
        """The largest of one or several integers, or None where absent."""
        value = self.attributes.get(key)
        items = value if isinstance(value, (list, tuple)) else [value]
        numbers = [item for item in items if type(item) is int]
        return max(numbers, default=None)

    def _one(self, key: str) -> object:
        value = self.attributes.get(key)
        if not isinstance(value, Mapping):
            return value
        kinds = {item for _, item in _runs(key, value)}
        if len(kinds) > 1:
            raise InputError(f"{key} changes from layer to layer, which is not known here")
        return kinds.pop()

    def _layers(self, key: str, n: int) -> list[object] | None:
        if (key, n) not in self._by_layer:
            self._by_layer[key, n] = self._spread(key, n)
        return self._by_layer[key, n]

    def _spread(self, key: str, n: int) -> list[object] | None:
        value = self.attributes.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            return [value] * n
        items = [item for count, item in _runs(key, value) for _ in range(count)]
        if len(items) > n and any(name.endswith("_layers") for name in self.missing):
            return items[:n]  # the number of layers itself is missing
        if len(items) > n:
            raise InputError(f"{key} names {len(items)} layers of {n}")
        # The last repetition may be incomplete: Gemma 3 1B has 26 layers of five sliding to one full.
        return (items * -(-n // len(items)))[:n]

    def _checked(self, key: str, value: object, default: int | None) -> int:
        if value is None:
            if default is None:
                self.missing[key] = None
                return 1
            self.assumed[key] = default
            return default
        if type(value) is not int or not 1 <= value <= _MAX:
            raise InputError(f"{key} is {value!r}; it must be a whole number from 1 to {_MAX:,}")
        if key.endswith("_layers") and value > _MAX_LAYERS:
            raise InputError(f"{key} is {value:,}; at most {_MAX_LAYERS:,} layers make sense")
        return value


def _changes(value: object) -> bool:
    return isinstance(value, Mapping) and "runs" in value


def _runs(key: str, value: Mapping[str, object]) -> list[tuple[int, object]]:
    runs = value.get("runs")
    if not isinstance(runs, (list, tuple)) or not runs:
        raise InputError(f"{key} must be one value or runs of layers")
    found: list[tuple[int, object]] = []
    for run in runs:
        if not isinstance(run, (list, tuple)) or len(run) != 2:
            raise InputError(f"{key} must be runs of (layers, value)")
        count, item = run
        if type(count) is not int or not 1 <= count <= _MAX_LAYERS:
            raise InputError(f"{key} must be runs of (layers, value)")
        found.append((count, item))
    return found
