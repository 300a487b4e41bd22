"""Outside text in every language that is written: it is shown, and it never acts."""

import html as standard_html
import json
import re
import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from llmnotes.escapes import (
    citation_key,
    html,
    json_text,
    latex,
    latex_address,
    latex_source,
    markdown,
    markdown_block,
    markdown_cell,
    one_line,
    printable,
    script,
    spreadsheet,
    verbatim,
    web_address,
)

SIGNS = r"""\{}$&#%_^~<>|"'`*[]()!=+-@:;,./?"""
Texts = st.one_of(
    st.text(max_size=30),
    st.text(SIGNS + " \t\n\x1b\x00\u2028\u202e\u200bax1é�", max_size=30),
)
few = settings(max_examples=200, deadline=None)


@pytest.mark.parametrize("char", "\x00\x07\x1b\x7f\x9b\u200b\u202e\u2028\u2029\ue000\ud800")
def test_a_character_that_could_act_on_a_terminal_is_replaced(char):
    assert printable(f"a{char}b") == "a�b"


@pytest.mark.parametrize("text", ["a b", "a\tb", "a\nb", "é中→θ", "e\u0301"])
def test_what_only_shows_or_lays_out_stays(text):
    assert printable(text) == text


def test_one_line_has_single_blanks_and_none_outside():
    assert one_line("  a \n\t b\u00a0c  ") == "a b c"


@pytest.mark.parametrize("sign", "=+-@＝＋－＠")
@pytest.mark.parametrize(
    "before", ["", " ", "  ", "\t", "\n", "\r", "\x00", "\u200b", "\u00a0", " \x01 "]
)
def test_a_cell_that_begins_like_a_formula_is_quoted(sign, before):
    assert spreadsheet(f"{before}{sign}1+cmd()").startswith("'")


@pytest.mark.parametrize("text", ["\tx", "\nx"])
def test_a_cell_that_begins_with_layout_is_quoted(text):
    assert spreadsheet(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+5", "-1,024.5", "1e-5", "-1e-5", "+1E+9", " -5", "-0"])
def test_a_number_keeps_its_sign(text):
    assert spreadsheet(text) == text


@pytest.mark.parametrize("text", ["-5+cmd()", "--5", "+", "-5 %", "-e5", "=5", "@5", "-1e", "+-5"])
def test_what_only_begins_like_a_number_is_quoted(text):
    assert spreadsheet(text) == "'" + text


@pytest.mark.parametrize("text", ["a=b", "a-b", "5-4", "x@y", "", "'=1", "中", "(=1)"])
def test_a_sign_inside_a_cell_is_no_formula(text):
    assert spreadsheet(text) == text


@few
@given(Texts)
def test_no_cell_begins_a_formula_whatever_stands_before_it(text):
    shown = spreadsheet(text)

    if re.match(r"[\s�]*[=+\-@]", shown):
        float(shown.strip().replace(",", ""))
    assert shown.removeprefix("'") == printable(text) or shown == printable(text)


@few
@given(Texts)
def test_html_shows_the_text_and_opens_nothing(text):
    tags, said = [], []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_starttag = lambda tag, attrs: tags.append((tag, attrs))
    reader.handle_data = said.append
    reader.feed(f'<p title="{html(text)}">{html(text)}</p>')
    reader.close()

    assert tags == [("p", [("title", printable(text))])]
    assert "".join(said) == printable(text)


def test_each_sign_of_html_has_its_entity():
    assert html("&<>\"'") == "&amp;&lt;&gt;&quot;&#x27;"
    assert html("&<>\"'", quoted=False) == "&amp;&lt;&gt;\"'"
    assert standard_html.unescape(html("&amp;")) == "&amp;"


def rendered(source):
    """Text and kinds of everything that a Markdown reader makes of a line."""
    reader = MarkdownIt("commonmark").enable("table").enable("strikethrough")
    reader.validateLink = lambda url: True
    tokens = reader.parse(source)
    inline = [child for token in tokens for child in token.children or ()]
    text = "".join(child.content for child in inline if child.type in {"text", "text_special"})
    return text, {token.type for token in tokens} | {child.type for child in inline}


PLAIN = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}


@few
@given(Texts)
def test_markdown_shows_the_text_and_nothing_of_it_is_markup(text):
    text = one_line(text)
    shown, kinds = rendered(markdown_block(text))

    assert kinds <= PLAIN
    assert shown == text


@few
@given(Texts)
def test_inside_a_line_of_markdown_no_block_sign_needs_an_escape(text):
    text = one_line(text)
    shown, kinds = rendered("x " + markdown(text))

    assert kinds <= PLAIN
    assert shown == f"x {text}".strip()


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# head", r"\# head"), ("###### head", r"\###### head"), ("- item", r"\- item"),
        ("+ item", r"\+ item"), ("1. item", r"1\. item"), ("123456789) item", r"123456789\) item"),
        ("---", r"\---"), ("===", r"\==="), ("-", r"\-"), ("12.", r"12\."),
    ],
)  # fmt: skip
def test_what_would_open_a_block_is_escaped_at_the_beginning(text, escaped):
    assert markdown_block(text) == escaped


@pytest.mark.parametrize(
    "text", ["#7", "-5", "+5 %", "1.5", "7B", "--format", "=x", "#######", "1234567890. x", "a # b"]
)
def test_what_opens_no_block_stays_as_it_is(text):
    shown, kinds = rendered(markdown_block(text))

    assert shown == text
    assert kinds <= PLAIN


def test_markdown_keeps_underscores_inside_words_readable():
    assert markdown("n_kv_heads") == "n_kv_heads"
    assert markdown("_x_") == r"\_x\_"
    assert markdown_cell("d_model _x a|b") == r"d_model \_x a\|b"
    assert markdown_cell("x_") == r"x\_"


@pytest.mark.parametrize("char", "\\`*[]<|")
def test_a_cell_of_somebodys_table_escapes_what_would_act(char):
    assert markdown_cell(f"a{char}b") == f"a\\{char}b"


def test_a_cell_of_somebodys_table_is_one_line():
    assert markdown_cell(" a\n b ") == "a b"
    assert latex_source(" a\n b ") == "a b"


@pytest.mark.parametrize(
    ("char", "command"),
    [
        ("\\", r"\textbackslash{}"), ("{", r"\{"), ("}", r"\}"), ("$", r"\$"), ("&", r"\&"),
        ("#", r"\#"), ("%", r"\%"), ("_", r"\_"), ("^", r"\textasciicircum{}"),
        ("~", r"\textasciitilde{}"),
    ],
)  # fmt: skip
def test_each_sign_of_latex_has_its_command(char, command):
    assert latex(f"a{char}b") == f"a{command}b"
    assert latex_source(f"a{char}b") == f"a{command}b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<", r"\textless{}"), (">", r"\textgreater{}"), ("|", r"\textbar{}"),
        ('"', r"\textquotedbl{}"), ("·", r"$\cdot$"), ("×", r"$\times$"), ("→", r"$\rightarrow$"),
        ("≤", r"$\leq$"), ("≥", r"$\geq$"), ("≠", r"$\neq$"), ("≈", r"$\approx$"), ("∞", r"$\infty$"),
        ("±", r"$\pm$"), ("−", "$-$"), ("–", "--"), ("—", "---"), ("…", r"\ldots{}"), ("§", r"\S{}"),
        ("“a” ‘b’", "``a'' `b'"), ("θ", r"$\theta$"), ("Ω", r"$\Omega$"), ("µ", "µ"), ("é", "é"),
        ("ſ", "s"), ("ħ", "?"), ("中", "?"), ("ﬁ", "fi"), ("㎏", "kg"),
        ("Ａ_", r"A\_"), ("ạ", "a"), ("\x1b", "?"),
        ("█", r"\rule{0.5em}{1.2ex}"), ("░", r"\rule{0.5em}{0.2pt}"),
    ],
)  # fmt: skip
def test_other_signs_are_set_or_spelled_plainly(text, shown):
    assert latex(text) == shown


@pytest.mark.parametrize("letter", "αβγδεζηθικλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ")
def test_a_greek_letter_is_set_by_the_command_of_its_name(letter):
    name = unicodedata.name(letter).rpartition(" ")[2].lower().replace("lamda", "lambda")
    name = name.capitalize() if letter.isupper() else name

    assert latex(letter) in {rf"$\{name}$", rf"$\var{name}$"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("--format", "-{}-format"), ("a---b", "a-{}-{}-b"), ("``", "`{}`"), ("''", "'{}'"),
        (",,", ",{},"), ("?`", "?{}`"), ("!`", "!{}`"), ("-'", "-'"), ("a-b", "a-b"), ("??", "??"),
    ],
)  # fmt: skip
def test_what_latex_would_join_is_kept_apart(text, shown):
    assert latex(text) == shown
    assert latex_source(text) == shown


def test_a_nul_leaves_nothing_in_latex_of_ones_own():
    """It would be taken for the empty group that keeps ligatures apart."""
    assert latex_source("a\0b") == "ab"
    assert latex_source("-\0-") == "-{}-"


def test_own_latex_keeps_the_characters_it_may_know():
    assert latex_source("中 θ < |") == "中 θ < |"


@few
@given(Texts)
def test_no_command_of_latex_comes_from_the_text(text):
    shown = latex(text)
    bare = re.sub(r"\\(text[a-z]+|ldots|S|rule\{0\.5em\}|[a-zA-Z]+(?=\$))(\{[^{}]*\})?", "", shown)
    bare = re.sub(r"\\[{}$&#%_]", "", bare)

    assert "\\" not in bare
    assert not set(bare.replace("{}", "")) & set("{}&#%_^~")
    assert bare.count("$") % 2 == 0
    assert "\n" not in shown


Json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), Texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(Texts, inner, max_size=3)),
    max_leaves=6,
)


@few
@given(Json)
def test_json_keeps_its_meaning_and_holds_no_character_that_acts(value):
    text = json_text(json.dumps(value, ensure_ascii=False, indent=2))

    assert json.loads(text) == value
    assert printable(text) == text


@few
@given(Json)
def test_data_in_a_script_keeps_its_meaning_and_cannot_end_it(value):
    text = script(json.dumps(value, ensure_ascii=False))

    assert json.loads(text) == value
    assert not set("<>&") & set(text)
    assert not set("\u2028\u2029") & set(text)


def test_a_character_beyond_the_first_plane_is_escaped_as_two():
    assert json_text('"\U000e0001"') == r'"\udb40\udc01"'
    assert json_text('"\ud800"') == r'"\ud800"'
    assert script('"</script>"') == r'"\u003c/script\u003e"'


@pytest.mark.parametrize(
    "url", ["https://a.b/c?d=e&f#g", "http://a.b", "HTTPS://a.b", "https://a.b/(x)_y"]
)
def test_an_address_of_the_web_is_a_link_as_it_is(url):
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "ftp://a.b", "//a.b", "/a", "a.b", "mailto:a@b", "https:", "https://",
        "https:///x", "https://?x", "https://#x", " javascript:x", " https://a.b", "x https://a.b",
        "https://a\x1b.b", "https://a.b/\u202e", "java\nscript:x", "httpss://a.b",
    ],
)  # fmt: skip
def test_nothing_else_is_a_link(url):
    assert web_address(url) is None
    assert url is None or latex_address(url) is None


@pytest.mark.parametrize(
    ("char", "encoded"),
    [
        ("<", "%3C"), (">", "%3E"), ('"', "%22"), ("{", "%7B"), ("}", "%7D"), ("\\", "%5C"),
        ("^", "%5E"), ("`", "%60"), ("|", "%7C"), (" ", "%20"), ("\u00a0", "%C2%A0"),
    ],
)  # fmt: skip
def test_what_could_end_a_link_is_encoded(char, encoded):
    assert web_address(f"https://a.b/{char}c") == f"https://a.b/{encoded}c"
    assert latex_address(f"https://a.b/{char}c") == f"https://a.b/{encoded}c"


def test_an_address_in_latex_is_ascii():
    assert web_address("https://a.b/é") == "https://a.b/é"
    assert latex_address("https://a.b/é~%20#x_y") == "https://a.b/%C3%A9~%20#x_y"


@few
@given(Texts)
def test_a_verbatim_field_cannot_be_ended(text):
    shown = verbatim(text)

    assert not set("{}\\ \n\t") & set(shown)


def test_verbatim_fields_keep_what_identifiers_hold():
    assert verbatim("10.1000/x<1>:2#3%") == "10.1000/x<1>:2#3%"
    assert verbatim("a b}{c\\") == "a%20b%7D%7Bc%5C"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("touvron-2023-llama-2", "touvron-2023-llama-2"), ("a_b.c:d+e/F9", "a_b.c:d+e/F9"),
        ("a, b}", "a-b-"), ("é%x", "-x"),
    ],
)  # fmt: skip
def test_a_key_of_a_citation_is_plain(key, shown):
    assert citation_key(key) == shown
