"""The JSON interface: the commands' answers in the contract's shapes, under `/api/`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from llmnotes.errors import InputError
from llmnotes.knowledge.stand_ins import collected
from llmnotes.serve.snapshot import Snapshot
from llmnotes.spelling import nearest

Query = Mapping[str, list[str]]
"""Query parameters of a request; a repeated one has several values."""


class Endpoint(NamedTuple):
    """An address of the interface: its handler, and its parameters."""

    says: str
    answer: Callable[[Snapshot, Query], Any]
    parameters: dict[str, str]
    required: tuple[str, ...] = ()
    open_ended: bool = False
    """Whether it also takes one parameter for each attribute."""


def _one(query: Query, name: str, default: str | None = None) -> str | None:
    values = query.get(name, [])
    if len(values) > 1:
        raise InputError(f"{name} is given {len(values)} times; give it once")
    return values[0] if values else default


def _names(query: Query, name: str = "m") -> list[str]:
    found = [part.strip() for value in query.get(name, []) for part in value.split(",")]
    return [part for part in found if part]


def _flag(query: Query, name: str) -> bool:
    text = (_one(query, name) or "no").lower()
    if text not in {"yes", "no", "true", "false", "1", "0"}:
        raise InputError(f"{name} is yes or no, not {text[:40]!r}")
    return text in {"yes", "true", "1"}


def _number(query: Query, name: str, default: int | None, most: int) -> int | None:
    text = _one(query, name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or int(text[:9]) > most:
        raise InputError(f"{name} is a whole number up to {most:,}, not {text[:40]!r}")
    return int(text)


def _models(snapshot: Snapshot, query: Query) -> Any:
    return _filtered(snapshot, {"variants": ["all"], **query})


def _model(snapshot: Snapshot, query: Query) -> Any:
    from llmnotes.knowledge.show import show

    return show(snapshot.connection, _one(query, "m") or "").record


def _compare(snapshot: Snapshot, query: Query) -> Any:
    from llmnotes.knowledge.compare import compare

    return compare(
        snapshot.connection, _names(query), attributes=_names(query, "attributes"),
        group=_one(query, "group"), only_differences=_one(query, "only") == "diff",
        each_size=_flag(query, "each_size"), variants=_one(query, "variants", "base") or "base",
    ).as_json()  # fmt: skip


def _filtered(snapshot: Snapshot, query: Query) -> Any:
    from llmnotes.knowledge.filtering import Query as Wanted
    from llmnotes.knowledge.filtering import select
    from llmnotes.schema import admitted, attribute

    own = QUESTIONS["filter"].parameters
    tentative = admitted(
        rumours=_flag(query, "include_rumours"), estimates=_flag(query, "include_estimates")
    )
    wanted = Wanted(
        options={attribute(k).option_name: v for k, v in query.items() if k not in own},
        where=_one(query, "where"), families=_names(query, "family"),
        variants=_one(query, "variants", "base") or "base", tentative=tentative,
        sort=_one(query, "sort"), limit=_number(query, "limit", None, 1_000_000),
    )  # fmt: skip
    return select(snapshot.connection, wanted)


def _search(snapshot: Snapshot, query: Query) -> Any:
    from llmnotes.knowledge.search import search

    return search(
        snapshot.connection, _one(query, "q") or "", _number(query, "limit", 20, 1_000) or 20
    )


def _estimate(snapshot: Snapshot, query: Query) -> Any:
    from llmnotes.knowledge.estimate import estimate
    from llmnotes.knowledge.estimate_options import read_options
    from llmnotes.knowledge.shapes import named_shapes

    # By name alone: a path would let any client read the files of this machine.
    found = named_shapes(snapshot.connection, _one(query, "m") or "")
    checked = read_options(
        context=_one(query, "context"), batch=_one(query, "batch"), dtype=_one(query, "dtype")
    )
    return [estimate(shape, checked).as_json() for shape in found.shapes]


_PAIR = {"m": "Models and families, separated by commas.", "attributes": "Attributes, by commas."}
_FILTER = {
    "where": "A condition, as in `attention = GQA and params >= 7B`.",
    "family": "Only members of these families.",
    "variants": "base, post-trained or all.",
    "sort": "Attributes to sort by; -A sorts downwards.",
    "limit": "At most so many.",
    "include_rumours": "yes lets rumoured values satisfy a condition.",
    "include_estimates": "yes lets estimated values satisfy a condition.",
}

QUESTIONS: dict[str, Endpoint] = {
    "models": Endpoint("Every model as a record.", _models, _FILTER, open_ended=True),
    "show": Endpoint(
        "Everything known of a model or family.", _model, {"m": "A model or family."}, ("m",)
    ),
    "compare": Endpoint(
        "Models and families side by side.", _compare,
        {
            **_PAIR, "group": "A group of attributes.", "only": "`diff` keeps what differs.",
            "each_size": "yes opens families.", "variants": "base, post-trained or all.",
        },
        ("m",),
    ),
    "filter": Endpoint(
        "Models that satisfy conditions; each attribute is a parameter too.", _filtered, _FILTER,
        open_ended=True,
    ),
    "search": Endpoint(
        "Full text.", _search, {"q": "Words.", "limit": "At most so many."}, ("q",)
    ),
    "estimate": Endpoint(
        "Sizes of a model, or of each size of a family.", _estimate,
        {
            "m": "A model or family.", "context": "Tokens, as 8k.", "batch": "Sequences.",
            "dtype": "Number format of the weights.",
        },
        ("m",),
    ),
}  # fmt: skip
"""Every address of the interface except `factcheck`, which takes a text."""


def answer(snapshot: Snapshot, name: str, query: Query) -> Any:
    """The answer to a question; raises `InputError` for unknown or invalid parameters."""
    question = QUESTIONS[name]
    if not question.open_ended:
        for key in query:
            if key not in question.parameters:
                known = list(question.parameters)
                close = nearest(key, known) or known
                raise InputError(f"unknown parameter {key[:60]!r}. Nearest: {', '.join(close)}.")
    for key in question.required:
        if not any(value.strip() for value in query.get(key, [])):
            raise InputError(f"the parameter {key} is missing: {question.parameters[key]}")
    with collected() as stand_ins:
        found = question.answer(snapshot, query)
    if stand_ins:
        raise InputError(stand_ins[0])
    return found


def description(version: str) -> dict[str, Any]:
    """The interface as an OpenAPI 3.1 document."""
    failure = {"$ref": "#/components/schemas/Failure"}
    responses = {
        "200": {"description": "The answer.", "content": {"application/json": {"schema": {}}}},
        "400": {
            "description": "One sentence that says what is wrong and what would be right.",
            "content": {"application/json": {"schema": failure}},
        },
    }
    paths: dict[str, Any] = {
        f"/api/{name}": {
            "get": {
                "operationId": name,
                "summary": question.says,
                "parameters": _parameters(question),
                "responses": responses,
            }
        }
        for name, question in QUESTIONS.items()
    }
    text = {"schema": {"type": "string"}}
    paths["/api/factcheck"] = {
        "post": {
            "operationId": "factcheck",
            "summary": "A table against the base, cell by cell.",
            "requestBody": {
                "required": True,
                "content": dict.fromkeys(("text/plain", "text/markdown", "text/csv"), text),
            },
            "responses": {**responses, "413": {**responses["400"], "description": "Too large."}},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "llmnotes", "version": version},
        "paths": paths,
        "components": {
            "schemas": {
                "Failure": {
                    "type": "object",
                    "properties": {"error": {"type": "string"}},
                    "required": ["error"],
                }
            }
        },
    }


def _parameters(question: Endpoint) -> list[dict[str, Any]]:
    from llmnotes.schema import ATTRIBUTES

    described = dict(question.parameters)
    if question.open_ended:
        described |= {item.option_name: item.meaning for item in ATTRIBUTES.values()}
    return [
        {
            "name": name, "in": "query", "description": says, "schema": {"type": "string"},
            "required": name in question.required,
        }
        for name, says in described.items()
    ]  # fmt: skip
