"""Further faults that one other fault hides or that need no copies: one sentence each, at its line."""

import pytest

from tests.evidence.planting import faults, told

PLANTED = faults("""
a heading that the text has not: no Compute budget
- at = "§2.1", printed = "512"
+ at = "Compute budget", printed = "512"

a flag written as a text: write value = true
- value = true
+ value = "yes"

a number written as a text: write value = 24
- value = 24
+ value = "24"

a list written as a text: write value = ["CLM"]
- value = ["CLM"]
+ value = "CLM"

a list for one number: not a value of kind 'number'
- value = 0.1, source = "lee
+ value = [0.1], source = "lee

a size that is no size: the size 'huge'
- size = "1B"
+ size = "huge"

the size of another model: the size 7B is not that of
- size = "1B"
+ size = "7B"

a silence without what was searched: which documents were searched
- , note = "None are named."
+ , note = "None."

a month that is none: calendar
- objective =
+ release_date = { value = "2020-13", source = "lee-2020-toy", at = "title page", printed = "2020" }
+ objective =

the day of another month: the value is 2020-04-05
- objective =
+ release_date = { value = "2020-04-05", source = "lee-2020-toy", at = "title page", printed = "5 Mar 2020" }
+ objective =

tokens for sequences: the source says sequences
- value = "512 sequences"
+ value = "512 tokens"

another power of ten: another scale
- value = 6e-4
+ value = 6e-3

thousands for millions: another scale
- objective =
+ training_tokens = { value = "1.0K", source = "lee-2020-toy", at = "Table 1", printed = "1.0B" }
+ objective =

a benchmark without an entry: nearest: MMLU
- benchmark = "MMLU"
+ benchmark = "MMLUU"

a dataset without an entry: nearest: C4
- objective =
+ training_data = { value = ["C5"], source = "lee-2020-toy", at = "§2.1", printed = "Toy" }
+ objective =

a year that the arXiv id does not have: write 2020
- year = 2020
- url = "https://arxiv
+ year = 2021
+ url = "https://arxiv

the address of another paper: leads to arXiv:2001.00003
- abs/2001.00001"
- arxiv
+ abs/2001.00003"
+ arxiv

a source checked before it was: but was checked in 2019
- checked = "2026-11-28"
+ checked = "2019-11-28"

a day of reading that is none: 2026-28-11 is not a day
- on 2026-11-28"
- sha
+ on 2026-28-11"
+ sha

an address read in the future: was read on 2196-11-28
- on 2026-11-28"
- sha
+ on 2196-11-28"
+ sha

two claims preferred: prefer one
- at = "intermediate_size" },
-   { value = 8192, source = "lee-2020-toy", at = "Table 1",
+ at = "intermediate_size", preferred = true, reason = "a" },
+   { value = 8192, preferred = true, reason = "b", source = "lee-2020-toy", at = "Table 1",

the same claim twice: repeats an earlier claim
- { value = 8192, source = "lee-2020-toy", at = "Table 1", printed = "8192" }
+ { value = 8192, source = "toy-config", at = "intermediate_size" }

a model based on itself: refers to itself
- [models.claims]
+ [models.claims]
+ based_on = { value = ["toy-1b"], source = "toy-code", at = "LICENSE", printed = "MIT" }

a model based on one that is none: unknown model 'toi-1b'
- [models.claims]
+ [models.claims]
+ based_on = { value = ["toi-1b"], source = "toy-code", at = "LICENSE", printed = "MIT" }

a repository that is no address: https://
- objective =
+ repository = { value = ["toy/toy"], source = "toy-code", at = "LICENSE", printed = "MIT" }
+ objective =

a unit that is none: sequences
- 512 sequences
+ 512 sequents

a figure that the paper has not: no Figure 9
- at = "Table 1", printed = "1.0B"
+ at = "Figure 9", printed = "1.0B"

a key of another value: intermediate_size is 8192
- "hidden_size"
+ "intermediate_size"

a version that is not named: 2001.00001v1
- "2001.00001v2"
- copy
+ "2001.00001"
+ copy

a preference without a reason: reason
- printed = "gelu"
+ printed = "gelu", preferred = true

a parameter by another name: nearest: eps
- [[models]]
+ [claims.normalization]
+ value = "LayerNorm"
+ parameters = { epsilon = 0.1 }
+ source = "toy-code"
+ at = "toy/model.py"
+ printed = "dropout"
+ [[models]]

a parameter that no value has: unknown parameter 'speed'
- [[models]]
+ [claims.tokenizer]
+ value = "BPE"
+ parameters = { speed = 3 }
+ source = "lee-2020-toy"
+ at = "§2.1"
+ printed = "512"
+ [[models]]

a parameter that the source does not print: the parameter beta2 is 0.97
- [[models]]
+ [claims.optimizer]
+ value = "Adam"
+ parameters = { beta2 = 0.97 }
+ source = "lee-2020-toy"
+ at = "App. A.1"
+ printed = "Warm-up"
+ [[models]]

a parameter that the configuration has not: which is the value of no key
- [[models]]
+ [claims.positional_encoding]
+ value = "RoPE"
+ parameters = { theta = 500000 }
+ source = "toy-config"
+ at = "hidden_size"
+ printed = "2048"
+ [[models]]

shares above the whole: the shares add up to 1.1
- [[models]]
+ [claims.training_data]
+ value = [{ name = "C4", weight = 0.1 }, { name = "C4", weight = 1.0 }]
+ source = "lee-2020-toy"
+ at = "§2.1"
+ printed = "Toy"
+ [[models]]

a share that the source does not print: the share of C4 is 0.77
- [[models]]
+ [claims.training_data]
+ value = [{ name = "C4", weight = 0.77 }]
+ source = "lee-2020-toy"
+ at = "§2.1"
+ printed = "Toy"
+ [[models]]

a rate that cannot be: 512 cannot be
- dropout = { value = 0.1, source = "toy-code", at = "toy/model.py dropout", printed = "0.1"
+ dropout = { value = 512, source = "lee-2020-toy", at = "§2.1", printed = "512"

a name that stands there twice: stands there twice
- size = "1B"
+ size = "1B"
+ aliases = ["Toy 1B"]

a benchmark given twice in one setting: MMLU is given twice
- score = 40.5 }]
+ score = 40.5 }, { benchmark = "MMLU", score = 40.5 }]

a heading that no file of the repository has: no Training flags
- at = "toy/model.py mlp"
+ at = "Training flags"

a second name that the code has not: toy/model.py, mlp drop_path
- toy/model.py mlp
+ toy/model.py mlp drop_path
""")


@pytest.mark.parametrize("name", PLANTED)
def test_each_further_fault_is_told_in_one_sentence_at_its_line(name, family, copies, data):
    (data / "entities" / "datasets.toml").write_text('[c4]\nname = "C4"\n')
    (data / "entities" / "benchmarks.toml").write_text('[mmlu]\nname = "MMLU"\n')
    old, new, hint = PLANTED[name]
    path = family((old, new))
    lines = path.read_text(encoding="utf-8").splitlines()

    (found,) = told(path, copies, data)

    line, sentence = found
    assert hint in sentence
    changed = [part for part in new.split("\n") if part not in old.split("\n")]
    assert any(part in "\n".join(lines[line - 1 : line + 12]) for part in changed)
