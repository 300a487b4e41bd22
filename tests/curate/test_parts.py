"""The part of a file that was read is cut out of it as it was read."""

import json

from llmnotes.curate.parts import parts_of

PRESETS = """\
MODEL_PRESETS = {
    "toy_1b": {
        "hidden_size": 2048,
        "rope_scaling": None,
    },
    "toy_2b": {
        "hidden_size": 4096,
        "ends": [1, 2],
    },
}
"""

YAML = """\
models:
  # Toys
  - name: toy/toy-1b
    num_parameters: 1000000000
    tags: [TEXT]

  - name: toy/toy-1b-chat
    num_parameters: 2000000000
    description: >
      The next one.
  # Others
"""

LISTED = """\
\x00\x01[
  {
    "name": "toy/toy-1b",
    "hidden_size": 2048,
    "sources": [
      {
        "repo": "toy/toy-2b"
      }
    ]
  },
  {
    "name": "toy/toy-2b",
    "hidden_size": 4096
  }
]\x00
"""


def test_a_setting_of_code_is_its_json():
    (found,) = parts_of(PRESETS, "toy_2b", [])
    assert json.loads(found) == {"hidden_size": 4096, "ends": [1, 2]}
    assert found == '{\n "hidden_size": 4096,\n "ends": [\n  1,\n  2\n ]\n}\n'


def test_a_setting_that_is_not_there_or_no_literal_is_none():
    assert list(parts_of(PRESETS, "toy_3b", [])) == []
    assert list(parts_of('    "toy": {\n        "a": f(1),\n    },\n', "toy", [])) == []


def test_entries_of_a_list_stand_as_they_do_there_in_the_order_of_claims_or_of_the_list():
    locators = ["toy/toy-2b, hidden_size", "toy/toy-1b, hidden_size", "toy/toy-2b, name"]
    as_claimed, as_listed = parts_of(LISTED, None, locators)

    second = '  {\n    "name": "toy/toy-2b",\n    "hidden_size": 4096\n  }'
    assert as_claimed.startswith(second + "\n  {\n")
    assert as_listed.endswith("\n" + second)
    assert len(as_claimed) == len(as_listed)


def test_entries_that_no_claim_names_are_left_out():
    assert list(parts_of(LISTED, None, ["Table 2", "toy/toy-3b, hidden_size"])) == []
    one, _ = parts_of(LISTED, None, ["toy/toy-1b, hidden_size"])
    assert "4096" not in one


def test_a_setting_of_code_may_have_a_name_of_its_own():
    (found,) = parts_of('TOY_1B = {\n    "hidden_size": 2048,\n}\n', "TOY_1B", [])
    assert json.loads(found) == {"hidden_size": 2048}


def test_entries_of_a_list_in_yaml_end_where_the_next_begins():
    (first, _) = parts_of(YAML, None, ["toy/toy-1b, num_parameters"])
    assert first.splitlines()[0] == "  - name: toy/toy-1b"
    assert first.splitlines()[-1] == "    tags: [TEXT]"
    (second, _) = parts_of(YAML, None, ["toy/toy-1b-chat"])
    assert second.splitlines()[-1] == "      The next one."
