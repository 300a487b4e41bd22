"""The Python API gives the same answers as the command line, as typed objects."""

import inspect

import pytest
from pydantic import ValidationError

import llmnotes
from llmnotes.errors import InputError

pytestmark = pytest.mark.usefixtures("on_first_base")


def test_a_model_has_its_attributes(kb):
    model = kb.model("llama-2-70b")

    assert model.context_length == 4096
    assert model.attention == "GQA"
    assert model.organization == ["meta"]
    assert model.claims["attention"][0].source


def test_a_family_of_one_model_is_found_by_its_name(kb):
    assert kb.model("gpt4").id == "gpt-4"
    with pytest.raises(InputError, match="is a family of llama-7b"):
        kb.model("llama")


def test_a_withheld_value_is_none_and_the_status_says_so(kb):
    model = kb.model("gpt-4")

    assert model.params_total is None
    assert model.status["params_total"] == "undisclosed"
    assert model.context_length == [8192, 32768]


def test_a_family_has_its_members(kb):
    family = kb.family("llama2")

    assert [member.id for member in family.models if member.variant == "base"] == [
        "llama-2-7b", "llama-2-13b", "llama-2-34b", "llama-2-70b",
    ]  # fmt: skip


def test_filter_takes_pairs_lists_and_conditions(kb):
    families = ["llama-2", "mistral", "mixtral", "palm"]
    found = kb.filter(attention="GQA", params=("7B", None), family=families)

    assert [model.id for model in found] == [
        "llama-2-34b",
        "llama-2-70b",
        "mistral-7b",
        "mixtral-8x7b",
    ]
    either = kb.filter(attention=["GQA", "MQA"], where="n_layers > 60", family=families)
    assert {model.id for model in either} == {"llama-2-70b", "palm-62b", "palm-540b"}


def test_an_option_name_is_lenient_and_an_id_is_strict(kb):
    lenient = [model.id for model in kb.filter(params=("7B", None), family="llama-2")]
    strict = [model.id for model in kb.filter(params_total=("7B", None), family="llama-2")]

    assert "llama-2-7b" in lenient
    assert "llama-2-7b" not in strict


def test_compare_and_diff_give_rows(kb):
    comparison = kb.compare("llama", "llama-2")

    assert [subject.id for subject in comparison.subjects] == ["llama", "llama-2"]
    assert comparison.row("context_length").differs
    assert [cell.text for cell in comparison.row("context_length").cells] == ["2,048", "4,096"]
    assert all(row.differs for row in kb.diff("llama", "llama-2").rows)
    with pytest.raises(KeyError):
        kb.diff("llama", "llama-2").row("architecture")


def test_claims_search_cite_and_sql_answer(kb):
    assert kb.claims("gpt-4", "params_total")["params_total"][0].status == "undisclosed"
    assert kb.search("grouped query")[0].id
    assert kb.cite("bert")[0].title
    assert kb.sql("select count(*) as n from models")[0]["n"] == len(kb.models())


def test_answers_are_frozen(kb):
    with pytest.raises(ValidationError):
        kb.model("gpt-1").n_layers = 13


def test_a_closed_base_is_closed():
    with llmnotes.open() as kb:
        pass
    with pytest.raises(Exception, match="closed"):
        kb.model("gpt-1")


def test_the_public_names_are_these():
    assert sorted(llmnotes.__all__) == ["KnowledgeBase", "__version__", "open"]
    with pytest.raises(AttributeError):
        _ = llmnotes.nothing


def test_every_family_is_there_with_its_members(kb):
    families = kb.families()

    assert [item.id for item in families][:2] == ["gpt-1", "bert"]
    assert {model.id for item in families for model in item.models} == {m.id for m in kb.models()}


def test_every_source_is_there(kb):
    sources = {item.id: item for item in kb.sources()}

    assert sources["touvron-2023-llama-2"].year == 2023
    assert kb.cite("llama-2")[0].id in sources


def test_a_term_is_explained_or_its_meanings_are_listed(kb):
    (page,) = kb.explain("gqa").pages

    assert page["id"] == "gqa"
    assert "mha" in page["alternatives"]
    with pytest.raises(InputError, match="Nearest"):
        kb.explain("gqaa")


NOTES = "| Model | Layers | Attention |\n|---|---|---|\n| BERT-Base | 21 | MHA |\n"


def test_a_table_is_checked_from_a_text_or_a_file(kb, tmp_path):
    path = tmp_path / "notes.md"
    path.write_text(NOTES)

    for given in (NOTES, path, str(path)):
        found = kb.factcheck(given)
        ((layers, attention),) = [table.cells for table in found.tables]
        assert (layers.verdict, layers.expected, layers.model) == ("wrong", "12", "bert-base")
        assert attention.verdict in {"agrees", "agrees-normalised"}
        assert found.summary["wrong"] == 1
        assert found.sources
    with pytest.raises(InputError, match="nosuch"):
        kb.factcheck(tmp_path / "nosuch.md")


def test_records_are_exported_as_text(kb):
    lines = kb.export("bert", "mistral-7b", format="csv").splitlines()

    ids = [line.split(",")[0] for line in lines]
    assert ids[:3] == ["id", "bert-base", "bert-large"]
    assert ids[-1] == "mistral-7b"
    assert all("bert" in key for key in ids[1:-1])
    assert '"id": "gpt-1"' in kb.export(where="n_layers = 12", variants="base")
    with pytest.raises(InputError, match="unknown format"):
        kb.export(format="docx")


@pytest.mark.parametrize(
    ("conditions", "same"),
    [
        ({"attention": ["GQA", "MQA"]}, {"attention": "GQA,MQA"}),
        ({"not_attention": "GQA"}, {"attention": "!GQA"}),
        ({"not_params": ("7B", None)}, {"params": "!7B.."}),
        ({"license": {"mit"}}, {"license": "MIT"}),
        ({"n_layers": [12, (30, 40)]}, {"n_layers": "12,30..40"}),
        ({"not_gated_ffn": True}, {"gated_ffn": False}),
    ],
)
def test_conditions_of_python_mean_what_options_mean(kb, conditions, same):
    found = [model.id for model in kb.filter(**conditions)]

    assert found
    assert found == [model.id for model in kb.filter(**same)]


@pytest.mark.parametrize(
    ("conditions", "complaint"),
    [
        ({"attention": []}, "attention: an empty list names no value"),
        ({"license": None}, "license: None is no value; where='license is unknown'"),
        ({"params": (1, 2, 3)}, "params: a range is a pair"),
        ({"not_attention": "!GQA"}, "says not twice"),
        ({"not_colour": "red"}, "unknown attribute 'colour'"),
    ],
)
def test_conditions_that_say_nothing_are_refused(kb, conditions, complaint):
    with pytest.raises(InputError, match=complaint):
        kb.filter(**conditions)


def test_every_public_method_and_answer_says_what_it_is_and_in_which_unit():
    from pydantic import BaseModel

    from llmnotes import answers
    from llmnotes.schema import ATTRIBUTES

    for name, method in inspect.getmembers(llmnotes.KnowledgeBase):
        if callable(method) and not name.startswith("_"):
            assert len(method.__doc__ or "") > 20, name
    for name, item in vars(answers).items():
        if isinstance(item, type) and issubclass(item, BaseModel) and name.endswith("Answer"):
            assert item.__doc__, name
    fields = answers.ModelRecord.model_fields
    for attribute in ATTRIBUTES.values():
        if attribute.kind == "integer" and attribute.unit:
            assert fields[attribute.id].description.endswith(f"Unit: {attribute.unit}.")
    assert fields["batch_size_tokens"].description.endswith("Unit: tokens.")
    sizes = answers.EstimateAnswer.model_fields
    assert "Bytes" in sizes["memory"].description
    assert "FLOP" in sizes["flops_per_token"].description
    for method in (llmnotes.KnowledgeBase.model, llmnotes.KnowledgeBase.compare,
                   llmnotes.KnowledgeBase.filter, llmnotes.KnowledgeBase.estimate):  # fmt: skip
        assert "parameters" in method.__doc__
