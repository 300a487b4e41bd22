"""Every format, walked over the same answers."""

import csv
import html.parser
import io
import json

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmnotes.errors import InputError
from llmnotes.escapes import latex, printable, spreadsheet
from llmnotes.export import FORMATS, check_format, render
from llmnotes.export.answer import Answer, AnswerTable, Cell, Row
from llmnotes.export.footnote import Footnote

HOSTILE = [
    "plain",
    "=cmd()",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\x1b[31mred\x1b[0m",
    "<script>alert(1)</script>",
    "a|b",
    "`code` *bold* [link](http://x)",
    r"\input{/etc/passwd}",
    "50 % & $x_1^2$ #1 ~ {y}",
    "zero\x00byte",
    "right\u202eleft",
    "quote \" and ' and , and \t tab",
    "two\nlines",
    "中文 词汇",
]


def answer(texts, raw=False):
    rows = [
        Row((Cell(f"row {number}"), Cell(text, text, (1,)))) for number, text in enumerate(texts)
    ]
    note = Footnote(1, "A <Source> & more", "https://example.org/?a=1&b=<2>", "source-1")
    return Answer(
        [AnswerTable(("name", "value"), rows, footnotes=[note], raw=raw)],
        [{"value": t} for t in texts],
    )


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_shows_every_row(format):
    text = render(answer(["alpha", "beta"]), format)

    assert "alpha" in text
    assert "beta" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("format", FORMATS)
def test_no_format_lets_control_characters_through(format):
    text = render(answer(HOSTILE), format)
    if format in {"json", "jsonl", "yaml"}:
        assert "\x1b" not in text
        assert "\x00" not in text
    else:
        assert not {"\x1b", "\x00", "\u202e"} & set(text)


@pytest.mark.parametrize("format", FORMATS)
@given(text=st.text(max_size=20))
@settings(max_examples=25, deadline=None)
def test_no_character_of_any_text_acts_on_a_terminal(format, text):
    shown = render(answer([text]), format)

    assert printable(shown) == shown


def test_an_unknown_format_is_refused_with_the_nearest():
    with pytest.raises(InputError, match="unknown format 'jsn'. Nearest: json"):
        check_format("jsn")


def test_json_and_its_lines_hold_the_same_records():
    found = answer(HOSTILE)

    assert json.loads(render(found, "json")) == found.data
    assert [json.loads(line) for line in render(found, "jsonl").splitlines()] == found.data


def test_yaml_reads_back_as_the_same_data():
    found = answer([text for text in HOSTILE if "\x00" not in text and "\x1b" not in text])

    assert yaml.safe_load(render(found, "yaml")) == found.data


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_delimited_text_reads_back_with_its_sources(format, delimiter):
    rows = list(
        csv.reader(io.StringIO(render(answer(["a,b", 'c"d', "e"]), format)), delimiter=delimiter)
    )

    assert rows[0] == ["name", "value", "sources"]
    assert [row[1] for row in rows[1:]] == ["a,b", 'c"d', "e"]
    assert {row[2] for row in rows[1:]} == {"source-1"}


@given(st.text())
def test_no_cell_begins_a_formula(text):
    shown = spreadsheet(text)

    assert shown[:1] not in {"=", "@", "\t", "\r"}
    if shown[:1] in {"+", "-"}:
        float(shown.replace(",", ""))


def test_raw_tables_print_bare_values():
    cells = [
        Cell("1.00M", 1_000_000),
        Cell("yes", True),
        Cell("", None),
        Cell("a, b", ["a", "b"]),
        Cell("2", 2.0),
    ]
    table = AnswerTable(("a", "b", "c", "d", "e"), [Row(tuple(cells))], raw=True)

    rows = list(csv.reader(io.StringIO(render(Answer([table], []), "csv"))))

    assert rows[1] == ["1000000", "true", "", '["a", "b"]', "2"]


def test_markdown_is_a_table_with_as_many_cells_as_it_should_have():
    tokens = MarkdownIt("commonmark").enable("table").parse(render(answer(HOSTILE), "markdown"))

    assert sum(token.type == "tr_open" for token in tokens) == len(HOSTILE) + 1
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(HOSTILE)


def test_markdown_cells_hold_no_live_markup():
    inline = [
        child
        for token in MarkdownIt("commonmark")
        .enable("table")
        .parse(render(answer(HOSTILE), "markdown"))
        if token.type == "inline"
        for child in token.children
    ]

    kinds = {child.type for child in inline}
    assert not kinds & {"link_open", "image", "code_inline", "em_open"} - {"link_open"}
    assert not [
        child for child in inline if child.type == "html_inline" and "sup" not in child.content
    ]


class _Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text, self.open = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_well_formed_and_runs_nothing():
    page = _Page()
    page.feed(render(answer(HOSTILE), "html"))

    assert page.open == []
    assert "script" not in {tag for tag, _ in page.tags}
    assert "<script>alert(1)</script>" in "".join(page.text)
    assert {attrs["href"][:1] for tag, attrs in page.tags if tag == "a"} <= {"#", "h"}


@given(st.text(max_size=60))
def test_latex_text_holds_no_command_of_the_text(text):
    shown = latex(text)
    commands = {part.split("{")[0] for part in shown.split("\\")[1:]}

    assert shown.count("{") - shown.count(r"\{") == shown.count("}") - shown.count(r"\}")
    assert not [
        name
        for name in commands
        if name.startswith(("input", "write", "include", "def", "catcode"))
    ]


def test_a_table_in_a_pipe_is_never_cut_and_wraps_only_prose():
    long = "word " * 60
    text = render(answer([long, "x" * 300]), "table")
    sql = render(answer([long], raw=True), "table")

    assert text.count("word") == 60
    assert "x" * 300 in text
    assert max(len(line) for line in text.splitlines() if "word" in line) < 120
    assert long.strip() in sql


def test_wide_characters_keep_columns_aligned():
    lines = render(answer(["中文", "ab"]), "table").splitlines()

    assert lines[0].index("value") == lines[3].index("ab")


def test_yaml_repeats_a_value_instead_of_pointing_to_it():
    shared = ["google"]

    text = render(Answer([], [{"organization": shared}, {"organization": shared}]), "yaml")

    assert "&" not in text
    assert yaml.safe_load(text) == [{"organization": ["google"]}] * 2
