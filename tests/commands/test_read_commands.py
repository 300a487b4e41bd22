"""The command line as a user runs it: output, exit codes, errors."""

import csv
import io
import json

import pytest
import yaml

from llmnotes.export import FORMATS


def ids(result):
    return [item["id"] for item in result.json]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["list", "organizations"],
        ["show", "bert"],
        ["show", "gpt-4", "--claims"],
        ["compare", "bert", "t5"],
        ["diff", "llama-2-7b", "llama-2-70b"],
        ["filter", "--attention", "GQA", "--family", "llama-2"],
        ["search", "attention"],
        ["sql", "select id, name from models limit 40"],
        ["export", "bert"],
        ["cite", "bert"],
        ["schema", "attributes"],
        ["db", "status"],
    ],
    ids=" ".join,
)
def test_every_command_speaks_every_format(run, command, format):
    result = run(*command, "-f", format)

    assert result.code == 0
    assert result.out.strip()
    if format == "json":
        assert result.json
    if format == "jsonl":
        assert all(json.loads(line) for line in result.out.splitlines())
    if format == "yaml":
        assert yaml.safe_load(result.out)
    if format in {"csv", "tsv"}:
        rows = list(csv.reader(io.StringIO(result.out), delimiter="," if format == "csv" else "\t"))
        assert len({len(row) for row in rows}) == 1


def test_show_tells_the_undisclosed_and_each_rumour_with_its_origin(run):
    found = run("show", "gpt4", "--claims", "-f", "json").json
    (model,) = found["models"]

    claims = model["claims"]["params_total"]
    assert claims[0]["status"] == "undisclosed"
    rumours = [claim for claim in claims if claim["status"] == "rumoured"]
    assert len(rumours) >= 2
    assert all(claim["source"] and claim["locator"] for claim in rumours)
    assert "rumoured" in run("show", "gpt4", "--claims").out


def test_a_record_tells_undisclosed_from_unknown(run):
    (found,) = run("export", "gpt-4", "-f", "json").json

    assert found["params_total"] is None
    assert found["status"]["params_total"] == "undisclosed"
    assert found["n_shared_experts"] is None
    assert "n_shared_experts" not in found["status"]


def test_a_bundle_holds_every_claim_of_a_model_and_its_sources(run):
    found = run("export", "mistral", "--bundle").json

    cited = {claim["source"] for claim in found["claims"] if claim["source"]}
    assert cited == {source["id"] for source in found["sources"]}
    assert {row["id"] for row in found["models"]} == {"mistral-7b", "mistral-7b-instruct-v0.1"}


def test_an_answer_can_be_written_to_a_file(run, tmp_path):
    result = run("compare", "bert", "t5", "-f", "html", "-o", "out.html")

    assert (result.code, result.out) == (0, "")
    assert "<!DOCTYPE html>" in (tmp_path / "out.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["compare", "lama", "llama2"], "Nearest: llama, "),
        (
            ["compare", "llama", "--attributes", "atention"],
            "unknown attribute 'atention'. Nearest: attention",
        ),
        (["compare", "llama", "--group", "layer"], "unknown group 'layer'. Nearest: layers"),
        (["compare", "llama", "-f", "jsn"], "unknown format 'jsn'. Nearest: json"),
        (["filter", "--attention", "GQX"], "unknown attention value 'GQX'. Nearest: GQA"),
        (["filter", "--columns", "idd"], "--columns: unknown attribute 'idd'"),
        (["filter", "--sort", "parms"], "--sort: unknown attribute 'parms'"),
        (["filter", "--where", "attention = "], "--where ends in column 13"),
        (["filter", "--limit", "²"], "--limit takes a whole number, not '²'"),
        (["filter", "--columns", "zzz"], "unknown attribute 'zzz'. Known: organization, "),
        (["filter", "--limit", "many"], "--limit takes a whole number, not 'many'"),
        (["filter", "--atention", "GQA"], "No such option"),
        (["list", "model"], "unknown list 'model'. Nearest: models"),
        (["show", "nothing-like-it"], "unknown model or family"),
        (["sql", "drop table claim"], "sql only reads"),
        (["sql", "attach 'x' as y"], "sql only reads: ATTACH"),
        (["sql", "pragma writable_schema = 1"], "sql only reads: PRAGMA writable_schema"),
        (["compare", "llama", "-o", "/nowhere/at/all"], "cannot write /nowhere/at/all"),
        (["compare"], "Missing argument"),
        (["compre", "llama"], "No such command 'compre'. Did you mean 'compare'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_mistake_ends_with_2_and_the_nearest_valid_name(run, arguments, complaint):
    result = run(*arguments)

    assert result.code == 2
    assert result.out == ""
    assert complaint in " ".join(result.err.split())


def test_the_version_and_the_help_are_printed(run):
    import llmnotes

    assert run("--version").out == f"llmnotes {llmnotes.__version__}\n"
    assert "compare" in run("--help").out
    assert "--attention TERM" in run("filter", "--help").out


def test_completion_completes_commands_names_terms_and_formats(run):
    def completed(*words):
        return run(
            _LLMNOTES_COMPLETE="complete_bash",
            COMP_WORDS=" ".join(["llmnotes", *words]),
            COMP_CWORD=str(len(words)),
        ).out.split()

    assert completed("comp") == ["compare"]
    assert "llama-2-70b" in completed("compare", "llama-2-7")
    assert "llama-2" in completed("diff", "bert", "lla")
    assert completed("filter", "--attention", "G") == ["GQA"]
    assert completed("compare", "bert", "-f", "la") == ["latex"]
    assert "meta-llama/Llama-2-7b-hf" in completed("show", "meta-ll")
    assert completed("filter", "--organization", "goo") == ["google"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_an_encoding_without_our_signs_is_spelled_plainly(tmp_path, encoding):
    import os
    import subprocess
    import sys

    from tests.running import REPOSITORY

    done = subprocess.run(
        [sys.executable, "-m", "llmnotes", "compare", "llama", "llama2"],
        capture_output=True,
        env={
            **os.environ,
            "PYTHONPATH": str(REPOSITORY),
            "PYTHONIOENCODING": encoding,
            "PYTHONUTF8": "0",
        },
    )

    assert done.returncode == 0
    text = done.stdout.decode(encoding)
    assert "GQA (34B, 70B)" in text


def test_a_reader_that_leaves_early_is_no_error(tmp_path):
    import os
    import subprocess
    import sys

    from tests.running import REPOSITORY

    writer = subprocess.Popen(
        [sys.executable, "-m", "llmnotes", "export", "-f", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    writer.stdout.read(10)
    writer.stdout.close()
    error = writer.stderr.read()
    writer.stderr.close()

    assert writer.wait() == 0
    assert error == b""


@pytest.mark.parametrize(
    "command", [["filter", "--params", "900T.."], ["search", "zzzzqq"], ["log"]], ids=" ".join
)
def test_nothing_found_is_no_line_of_json_lines(run, command):
    assert run(*command, "-f", "jsonl").out == ""


def test_techniques_topics_and_tags_are_listed(run):
    techniques = {item["id"]: item for item in run("list", "techniques", "-f", "json").json}
    topics = run("list", "topics", "-f", "json").json

    assert techniques["gqa"]["category"] == "attention"
    assert all(
        set(item["leads_to"]) & {*techniques, *ids(run("list", "-f", "json"))} for item in topics
    )
    assert run("list", "tags", "-f", "json").json == []
    assert run("tag", "llama-2", "favourite", "open").code == 0
    assert run("list", "tags", "-f", "json").json == [
        {"tag": "favourite", "subjects": ["llama-2"]}, {"tag": "open", "subjects": ["llama-2"]},
    ]  # fmt: skip


def test_list_show_search_and_filter_agree_on_what_exists(run):
    assert run("add", "My Model 3.5 7B", "n_layers=77").code == 0
    assert run("add", "Zeta", "--kind", "family").code == 0
    assert run("add", "Acme", "--kind", "organization").code == 0

    (mine,) = ids(run("filter", "--n-layers", "77", "-f", "json"))
    assert mine in ids(run("list", "models", "-f", "json"))
    assert "zeta" in ids(run("list", "families", "-f", "json"))
    assert "acme" in ids(run("list", "organizations", "-f", "json"))
    for name, found in (("my model 3.5 7b", mine), ("ZETA", "zeta")):
        assert run("show", name, "-f", "json").json["id"] == found
        assert run("search", name, "-f", "json").json[0]["id"] == found
    assert run("search", "acme", "-f", "json").json[0]["id"] == "acme"
    assert run("show", "zeta").code == 0


def test_a_family_of_a_bundle_without_names_is_found(run, tmp_path):
    run("add", "Borealis 4B", "n_layers=5")
    bundle = run("export", "borealis-4b", "--bundle", "-f", "json").json
    bundle["names"] = []
    (tmp_path / "b.json").write_text(json.dumps(bundle))

    other = {"LLMNOTES_DB": str(tmp_path / "other.sqlite")}
    assert run("import", "b.json", **other).code == 0
    assert "borealis-4b" in ids(run("list", "models", "-f", "json", **other))
    assert run("show", "Borealis 4B", "-f", "json", **other).json["n_layers"] == 5
    assert run("search", "borealis", "-f", "json", **other).json[0]["id"] == "borealis-4b"


def test_a_copy_of_a_model_is_answered_with_the_model_and_a_remark(run):
    shown = run("compare", "someone/Llama-2-7b-GPTQ", "llama-2-13b", "-f", "json")
    assert shown.code == 0
    assert shown.err.splitlines() == [
        "llmnotes: 'someone/Llama-2-7b-GPTQ' is, by its name, repackaged weights of llama-2-7b; "
        "the answer is about llama-2-7b"
    ]
    assert [item["id"] for item in shown.json["subjects"]] == ["llama-2-7b", "llama-2-13b"]
