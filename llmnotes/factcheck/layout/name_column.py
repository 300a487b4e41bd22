"""Finds the column of model names."""

from __future__ import annotations

from llmnotes.attributes.headers import header_names
from llmnotes.factcheck.layout.grid import Grid, text_of
from llmnotes.factcheck.layout.header_words import key, keys
from llmnotes.factcheck.layout.headers import Header, read_header
from llmnotes.factcheck.layout.naming import ONLY_SIZE
from llmnotes.factcheck.layout.subjects import Names
from llmnotes.schema import ATTRIBUTES
from llmnotes.vocabulary import fold


def name_column(
    body: Grid, headers: list[Header | None], columns: list[str], names: Names
) -> int | None:
    """The column of model names; None where rows are sizes, or of one model."""
    sized = _sized_column(body, headers, columns, names)
    return _model_column(body, headers, columns, names) if sized is None else sized


def name_columns(columns: list[str], model: int) -> list[int]:
    """The column of names and those with the same header, where a table consists of several side by side."""
    heads = [fold(text) for text in columns]
    named = [index for index, head in enumerate(heads) if head == heads[model]]
    ends = [*named[1:], len(heads)]
    parts = [tuple(filter(None, heads[a + 1 : b])) for a, b in zip(named, ends, strict=True)]
    alike = heads[model] != "" or len(set(parts)) == 1
    return named if alike and all(parts) else [model]


def _sized_column(
    body: Grid, headers: list[Header | None], columns: list[str], names: Names
) -> int | None:
    """The column of sizes below a family's name, `Pythia model`; None without one."""
    for index, text in enumerate(columns):
        words = [word for word in text.split() if read_header(word).role != "name"]
        if headers[index] is not None or len(words) == len(text.split()) or not words:
            continue
        filled = [t for row in body if (t := text_of(row, index)).strip()]
        if names.find(" ".join(words)) and filled and all(map(ONLY_SIZE.fullmatch, filled)):
            return index
    return None


def _model_column(
    body: Grid, headers: list[Header | None], columns: list[str], names: Names
) -> int | None:
    """The column of names: one with such a header (the most informative of several), else one in which most
    cells name models."""
    named = [i for i, text in enumerate(columns) if headers[i] is None and _is_name_header(text)]
    if named:
        headed = max(
            named,
            key=lambda i: (*_telling(_texts(body, i), names), not _is_family(columns[i]), -i),
        )
        return 0 if _names_better(body, headers, columns, headed, names) else headed
    best, most = None, 0
    unheaded = bool(headers) and headers[0] is None and not columns[0].strip()
    for index in range(len(columns)):
        if unheaded and _is_architecture(headers[index]):
            continue
        texts = [text_of(row, index) for row in body[:200]]
        score = sum(names.find(text) is not None for text in texts if text.strip())
        if score > most and _may_name(headers[index], score, len(texts)):
            best, most = index, score
    if (
        best is None
        and headers
        and headers[0] is None
        and any(text_of(row, 0).strip() for row in body)
    ):
        return 0
    return best


def _is_family(text: str) -> bool:
    """Whether a header asks for the family, whose models another column may name as well."""
    return key(text) in keys(header_names().asked["family"])


def _is_architecture(header: Header | None) -> bool:
    """Whether kinds of models, `BERT (base)`, stand below a header, whose names stand elsewhere."""
    return header is not None and header.attribute == "architecture"


def _may_name(header: Header | None, score: int, count: int) -> bool:
    """Whether a column in which half of the cells are names is one of names despite its header.

    Under `Base model` are other models.
    """
    if header is None:
        return True
    return score * 2 >= count and ATTRIBUTES[str(header.attribute)].kind != "models"


def _names_better(
    body: Grid, headers: list[Header | None], columns: list[str], best: int, names: Names
) -> bool:
    """Whether a first column of an unknown header has more names than the one headed so.

    Below `Model family` several models are one.
    """
    if best == 0 or headers[0] is not None or read_header(columns[0]).role != "unknown":
        return False
    first, other = (_telling(_texts(body, index), names) for index in (0, best))
    return first[0] > other[0] and first[1] >= other[1]


def _texts(body: Grid, index: int) -> list[str]:
    return [text_of(row, index) for row in body]


def _telling(texts: list[str], names: Names) -> tuple[int, int]:
    """How many different names a column has, and how many of the first are known."""
    known = sum(names.find(text) is not None for text in texts[:_MOST_ASKED] if text.strip())
    return len({text.strip() for text in texts} - {""}), known


_MOST_ASKED = 20


def _is_name_header(text: str) -> bool:
    return read_header(text).role == "name"
