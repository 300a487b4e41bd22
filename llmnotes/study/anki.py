"""A deck for Anki: every item that has a card, with stable ids.

Anki identifies a note by its guid, derived here from the item's id, so that importing a newer deck updates
the cards and keeps the learning progress.
"""

from __future__ import annotations

import hashlib
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llmnotes.errors import InputError
from llmnotes.escapes import html
from llmnotes.output import write_whole
from llmnotes.study.items import QuizItem

if TYPE_CHECKING:
    import genanki

_DECK = 1_700_410_001
_MODEL = 1_700_410_002
"""Anki's ids of the deck and of its note type; they never change."""

_FIELDS = ("Question", "Answer", "Formula", "Source", "Id")
_FRONT = "{{Question}}"
_BACK = (
    '{{FrontSide}}<hr id="answer">{{Answer}}'
    "{{#Formula}}<p>\\[{{Formula}}\\]</p>{{/Formula}}"
    '<p class="source">{{Source}}</p>'
)
_STYLE = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: center; }\n"
    ".source { font-size: 12px; opacity: 0.7; }\n"
)


def write_deck(path: Path, items: Iterable[QuizItem], references: Mapping[str, str]) -> int:
    """Write the items that have a card as an `.apkg`; returns their number.

    `references` gives the source of the answer by item id. The file is written atomically. Raises
    `InputError` where genanki is not installed or the file cannot be written.
    """
    try:
        import genanki
    except ImportError as error:
        raise InputError(
            "writing Anki decks needs genanki; get it with `pip install 'llmnotes[anki]'`"
        ) from error
    cards = [item for item in items if item.front]
    model = genanki.Model(
        _MODEL, "llmnotes", fields=[{"name": name} for name in _FIELDS], css=_STYLE,
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
    )  # fmt: skip
    deck = genanki.Deck(_DECK, "llmnotes")
    for place, item in enumerate(cards, start=1):
        deck.add_note(_note(model, item, references.get(item.id, ""), place))
    write_whole(path, _packed(genanki.Package(deck), _ids(cards)))
    return len(cards)


def _note(model: genanki.Model, item: QuizItem, reference: str, place: int) -> Any:
    import genanki

    formula = item.latex or ""
    answer = "" if item.kind == "formula" and formula else item.back
    fields = (item.front, answer, formula, reference, item.id)
    tags = [f"llmnotes::{item.kind}", *([f"llmnotes::{item.attribute}"] if item.attribute else [])]
    return genanki.Note(
        model=model,
        fields=[html(text, quoted=False) for text in fields],
        guid=genanki.guid_for("llmnotes", item.id),
        tags=tags,
        due=place,
    )


def _ids(cards: Iterable[QuizItem]) -> Iterator[int]:
    """For each item the id of its note, then of its card: numbers of the size of Anki's timestamps, but
    derived from the item's id."""
    for item in cards:
        digest = hashlib.sha256(item.id.encode()).digest()
        number = int.from_bytes(digest[:6], "big") % 10**12
        yield 10**12 + number
        yield 10**12 + number


def _packed(package: genanki.Package, ids: Iterator[int]) -> bytes:
    """The output of `genanki.Package.write_to_file`, with our ids."""
    import time

    packed = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        collection = Path(folder) / "collection.anki2"
        with closing(sqlite3.connect(collection)) as connection:
            package.write_to_db(connection.cursor(), time.time(), ids)
            connection.commit()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.write(collection, "collection.anki2")
            file.writestr("media", "{}")
    return packed.getvalue()
