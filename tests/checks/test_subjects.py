"""The input of the rules is read from the merged stores: curated, imported and user claims."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from llmnotes.knowledge.check import check
from llmnotes.knowledge.checked_subjects import base, groups
from llmnotes.store.connect import connect
from llmnotes.store.resolved import resolve_again
from llmnotes.store.write import writing
from tests.checks.conftest import TINY, TINY_TOTAL


def insert(connection: sqlite3.Connection, table: str, **row: Any) -> None:
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"INSERT INTO user.{table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
    )


def bring_in(user: Path, count: int, **changes: Any) -> None:
    """Import tiny decoders; `changes` apply to the last one only."""
    with writing(user) as connection:
        insert(connection, "source", id="bulk", kind="dataset", title="Bulk", authors="[]",
               is_primary=0)  # fmt: skip
        keys = [f"bulk/tiny-{number}" for number in range(count)]
        for key in keys:
            insert(connection, "model", id=key, name=key, variant="base", position=0,
                   layer="imported")  # fmt: skip
            values = {**TINY, "params_total": TINY_TOTAL, **(changes if key == keys[-1] else {})}
            for name, value in values.items():
                insert(connection, "claim", subject_kind="model", subject=key, attribute=name,
                       value=json.dumps(value), status="reported", source="bulk", locator="row",
                       layer="imported", preferred=0)  # fmt: skip
        resolve_again(connection, keys)


def test_imported_models_are_held_to_the_same_rules(user_store: Path) -> None:
    bring_in(user_store, 600, n_layers=3)

    report = check(connect(user_store))

    assert report.models > 600
    assert [(item.rule, item.subject, item.layer) for item in report.findings] == [
        ("parameters-differ-from-shape", "bulk/tiny-599", "imported")
    ]


def test_every_model_is_read_once_and_beside_its_siblings(user_store: Path) -> None:
    bring_in(user_store, 600)
    connection = connect(user_store)

    read = list(groups(connection))

    models = [model.id for group in read for model in group.models]
    assert sorted(models) == sorted(row[0] for row in connection.execute("SELECT id FROM models"))
    for group in read:
        assert group.family is None or group.models == group.family.members


def test_a_named_model_is_read_with_its_siblings() -> None:
    (group,) = groups(connect(), frozenset({"llama-2-70b"}))

    assert [model.id for model in group.models] == ["llama-2-70b"]
    assert group.family is not None
    assert len(group.family.members) > 3


def test_a_source_that_only_a_locator_names_counts_as_used() -> None:
    sources = base(connect()).sources

    assert sources["code-llama-34b-config"].used
    assert all(source.layer == "curated" for source in sources.values())


def test_a_users_model_that_ships_by_now_is_reported(user_store: Path) -> None:
    with writing(user_store) as connection:
        insert(connection, "model", id="llama-2-7b", name="Mine", variant="base", position=0,
               layer="user")  # fmt: skip
        resolve_again(connection, ["llama-2-7b"])

    found = check(connect(user_store)).findings

    assert [(item.rule, item.subject, item.kind) for item in found] == [
        ("own-model-now-shipped", "llama-2-7b", "model")
    ]
