"""A user's claims are shown before all others, which are kept."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from llmnotes.edits.claims import Provenance, set_claims, unset
from llmnotes.errors import InputError
from llmnotes.store.connect import connect
from llmnotes.store.log import entries


def claims(store: Path, subject: str, attribute: str) -> list[tuple[str, Any, str]]:
    """Layer, value and status of the claims, the user's last."""
    with connect(store) as connection:
        rows = connection.execute(
            "SELECT layer, value, status FROM claims WHERE subject = ? AND attribute = ? "
            "ORDER BY layer, value", (subject, attribute)
        )  # fmt: skip
        return [(layer, value and json.loads(value), status) for layer, value, status in rows]


def shown(store: Path, model: str, attribute: str) -> Any:
    with connect(store) as connection:
        query = f"SELECT {attribute} FROM models WHERE id = ?"
        return connection.execute(query, (model,)).fetchone()[0]


@pytest.mark.parametrize("name", ["someone/Llama-2-7b", "meta-llama/Llama-2-7b-AWQ"])
def test_nothing_is_written_of_a_model_under_the_name_of_its_copy(run: Any, name: str) -> None:
    refused = run("set", name, "context_length=8192", "--source", "our wiki")
    assert refused.code == 2
    assert "ask for llama-2-7b" in refused.err


def test_a_value_of_the_users_is_shown_first_and_marked(run: Any) -> None:
    assert run("set", "llama-2-7b", "context_length=8192", "--source", "our wiki").code == 0

    table = run("compare", "llama-2-7b", "--attributes", "context_length").out
    assert "8,192 (yours)" in table
    record = run("filter", "--family", "llama-2", "--context", "8192", "-f", "json").json[0]
    assert (record["id"], record["context_length"]) == ("llama-2-7b", 8192)
    assert record["layer"] == {"context_length": "user"}


def test_a_claim_from_the_same_source_is_replaced_from_another_it_is_not(user_store: Path) -> None:
    for value, source in ((120, "a mill"), (96, "a mill"), (88, "a letter")):
        set_claims(user_store, "gpt-4", [f"n_layers={value}"], Provenance(source))

    found = [item for item in claims(user_store, "gpt-4", "n_layers") if item[0] == "user"]
    assert [value for _, value, _ in found] == [88, 96]


def test_the_same_claim_again_is_kept_and_one_more_detail_replaces_it(user_store: Path) -> None:
    first = Provenance("a letter")
    assert set_claims(user_store, "gpt-4", ["n_layers=96"], first).write == 1
    again = set_claims(user_store, "gpt-4", ["n_layers=96"], first)
    assert (again.write, again.done[0]["change"]) == (None, "kept")
    assert again.done[0]["remark"] == "96 is what you said already"

    located = set_claims(user_store, "gpt-4", ["n_layers=96"], Provenance("a letter", "p. 2"))
    assert (located.write, located.done[0]["change"]) == (2, "set")
    assert claims(user_store, "gpt-4", "n_layers").count(("user", 96, "reported")) == 1


def test_curated_claims_stay_when_the_users_are_taken_away(user_store: Path) -> None:
    set_claims(user_store, "gpt-4", ["n_layers=1"], Provenance())
    before = claims(user_store, "llama-2-7b", "context_length")
    set_claims(user_store, "llama-2-7b", ["context_length=8k"], Provenance())
    assert ("user", 8192, "reported") in claims(user_store, "llama-2-7b", "context_length")
    assert shown(user_store, "llama-2-7b", "context_length") == 8192

    [done] = unset(user_store, "llama-2-7b", ["context_length"]).done
    assert (done["change"], done["remark"]) == ("unset", "1 claim taken away")
    assert shown(user_store, "llama-2-7b", "context_length") == 4096
    assert claims(user_store, "llama-2-7b", "context_length") == before


def test_only_what_one_source_said_is_taken_away(user_store: Path) -> None:
    for source in ("one", "two"):
        set_claims(user_store, "gpt-4", ["n_layers=96"], Provenance(source))

    unset(user_store, "gpt-4", ["n_layers"], "one")
    assert len([item for item in claims(user_store, "gpt-4", "n_layers") if item[0] == "user"]) == 1
    with pytest.raises(InputError, match="you have said nothing"):
        unset(user_store, "gpt-4", ["n_layers"], "one")


def test_a_withheld_value_is_claimed_without_one(user_store: Path) -> None:
    set_claims(user_store, "llama-2-7b", ["training_tokens"], Provenance("x", status="undisclosed"))

    assert claims(user_store, "llama-2-7b", "training_tokens")[-1] == ("user", None, "undisclosed")


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("context_length=8,192", 8192),
        ("context_length=8192,32768", [8192, 32768]),
        ("languages=English, German", ["English", "German"]),
        ('training_data=[{"name": "C4", "size": 10, "unit": "tokens"}]',
         [{"name": "C4", "size": 10, "unit": "tokens"}]),
        ("batch_size=512 sequences", {"stages": [512], "unit": "sequences"}),
        ("organization=Meta AI", ["meta"]),
        ("based_on=LLaMA 2 7B", ["llama-2-7b"]),
        ("tied_embeddings=yes", True),
    ],
)  # fmt: skip
def test_a_value_is_written_as_people_write_it(
    user_store: Path, assignment: str, value: Any
) -> None:
    set_claims(user_store, "gpt-4", [assignment], Provenance("wiki"))

    attribute = assignment.partition("=")[0]
    assert ("user", value, "reported") in claims(user_store, "gpt-4", attribute)


def test_what_does_not_show_says_why(user_store: Path) -> None:
    rumour = set_claims(
        user_store, "llama-2-7b", ["n_layers=64"], Provenance("a mill", status="rumoured")
    )
    assert "what is rumoured is passed over" in rumour.done[0]["remark"]
    assert shown(user_store, "llama-2-7b", "n_layers") == 32

    paper = Provenance("https://arxiv.org/abs/2001.00001")
    set_claims(user_store, "llama-2-7b", ["n_layers=64"], paper)
    other = set_claims(user_store, "llama-2-7b", ["n_layers=96"], Provenance("hearsay"))
    assert "64 (user) is still shown" in other.done[0]["remark"]
    assert "`--prefer REASON` sets yours above" in other.done[0]["remark"]
    rumour = set_claims(
        user_store, "llama-2-7b", ["n_layers=65"], Provenance("a mill", status="rumoured")
    )
    assert "what is rumoured is passed over" in rumour.done[0]["remark"]
    set_claims(user_store, "llama-2-7b", ["n_layers=96"], Provenance("hearsay", reason="I counted"))
    assert shown(user_store, "llama-2-7b", "n_layers") == 96


def test_what_the_shell_passes_on_as_bytes_is_kept_as_text(user_store: Path) -> None:
    odd = "a\udcff\x1b[31mb"
    set_claims(user_store, "gpt-4", ["n_layers=96"], Provenance(odd, odd, note=odd, reason=odd))

    with connect(user_store) as connection:
        [row] = connection.execute(
            "SELECT locator, note, reason FROM claims WHERE subject = 'gpt-4' AND layer = 'user'"
        )
    assert row == ("a [31mb",) * 3


@pytest.mark.parametrize(
    ("name", "assignments", "provenance", "sentence"),
    [
        ("lamma-2", ["n_layers=3"], Provenance(), "Nearest: llama-2"),
        ("llama-2-7b", ["n_layers=3.5"], Provenance(), "not a whole number"),
        ("llama-2-7b", ["layerz=3"], Provenance(), "unknown attribute"),
        ("llama-2-7b", [], Provenance(), "needs attribute=value"),
        ("llama-2-7b", ["n_layers"], Provenance(), "write n_layers=VALUE"),
        ("llama-2-7b", ["n_layers= "], Provenance(), "write n_layers=VALUE"),
        ("llama-2-7b", ["n_layers=3"], Provenance(status="sure"), "unknown status"),
        ("llama-2-7b", ["n_layers=3"], Provenance(status="undisclosed"), "has no value"),
        ("llama-2-7b", ["organization=mta"], Provenance(), "unknown organization"),
        ("llama-2-7b", ["n_layers=a\0b"], Provenance(), "NUL"),
        ("llama-2-7b", ["training_data=[{"], Provenance(), "is not JSON"),
        ("llama-2-7b", ["training_data=" + "[" * 5_000], Provenance(), "is not JSON"),
        ("llama-2-7b", ["n_layers=" + "9" * 5_000], Provenance(), "n_layers"),
        ("llama-2-7b", ["n_layers=3"], Provenance(source=" "), "--source is empty"),
        ("llama-2-7b", ["coverage=full"], Provenance(), "worked out from the other claims"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(
    user_store: Path, name: str, assignments: list[str], provenance: Provenance, sentence: str
) -> None:
    with pytest.raises(InputError, match=sentence) as caught:
        set_claims(user_store, name, assignments, provenance)
    assert str(caught.value).isprintable()
    assert not user_store.exists()


def test_nothing_to_take_away_is_said(user_store: Path) -> None:
    with pytest.raises(InputError, match="you have said nothing"):
        unset(user_store, "llama-2-7b", ["n_layers"])
    with pytest.raises(InputError, match="unset needs attributes"):
        unset(user_store, "llama-2-7b", [])
    assert not user_store.exists()


@pytest.mark.parametrize("status", ["undisclosed", "not-applicable"])
def test_what_has_no_value_or_no_meaning_is_claimed_without_a_value(
    user_store: Path, status: str
) -> None:
    set_claims(user_store, "gpt-4", ["warmup"], Provenance("x", status=status))

    assert ("user", None, status) in claims(user_store, "gpt-4", "warmup")
    with pytest.raises(InputError, match=f"a claim that is {status} has no value; leave out =3"):
        set_claims(user_store, "gpt-4", ["warmup=3"], Provenance("x", status=status))


def test_what_shows_has_no_remark_and_what_is_kept_hides_none(user_store: Path) -> None:
    wiki, rumour = Provenance("wiki"), Provenance("wiki", status="rumoured")
    first = set_claims(user_store, "llama-2-7b", ["n_layers=64"], wiki)
    assert first.done[0]["remark"] == ""

    set_claims(user_store, "llama-2-7b", ["d_model=64"], rumour)
    kept, other = set_claims(user_store, "llama-2-7b", ["d_model=64", "n_heads=64"], rumour).done
    assert (kept["change"], other["change"]) == ("kept", "set")
    assert "is still shown" in other["remark"]


@pytest.mark.parametrize(
    ("status", "words"), [("not-applicable", "not applicable"), ("undisclosed", "undisclosed")]
)
def test_what_is_still_shown_is_called_by_its_status(
    user_store: Path, status: str, words: str
) -> None:
    set_claims(user_store, "llama-2-7b", ["n_experts"], Provenance("one", status=status))

    guess = Provenance("two", status="rumoured")
    done = set_claims(user_store, "llama-2-7b", ["n_experts=8"], guess).done
    assert done[0]["remark"].startswith(f"{words} (user) is still shown: what is rumoured")


def test_a_value_said_already_is_told_with_all_its_digits(user_store: Path) -> None:
    for _ in range(2):
        done = set_claims(user_store, "gpt-4", ["params_total=1234567890123"], Provenance()).done

    assert done[0]["remark"] == "1,234,567,890,123 is what you said already"


def test_a_value_is_stored_in_its_own_letters(user_store: Path) -> None:
    """So that it is found by `LIKE` and read in the store."""
    set_claims(user_store, "gpt-4", ["languages=Français"], Provenance())

    with connect(user_store) as connection:
        query = "SELECT value FROM claims WHERE layer = 'user' AND attribute = 'languages'"
        assert connection.execute(query).fetchall() == [('["Français"]',)]


@pytest.mark.parametrize(
    ("option", "column", "most", "what"),
    [
        ("--note", "note", 2_000, "note"),
        ("--prefer", "reason", 2_000, r"reason \(--prefer\)"),
        ("--at", "locator", 300, r"place \(--at\)"),
    ],
)
def test_a_text_is_stored_whole_or_refused(
    run: Any, user_store: Path, option: str, column: str, most: int, what: str
) -> None:
    said = ("set", "gpt-4", "n_layers=96", option)
    refused = run(*said, "y" * (most + 1))
    assert refused.code == 2
    assert re.search(rf"the {what} has {most + 1:,} characters; {most:,} are allowed", refused.err)
    assert "user" not in {layer for layer, _, _ in claims(user_store, "gpt-4", "n_layers")}

    assert run(*said, f"  {'x' * most}\n").code == 0, "blanks around it do not count"
    with connect(user_store) as connection:
        [[kept]] = connection.execute(
            f"SELECT {column} FROM claims WHERE subject = 'gpt-4' AND layer = 'user'"
        )
    assert kept == "x" * most


def test_the_log_calls_writes_by_their_commands(user_store: Path) -> None:
    set_claims(user_store, "gpt-4", ["n_layers=96"], Provenance())
    unset(user_store, "gpt-4", ["n_layers"])

    with connect(user_store) as connection:
        assert [entry["command"] for entry in entries(connection)] == ["unset", "set"]
