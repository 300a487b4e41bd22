"""The source named by a user is recognised from its text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from llmnotes.edits.claims import Provenance, set_claims
from llmnotes.errors import InputError
from llmnotes.ingest.sources import OWN
from llmnotes.store.connect import connect


def source(store: Path, text: str | None) -> dict[str, Any]:
    """The source of a claim that names `text`."""
    set_claims(store, "gpt-4", ["n_layers=96"], Provenance(text))
    with connect(store) as connection:
        cursor = connection.execute(
            "SELECT s.* FROM sources s JOIN claims c ON c.source = s.id WHERE c.subject = 'gpt-4' "
            "AND c.layer = 'user'"
        )
        names = [column[0] for column in cursor.description]
        [row] = cursor
        return dict(zip(names, row, strict=True))


@pytest.mark.parametrize(
    ("text", "kind", "arxiv", "doi", "url", "primary"),
    [
        (None, "third-party", None, None, None, 0),
        ("our  wiki", "third-party", None, None, None, 0),
        ("arXiv:2303.99999", "paper", "2303.99999", None, "https://arxiv.org/abs/2303.99999", 1),
        ("https://arxiv.org/pdf/2303.99999v2", "paper", "2303.99999v2", None,
         "https://arxiv.org/pdf/2303.99999v2", 1),
        ("doi:10.1000/x.1", "paper", None, "10.1000/x.1", "https://doi.org/10.1000/x.1", 1),
        ("https://huggingface.co/a/b", "model-card", None, None, "https://huggingface.co/a/b", 1),
        ("https://huggingface.co/a/b/config.json", "config", None, None,
         "https://huggingface.co/a/b/config.json", 1),
        ("https://example.org/x", "third-party", None, None, "https://example.org/x", 0),
        ("https://cdn.huggingface.co/a.json", "config", None, None,
         "https://cdn.huggingface.co/a.json", 1),
        ("https://nothuggingface.co/a/b", "third-party", None, None,
         "https://nothuggingface.co/a/b", 0),
        ("https://huggingface.co.example.org/a", "third-party", None, None,
         "https://huggingface.co.example.org/a", 0),
        ("arXiv:2303.1234", "paper", "2303.1234", None, "https://arxiv.org/abs/2303.1234", 1),
        ("arXiv:2303.999999", "third-party", None, None, None, 0),
        ("arXiv:2303.999", "third-party", None, None, None, 0),
        ("HTTPS://DOI.ORG/10.1000/x", "paper", None, "10.1000/x", "HTTPS://DOI.ORG/10.1000/x", 1),
    ],
)  # fmt: skip
def test_a_source_is_recognised(
    user_store: Path, text: str | None, kind: str, arxiv: str | None, doi: str | None,
    url: str | None, primary: int,
) -> None:  # fmt: skip
    found = source(user_store, text)

    assert (found["kind"], found["arxiv"], found["doi"], found["url"]) == (kind, arxiv, doi, url)
    assert found["is_primary"] == primary
    assert found["title"] == (
        "the user's own statement" if text is None else " ".join(text.split())
    )


def test_a_known_sources_id_is_that_source(user_store: Path) -> None:
    with connect() as connection:
        [known] = connection.execute("SELECT id, title FROM sources ORDER BY id LIMIT 1")

    assert source(user_store, known[0])["title"] == known[1]


@pytest.mark.parametrize("text", ["https://", "http://a b", "https:///path"])
def test_what_begins_as_a_url_must_be_one(user_store: Path, text: str) -> None:
    with pytest.raises(InputError, match="is not a URL"):
        source(user_store, text)


def test_ones_own_statement_is_one_source_however_it_came(user_store: Path) -> None:
    """An import of one's own notes names the same source as `set` does."""
    found = source(user_store, None)

    assert found["id"] == OWN["id"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", found["checked"])
