"""The claims of a model with all that it inherits."""

from __future__ import annotations

import sqlite3

from llmnotes.schema import ATTRIBUTES
from llmnotes.store.claims import Claims


def test_one_attribute_alone_is_what_all_claims_say_of_it(connection: sqlite3.Connection) -> None:
    """Whether the model is a base, a tune of one, or a tune of a tune."""
    tunes = connection.execute("SELECT model, value FROM model_values WHERE attribute = 'based_on'")
    base_of = dict(tunes.fetchall())
    tuned_twice = {model for model, base in base_of.items() if base in base_of}
    models = sorted({"llama-2-7b", "llama-2-7b-chat"} | tuned_twice)[:40]
    assert len(models) > 10
    whole, single = Claims(connection, models), Claims(connection, models)
    for model in models:
        said = whole.of_model(model)
        for name in ATTRIBUTES:
            assert single.of_attribute(model, name) == said.get(name, []), (model, name)
