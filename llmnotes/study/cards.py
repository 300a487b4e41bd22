"""The cards of the quiz and their due dates, scheduled by FSRS, in the user's store.

FSRS stores the stability and difficulty of every card and schedules the next review for when the
probability of recall has fallen to 90 % (`fsrs` library, its default parameters).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Card


def now() -> datetime:
    """The current time in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def due_times(connection: sqlite3.Connection) -> dict[str, datetime]:
    """The due time of each card answered before; empty where none was."""
    try:
        rows = connection.execute("SELECT id, due FROM user.review_card").fetchall()
    except sqlite3.OperationalError:  # no user's store yet, or one from before the quiz
        return {}
    return {key: datetime.fromisoformat(due) for key, due in rows}


def next_first(keys: Iterable[str], due: dict[str, datetime], at: datetime) -> list[str]:
    """Due cards, the most overdue first, then new ones in the order given, then the rest by date."""
    known = list(keys)
    waiting = sorted((key for key in known if key in due), key=lambda key: due[key])
    return [
        *(key for key in waiting if due[key] <= at),
        *(key for key in known if key not in due),
        *(key for key in waiting if due[key] > at),
    ]


def review(connection: sqlite3.Connection, key: str, right: bool, at: datetime) -> datetime:
    """Record an answer to the card `key`; returns its next due time.

    `connection` is one of `store.write.writing`. A wrong answer is rated `Again`, a right one `Good`.
    """
    from fsrs import Rating, Scheduler

    card, log = Scheduler(enable_fuzzing=False).review_card(
        _card(connection, key), Rating.Good if right else Rating.Again, at
    )
    connection.execute(
        "INSERT OR REPLACE INTO user.review_card (id, state, due, last_review) VALUES (?, ?, ?, ?)",
        (key, json.dumps(card.to_dict()), card.due.isoformat(), at.isoformat()),
    )
    connection.execute(
        "INSERT INTO user.review_log (card, rating, reviewed_at, log) VALUES (?, ?, ?, ?)",
        (key, int(log.rating), at.isoformat(), json.dumps(log.to_dict())),
    )
    return card.due


def _card(connection: sqlite3.Connection, key: str) -> Card:
    from fsrs import Card

    row = connection.execute("SELECT state FROM user.review_card WHERE id = ?", (key,)).fetchone()
    # The scheduler needs a number; the cards of llmnotes are identified by their key.
    return Card.from_dict(json.loads(row[0])) if row else Card(card_id=0)
