"""Delimited text (CSV, TSV), parsed with positions, which the standard reader does not give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from llmnotes.pattern import late
from llmnotes.tables.model import Table
from llmnotes.tables.source import MOST_COLUMNS, SourceText

DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 60
_WHOLE = late(r'"(?:[^"]|"")*+"')
Field = tuple[int, int, str]


@lru_cache
def _field(delimiter: str) -> re.Pattern[str]:
    """One field and its terminator. A quoted field may contain delimiters, breaks and doubled quotes."""
    end = rf"(?P<end>{re.escape(delimiter)}|\r\n|\r|\n|\Z)"
    return re.compile(
        rf'[ ]*"(?P<quoted>(?:[^"]|"")*+)"(?P<tail>[^{re.escape(delimiter)}\r\n]*+){end}'
        rf"|(?P<bare>[^{re.escape(delimiter)}\r\n]*+){end.replace('end', 'stop')}"
    )


def records(source: SourceText, delimiter: str, start: int = 0) -> Iterator[list[Field]]:
    """The records of a text: for each field the offsets of its content, and the content.

    Raises `InputError` for a record of more columns than a table may have.
    """
    text, pattern, position, fields = source.text, _field(delimiter), start, list[Field]()
    while position <= len(text):
        match = pattern.match(text, position)
        assert match is not None  # a bare field matches anything, the empty text included
        end = match["end"] if match["bare"] is None else match["stop"]
        if match["bare"] is None:
            content = match["quoted"].replace('""', '"') + match["tail"].rstrip()
            first = match.start("quoted") - 1
            fields.append((first, match.end("tail"), content))
        else:
            first, last = source.trimmed(match.start("bare"), match.end("bare"))
            if first == last:
                first = last = match.start("bare")
            fields.append((first, last, text[first:last]))
        if len(fields) > MOST_COLUMNS:
            raise source.refusal(position, f"a row of more than {MOST_COLUMNS:,} columns")
        position = match.end()
        if end != delimiter:
            if len(fields) > 1 or fields[0][2]:
                yield fields
            fields = []
            if not end:
                return


def _torn(text: str, cell: Field) -> bool:
    """Whether a field has a quotation mark inside, which means that it was split wrongly."""
    raw = text[cell[0] : cell[1]]
    return '"' in raw and _WHOLE.fullmatch(raw) is None


def sniff(text: str, least: int = 1, usual: str = ",") -> str | None:
    """The delimiter that splits the first records into the most regular columns; None where none does.

    A text of fewer than `least` records is not taken for a table.
    """
    sample = SourceText(text[:200_000])
    best: tuple[float, int, str] | None = None
    for delimiter in sorted(DELIMITERS, key=lambda one: one != usual):
        if delimiter not in sample.text:
            continue
        counts = Counter(
            0 if any(_torn(sample.text, cell) for cell in fields) else len(fields)
            for fields in islice(records(sample, delimiter), _SAMPLE)
        )
        columns, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
        score = (rows / counts.total(), columns, delimiter)
        if (
            columns > 1
            and rows >= least
            and score[0] >= 0.6
            and (best is None or score[:2] > best[:2])
        ):
            best = score
    return best[2] if best else None


def read(source: SourceText, format: str = "csv") -> list[Table]:
    """The one table of a delimited file; empty where no delimiter gives columns."""
    usual = "\t" if format == "tsv" else ","
    delimiter = sniff(source.text, usual=usual) or usual
    start = 1 if source.text.startswith("\ufeff") else 0
    rows = []
    for number, fields in enumerate(records(source, delimiter, start)):
        rows.append(
            [
                source.cell(
                    first, last, _untagged(text) if "</" in text else text, header=number == 0
                )
                for first, last, text in fields
            ]
        )
    if not rows or max(map(len, rows)) < 2:
        return []
    return [Table(format, "table", source.place(start, len(source.text)), rows)]


def _untagged(text: str) -> str:
    """A cell without the tags of a page that it was taken from."""
    from llmnotes.tables.inline import plain

    return plain(text)
